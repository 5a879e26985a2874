package imports_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/imports"
	"kesan/survey/sqlite"
)

// openRegister opens a register without an office in it.
func openRegister(t testing.TB) *survey.Register {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kesan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	clock := func() time.Time { return time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC) }
	register, err := survey.OpenRegister(t.Context(), store, clock)
	if err != nil {
		t.Fatal(err)
	}
	return register
}

func sample(t testing.TB, kind string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "public", "contoh", kind+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// sampleRegister opens a register that holds the sample office.
func sampleRegister(t testing.TB) *survey.Register {
	t.Helper()
	register := openRegister(t)
	for _, kind := range imports.Kinds() {
		take(t, register, kind.Name, string(sample(t, kind.Name)))
	}
	return register
}

// take imports a file that must be good.
func take(t testing.TB, register *survey.Register, kind, file string) imports.Plan {
	t.Helper()
	plan := read(t, register.Office(), kind, file)
	if plan.Problems.Count() > 0 {
		t.Fatalf("%s: %s", kind, strings.Join(plan.Problems.Sentences(), "\n"))
	}
	if err := register.Write(t.Context(), "tes", "impor "+kind, plan.Drafts...); err != nil {
		t.Fatal(err)
	}
	return plan
}

func read(t testing.TB, office *survey.Office, kind, file string) imports.Plan {
	t.Helper()
	plan, err := imports.Read(kind, strings.NewReader(file), office)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func written(t testing.TB, office *survey.Office, kind string) string {
	t.Helper()
	var out bytes.Buffer
	if err := imports.Write(kind, office, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// counts is what a plan comes to.
type counts struct{ fresh, changed, same, drafts, problems, warnings int }

func count(p imports.Plan) counts {
	return counts{p.New, p.Changed, p.Same, len(p.Drafts), p.Problems.Count(), p.Warnings.Count()}
}
