package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kesan/survey"
)

// The restore drill: a store is copied while answers come in, the copy and the keys go to an empty place, everything that
// was acknowledged before is there, verifies, and the posters on the walls still open.
func TestRestoreDrill(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	page := prepareOffice(t, data)
	kesan(t, "cycle", "open", pastCycle, "--data", data).is(t, 0)
	kesan(t, "cycle", "lock", pastCycle, "--data", data).is(t, 0)

	server := startServer(t, data)
	book := &ledger{acknowledged: map[string]bool{}}
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() { sendAnswers(newClient(t), server.url+page, fmt.Sprint(w), book, stop) })
	}
	awaitAcknowledged(t, book, 20)
	book.mu.Lock()
	before := &ledger{acknowledged: map[string]bool{}}
	for comment := range book.acknowledged {
		before.acknowledged[comment] = true
	}
	book.mu.Unlock()
	away := t.TempDir()
	copied, keys := filepath.Join(away, "kesan.db"), filepath.Join(away, "keys.backup")
	kesan(t, "backup", copied, "--data", data).is(t, 0, "cadangan selesai: "+copied)
	kesan(t, "backup", copied, "--data", data).is(t, 1, "cadangan tidak dapat dibuat: "+copied+": sudah ada")
	call{stdin: passphrase}.kesan(t, "key", "backup", keys, "--data", data).is(t, 0)
	kesan(t, "verify", "--data", data).is(t, 0, "cocok") // while answers come in
	close(stop)
	writers.Wait()
	server.stop()

	restored := t.TempDir()
	restore(t, restored, copied, keys).is(t, 0, "cadangan dipulihkan ke ", "jawaban terakhir dari ", "siklus 2024-TW4: cocok")
	kesan(t, "verify", "--data", restored).is(t, 0, "catatan", "siklus 2024-TW4: cocok")
	kesan(t, "rebuild", "--data", restored).is(t, 0, "hasilnya cocok")
	if found := audit(t.Context(), t, home{restored, sqliteScheme + filepath.Join(restored, "kesan.db")}, before); found != "" {
		t.Error(found)
	}
	again := startServer(t, restored)
	response, err := http.Get(again.url + page)
	check(t, err)
	body, err := io.ReadAll(response.Body)
	check(t, err)
	response.Body.Close()
	if response.StatusCode != http.StatusOK || !formToken.Match(body) {
		t.Errorf("the poster opens with %s", response.Status)
	}
}

