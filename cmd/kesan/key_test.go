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
	run("", "list").is(t, 0, "1  ", "dipakai")
	run("", "rotate").is(t, 0)
	if p := run("", "list").is(t, 0); !strings.Contains(p.out, "masih berlaku\n2  ") {
		t.Errorf("after rotating:\n%s", p.out)
	}
	run("", "retire", "2").is(t, 1, "kunci ini sedang dipakai membuat alamat baru; jalankan kesan key rotate")
	run("", "retire", "7").is(t, 1, "tidak ada kunci 7; kesan key list")
	run("", "retire", "first").is(t, 2, `"first"`)
	run("", "retire", "1").is(t, 0)
	run("", "list").is(t, 0, "2  ").lacks(t, "1  ")
	run("", "confirm-clock").is(t, 0)

	run("", "backup", file).is(t, 2, "tulis frasa sandi pada masukan standar")
	run("short\n", "backup", file).is(t, 2, "frasa sandi minimal 16 karakter")
	if _, err := os.Stat(file); err == nil {
		t.Error("a refused backup left a file")
	}
	run(passphrase, "backup", file).is(t, 0)
	run(passphrase, "backup", file).is(t, 1, "keys.backup: sudah ada; pilih nama lain")
	info, err := os.Stat(file)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %o", info.Mode().Perm())
	}

	run(passphrase, "restore", file).is(t, 1, "kunci tidak dapat dipulihkan: ", "sudah ada kunci di sana")
	fresh := t.TempDir()
	restore := func(stdin, file string) printed {
		return call{stdin: stdin}.kesan(t, "key", "restore", file, "--data", fresh)
	}
	restore("another sentence altogether\n", file).is(t, 1, "frasa sandi tidak cocok")
	restore(passphrase, file+"x").is(t, 1, "keys.backupx: berkas atau foldernya tidak ada")
	restore(passphrase, filepath.Join(data, "kesan.db")).is(t, 1, "frasa sandi tidak cocok")
	if _, err := os.Stat(filepath.Join(fresh, "keys")); err == nil {
		t.Error("a refused restore made keys")
	}
	restore(passphrase, file).is(t, 0)
	kesan(t, "key", "list", "--data", fresh).is(t, 0, "2  ", "dipakai").lacks(t, "1  ")
	restore(passphrase, file).is(t, 1, "kunci tidak dapat dipulihkan: ", "sudah ada kunci di sana")
	was, err := os.ReadFile(filepath.Join(data, "keys", "root-00002.key"))
	check(t, err)
	is, err := os.ReadFile(filepath.Join(fresh, "keys", "root-00002.key"))
	check(t, err)
	if string(was) != string(is) {
		t.Error("the key came back as another one")
	}
}
