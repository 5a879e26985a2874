package scoring_test

import (
	"testing"

	"kesan/scoring"
)

func TestIKMBands(t *testing.T) {
	t.Parallel()
	tests := []struct{ version, exact, grade, label string }{
		{"2017", "25", "D", "Tidak baik"},
		{"2017", "64.99", "D", "Tidak baik"},
		{"2017", "64.994", "D", "Tidak baik"},
		{"2017", "64.995", "C", "Kurang baik"},
		{"2017", "65.00", "C", "Kurang baik"},
		{"2017", "76.60", "C", "Kurang baik"},
		{"2017", "76.605", "B", "Baik"},
		{"2017", "76.61", "B", "Baik"},
		{"2017", "88.30", "B", "Baik"},
		{"2017", "88.304", "B", "Baik"},
		{"2017", "88.305", "A", "Sangat baik"},
		{"2017", "88.31", "A", "Sangat baik"},
		{"2017", "100", "A", "Sangat baik"},
		{"2017", "24.75", "D", "Tidak baik"}, // all ones with the weight 0,11
		{"2004", "25", "D", "Tidak baik"},
		{"2004", "43.75", "D", "Tidak baik"},
		{"2004", "43.755", "C", "Kurang baik"},
		{"2004", "43.76", "C", "Kurang baik"},
		{"2004", "62.50", "C", "Kurang baik"},
		{"2004", "62.51", "B", "Baik"},
		{"2004", "81.25", "B", "Baik"},
		{"2004", "81.26", "A", "Sangat baik"},
		{"2004", "100", "A", "Sangat baik"},
	}
	for _, tt := range tests {
		bands, ok := scoring.IKMBands(tt.version)
		if !ok {
			t.Fatalf("no bands %s", tt.version)
		}
		got := bands.Of(scoring.Publish(rat(t, tt.exact)))
		if got.Grade != tt.grade || got.Label != tt.label {
			t.Errorf("%s in %s: %s %s, want %s %s", tt.exact, tt.version, got.Grade, got.Label, tt.grade, tt.label)
		}
	}
}

func TestBandsVersions(t *testing.T) {
	t.Parallel()
	for _, version := range scoring.BandsVersions {
		if _, ok := scoring.IKMBands(version); !ok {
			t.Errorf("%s is listed and unknown", version)
		}
	}
	if _, ok := scoring.IKMBands("1999"); ok {
		t.Error("1999 is known")
	}
}

func TestAchievementBands(t *testing.T) {
	t.Parallel()
	tests := map[scoring.Hundredths]string{
		12000: "Sangat baik", 9001: "Sangat baik",
		9000: "Baik", 7501: "Baik",
		7500: "Cukup", 6501: "Cukup",
		6500: "Kurang", 5001: "Kurang",
		5000: "Sangat kurang", 0: "Sangat kurang", -1: "Sangat kurang",
	}
	for value, want := range tests {
		if got := scoring.AchievementBands().Of(value).Label; got != want {
			t.Errorf("%s %%: %s, want %s", value, got, want)
		}
	}
}

func TestAnEmptyScaleHasNoClass(t *testing.T) {
	t.Parallel()
	if got := (scoring.Bands{}).Of(8000); got != (scoring.Band{}) {
		t.Errorf("%+v", got)
	}
}
