package main

import (
	"context"
	"fmt"

	"kesan/survey"
)

const verifyUsage = `[options] [CYCLE]

Computes everything anew from the answers and compares: every answer with the digest it was stored under, all tallies, and
every locked cycle or the one named. Tallies that are missing, as after a restore, are made. A server may run meanwhile.
Exit code 3: something differs.`

func verifyCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("verify", verifyUsage)
	s.data(flags)
	s.Kept = true
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 1); err != nil {
		return err
	}
	return withBooks(ctx, env, &s, func(b books) error {
		only := flags.Arg(0)
		if held, ok := b.register.Office().Cycles[only]; only != "" && (!ok || held.Value.State != survey.CycleLocked) {
			return misused("tidak ada siklus %q yang dikunci; kesan cycle list menyebutkan semuanya", only)
		}
		return b.verify(ctx, env, only)
	})
}

// verify checks all records, all tallies, and the locked cycles or only one. errDifferent: something differs.
func (b books) verify(ctx context.Context, env environment, only string) error {
	from, to, n, err := b.span(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		if err := b.verifyRecords(ctx, from, to, n, progress(env.Stderr, "memeriksa")); err != nil {
			return err
		}
	}
	fmt.Fprintf(env.Stdout, "%d catatan: hitungan yang disimpan cocok dengan jawabannya.\n", n)
	return b.verifyCycles(ctx, env, only)
}

func (b books) verifyRecords(ctx context.Context, from, to survey.Day, n int64, tell func(share float64)) error {
	read := int64(0)
	for record, err := range b.store.Records(ctx, "", from, to) {
		if err != nil {
			return err
		}
		if !record.Intact() {
			return differs("catatan %x (%s) unit %s, %s bukan lagi yang disimpan dahulu; ada yang mengubah basis data", record.ID, record.Kind, record.Unit, record.Day)
		}
		read++
		tell(min(float64(read)/float64(n), 1)) // answers come in meanwhile
	}
	return b.compareTallies(ctx, from, to)
}

// compareTurns is how often tallies are looked at before a doubt about them is given up.
const compareTurns = 5

// compareTallies checks the kept tallies against the records and makes those that are behind. errDifferent: a tally claims
// as many records as there are, or more, and is not what they say. Because answers may come in between two looks, one that
// is doubtful must be so twice; it is not swept meanwhile, as that would throw the evidence away.
func (b books) compareTallies(ctx context.Context, from, to survey.Day) error {
	var before map[survey.Difference]bool
	swept := false
	for range compareTurns {
		differences, err := b.tallier.Compare(ctx, from, to)
		if err != nil {
			return err
		}
		doubtful, err := b.doubtful(ctx, differences)
		if err != nil {
			return err
		}
		for d := range doubtful {
			if before[d] {
				return differs("hitungan unit %s, %s menyebut %d catatan, yang ada %d, dan jumlahnya tidak cocok; kesan rebuild menghitungnya lagi",
					d.Unit, d.Span, d.Kept, d.Have)
			}
		}
		before = doubtful
		switch {
		case len(doubtful) > 0:
			continue
		case len(differences) == 0 || swept: // what is behind now came since
			return nil
		}
		if err := b.tallier.Sweep(ctx, "", from, to); err != nil {
			return err
		}
		swept = true
	}
	return failed(nil, "terlalu banyak jawaban masuk selama diperiksa; ulangi saat lebih sepi")
}

// doubtful returns those of the differences that are not just behind.
func (b books) doubtful(ctx context.Context, differences []survey.Difference) (map[survey.Difference]bool, error) {
	list := map[survey.Difference]bool{}
	for _, d := range differences {
		if d.Kept < d.Have {
			continue
		}
		from, to := d.Days()
		counts, err := b.store.CountRecords(ctx, d.Unit, from, to)
		if err != nil {
			return nil, err
		}
		have := int64(0)
		for _, c := range counts {
			have += c.N
		}
		if have <= d.Kept { // more: they came since
			list[d] = true
		}
	}
	return list, nil
}

func (b books) verifyCycles(ctx context.Context, env environment, only string) error {
	cycles := b.register.Office().Cycles
	for _, id := range cycles.IDs() {
		if cycles[id].Value.State != survey.CycleLocked || only != "" && id != only {
			continue
		}
		found, err := b.results.Verify(ctx, id, b.tallier)
		if err != nil {
			return failed(err, "siklus %s tidak dapat diperiksa", id)
		}
		if !found.Same {
			return differs("siklus %s berbeda dari saat dikunci: %s", id, found.First)
		}
		fmt.Fprintf(env.Stdout, "siklus %s: cocok, sidik %s, %d unit-hari mendapat jawaban sesudah dikunci\n",
			id, cycles[id].Value.Digest, len(found.Later))
	}
	return nil
}
