package main

import (
	"bufio"
	"fmt"
	"strings"
)

// minPassphrase is the least length of a passphrase that protects a key backup, in bytes.
const minPassphrase = 16

func readPassphrase(env environment) (string, error) {
	line, err := bufio.NewReader(env.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return "", fmt.Errorf("%w: type the passphrase on the standard input", errUsage)
	}
	passphrase := strings.TrimRight(line, "\r\n")
	if len(passphrase) < minPassphrase {
		return "", fmt.Errorf("%w: the passphrase needs at least %d characters", errUsage, minPassphrase)
	}
	return passphrase, nil
}
