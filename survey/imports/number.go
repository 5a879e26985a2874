package imports

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	wholePattern   = regexp.MustCompile(`^\d{1,12}$`)
	decimalPattern = regexp.MustCompile(`^(\d{1,12})([.,](\d+))?$`)
)

// whole is a whole number, 0 being an empty cell.
func whole[V int | int64]() format[V] {
	show := func(value V) string {
		if value == 0 {
			return ""
		}
		return strconv.FormatInt(int64(value), 10)
	}
	return format[V]{read: readWhole[V], show: show, number: true}
}

func readWhole[V int | int64](cell string) (V, fault) {
	if scientific.MatchString(cell) {
		return 0, faulty("import.scientific", quote(cell))
	}
	if !wholePattern.MatchString(cell) {
		return 0, faulty("import.whole", quote(cell))
	}
	n, _ := strconv.ParseInt(cell, 10, 64) // 12 digits fit
	return V(n), fault{}
}

// hundredths is a number with up to two decimals after a comma or point, kept in hundredths: 83,31 is 8331.
var hundredths = format[int64]{read: readHundredths, show: showHundredths, number: true}

func readHundredths(cell string) (int64, fault) {
	if scientific.MatchString(cell) {
		return 0, faulty("import.scientific", quote(cell))
	}
	parts := decimalPattern.FindStringSubmatch(cell)
	if parts == nil {
		return 0, faulty("import.decimal", quote(cell))
	}
	decimals := strings.TrimRight(parts[3], "0")
	if len(decimals) > 2 || len(parts[3]) == 3 { // 1.000 may be a thousand
		return 0, faulty("import.decimals", quote(cell))
	}
	n, _ := strconv.ParseInt(parts[1]+(decimals + "00")[:2], 10, 64) // 14 digits fit
	return n, fault{}
}

func showHundredths(value int64) string {
	if value == 0 {
		return ""
	}
	return strings.TrimSuffix(fmt.Sprintf("%d,%02d", value/100, value%100), ",00")
}
