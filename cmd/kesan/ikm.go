package main

import (
	"context"
	"fmt"
	"strings"

	"kesan/scoring"
)

const ikmUsage = `FILE.csv [--bands 2017|2004] [--weight exact|0.111|0.11] [--format text|json]

Menghitung IKM dari jawaban mentah. Baris judul memuat kesembilan unsur:
persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan
Satu baris untuk setiap responden, nilai 1 sampai 4, kosong = tidak dijawab. FILE "-" membaca masukan standar.`

// ikmCommand computes a published table from raw answers, one row per respondent. It is the whole arithmetic of a figure in
// the hands of anyone who wants to recompute one.
func ikmCommand(ctx context.Context, env environment, args []string) error {
	options, err := parseIKM(env, args)
	if err != nil {
		return err
	}
	input, err := openInput(env, options.file)
	if err != nil {
		return err
	}
	defer input.Close()
	answers, err := readAnswers(ctx, input, env.Stderr)
	if err != nil {
		return fmt.Errorf("%s: %w", options.file, err)
	}
	if options.json {
		return answers.writeJSON(env.Stdout, options)
	}
	return answers.writeText(env.Stdout, options)
}

type ikmOptions struct {
	file   string
	rule   string // where the bands come from, for people
	bands  scoring.Bands
	weight scoring.Weight
	json   bool
}

func parseIKM(env environment, args []string) (ikmOptions, error) {
	flags := newFlags("ikm", ikmUsage)
	version := flags.String("bands", "2017", "`TAHUN` pita mutu: 2017 atau 2004")
	weight := flags.String("weight", "exact", "`BOBOT` tiap unsur: exact (1/9), 0.111 atau 0.11")
	format := flags.String("format", "text", "`BENTUK` keluaran: text atau json")
	if err := parse(env, flags, args); err != nil {
		return ikmOptions{}, err
	}
	if n := flags.NArg(); n != 1 {
		return ikmOptions{}, fmt.Errorf("%w: ikm membaca satu berkas CSV, bukan %d; \"-\" membaca masukan standar", errUsage, n)
	}
	bands, ok := scoring.IKMBands(*version)
	if !ok {
		return ikmOptions{}, fmt.Errorf("%w: --bands %q: pilih %s", errUsage, *version, strings.Join(scoring.BandsVersions, " atau "))
	}
	w, err := scoring.ParseWeight(*weight)
	if err != nil {
		return ikmOptions{}, fmt.Errorf("%w: --weight %q: pilih exact, 0.111 atau 0.11", errUsage, *weight)
	}
	if *format != "text" && *format != "json" {
		return ikmOptions{}, fmt.Errorf("%w: --format %q: pilih text atau json", errUsage, *format)
	}
	rule := map[string]string{"2017": "PermenPANRB 14/2017", "2004": "KEP/25/M.PAN/2/2004"}[*version]
	return ikmOptions{flags.Arg(0), rule, bands, w, *format == "json"}, nil
}
