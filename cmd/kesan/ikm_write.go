package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"

	"kesan/scoring"
	"kesan/survey"
)

// ikmTable is the JSON of the result; what has no answers is null.
type ikmTable struct {
	N        int64               `json:"n"`
	Elements []ikmElement        `json:"elements"`
	Index    *scoring.Hundredths `json:"index"`
	Grade    *string             `json:"grade"`
}

type ikmElement struct {
	Key survey.Unsur            `json:"key"`
	N   int64                   `json:"n"`
	Sum int64                   `json:"sum"`
	NRR *scoring.TenThousandths `json:"nrr"`
}

func (a ikmAnswers) writeJSON(w io.Writer, options ikmOptions) error {
	table := ikmTable{N: a.respondents}
	for u, e := range a.elements {
		element := ikmElement{Key: survey.UnsurList[u], N: e.N, Sum: e.Sum}
		if nrr, ok := e.NRR(); ok {
			element.NRR = new(scoring.PublishNRR(nrr))
		}
		table.Elements = append(table.Elements, element)
	}
	if index, ok := scoring.Index(a.elements[:], options.weight); ok {
		table.Index = new(scoring.Publish(index))
		table.Grade = new(options.bands.Of(*table.Index).Grade)
	}
	return json.NewEncoder(w).Encode(table)
}

// indicativeBelow is how many respondents a unit's figure needs to be more than indikatif.
const indicativeBelow = 30

// writeText prints the bottom rows of the raw table in the form of PermenPANRB 14/2017.
func (a ikmAnswers) writeText(w io.Writer, options ikmOptions) error {
	var out strings.Builder
	weight, answered := options.weight.Each(a.elements[:])
	a.writeElements(&out, weight)
	line := func(label, value string) { fmt.Fprintf(&out, "%-22s  %s\n", label, value) }
	fmt.Fprintln(&out)
	line("Responden", fmt.Sprint(a.respondents))
	if !answered {
		line("IKM unit pelayanan", "belum ada data")
	} else {
		sum, _ := scoring.WeightedNRR(a.elements[:], options.weight)
		exact, _ := scoring.Index(a.elements[:], options.weight)
		index := scoring.Publish(exact)
		band := options.bands.Of(index)
		line("Bobot/unsur", options.printWeight(weight))
		line("Jumlah NRR tertimbang", scoring.PublishNRR(sum).String())
		line("IKM unit pelayanan", index.String())
		line("Mutu pelayanan", fmt.Sprintf("%s (%s), %s", band.Grade, band.Label, options.rule))
	}
	if answered && a.respondents < indicativeBelow {
		line("Keterangan", fmt.Sprintf("indikatif, responden kurang dari %d", indicativeBelow))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// writeElements prints one column for each unsur; an unsur that nobody answered has no NRR.
func (a ikmAnswers) writeElements(out *strings.Builder, weight *big.Rat) {
	row := func(label string, cell func(u int, e scoring.Element) string) {
		fmt.Fprintf(out, "%-22s", label)
		for u, e := range a.elements {
			fmt.Fprintf(out, "  %*s", max(len(survey.UnsurList[u]), len("3,6207")), cell(u, e))
		}
		fmt.Fprintln(out)
	}
	nrr := func(e scoring.Element, weight *big.Rat) string {
		exact, ok := e.NRR()
		if !ok {
			return "-"
		}
		return scoring.PublishNRR(exact.Mul(exact, weight)).String()
	}
	row("", func(u int, _ scoring.Element) string { return string(survey.UnsurList[u]) })
	row("Jumlah jawaban/unsur", func(_ int, e scoring.Element) string { return fmt.Sprint(e.N) })
	row("Jumlah nilai/unsur", func(_ int, e scoring.Element) string { return fmt.Sprint(e.Sum) })
	row("NRR/unsur", func(_ int, e scoring.Element) string { return nrr(e, big.NewRat(1, 1)) })
	row("NRR tertimbang/unsur", func(_ int, e scoring.Element) string { return nrr(e, weight) })
}

// printWeight names the two cut weights for what they are, so that nobody takes their index for the exact one.
func (o ikmOptions) printWeight(weight *big.Rat) string {
	if o.weight == scoring.WeightExact {
		return weight.RatString()
	}
	return strings.TrimRight(strings.Replace(weight.FloatString(3), ".", ",", 1), "0") + " (cetak sesuai format)"
}
