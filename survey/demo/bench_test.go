package demo_test

import (
	"testing"

	"kesan/survey/demo"
)

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		demo.Generate(seed, 365, until)
	}
}

func BenchmarkConfigure(b *testing.B) {
	region := demo.Generate(seed, 365, until)
	for b.Loop() {
		officeOf(b, region)
	}
}

func BenchmarkYear(b *testing.B) {
	region := demo.Generate(seed, 365, until)
	office := officeOf(b, region)
	for _, encode := range []bool{false, true} {
		name := map[bool]string{false: "answers", true: "records"}[encode]
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				for day := range region.Days(office) {
					n += len(day.Responses) + len(day.Verdicts)
					if encode {
						day.Records()
					}
				}
			}
			b.ReportMetric(float64(n), "records")
		})
	}
}