func awaitAcknowledged(t *testing.T, book *ledger, n int) {
	t.Helper()
	for {
		book.mu.Lock()
		have := len(book.acknowledged)
		book.mu.Unlock()
		if have >= n {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatalf("only %d answers were acknowledged", have)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// restore puts a backup of the store and of the keys into an empty data folder, as the README says.
func restore(t *testing.T, data, copied, keys string) printed {
	t.Helper()
	said := kesan(t, "restore", copied, "--data", data).is(t, 0, "kunci belum ada")
	call{stdin: passphrase}.kesan(t, "key", "restore", keys, "--data", data).is(t, 0)
	return said
}

// What cannot be restored is refused with its reason, and leaves nothing behind that a server would take for an office.
func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	t.Parallel()
	data, away := t.TempDir(), t.TempDir()
	prepareOffice(t, data)
	copied := filepath.Join(away, "salinan 100%?#.db")
	kesan(t, "backup", copied, "--data", data).is(t, 0)
	whole, err := os.ReadFile(copied)
	check(t, err)
	foreign := filepath.Join(away, "asing.db")
	alterFile(t, foreign, `CREATE TABLE records (id INTEGER)`)
	newer := filepath.Join(away, "baru.db")
	check(t, os.WriteFile(newer, whole, 0o600))
	alterFile(t, newer, `PRAGMA user_version = 99`)
	broken := bytes.Clone(whole)
	copy(broken[len(broken)-4096:], bytes.Repeat([]byte{0x5a}, 4096))
	for _, tt := range []struct {
		name string
		file []byte
		path string
		want string
	}{
		{name: "nothing there", path: filepath.Join(away, "tidak-ada.db"), want: "tidak-ada.db: berkas atau foldernya tidak ada"},
		{name: "a folder", path: away, want: "ini folder, bukan berkas"},
		{name: "an empty file", file: []byte{}, want: "bukan cadangan dari kesan backup"},
		{name: "a text", file: []byte("unit,nama\nini bukan basis data sama sekali\n"), want: "bukan cadangan dari kesan backup, atau rusak; pakai cadangan lain. Cadangan kunci dipulihkan dengan kesan key restore"},
		{name: "cut off", file: whole[:len(whole)/2], want: "atau rusak; pakai cadangan lain"},
		{name: "a broken page", file: broken, want: "atau rusak; pakai cadangan lain"},
		{name: "another program's", path: foreign, want: "bukan milik Kesan"},
		{name: "of a newer version", path: newer, want: "Kesan yang lebih baru"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.path == "" {
				tt.path = filepath.Join(t.TempDir(), "salinan.db")
				check(t, os.WriteFile(tt.path, tt.file, 0o600))
			}
			target := t.TempDir()
			kesan(t, "restore", tt.path, "--data", target).is(t, 1, "cadangan tidak dapat dipulihkan", tt.want)
			if left, err := os.ReadDir(target); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
	kesan(t, "restore", copied, "--data", data).is(t, 1, "kesan.db sudah ada; pilih --data lain, atau pindahkan berkas itu dahulu").lacks(t, "pilih nama lain")
	kesan(t, "restore").is(t, 2, "memerlukan satu FILE")
	kesan(t, "restore", copied, "--store", "mongodb://localhost").is(t, 2, "mongorestore")

	target := t.TempDir()
	check(t, os.WriteFile(filepath.Join(target, "kesan.db.part"), whole[:5000], 0o600)) // of a restore that was killed
	kesan(t, "restore", copied, "--data", target).is(t, 0, "40 catatan: hitungan", "jawaban terakhir dari 5 November 2024", "kunci belum ada: jalankan kesan key restore")
	if _, err := os.Stat(keyFolder(target)); err == nil {
		t.Error("keys were made where those of the backup belong")
	}
	if after, err := os.ReadFile(copied); err != nil || !bytes.Equal(after, whole) {
		t.Errorf("the backup was changed, %v", err)
	}
	kesan(t, "restore", filepath.Join(data, "kesan.db"), "--data", t.TempDir()).is(t, 0, "40 catatan") // copied by hand, in WAL mode
}

func TestVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	original := t.TempDir()
	prepareOffice(t, original)
	kesan(t, "rebuild", "--data", original).is(t, 0, "40 catatan dari 2024-11-05 sampai 2024-11-05", "hasilnya cocok")
	kesan(t, "cycle", "open", pastCycle, "--data", original).is(t, 0)
	kesan(t, "cycle", "lock", pastCycle, "--data", original).is(t, 0)
	keys := filepath.Join(t.TempDir(), "keys.backup")
	call{stdin: passphrase}.kesan(t, "key", "backup", keys, "--data", original).is(t, 0)

	first := survey.RecordID{1}
	const (
		change   = `UPDATE records SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE id = ?`
		document = `UPDATE documents SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE CAST(body AS TEXT) LIKE '%"value":75%'`
	)
	for _, tt := range []struct {
		name      string
		statement string
		args      []any
		want      string
	}{
		{"an answer", change, []any{`"kompetensi":3`, `"kompetensi":1`, first[:]}, "bukan lagi yang disimpan dahulu"},
		{"an answer that cannot be read", `UPDATE records SET body = x'00' WHERE id = ?`, []any{first[:]}, "bukan lagi yang disimpan dahulu"},
		{"whom an answer counts for", change, []any{siti, budi, first[:]}, "hitungan unit 33.74.09, 2024-11"},
		{"an answer that is gone", `DELETE FROM records WHERE id = ?`, []any{first[:]}, "menyebut 40 catatan, yang ada 39"},
		{"an answer that was put in, with a tally", "", nil, "catatannya lain daripada saat dikunci"},
		{"a tally", `UPDATE tallies SET body = CAST(substr(body, 1, length(body) - 1) || x'7f' AS BLOB) WHERE grain = 'day'`, nil, "hitungan unit 33.74.09, 2024-11-05"},
		{"a year", `UPDATE tallies SET body = CAST(substr(body, 1, length(body) - 1) || x'7f' AS BLOB) WHERE grain = 'year'`, nil, "hitungan unit 33.74.09, 2024 "},
		{"the number of a tally", `UPDATE tallies SET n = 41`, nil, "menyebut 41 catatan, yang ada 40"},
		{"a figure of the locked cycle", document, []any{`"value":75`, `"value":95`}, "siklus 2024-TW4 berbeda dari saat dikunci: yang disimpan saat dikunci rusak"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			restore(t, data, filepath.Join(original, "kesan.db"), keys)
			if tt.statement == "" {
				forge(t, data)
			} else if alter(t, data, tt.statement, tt.args...) == 0 {
				t.Fatal("nothing was altered")
			}
			kesan(t, "verify", "--data", data).is(t, 3, "kesan: ", tt.want)
		})
	}
}

// forge replaces an answer by a better one with the right hash, and throws the tallies away: what a careful cheat would do.
func forge(t *testing.T, data string) {
	t.Helper()
	s := settings{Data: data}
	check(t, s.complete())
	sys, err := openSystem(t.Context(), &s, slog.New(slog.DiscardHandler))
	check(t, err)
	var forged survey.Record
	for record, err := range sys.Store.Records(t.Context(), pastUnit, pastDay, pastDay) {
		check(t, err)
		response, err := survey.DecodeResponse(record)
		check(t, err)
		response.Unsur[survey.Kompetensi] = 4
		forged = response.Record()
		break
	}
	check(t, sys.Close())
	if !forged.Intact() {
		t.Fatal("the forgery would be noticed at once")
	}
	alter(t, data, `UPDATE records SET body = ?, hash = ? WHERE id = ?`, forged.Body, forged.Hash[:], forged.ID[:])
	alter(t, data, `DELETE FROM tallies`)
}

func TestRebuild(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	prepareCounter(t, home{data: data, store: sqliteScheme + filepath.Join(data, "kesan.db")})
	kesan(t, "rebuild", "--data", data).is(t, 0, "Belum ada jawaban")
	data = t.TempDir()
	prepareOffice(t, data)
	kesan(t, "rebuild", "--data", data).is(t, 0, "40 catatan", "hasilnya cocok")
	alter(t, data, `UPDATE tallies SET body = x'00'`)
	kesan(t, "verify", "--data", data).is(t, 3, "kesan rebuild")
	if p := kesan(t, "rebuild", "--data", data).is(t, 0, "hasilnya cocok"); !strings.Contains(p.errs, "menghitung ulang 100%") {
		t.Errorf("no progress: %q", p.errs)
	}
	kesan(t, "verify", "--data", data).is(t, 0, "40 catatan")
}
