package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kesan/survey"
	"kesan/survey/imports"
)

const importUsage = `[options] KIND FILE.csv

Reads units, officers, rosters and more from a CSV file; "-" is the standard input. A file is taken whole or not at all, and
what is stored already is not written again.

Kinds, in the order in which an empty register can take them (* must be filled):
`

func importCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("import", importUsage+importKinds())
	s.data(flags)
	dryRun := flags.Bool("dry-run", false, "only say what would change")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if flags.NArg() != 2 {
		return misused("kesan import memerlukan KIND dan FILE.csv; kesan import -h menjelaskan")
	}
	kind, name := flags.Arg(0), flags.Arg(1)
	if _, err := imports.Find(kind); err != nil {
		return misused("tidak ada jenis berkas %q; kesan import -h menyebutkan semuanya", kind)
	}
	in, err := openInput(env, name)
	if err != nil {
		return err
	}
	defer in.Close()
	return withSystem(ctx, env, &s, func(sys *system) error {
		plan, err := readPlan(sys, kind, in, env.Stderr)
		if err != nil {
			return err
		}
		summary := fmt.Sprintf("%s: %d baru, %d berubah, %d tetap", kind, plan.New, plan.Changed, plan.Same)
		if *dryRun {
			summary += "; belum ditulis (--dry-run)"
		} else if err := writePlan(ctx, env, sys, plan, name); err != nil {
			return err
		}
		_, err = fmt.Fprintln(env.Stdout, summary)
		return err
	})
}

// openInput opens a file, or the standard input for "-".
func openInput(env environment, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(env.Stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, failed(err, "berkas tidak dapat dibaca")
	}
	return file, nil
}

// readPlan reads a file and tells what is wrong with it.
func readPlan(sys *system, kind string, in io.Reader, stderr io.Writer) (imports.Plan, error) {
	plan, err := imports.Read(kind, in, sys.Register.Office())
	if err != nil {
		return imports.Plan{}, failed(err, "berkas tidak dapat dibaca")
	}
	for _, line := range plan.Warnings.Sentences() {
		fmt.Fprintln(stderr, "peringatan:", line)
	}
	for _, line := range plan.Problems.Sentences() {
		fmt.Fprintln(stderr, line)
	}
	if n := plan.Problems.Count(); n > 0 {
		return imports.Plan{}, failed(nil, "%s: %d kesalahan; tidak ada yang ditulis", kind, n)
	}
	return plan, nil
}

// writePlan writes what a file changes.
func writePlan(ctx context.Context, env environment, sys *system, plan imports.Plan, file string) error {
	told := plan.Audited(filepath.Base(file))
	err := sys.Register.Write(ctx, env.author(), "impor "+told, plan.Drafts...)
	if err != nil {
		return failed(err, "%s: tidak ada yang ditulis", plan.Kind)
	}
	sys.Audit.Keep(ctx, env.author(), survey.AuditImport, told)
	return nil
}

// importKinds lists the kinds and their columns for the usage.
func importKinds() string {
	var b strings.Builder
	for _, kind := range imports.Kinds() {
		fmt.Fprintf(&b, "\n  %s: %s\n", kind.Name, kind.About)
		for _, column := range kind.Columns {
			name := column.Name
			if column.Required {
				name += "*"
			}
			fmt.Fprintf(&b, "    %-20s %s\n", name, column.About)
		}
	}
	return b.String()
}
