package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const passphrase = "empat kata yang mudah diingat\n"

func TestKey(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "keys.backup")
	prepareOffice(t, data)
	run := func(stdin string, args ...string) printed {
		return call{stdin: stdin}.kesan(t, append([]string{"key", "--data", data}, args...)...)
	}
	run("", "list").is(t, 0, "1  ", "active")
	run("", "rotate").is(t, 0)
	if p := run("", "list").is(t, 0); !strings.Contains(p.out, "verify\n2  ") {
		t.Errorf("after rotating:\n%s", p.out)
	}
	run("", "retire", "2").is(t, 1, "rotate first")
	run("", "retire", "7").is(t, 1, "there is no key 7")
	run("", "retire", "first").is(t, 2, `"first"`)
	run("", "retire", "1").is(t, 0)
	run("", "list").is(t, 0, "2  ").lacks(t, "1  ")
	run("", "confirm-clock").is(t, 0)

	run("", "backup", file).is(t, 2, "passphrase")
	run("short\n", "backup", file).is(t, 2, "at least 16")
	if _, err := os.Stat(file); err == nil {
		t.Error("a refused backup left a file")
	}
	run(passphrase, "backup", file).is(t, 0)
	run(passphrase, "backup", file).is(t, 1, "exists")
	info, err := os.Stat(file)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %o", info.Mode().Perm())
	}

	run(passphrase, "restore", file).is(t, 1, "holds root keys already")
	fresh := t.TempDir()
	restore := func(stdin, file string) printed {
		return call{stdin: stdin}.kesan(t, "key", "restore", file, "--data", fresh)
	}
	restore("another sentence altogether\n", file).is(t, 1, "passphrase does not open")
	restore(passphrase, file+"x").is(t, 1, "no such file")
	restore(passphrase, filepath.Join(data, "kesan.db")).is(t, 1, "passphrase does not open")
	if _, err := os.Stat(filepath.Join(fresh, "keys")); err == nil {
		t.Error("a refused restore made keys")
	}
	restore(passphrase, file).is(t, 0)
	kesan(t, "key", "list", "--data", fresh).is(t, 0, "2  ", "active").lacks(t, "1  ")
	restore(passphrase, file).is(t, 1, "holds root keys already")
	was, err := os.ReadFile(filepath.Join(data, "keys", "root-00002.key"))
	check(t, err)
	is, err := os.ReadFile(filepath.Join(fresh, "keys", "root-00002.key"))
	check(t, err)
	if string(was) != string(is) {
		t.Error("the key came back as another one")
	}
}
