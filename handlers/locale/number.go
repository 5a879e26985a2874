package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kesan/survey"
)

// Number writes a whole number the Indonesian way: 12.345.
func Number(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), ".")
}

// Date writes a day the Indonesian way: 21 November 2026. An empty day gives an empty text.
func Date(day survey.Day) string {
	if day == "" {
		return ""
	}
	return strconv.Itoa(day.Date().Day()) + " " + day.Month().Name()
}

// DateTime writes an instant in a zone: 21 November 2026 09.05 WIB.
func DateTime(t time.Time, zone survey.Zone) string {
	local := t.In(zone.Location())
	return fmt.Sprintf("%s %s %s", Date(survey.DayOf(t, zone)), local.Format("15.04"), zone)
}
