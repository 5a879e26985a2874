package scoring

// Band is one class of a scale.
type Band struct {
	Grade string     // mutu pelayanan, A to D; empty where the scale has no letters
	Label string     // official wording
	From  Hundredths // the lowest published value of the class
}

// Bands is a scale, the best class first. It is data with a version: a rule that changes the limits adds a scale.
type Bands []Band

// BandsVersions lists the versions that IKMBands knows, the one in force first.
var BandsVersions = []string{"2017", "2004"}

// IKMBands returns the mutu of a service unit by version: "2017" is PermenPANRB 14/2017, "2004" is KEP/25/M.PAN/2/2004. It
// is false for any other version.
func IKMBands(version string) (Bands, bool) {
	switch version {
	case "2017":
		return ikmBands(8831, 7661, 6500), true
	case "2004":
		return ikmBands(8126, 6251, 4376), true
	default:
		return nil, false
	}
}

func ikmBands(a, b, c Hundredths) Bands {
	return Bands{{"A", "Sangat baik", a}, {"B", "Baik", b}, {"C", "Kurang baik", c}, {"D", "Tidak baik", 2500}}
}

// AchievementBands is the usual scale of achievement in local practice: above 90 % Sangat baik, above 75 Baik, above 65
// Cukup, above 50 Kurang, else Sangat kurang. It is a default, not law; an office may keep its own.
func AchievementBands() Bands {
	return Bands{{"", "Sangat baik", 9001}, {"", "Baik", 7501}, {"", "Cukup", 6501}, {"", "Kurang", 5001}, {"", "Sangat kurang", 0}}
}

// Of classifies a published value by lower bounds alone, so that no value falls between two classes: 76,605 was published
// as 76,61 and is a B. What lies under every bound is in the lowest class.
func (b Bands) Of(value Hundredths) Band {
	for _, band := range b {
		if value >= band.From {
			return band
		}
	}
	if len(b) == 0 {
		return Band{}
	}
	return b[len(b)-1]
}
