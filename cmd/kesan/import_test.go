package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kesan/survey/imports"
)

func importEnvironment(stdin string) (environment, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	env := environment{Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
	return env, &out, &errs
}

// runImport runs `kesan import` on a data folder and returns what it printed.
func runImport(t *testing.T, data, stdin string, args ...string) (string, error) {
	t.Helper()
	env, out, errs := importEnvironment(stdin)
	err := importCommand(t.Context(), env, append([]string{"--data", data}, args...))
	return errs.String() + out.String(), err
}

func TestImportSamples(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	want := map[string]string{"unit": "unit: 3 baru, 0 berubah, 0 tetap\n", "jadwal": "jadwal: 25 baru, 0 berubah, 0 tetap\n"}
	for _, kind := range imports.Kinds() {
		file := filepath.Join("..", "..", "public", "contoh", kind.Name+".csv")
		out, err := runImport(t, data, "", kind.Name, file)
		if err != nil || want[kind.Name] != "" && out != want[kind.Name] {
			t.Errorf("%s: %q, %v", kind.Name, out, err)
		}
	}
	file := filepath.Join("..", "..", "public", "contoh", "unit.csv")
	if out, err := runImport(t, data, "", "unit", file); err != nil || out != "unit: 0 baru, 0 berubah, 3 tetap\n" {
		t.Errorf("again: %q, %v", out, err)
	}
}

func TestImportProblems(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	out, err := runImport(t, data, "kode;nama;zona\nA;Unit A;WIB\nB;;WIX\n", "unit", "-")
	want := "baris 3, kolom nama: wajib diisi\nbaris 3, kolom zona: pilih WIB, WITA atau WIT; tertulis \"WIX\"\n"
	if out != want || err == nil || err.Error() != "unit: 2 kesalahan; tidak ada yang ditulis" {
		t.Errorf("got %q, %v", out, err)
	}
	for _, args := range [][]string{{"--dry-run", "unit", "-"}, {"unit", "--dry-run", "-"}, {"unit", "-", "--dry-run"}} {
		out, err = runImport(t, data, "kode;nama;zona\nA;Unit A;WIB\n", args...)
		if out != "unit: 1 baru, 0 berubah, 0 tetap; belum ditulis (--dry-run)\n" || err != nil {
			t.Errorf("%v: %q, %v", args, out, err)
		}
	}
	out, err = runImport(t, data, "kode;nama;zona\n", "unit", "-")
	if out != "peringatan: berkas hanya berisi baris judul\nunit: 0 baru, 0 berubah, 0 tetap\n" || err != nil {
		t.Errorf("warning: %q, %v", out, err)
	}
	out, err = runImport(t, data, "kode;nama;zona\nA;Unit A;WIB\n", "unit", "-")
	if out != "unit: 1 baru, 0 berubah, 0 tetap\n" || err != nil {
		t.Errorf("what came before must not have written: %q, %v", out, err)
	}
}

func TestImportUsage(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{}, {"unit"}, {"rapat", "-"}, {"unit", "-", "-"}, {"--dry", "unit", "-"}} {
		if _, err := runImport(t, data, "", args...); !errors.Is(err, errUsage) {
			t.Errorf("%v: %v", args, err)
		}
	}
	if _, err := runImport(t, data, "", "unit", filepath.Join(data, "tidak-ada.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such file: %v", err)
	}
	if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a wrong call made a store: %v", err)
	}
	env, help, _ := importEnvironment("")
	_ = importCommand(t.Context(), env, []string{"--help"})
	for _, want := range []string{"petugas: Semua yang melayani", "    nip*                 NIP 18 angka", "    tanggal_selesai      Hanya", "-dry-run"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("the help lacks %q", want)
		}
	}
}
