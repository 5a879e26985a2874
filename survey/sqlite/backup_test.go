package sqlite_test

import (
	"path/filepath"
	"testing"

	"kesan/survey"
	"kesan/survey/sqlite"
)

func TestBackupHoldsRecordsAndNoTallies(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "kesan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	bucket := survey.Bucket{Unit: "33.74.09", Day: "2026-11-21"}
	record := survey.Record{Bucket: bucket, ID: survey.RecordID{1}, Kind: survey.KindResponse, Body: []byte("{}")}
	if _, err := store.AppendRecords(ctx, []survey.Record{record}); err != nil {
		t.Fatal(err)
	}
	tally := survey.KeptTally{Unit: bucket.Unit, Grain: survey.GrainDay, Span: string(bucket.Day), Version: 1, N: 1, Body: []byte{0}}
	if err := store.InsertTallies(ctx, []survey.KeptTally{tally}); err != nil {
		t.Fatal(err)
	}

	path := filepath.Join(t.TempDir(), "copy.db")
	if err := store.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if err := store.Backup(ctx, path); err == nil {
		t.Error("a second backup overwrote the first")
	}
	backup, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Close()
	counts, err := backup.CountRecords(ctx, "", bucket.Day, bucket.Day)
	if err != nil || len(counts) != 1 || counts[0].N != 1 {
		t.Errorf("records in the copy: %v, %v; want one", counts, err)
	}
	tallies, err := backup.Tallies(ctx, survey.TallyQuery{Grain: survey.GrainDay, From: "2026-01-01", To: "2026-12-31", Version: 1})
	if err != nil || len(tallies) != 0 {
		t.Errorf("tallies in the copy: %v, %v; want none", tallies, err)
	}
}
