package demo

import (
	"math/rand/v2"

	"kesan/survey"
)

// askingForm is the questionnaire of a unit that wants to know more: how people learnt what they had to bring.
const (
	askingForm = "skm-syarat"
	askingKey  = "tambahan-1-v1"
)

func askingQuestionnaire() survey.Form {
	form := survey.SKM2017()
	form.ID, form.Name = askingForm, "SKM dan sumber informasi persyaratan"
	question := survey.Question{Key: askingKey, Text: "Dari mana Anda mengetahui persyaratan layanan ini?"}
	for i, label := range []string{"Bertanya di loket", "Papan pengumuman di kantor", "Situs web atau media sosial", "RT/RW, tetangga, atau keluarga", "Belum tahu sebelum datang"} {
		question.Options = append(question.Options, survey.Option{Value: i + 1, Label: label})
	}
	form.Extra = []survey.Question{question}
	return form
}

// learnt is from where people knew, by value of the option.
var learnt = []share[int]{{1, 31}, {2, 12}, {3, 17}, {4, 24}, {5, 16}}

const tellsMore = 780 // per mille of those who are asked who answer

// extra are the answers to the questions of a branch's own. They are drawn from numbers of their own, so that a question more
// changes nothing else.
func extra(rng *rand.Rand, b *branch) map[string]int {
	if b.asks == "" || !chance(rng, tellsMore) {
		return nil
	}
	return map[string]int{askingKey: draw(rng, learnt)}
}
