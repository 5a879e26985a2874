package main

import (
	"bufio"
	"strings"
)

// minPassphrase is the least length of a passphrase that protects a key backup, in bytes.
const minPassphrase = 16

func readPassphrase(env environment) (string, error) {
	line, err := bufio.NewReader(env.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return "", misused("tulis frasa sandi pada masukan standar")
	}
	passphrase := strings.TrimRight(line, "\r\n")
	if len(passphrase) < minPassphrase {
		return "", misused("frasa sandi minimal %d karakter", minPassphrase)
	}
	return passphrase, nil
}
