package handlers

import (
	"testing"

	"kesan/survey"
)

func TestServer(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.anyone().get("/readyz").is(200).says("ready")
	f.anyone().get("/tidak-ada").is(404).says("Halaman atau data ini tidak ada.")
	f.as(survey.RoleAdmin).get("/tidak-ada").is(404)
	f.answer(sheetOne, served("ktp", 3))
	f.fold()
	counted, err := survey.BucketCounted(t.Context(), f.Store, survey.Bucket{Unit: ownUnit, Day: "2026-11-18"})
	must(t, err)
	if !counted {
		t.Error("the answer is not in the tally")
	}
}
