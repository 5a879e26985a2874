package main

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What an operator meets when something is wrong: a code that scripts see, and one last sentence that says what and what to
// do, without a word of what is inside.
func TestProblems(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) string {
		check(t, os.WriteFile(at(name), []byte(text), 0o600))
		return at(name)
	}
	office := at("office")
	check(t, os.Mkdir(office, 0o700))
	prepareOffice(t, office)
	damaged, unlocked := at("damaged"), at("unlocked")
	check(t, os.CopyFS(damaged, os.DirFS(office)))
	check(t, os.Chmod(filepath.Join(damaged, "keys"), 0o700))
	check(t, os.WriteFile(filepath.Join(damaged, "kesan.db"), []byte(strings.Repeat("bukan basis data ", 500)), 0o600))
	check(t, os.CopyFS(unlocked, os.DirFS(office)))
	check(t, os.Chmod(filepath.Join(unlocked, "keys"), 0o700))
	check(t, os.WriteFile(filepath.Join(unlocked, "keys", "root-00001.key"), []byte("bukan kunci"), 0o600))
	file := write("berkas", "")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { taken.Close() })
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string // in the last line
	}{
		{"a file that is not there", []string{"import", "unit", at("tidak-ada.csv")}, 1, "berkas tidak dapat dibaca: " + at("tidak-ada.csv") + ": berkas atau foldernya tidak ada"},
		{"a folder for a file", []string{"import", "unit", dir}, 1, "ini folder, bukan berkas"},
		{"a folder of answers", []string{"ikm", dir}, 1, "ini folder, bukan berkas"},
		{"a quote that is never closed", []string{"import", "unit", write("kutip.csv", "kode,nama,zona\n\"A,b,WIB\n")}, 1, "unit: 1 kesalahan; tidak ada yang ditulis"},
		{"a NIP of three digits", []string{"import", "petugas", write("nip.csv", "nip,nama,jenis_asn,unit\n123,Budi,pns,"+pastUnit+"\n")}, 1, "petugas: 1 kesalahan; tidak ada yang ditulis"},
		{"an unknown NIP", []string{"account", "add", "budi", "--role", "officer", "--officer", "199001012020121001"}, 2, "1 isian keliru; tidak ada yang ditulis"},
		{"an unknown account", []string{"account", "password", "tono"}, 1, "tidak ada akun tono; kesan account list menyebutkan semuanya"},
		{"an unknown cycle", []string{"cycle", "lock", "2023-TW4"}, 1, "siklus 2023-TW4 belum ada; kesan cycle open 2023-TW4 membukanya"},
		{"what is no cycle", []string{"cycle", "lock", "TW4"}, 2, `"TW4" bukan siklus; tulis 2026-11`},
		{"a cycle that is not locked", []string{"verify", "2026-TW4"}, 2, `tidak ada siklus "2026-TW4" yang dikunci`},
		{"an unknown counter", []string{"tickets", "--counter", "x", "--base-url", "https://kesan.test"}, 2, "1 isian keliru; tidak ada yang ditulis"},
		{"an unknown key", []string{"key", "retire", "7"}, 1, "tidak ada kunci 7; kesan key list"},
		{"a copy where no folder is", []string{"backup", at("tidak/ada.db")}, 1, "cadangan tidak dapat dibuat: " + at("tidak/ada.db") + ": berkas atau foldernya tidak ada"},
		{"a copy over a file", []string{"backup", file}, 1, file + ": sudah ada; pilih nama lain"},
		{"a data folder below a file", []string{"serve", "--data", filepath.Join(file, "data")}, 1, "--data (KESAN_DATA): folder data tidak dapat dibuat: " + file + ": sebagian alamatnya berkas, bukan folder"},
		{"a store that is a folder", []string{"serve", "--store", "sqlite:" + dir}, 1, "--store (KESAN_STORE): basis data tidak dapat dibuka: " + dir + ": ini folder"},
		{"a store without a place", []string{"serve", "--store", "sqlite:"}, 2, "tulis letak berkasnya"},
		{"a file that is no store", []string{"verify", "--data", damaged}, 1, "berkas basis data rusak, atau bukan basis data; simpan salinannya, lalu pulihkan dari cadangan"},
		{"a key that is damaged", []string{"serve", "--data", unlocked}, 1, "root-00001.key: berkas kunci rusak; pindahkan folder kunci"},
		{"a MongoDB that is not there", []string{"serve", "--store", "mongodb://u:rahasia@127.0.0.1:1/kesan"}, 1, "basis data tidak dapat dibuka: tidak ada jawaban sampai batas waktu"},
		{"a MongoDB address that cannot be read", []string{"serve", "--store", "mongodb://u:ra/hasia@x"}, 1, "alamatnya tidak dapat dibaca; tulis seperti mongodb://"},
		{"a setting that is ours", []string{"serve", "--store", "mongodb://u:rahasia@x/kesan?w=0"}, 1, "hapus w, journal, readConcernLevel, dan readPreference dari alamatnya"},
		{"an address in use", []string{"serve", "--addr", taken.Addr().String()}, 1, "alamat itu sudah dipakai program lain; hentikan program itu, atau pilih port lain"},
		{"an address of another machine", []string{"serve", "--addr", "192.0.2.1:8080"}, 1, "alamat itu bukan milik komputer ini"},
		{"a server that is not there", []string{"healthcheck", "--addr", freeAddr(t)}, 1, "tidak siap: tidak ada yang menjawab di sana"},
		{"a demo at an office", []string{"demo", "--addr", "127.0.0.1:0"}, 2, "di sana ada data kantor lain"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			variables := map[string]string{"KESAN_DATA": office}
			if tt.args[0] == "serve" {
				variables["KESAN_ADDR"] = "127.0.0.1:0"
			}
			p := call{variables: variables}.kesan(t, tt.args...).is(t, tt.code).lacks(t, "rahasia", "hasia@", "sqlite: ", "mongodb: ", "goroutine", "errno", "no such", "context ")
			lines := strings.Split(strings.TrimSpace(p.errs), "\n")
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, "kesan: ") || !strings.Contains(last, tt.want) {
				t.Errorf("the last line is %q, want %q\n%s", last, tt.want, p.errs)
			}
		})
	}
}

