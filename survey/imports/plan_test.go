package imports_test

import (
	"errors"
	"slices"
	"testing"

	"kesan/survey"
	"kesan/survey/imports"
)

func TestPlan(t *testing.T) {
	t.Parallel()
	register := sampleRegister(t)
	file := "kode,nama,zona,tutup\nDPP.01,Bidang Dukcapil,WIB,tidak\nDPP.02,Bidang Perizinan,WIB,tidak\nDPP.03,Bidang Baru,WIB,\n"
	plan := read(t, register.Office(), "unit", file)
	if got, want := count(plan), (counts{fresh: 1, changed: 1, same: 1, drafts: 2}); got != want {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	want := []survey.Draft{
		// Columns that are not in the file keep their values.
		{Base: 1, Object: survey.Unit{Code: "DPP.01", Name: "Bidang Dukcapil", Parent: "DPP", Zone: "WIB", Area: "33.74", Address: "Jl. Melati No. 1, lantai 1", Mode: survey.FormShort}},
		{Base: 0, Object: survey.Unit{Code: "DPP.03", Name: "Bidang Baru", Zone: "WIB"}},
	}
	if !slices.Equal(plan.Drafts, want) {
		t.Errorf("got %+v", plan.Drafts)
	}
	if err := register.Write(t.Context(), "tes", "", plan.Drafts...); err != nil {
		t.Fatal(err)
	}
	if err := register.Write(t.Context(), "tes", "", plan.Drafts...); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("writing a plan that others have overtaken: %v", err)
	}
}

// An empty cell of a column that is in the file empties the value.
func TestEmptyCell(t *testing.T) {
	t.Parallel()
	register := sampleRegister(t)
	take(t, register, "loket", "kode,unit,nama,layanan\nL1,DPP.01,Loket 1,\n")
	if got := register.Office().Counters["L1"].Value.Services; len(got) != 0 {
		t.Errorf("services are still %v", got)
	}
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	office := sampleRegister(t).Office()
	const head = "loket;nip;tanggal;mulai;selesai;batal\n"
	tests := []struct {
		name, file string
		want       []string
	}{
		{"none: one ends where the other begins", head + "L3;199407222019022999;2026-01-05;16:00;17:00;\n", nil},
		{"none: the same officer", head + "L3;TK-01;2026-01-05;15:00;17:00;\n", nil},
		{"none: replaces the stored one", head + "L3;199407222019022999;2026-01-05;08:00;16:00;\n", nil},
		{"none: cancelled", head + "L3;199407222019022999;2026-01-05;15:00;17:00;ya\n", nil},
		{"none: another counter", head + "L1;TK-01;2026-01-12;08:00;12:00;\nL2;199407222019022999;2026-01-12;08:00;12:00;\n", nil},
		{"with a stored duty that began before", head + "L3;199407222019022999;2026-01-05;15:00;17:00;\n", []string{
			"baris 2, kolom loket: loket L3 juga dijadwalkan bagi TK-01, 2026-01-05 08:00 sampai 2026-01-05 16:00; jawaban pada jam itu dihitung untuk unit saja"}},
		{"with a stored duty that begins later", head + "L3;199407222019022999;2026-01-05;07:00;09:00;\n", []string{
			"baris 2, kolom loket: loket L3 juga dijadwalkan bagi TK-01, 2026-01-05 08:00 sampai 2026-01-05 16:00; jawaban pada jam itu dihitung untuk unit saja"}},
		{"within the file", head + "L1;TK-01;2026-01-12;08:00;12:00;\nL1;TK-01;2026-01-12;09:00;11:00;\nL1;199407222019022999;2026-01-12;11:30;13:00;\n", []string{
			"baris 4, kolom loket: loket L1 juga dijadwalkan bagi TK-01, 2026-01-12 08:00 sampai 2026-01-12 12:00; jawaban pada jam itu dihitung untuk unit saja"}},
		{"behind a longer duty of the same officer", head + "L1;TK-01;2026-01-12;08:00;12:00;\nL1;199407222019022999;2026-01-12;09:00;16:00;\nL1;199407222019022999;2026-01-12;11:00;11:30;\n", []string{
			"baris 3, kolom loket: loket L1 juga dijadwalkan bagi TK-01, 2026-01-12 08:00 sampai 2026-01-12 12:00; jawaban pada jam itu dihitung untuk unit saja",
			"baris 4, kolom loket: loket L1 juga dijadwalkan bagi TK-01, 2026-01-12 08:00 sampai 2026-01-12 12:00; jawaban pada jam itu dihitung untuk unit saja"}},
	}
	for _, test := range tests {
		plan := read(t, office, "jadwal", test.file)
		if got := plan.Warnings.Sentences(); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q", test.name, got)
		}
		if plan.Problems.Count() > 0 || len(plan.Drafts) == 0 {
			t.Errorf("%s: a warning is no obstacle: %q", test.name, plan.Problems.Sentences())
		}
	}
}

func TestUnitIndicatorOfOfficer(t *testing.T) {
	t.Parallel()
	plan := read(t, sampleRegister(t).Office(), "target", "indikator;tingkat;unit;periode;target\nikm;petugas;DPP;2027;80\n")
	want := []string{"baris 2, kolom indikator: ikm adalah ukuran unit; petugas tidak mendapat nilainya"}
	if got := plan.Warnings.Sentences(); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// Parents may stand below their children, and a superior below the officer.
func TestOwnReferences(t *testing.T) {
	t.Parallel()
	register := openRegister(t)
	take(t, register, "unit", "kode,nama,induk,zona\nA.1,Anak,A,WIB\nA,Induk,,WIB\n")
	plan := take(t, register, "petugas", "nip,nama,jenis_asn,unit,atasan\nP1,Satu,non_asn,A,P2\nP2,Dua,non_asn,A,\n")
	if got, want := count(plan), (counts{fresh: 2, drafts: 2}); got != want {
		t.Errorf("got %+v", got)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range imports.Kinds() {
		if kind.Title == "" || kind.About == "" {
			t.Errorf("%s explains nothing", kind.Name)
		}
	}
}
