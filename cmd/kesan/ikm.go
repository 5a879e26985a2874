package main

import (
	"context"
	"strings"

	"kesan/scoring"
)

const ikmUsage = `[options] FILE.csv

Computes the IKM from raw answers; "-" is the standard input. The header names the nine unsur:
persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan
One row for each respondent, values 1 to 4, empty where nothing was answered.`

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
		return failed(err, "%s tidak dapat dihitung", options.file)
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
	version := flags.String("bands", "2017", "`YEAR` of the quality bands: 2017 or 2004")
	weight := flags.String("weight", "exact", "`WEIGHT` of each unsur: exact (1/9), 0.111 or 0.11")
	format := flags.String("format", "text", "`FORMAT` of the output: text or json")
	if err := parse(env, flags, args); err != nil {
		return ikmOptions{}, err
	}
	if n := flags.NArg(); n != 1 {
		return ikmOptions{}, misused("kesan ikm memerlukan satu FILE.csv, bukan %d; kesan ikm -h menjelaskan", n)
	}
	bands, ok := scoring.IKMBands(*version)
	if !ok {
		return ikmOptions{}, misused("--bands (KESAN_BANDS) %q: pilih %s", *version, strings.Join(scoring.BandsVersions, " atau "))
	}
	w, err := scoring.ParseWeight(*weight)
	if err != nil {
		return ikmOptions{}, misused("--weight (KESAN_WEIGHT) %q: pilih exact, 0.111, atau 0.11", *weight)
	}
	if *format != "text" && *format != "json" {
		return ikmOptions{}, misused("--format (KESAN_FORMAT) %q: pilih text atau json", *format)
	}
	rule := map[string]string{"2017": "PermenPANRB 14/2017", "2004": "KEP/25/M.PAN/2/2004"}[*version]
	return ikmOptions{flags.Arg(0), rule, bands, w, *format == "json"}, nil
}