// Errors of commands are made in the words of operators. One is for the log alone: that the clock has leapt.
func TestErrorsHaveWordsOfOperators(t *testing.T) {
	t.Parallel()
	made := regexp.MustCompile(`fmt\.Errorf\(|errors\.New\(`)
	files, err := filepath.Glob("*.go")
	check(t, err)
	for _, name := range files {
		raw, err := os.ReadFile(name)
		check(t, err)
		if n := len(made.FindAll(raw, -1)); !strings.HasSuffix(name, "_test.go") && n != map[string]int{"problem.go": 2, "serve.go": 1}[name] {
			t.Errorf("%s makes %d errors in other ways than failed, misused and differs", name, n)
		}
	}
}

// What root makes in the folder of a service, as a key, the service could not read.
func TestRootKeepsOffTheServicesFolder(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can do what others cannot read")
	}
	data := t.TempDir()
	prepareOffice(t, data)
	check(t, os.Chown(data, 65432, 65432))
	for _, args := range []string{"key rotate", "account add budi", "serve --addr 127.0.0.1:0"} {
		kesan(t, append(strings.Fields(args), "--data", data)...).is(t, 2, data+" milik pengguna #65432, ", "jalankan dengan sudo -u #65432")
	}
}

// A store that somebody else holds for long is told apart from one that is broken.
func TestProblemOfABusyStore(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the lock")
	}
	t.Parallel()
	data := t.TempDir()
	prepareOffice(t, data)
	release := hold(t, data)
	kesan(t, "account", "add", "budi", "--data", data).is(t, 1, "proses lain sedang menulis; ulangi sebentar lagi")
	release()
	kesan(t, "account", "add", "budi", "--data", data).is(t, 0, "kata sandi budi: ")
}

// Two servers may share the folder of one machine: each is ready, and commands work beside them.
func TestTwoServersOfOneFolder(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	prepareOffice(t, data)
	first, second := startServer(t, data), startServer(t, data)
	for _, server := range []*running{first, second} {
		kesan(t, "healthcheck", "--addr", server.addr).is(t, 0)
	}
	kesan(t, "serve", "--data", data, "--addr", first.addr).is(t, 1, "alamat itu sudah dipakai program lain")
	kesan(t, "verify", "--data", data).is(t, 0, "40 catatan")
}
