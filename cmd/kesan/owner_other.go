//go:build !unix

package main

// foreignOwner knows no root here.
func foreignOwner(string) (name string, foreign bool) { return "", false }
