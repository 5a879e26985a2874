package view

import (
	"testing"

	"kesan/scoring"
)

// The words of the target never lie on a figure where there is room beside it: they go to the other end or to the other
// side of the line.
func TestTrendTargetText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		values []scoring.Hundredths
		target scoring.Hundredths
		right  bool
		drop   int
	}{
		{"far above all", []scoring.Hundredths{71_00, 70_50, 70_00}, 90_00, true, -5},
		{"far below all, but close to the axis", []scoring.Hundredths{89_00, 88_00, 90_00}, 76_00, true, -5},
		{"last figure just above the line", []scoring.Hundredths{70_00, 74_00, 80_50}, 80_00, false, -5},
		{"first figure just above the line", []scoring.Hundredths{80_50, 74_00, 70_00}, 80_00, true, -5},
		{"both ends just above the line", []scoring.Hundredths{80_50, 70_00, 80_50}, 80_00, true, 14},
		{"last figure below, the one before it above", []scoring.Hundredths{60_00, 82_00, 60_00}, 80_00, true, -5},
		{"all figures on the line", []scoring.Hundredths{80_10, 80_00, 79_90}, 80_00, true, 22},
	}
	for _, test := range tests {
		var points []scoring.Point
		for i, value := range test.values {
			points = append(points, scoring.Point{Cycle: []string{"2026-TW1", "2026-TW2", "2026-TW3"}[i], Value: &value})
		}
		trend := NewTrend("Tren", points, &test.target)
		if got := trend.Target; got.Right != test.right || got.Drop != test.drop {
			t.Errorf("%s: right %v, %d from the line; want %v, %d", test.name, got.Right, got.Drop, test.right, test.drop)
		}
		top, bottom := trend.Target.Y+trend.Target.Drop-11, trend.Target.Y+trend.Target.Drop+3
		for _, p := range trend.Points {
			if at := p.Share; (at > .6) == trend.Target.Right && (at < .4) == !trend.Target.Right && top < p.Y+5 && bottom > p.Y-23 {
				t.Errorf("%s: the text from %d to %d lies on the figure at %d", test.name, top, bottom, p.Y)
			}
		}
	}
}
