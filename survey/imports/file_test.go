package imports_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"kesan/survey"
	"kesan/survey/imports"
)

// Every way in which spreadsheets and people write the same two rows.
func TestShapes(t *testing.T) {
	t.Parallel()
	office := openRegister(t).Office()
	want := []survey.Unit{{Code: "A", Name: "Unit A", Zone: "WIB"}, {Code: "B", Name: "Unit, B; \"dua\"", Parent: "A", Zone: "WIT"}}
	tests := []struct{ name, file string }{
		{"plain", "kode,nama,induk,zona\nA,Unit A,,WIB\nB,\"Unit, B; \"\"dua\"\"\",A,WIT\n"},
		{"semicolons, BOM and CRLF", "\ufeffkode;nama;induk;zona\r\nA;Unit A;;WIB\r\nB;\"Unit, B; \"\"dua\"\"\";A;WIT\r\n"},
		{"CR alone", "kode;nama;induk;zona\rA;Unit A;;WIB\rB;\"Unit, B; \"\"dua\"\"\";A;WIT"},
		{"another order, capitals, blanks", " Zona , INDUK ,nama, Kode \nwib , ,  Unit A ,\tA\nWit,A, \"Unit, B; \"\"dua\"\"\",\u00a0B\n"},
		{"blank rows", "\n;;;\nkode;nama;induk;zona\n\n;;;\nA;Unit A;;WIB\n \n;;;\nB;\"Unit, B; \"\"dua\"\"\";A;WIT\n;;;\n\n"},
		{"empty columns", "kode;nama;;induk;zona;;\nA;Unit A;;;WIB;;\nB;\"Unit, B; \"\"dua\"\"\";;A;WIT;;;;\n"},
		{"invisible marks", "kode;nama;induk;zona\n\u200eA\u202c;Unit A\u200b;;WIB\nB;\"Unit, B; \"\"dua\"\"\";A;WIT\n"},
	}
	for _, test := range tests {
		plan := read(t, office, "unit", test.file)
		if lines := plan.Problems.Sentences(); len(lines) > 0 {
			t.Errorf("%s: %s", test.name, strings.Join(lines, "\n"))
			continue
		}
		var got []survey.Unit
		for _, draft := range plan.Drafts {
			got = append(got, draft.Object.(survey.Unit))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %+v", test.name, got)
		}
	}
}

