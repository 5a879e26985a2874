package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"kesan/scoring"
)

const ikmUsage = `kesan ikm FILE.csv [--bands 2017|2004] [--weight exact|0.111|0.11] [--format text|json]

Menghitung IKM dari jawaban mentah. Baris judul memuat kesembilan unsur:
persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan
Satu baris untuk setiap responden, nilai 1 sampai 4, kosong = tidak dijawab. FILE "-" membaca masukan standar.
`

// ikm computes a published table from raw answers, one row per respondent. It is the whole arithmetic of a figure in the
// hands of anyone who wants to recompute one.
func ikm(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	options, err := parseIKM(args)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(stdout, ikmUsage)
		return err
	}
	if err != nil {
		return err
	}
	input := stdin
	if options.file != "-" {
		file, err := os.Open(options.file)
		if err != nil {
			return err
		}
		defer file.Close()
		input = file
	}
	answers, err := readAnswers(ctx, input, stderr)
	if err != nil {
		return fmt.Errorf("%s: %w", options.file, err)
	}
	if options.json {
		return answers.writeJSON(stdout, options)
	}
	return answers.writeText(stdout, options)
}

type ikmOptions struct {
	file   string
	rule   string // where the bands come from, for people
	bands  scoring.Bands
	weight scoring.Weight
	json   bool
}

// parseIKM takes flags before and after the file name.
func parseIKM(args []string) (ikmOptions, error) {
	flags := flag.NewFlagSet("ikm", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	version := flags.String("bands", "2017", "")
	weight := flags.String("weight", "exact", "")
	format := flags.String("format", "text", "")
	var files []string
	for {
		if err := flags.Parse(args); err != nil {
			return ikmOptions{}, err
		}
		if flags.NArg() == 0 {
			break
		}
		files, args = append(files, flags.Arg(0)), flags.Args()[1:]
	}
	if len(files) != 1 {
		return ikmOptions{}, fmt.Errorf("ikm membaca satu berkas CSV, bukan %d; \"-\" membaca masukan standar", len(files))
	}
	bands, ok := scoring.IKMBands(*version)
	if !ok {
		return ikmOptions{}, fmt.Errorf("--bands %q: pilih %s", *version, strings.Join(scoring.BandsVersions, " atau "))
	}
	w, err := scoring.ParseWeight(*weight)
	if err != nil {
		return ikmOptions{}, fmt.Errorf("--weight %q: pilih exact, 0.111 atau 0.11", *weight)
	}
	if *format != "text" && *format != "json" {
		return ikmOptions{}, fmt.Errorf("--format %q: pilih text atau json", *format)
	}
	rule := map[string]string{"2017": "PermenPANRB 14/2017", "2004": "KEP/25/M.PAN/2/2004"}[*version]
	return ikmOptions{files[0], rule, bands, w, *format == "json"}, nil
}

func ikmCommand(ctx context.Context, env environment, args []string) error {
	return ikm(ctx, args, env.Stdin, env.Stdout, env.Stderr)
}
