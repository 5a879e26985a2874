//go:build unix

package main

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// foreignOwner names, as sudo takes it, the user whom a folder belongs to if root runs the command and it is not root's.
// Keys and files that root makes there the service could not read.
func foreignOwner(folder string) (name string, foreign bool) {
	info, err := os.Stat(folder)
	if err != nil || os.Geteuid() != 0 {
		return "", false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || stat.Uid == 0 {
		return "", false
	}
	id := strconv.Itoa(int(stat.Uid))
	if known, err := user.LookupId(id); err == nil {
		return known.Username, true
	}
	return "#" + id, true
}
