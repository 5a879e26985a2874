package main

import (
	"errors"
	"strings"
	"testing"
)

// A refused account leaves nothing behind, so that the next try is not a conflict.
func TestAccountRefused(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if _, err := runImport(t, data, "kode;nama;zona\nA;Unit A;WIB\n", "unit", "-"); err != nil {
		t.Fatal(err)
	}
	run := func(password string, args ...string) error {
		env, _, _ := importEnvironment(password + "\n")
		return accountCommand(t.Context(), env, append([]string{"--data", data, "--password-stdin"}, args...))
	}
	const good = "tiga loket buka pagi"
	for _, test := range []struct {
		name, password, says string
		args                 []string
	}{
		{"short name", good, "username: Terlalu pendek", []string{"--name", "Sari", "add", "x"}},
		{"no name", good, "name: Wajib diisi.", []string{"add", "sari"}},
		{"no such role", good, "role: Pilih salah satu", []string{"--name", "Sari", "--role", "kepala", "add", "sari"}},
		{"no unit", good, "unit: Pilih unit untuk peran ini.", []string{"--name", "Sari", "--role", "unit_head", "add", "sari"}},
		{"no such unit", good, "unit: Kode ini tidak ada.", []string{"--name", "Sari", "--role", "hr", "--unit", "Z", "add", "sari"}},
		{"no officer", good, "officer: Pilih petugas untuk peran ini.", []string{"--name", "Sari", "--role", "officer", "add", "sari"}},
		{"no such officer", good, "officer: Kode ini tidak ada.", []string{"--name", "Sari", "--role", "officer", "--officer", "1", "add", "sari"}},
		{"short password", "pendek", "minimal 12 karakter", []string{"--name", "Sari", "add", "sari"}},
	} {
		if err := run(test.password, test.args...); !errors.Is(err, errUsage) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if err := run(good, "--name", "Sari", "--role", "unit_head", "--unit", "A", "add", "sari"); err != nil {
		t.Error(err)
	}
	if err := run(good, "--name", "Sari", "add", "sari"); !errors.Is(err, errUsage) || !strings.Contains(err.Error(), "already") {
		t.Errorf("twice: %v", err)
	}
}
