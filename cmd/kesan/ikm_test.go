package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const ikmHeader = "persyaratan,prosedur,waktu,biaya,produk,kompetensi,perilaku,sarana,pengaduan\n"

// runIKM reads a file on standard input.
func runIKM(t *testing.T, csv string, flags ...string) (stdout, stderr string, err error) {
	t.Helper()
	env, out, notes := importEnvironment(csv)
	err = ikmCommand(t.Context(), env, append(flags, "-"))
	return out.String(), notes.String(), err
}

// ikmRows repeats the same answers.
func ikmRows(n int, answers ...int) string {
	row := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(answers)), ","), "[]") + "\n"
	return strings.Repeat(row, n)
}

// kemenagCSV is a published table of 29 respondents by how many gave 4, 3 and 2 to each unsur.
func kemenagCSV() string {
	counts := [9][3]int{{18, 11}, {14, 15}, {15, 12, 2}, {29}, {15, 14}, {18, 11}, {19, 10}, {18, 11}, {28, 1}}
	var columns [9][]int
	for u, count := range counts {
		columns[u] = slices.Concat(slices.Repeat([]int{4}, count[0]), slices.Repeat([]int{3}, count[1]), slices.Repeat([]int{2}, count[2]))
	}
	csv := ikmHeader
	for i := range 29 {
		var row []int
		for u := range columns {
			row = append(row, columns[u][i])
		}
		csv += ikmRows(1, row...)
	}
	return csv
}

func TestIKMOfPublishedTables(t *testing.T) {
	t.Parallel()
	missing := ikmHeader + "3,3,2,3,3,3,3,3,3\n3,3,2,3,3,3,3,3,3\n3,3,,3,3,3,3,3,3\n"
	nrr3535 := ikmHeader + ikmRows(107, 4, 4, 4, 4, 4, 4, 4, 4, 4) + ikmRows(93, 3, 3, 3, 3, 3, 3, 3, 3, 3)
	nrr354 := ikmHeader + ikmRows(27, 4, 4, 4, 4, 4, 4, 4, 4, 4) + ikmRows(23, 3, 3, 3, 3, 3, 3, 3, 3, 3)
	nrr320 := ikmHeader + ikmRows(1, 4, 4, 4, 4, 4, 4, 4, 4, 4) + ikmRows(4, 3, 3, 3, 3, 3, 3, 3, 3, 3)
	nrr30003 := ikmHeader + ikmRows(3, 4, 4, 4, 4, 4, 4, 4, 4, 4) + ikmRows(9997, 3, 3, 3, 3, 3, 3, 3, 3, 3)
	nrr3095 := ikmHeader + ikmRows(19, 4, 4, 4, 4, 4, 4, 4, 4, 4) + ikmRows(181, 3, 3, 3, 3, 3, 3, 3, 3, 3)
	tests := []struct {
		name, csv, weight, bands, want string
	}{
		{"kemenag", kemenagCSV(), "exact", "2017", `"index":91.48,"grade":"A"}`},
		{"kemenag", kemenagCSV(), "0.111", "2017", `"index":91.38,"grade":"A"}`},
		{"kemenag", kemenagCSV(), "0.11", "2017", `"index":90.56,"grade":"A"}`},
		{"missing answers", missing, "exact", "2017", `"index":72.22,"grade":"C"}`},
		{"missing answers", missing, "0.111", "2017", `"index":72.15,"grade":"C"}`},
		{"missing answers", missing, "0.11", "2017", `"index":71.5,"grade":"C"}`},
		{"NRR 3,535", nrr3535, "exact", "2017", `"index":88.38,"grade":"A"}`},
		{"NRR 3,535", nrr3535, "0.111", "2017", `"index":88.29,"grade":"B"}`},
		{"NRR 3,535", nrr3535, "0.11", "2017", `"index":87.49,"grade":"B"}`},
		{"NRR 3,54", nrr354, "exact", "2017", `"index":88.5,"grade":"A"}`},
		{"NRR 3,54", nrr354, "0.111", "2017", `"index":88.41,"grade":"A"}`},
		{"NRR 3,54", nrr354, "0.11", "2017", `"index":87.62,"grade":"B"}`}, // 87,615
		{"NRR 3,20", nrr320, "exact", "2017", `"index":80,"grade":"B"}`},
		{"NRR 3,20", nrr320, "0.111", "2017", `"index":79.92,"grade":"B"}`},
		{"NRR 3,20", nrr320, "0.11", "2017", `"index":79.2,"grade":"B"}`},
		{"NRR 3,0003", nrr30003, "exact", "2017", `"index":75.01,"grade":"C"}`},
		{"NRR 3,0003", nrr30003, "0.111", "2017", `"index":74.93,"grade":"C"}`},
		{"NRR 3,0003", nrr30003, "0.11", "2017", `"index":74.26,"grade":"C"}`},
		{"NRR 3,095", nrr3095, "exact", "2017", `"index":77.38,"grade":"B"}`},
		{"NRR 3,095", nrr3095, "0.111", "2017", `"index":77.3,"grade":"B"}`},
		{"NRR 3,095", nrr3095, "0.11", "2017", `"index":76.6,"grade":"C"}`},
		{"the old bands change the mutu alone", nrr320, "exact", "2004", `"index":80,"grade":"B"}`},
		{"the old bands change the mutu alone", nrr3535, "0.111", "2004", `"index":88.29,"grade":"A"}`},
		{"nobody", ikmHeader, "exact", "2017", `"index":null,"grade":null}`},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.weight+" "+tt.bands, func(t *testing.T) {
			t.Parallel()
			got, notes, err := runIKM(t, tt.csv, "--format", "json", "--weight="+tt.weight, "--bands", tt.bands)
			if err != nil || notes != "" || !strings.HasSuffix(got, tt.want+"\n") {
				t.Errorf("%s %s %v, want %s", got, notes, err, tt.want)
			}
		})
	}
}