func TestBrokenFiles(t *testing.T) {
	const head = "kode,nama,zona\n"
	const columns = "kode, nama, induk, zona, wilayah, alamat, kuesioner, bentuk_survei, tutup"
	tests := []bad{
		{"empty", "", []string{"berkas kosong; baris pertama harus memuat nama kolom: " + columns}},
		{"blank", "\ufeff\n ; ;\n", []string{"berkas kosong; baris pertama harus memuat nama kolom: " + columns}},
		{"Excel", "PK\x03\x04\x14", []string{`ini berkas Excel, bukan CSV; di Excel pilih Simpan Sebagai, lalu jenis "CSV UTF-8"`}},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1", []string{`ini berkas Excel, bukan CSV; di Excel pilih Simpan Sebagai, lalu jenis "CSV UTF-8"`}},
		{"UTF-16", "\xff\xfek\x00o\x00", []string{`berkas tersimpan sebagai UTF-16; di Excel pilih Simpan Sebagai, lalu jenis "CSV UTF-8"`}},
		{"Windows-1252", head + "A,Unit A,WIB\nB,Caf\xe9,WIB\n", []string{
			`baris 3: ada huruf yang bukan UTF-8; di Excel pilih Simpan Sebagai, lalu jenis "CSV UTF-8"`}},
		{"columns", "kode;nam;kode;Tutup Sejak\nA;B;C;D\n", []string{
			`baris 1: kolom "nam" tidak dikenal; kolom yang ada: ` + columns, "baris 1: kolom kode ada dua kali",
			`baris 1: kolom "Tutup Sejak" tidak dikenal; kolom yang ada: ` + columns,
			"baris 1: kolom nama tidak ada", "baris 1: kolom zona tidak ada"}},
		{"no header", "A,Unit A,WIB\n", []string{
			`baris 1: kolom "A" tidak dikenal; kolom yang ada: ` + columns, `baris 1: kolom "Unit A" tidak dikenal; kolom yang ada: ` + columns,
			`baris 1: kolom "WIB" tidak dikenal; kolom yang ada: ` + columns,
			"baris 1: kolom kode tidak ada", "baris 1: kolom nama tidak ada", "baris 1: kolom zona tidak ada"}},
		{"cells", head + "A,Unit A\nB,Jl. Melati, No. 1,WIB\n", []string{
			"baris 2: ada 2 sel, sedangkan baris judul 3; isi yang memuat pemisah harus diapit tanda kutip",
			"baris 3: ada 4 sel, sedangkan baris judul 3; isi yang memuat pemisah harus diapit tanda kutip"}},
		{"cell without a title", "kode,nama,zona,\nA,Unit A,WIB,catatan\n", []string{`baris 2: "catatan" berada di kolom tanpa judul`}},
		{"quotes", head + "A,Unit \"A\",WIB\nB,\"Unit B\" x,WIB\nC,Unit C,WIX\n", []string{
			`baris 2: tanda kutip " tidak pada tempatnya; tulis "" untuk satu tanda kutip di dalam isi`,
			`baris 3: tanda kutip " tidak pada tempatnya; tulis "" untuk satu tanda kutip di dalam isi`,
			`baris 4, kolom zona: pilih WIB, WITA atau WIT; tertulis "WIX"`}},
		{"quote without end", head + "A,Unit A,WIB\nB,\"Unit B,WIB\nC,Unit C,WIB\n", []string{
			`baris 3: tanda kutip " tidak pada tempatnya; tulis "" untuk satu tanda kutip di dalam isi`}},
		{"quote in the header", "kode,\"nama,zona\nA,Unit A,WIB\n", []string{
			`baris 1: tanda kutip " tidak pada tempatnya; tulis "" untuk satu tanda kutip di dalam isi`}},
		{"rows as a spreadsheet counts", "kode,nama,zona,alamat\nA,Unit A,WIB,\"Jl. A\nKota\n\"\n\nB,Unit B,WIX,\n", []string{
			`baris 4, kolom zona: pilih WIB, WITA atau WIT; tertulis "WIX"`}},
		{"huge cell", head + "A," + strings.Repeat("x", 1<<20) + ",WIB\nB,Unit B," + strings.Repeat("y", 1<<20) + "\n", []string{
			"baris 2, kolom nama: paling panjang 120 huruf; tertulis 1048576",
			`baris 3, kolom zona: pilih WIB, WITA atau WIT; tertulis "` + strings.Repeat("y", 40) + `…"`}},
		{"acts on a terminal", head + "A,Unit A,\x1b[31mWIB\n", []string{"baris 2, kolom zona: memuat karakter yang tidak terlihat; hapus dan ketik ulang"}},
		{"terminal in the header", "kode,nama,zona,\x1b[31m\nA,Unit A,WIB,\n", []string{
			`baris 1: kolom " [31m" tidak dikenal; kolom yang ada: ` + columns}},
		{"size", strings.Repeat("\n", imports.MaxSize+1), []string{"berkas lebih besar dari 4 MiB; bagi menjadi beberapa berkas"}},
	}
	check(t, "unit", tests)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	office := openRegister(t).Office()
	file := func(rows int, name string) string {
		var b strings.Builder
		b.WriteString("kode,nama,zona\n")
		for i := range rows {
			fmt.Fprintf(&b, "U%d,%s,WIB\n", i, name)
		}
		return b.String()
	}
	if got, want := count(read(t, office, "unit", file(50_000, "U"))), (counts{fresh: 50_000, drafts: 50_000}); got != want {
		t.Errorf("50,000 rows: got %+v", got)
	}
	over := read(t, office, "unit", file(50_001, "U"))
	if got := over.Problems.Sentences(); !slices.Equal(got, []string{"lebih dari 50000 baris; bagi menjadi beberapa berkas"}) || over.Drafts != nil {
		t.Errorf("50,001 rows: got %q", got)
	}
	// A < takes six bytes in JSON, so this file of less than 4 MiB would make a change of more than 8.
	big := read(t, office, "unit", file(34_000, `"`+strings.Repeat("<", 100)+`"`))
	if got := big.Problems.Sentences(); !slices.Equal(got, []string{"34000 perubahan terlalu besar untuk ditulis sekaligus (paling banyak 8 MiB); bagi menjadi beberapa berkas"}) || big.Drafts != nil {
		t.Errorf("big change: got %q", got)
	}
	many := read(t, office, "unit", "kode,nama,zona\n"+strings.Repeat("A,Unit A,X\n", 250)).Problems
	lines := many.Sentences()
	if len(lines) != 201 || lines[200] != "dan 299 lagi" || many.Count() != 499 { // 250 zones, 249 repeated codes
		t.Errorf("many problems: %d lines, the last %q, %d in all", len(lines), lines[len(lines)-1], many.Count())
	}
	if !slices.IsSortedFunc(many.List, func(a, b imports.Problem) int { return a.Line - b.Line }) {
		t.Error("problems are not in the order of the rows")
	}
}

func TestOnlyHeader(t *testing.T) {
	t.Parallel()
	plan := read(t, openRegister(t).Office(), "unit", "kode,nama,zona\n")
	if got := plan.Warnings.Sentences(); !slices.Equal(got, []string{"berkas hanya berisi baris judul"}) || plan.Problems.Count() != 0 {
		t.Errorf("got %q, %q", got, plan.Problems.Sentences())
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	office := openRegister(t).Office()
	if _, err := imports.Read("rapat", strings.NewReader(""), office); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("unknown kind: %v", err)
	}
	if err := imports.Write("rapat", office, io.Discard); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("unknown kind: %v", err)
	}
	if _, err := imports.Find("rapat"); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("unknown kind: %v", err)
	}
	if _, err := imports.Read("unit", iotest.ErrReader(io.ErrUnexpectedEOF), office); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("broken input: %v", err)
	}
}
