package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"kesan/scoring"
	"kesan/survey"
	"kesan/survey/keyring"
	"kesan/survey/mongodb"
	"kesan/survey/sqlite"
)

// What operators read as results and problems is Indonesian, as the pages are; usage, flags and the log are English. What a
// library says of a cause that is not in the list below follows in brackets.

// Errors that decide the exit code beside the plain 1.
var (
	errUsage     = errors.New("usage")
	errDifferent = errors.New("different")
)

// failure is an error in the words of an operator.
type failure struct {
	text  string
	cause error
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.cause }

// failed says what could not be done and why; no cause: the sentence says it all.
func failed(cause error, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	if cause != nil {
		text += because(cause)
	}
	return &failure{text, cause}
}

// misused says what is wrong with how a command was called.
func misused(format string, args ...any) error {
	return &failure{fmt.Sprintf(format, args...), errUsage}
}

// differs says where figures and answers differ.
func differs(format string, args ...any) error {
	return &failure{fmt.Sprintf(format, args...), errDifferent}
}

// because continues a sentence with a cause.
func because(cause error) string {
	if said := (&failure{}); errors.As(cause, &said) {
		return ": " + said.text
	}
	place := ""
	if at := (&fs.PathError{}); errors.As(cause, &at) {
		place = at.Path + ": "
	}
	for _, known := range causes {
		if errors.Is(cause, known.err) {
			return ": " + place + known.text
		}
	}
	return fmt.Sprintf(" (%s)", strings.ReplaceAll(cause.Error(), "\n", "; "))
}

// causes are the causes that operators meet, with what to do unless it is plain.
var causes = []struct {
	err  error
	text string
}{
	{keyring.ErrPassphrase, "frasa sandi tidak cocok, atau berkas itu rusak atau bukan cadangan kunci"},
	{keyring.ErrHeld, "sudah ada kunci di sana; pilih --data lain, atau pindahkan folder itu dahulu"},
	{keyring.ErrShared, "pengguna lain dapat membacanya; jalankan chmod 700 untuk folder itu"},
	{keyring.ErrDamaged, "berkas kunci rusak; pindahkan folder kunci, lalu jalankan kesan key restore"},
	{keyring.ErrForeign, "bukan berkas kunci Kesan; pindahkan dari folder kunci"},
	{keyring.ErrNewest, "kunci ini sedang dipakai membuat alamat baru; jalankan kesan key rotate lebih dahulu"},
	{sqlite.ErrDamaged, "berkas basis data rusak, atau bukan basis data; simpan salinannya, lalu pulihkan dari cadangan"},
	{sqlite.ErrForeign, "basis data itu bukan milik Kesan; periksa nama berkasnya"},
	{sqlite.ErrReadOnly, "berkas basis data atau foldernya tidak dapat ditulis pengguna ini"},
	{sqlite.ErrFull, "disk penuh"},
	{sqlite.ErrFailing, "disk tidak dapat dibaca atau ditulis; periksa disk itu, dan siapkan cadangan"},
	{sqlite.ErrNewer, "basis data ditulis Kesan yang lebih baru; pasang versi itu"},
	{mongodb.ErrAddress, "alamatnya tidak dapat dibaca; tulis seperti mongodb://USER:PASSWORD@HOST:27017/kesan, tanda khusus dalam kata sandi sebagai %XX"},
	{mongodb.ErrConcern, "hapus w, journal, readConcernLevel, dan readPreference dari alamatnya; Kesan mengaturnya sendiri"},
	{scoring.ErrTooEarly, "periodenya belum berakhir di semua unit; tunggu, atau pakai --early dengan --reason"},
	{scoring.ErrFinerOpen, "siklus yang lebih pendek di dalamnya belum dikunci; kunci siklus itu lebih dahulu"},
	{scoring.ErrIncomplete, "sebagian jawaban masih dihitung; ulangi satu menit lagi, dan bila tetap begitu jalankan kesan verify"},
	{survey.ErrClosed, "siklus itu, atau siklus yang memuatnya, sudah dikunci dan tidak berubah lagi"},
	{survey.ErrBusy, "proses lain sedang menulis; ulangi sebentar lagi"},
	{survey.ErrConflict, "orang lain mengubahnya lebih dahulu; periksa, lalu ulangi"},
	{fs.ErrNotExist, "berkas atau foldernya tidak ada"},
	{fs.ErrExist, "sudah ada; pilih nama lain"},
	{fs.ErrPermission, "pengguna ini tidak berhak memakainya; jalankan sebagai pemiliknya, atau ubah haknya"},
	{syscall.ENOTDIR, "sebagian alamatnya berkas, bukan folder"},
	{syscall.EISDIR, "ini folder, bukan berkas"},
	{syscall.ENOSPC, "disk penuh"},
	{syscall.EROFS, "disk ini hanya dapat dibaca"},
	{syscall.EADDRINUSE, "alamat itu sudah dipakai program lain; hentikan program itu, atau pilih port lain"},
	{syscall.EADDRNOTAVAIL, "alamat itu bukan milik komputer ini; 0.0.0.0 berarti semua alamatnya"},
	{syscall.ECONNREFUSED, "tidak ada yang menjawab di sana; periksa alamatnya dan apakah server berjalan"},
	{context.DeadlineExceeded, "tidak ada jawaban sampai batas waktu; periksa alamatnya dan apakah server berjalan"},
	{context.Canceled, "dihentikan sebelum selesai"},
}

// tell writes an error as the last line of a command and returns the exit code that goes with it.
func tell(err error, stderr io.Writer) (code int) {
	said := &failure{"perintah tidak selesai" + because(err), err}
	_ = errors.As(err, &said) // in better words
	fmt.Fprintln(stderr, "kesan:", said)
	switch {
	case errors.Is(said, errUsage):
		return 2
	case errors.Is(said, errDifferent):
		return 3
	}
	return 1
}