func TestIKMJSON(t *testing.T) {
	t.Parallel()
	got, _, err := runIKM(t, ikmHeader+"4,3,3,3,3,3,3,,\n3,3,3,3,3,3,3,,4\n3,3,3,3,3,3,3,,4\n", "--format=json")
	want := `{"n":3,"elements":[{"key":"persyaratan","n":3,"sum":10,"nrr":3.3333},{"key":"prosedur","n":3,"sum":9,"nrr":3},` +
		`{"key":"waktu","n":3,"sum":9,"nrr":3},{"key":"biaya","n":3,"sum":9,"nrr":3},{"key":"produk","n":3,"sum":9,"nrr":3},` +
		`{"key":"kompetensi","n":3,"sum":9,"nrr":3},{"key":"perilaku","n":3,"sum":9,"nrr":3},` +
		`{"key":"sarana","n":0,"sum":0,"nrr":null},{"key":"pengaduan","n":2,"sum":8,"nrr":4}],"index":79.17,"grade":"B"}` + "\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestIKMText(t *testing.T) {
	t.Parallel()
	got, _, err := runIKM(t, kemenagCSV())
	want := `                        persyaratan  prosedur   waktu   biaya  produk  kompetensi  perilaku  sarana  pengaduan
Jumlah jawaban/unsur             29        29      29      29      29          29        29      29         29
Jumlah nilai/unsur              105       101     100     116     102         105       106     105        115
NRR/unsur                    3,6207    3,4828  3,4483  4,0000  3,5172      3,6207    3,6552  3,6207     3,9655
NRR tertimbang/unsur         0,4023    0,3870  0,3831  0,4444  0,3908      0,4023    0,4061  0,4023     0,4406

Responden               29
Bobot/unsur             1/9
Jumlah NRR tertimbang   3,6590
IKM unit pelayanan      91,48
Mutu pelayanan          A (Sangat baik), PermenPANRB 14/2017
Keterangan              indikatif, responden kurang dari 30
`
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	got, _, err = runIKM(t, kemenagCSV(), "--weight", "0.11", "--bands", "2004")
	for _, want := range []string{
		"Bobot/unsur             0,11 (cetak sesuai format)\n", "Jumlah NRR tertimbang   3,6224\n",
		"IKM unit pelayanan      90,56\n", "Mutu pelayanan          A (Sangat baik), KEP/25/M.PAN/2/2004\n",
	} {
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("%v: no %q in\n%s", err, want, got)
		}
	}
}

func TestIKMWithoutAnswersIsNoFigure(t *testing.T) {
	t.Parallel()
	got, notes, err := runIKM(t, ikmHeader+",,,,,,,,\n")
	if err != nil || !strings.Contains(got, "belum ada data") || strings.Contains(got, "0,00") || strings.Contains(got, "Mutu") {
		t.Errorf("%v\n%s", err, got)
	}
	if notes != "1 baris tanpa jawaban tidak dihitung\n" {
		t.Errorf("notes %q", notes)
	}
}

func TestIKMTakesWhatSpreadsheetsWrite(t *testing.T) {
	t.Parallel()
	semicolons := strings.ReplaceAll(ikmHeader, ",", ";")
	tests := []struct{ name, csv, notes string }{
		{"byte order mark", "\ufeff" + ikmHeader + "4,4,4,4,4,4,4,4,4\n", ""},
		{"semicolons", semicolons + "4;4;4;4;4;4;4;4;4\n", ""},
		{"mark, semicolons, CRLF", "\ufeff" + strings.ReplaceAll(semicolons, "\n", "\r\n") + "4;4;4;4;4;4;4;4;4\r\n", ""},
		{"no line end", ikmHeader + "4,4,4,4,4,4,4,4,4", ""},
		{"blanks and capitals", strings.ToUpper(ikmHeader) + " 4,4 ,4,4,4,4,4,4,4\n", ""},
		{"other columns, any order", "No,pengaduan,sarana,perilaku,kompetensi,produk,biaya,waktu,prosedur,persyaratan,\"Saran, kritik\"\n" +
			"1,4,4,4,4,4,4,4,4,4,\"bagus,\nlanjutkan\"\n", "kolom diabaikan: No, Saran, kritik\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, notes, err := runIKM(t, tt.csv, "--format=json")
			if err != nil || notes != tt.notes || !strings.HasPrefix(got, `{"n":1,`) || !strings.Contains(got, `"index":100,`) {
				t.Errorf("%v %q\n%s", err, notes, got)
			}
		})
	}
}

func TestIKMSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, csv string
		want      []string
	}{
		{"a column missing", strings.Replace(ikmHeader, "waktu,", "", 1), []string{"waktu"}},
		{"a column twice", strings.Replace(ikmHeader, "waktu", "waktu,waktu", 1), []string{"waktu", "dua kali"}},
		{"nothing at all", "", []string{"persyaratan", "pengaduan"}},
		{"too high", ikmHeader + "4,4,4,4,4,4,4,4,4\n4,4,5,4,4,4,4,4,4\n", []string{`baris 3, kolom waktu: "5"`}},
		{"zero", ikmHeader + "0,4,4,4,4,4,4,4,4\n", []string{`baris 2, kolom persyaratan: "0"`}},
		{"a word", ikmHeader + "4,4,4,4,4,4,4,baik,4\n", []string{`baris 2, kolom sarana: "baik"`}},
		{"a fraction", ikmHeader + "4,4,4,4,4,4,4,4,3.5\n", []string{`baris 2, kolom pengaduan: "3.5"`}},
		{"other digits", ikmHeader + "٤,4,4,4,4,4,4,4,4\n", []string{`baris 2, kolom persyaratan: "٤"`}},
		{"every bad value", ikmHeader + "9,4,4,4,4,4,4,4,4\n4,4,4,4,4,4,4,4,8\n", []string{"baris 2, kolom persyaratan", "baris 3, kolom pengaduan", "- tidak dapat dihitung: 2 kesalahan; tidak ada yang dihitung"}},
		{"a short row", ikmHeader + "4,4,4\n", []string{"baris 2", "3 kolom", "9"}},
		{"a quote out of place", ikmHeader + "4,4,4,4,4,4,4,4,\"4\n", []string{"baris"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, notes, err := runIKM(t, tt.csv)
			if err == nil || got != "" {
				t.Fatalf("%v, printed %q", err, got)
			}
			for _, want := range tt.want {
				if said := notes + err.Error(); !strings.Contains(said, want) {
					t.Errorf("%q does not say %q", said, want)
				}
			}
		})
	}
}

func TestIKMArguments(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "jawaban.csv")
	if err := os.WriteFile(file, []byte(kemenagCSV()), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want string // in the output, or in the error when it begins with "!"
	}{
		{"the file first", []string{file, "--format", "json", "--weight=0.11"}, `"index":90.56`},
		{"the file last", []string{"--weight", "0.111", "--format=json", file}, `"index":91.38`},
		{"help", []string{"-h"}, "kesan ikm [options] FILE.csv"},
		{"no file", nil, "!bukan 0"},
		{"two files", []string{file, file}, "!bukan 2"},
		{"a file that is not there", []string{file + "x"}, "!jawaban.csvx"},
		{"unknown bands", []string{file, "--bands", "1999"}, "!1999"},
		{"unknown weight", []string{file, "--weight", "0.1"}, "!0.1"},
		{"unknown format", []string{file, "--format", "xml"}, "!xml"},
		{"unknown flag", []string{file, "--round"}, "!round"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			env, out, _ := importEnvironment("")
			err := ikmCommand(t.Context(), env, tt.args)
			if want, fails := strings.CutPrefix(tt.want, "!"); fails {
				if err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
					t.Errorf("%v, want %s", err, want)
				}
			} else if err != nil && !errors.Is(err, flag.ErrHelp) || !strings.Contains(out.String(), want) {
				t.Errorf("%v %s, want %s", err, out.String(), want)
			}
		})
	}
}

func TestIKMStopsWhenCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	env, out, _ := importEnvironment(kemenagCSV())
	err := ikmCommand(ctx, env, []string{"-"})
	if !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("%v %s", err, out.String())
	}
}

func FuzzIKM(f *testing.F) {
	f.Add(kemenagCSV())
	f.Add("\ufeff" + strings.ReplaceAll(ikmHeader, ",", ";") + "4;;;;;;;;\n")
	f.Add(ikmHeader + "\"4\n")
	f.Fuzz(func(t *testing.T, csv string) {
		got, _, err := runIKM(t, csv, "--format=json")
		if (err == nil) == (got == "") || strings.Contains(got, "NaN") {
			t.Errorf("%v %s", err, got)
		}
	})
}
