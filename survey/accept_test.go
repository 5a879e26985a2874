package survey_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"kesan/survey"
)

var (
	ktp = survey.Service{Code: "ktp", Unit: "33.74.09", Name: "KTP-el"}
	kk  = survey.Service{Code: "kk", Unit: "33.74.09", Name: "Kartu keluarga"}
)

// office2026 is the SKM with two questions of the office.
func office2026() survey.Form {
	form := survey.SKM2017()
	form.Extra = []survey.Question{
		{Key: "antrean", Text: "Antrean?", Options: []survey.Option{{Value: 0}, {Value: 1}, {Value: 10}}},
		{Key: "parkir", Text: "Parkir?", Options: []survey.Option{{Value: 1}, {Value: 2}}},
	}
	return form
}

// typedAll answers 3 to all nine unsur.
func typedAll(more map[string]string) map[string]string {
	typed := map[string]string{}
	for _, u := range survey.UnsurList {
		typed[string(u)] = "3"
	}
	maps.Copy(typed, more)
	return typed
}

func minutes(n int) *int { return &n }

func TestAcceptKeepsWhatWasSaid(t *testing.T) {
	t.Parallel()
	typed := map[string]string{
		"persyaratan": "1", "prosedur": "2", "waktu": "3", "biaya": "4", "produk": "1", "kompetensi": "2", "perilaku": "3", "sarana": "4", "pengaduan": "1",
		"layanan": "kk", "menit_tunggu": " 25 ", "komentar": "  Cepat.\r\nTerima kasih 🙏 \n", "bahasa": "id",
		"jenis_kelamin": "p", "usia": "26-35", "pendidikan": "", "parkir": "2", "antrean": "0", "tidak_ada": "x",
	}
	got, problems := office2026().Accept(typed, []survey.Service{ktp, kk})
	want := survey.Answers{
		Service: "kk",
		Unsur: map[survey.Unsur]int{"persyaratan": 1, "prosedur": 2, "waktu": 3, "biaya": 4, "produk": 1, "kompetensi": 2, "perilaku": 3, "sarana": 4,
			"pengaduan": 1},
		Extra:   map[string]int{"antrean": 0, "parkir": 2},
		Profile: map[string]string{"jenis_kelamin": "p", "usia": "26-35"},
		Wait:    minutes(25),
		Comment: "Cepat.\nTerima kasih 🙏",
	}
	if len(problems) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, problems %v\nwant %+v", got, problems, want)
	}
}

func TestAcceptProblems(t *testing.T) {
	t.Parallel()
	both := []survey.Service{ktp, kk}
	tests := []struct {
		name     string
		typed    map[string]string
		services []survey.Service
		want     survey.Problems
		refusal  survey.Rule
	}{
		{"nothing wrong", nil, nil, nil, ""},
		{"unsur missing", map[string]string{"waktu": ""}, nil, survey.Problems{{Field: "waktu", Key: "survey.required"}}, ""},
		{"unsur 0", map[string]string{"waktu": "0"}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"unsur 5", map[string]string{"waktu": "5"}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"unsur -1", map[string]string{"waktu": "-1"}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"unsur 3.0", map[string]string{"waktu": "3.0"}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"unsur with a blank", map[string]string{"waktu": "3 "}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"unsur in words", map[string]string{"waktu": "Cepat"}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"unsur not UTF-8", map[string]string{"waktu": "\xff"}, nil, survey.Problems{{Field: "waktu", Key: "survey.option"}}, survey.RuleMalformed},
		{"two unsur, in the order of the form", map[string]string{"pengaduan": "", "prosedur": "9"}, nil,
			survey.Problems{{Field: "prosedur", Key: "survey.option"}, {Field: "pengaduan", Key: "survey.required"}}, survey.RuleMalformed},
		{"extra out of range", map[string]string{"parkir": "3"}, nil, survey.Problems{{Field: "parkir", Key: "survey.option"}}, survey.RuleMalformed},
		{"extra 0 where there is none", map[string]string{"parkir": "0"}, nil, survey.Problems{{Field: "parkir", Key: "survey.option"}}, survey.RuleMalformed},
		{"profile unknown", map[string]string{"usia": "200"}, nil, survey.Problems{{Field: "usia", Key: "survey.option"}}, survey.RuleMalformed},
		{"profile by its label", map[string]string{"usia": "26-35 tahun"}, nil, survey.Problems{{Field: "usia", Key: "survey.option"}}, survey.RuleMalformed},
		{"one service needs no choice", nil, []survey.Service{ktp}, nil, ""},
		{"service missing", nil, both, survey.Problems{{Field: "layanan", Key: "survey.service"}}, ""},
		{"service unknown", map[string]string{"layanan": "sim"}, both, survey.Problems{{Field: "layanan", Key: "survey.option"}}, survey.RuleMalformed},
		{"service where there is none", map[string]string{"layanan": "ktp"}, nil, survey.Problems{{Field: "layanan", Key: "survey.option"}}, survey.RuleMalformed},
		{"wait 0", map[string]string{"menit_tunggu": "0"}, nil, nil, ""},
		{"wait 480", map[string]string{"menit_tunggu": "480"}, nil, nil, ""},
		{"wait 481", map[string]string{"menit_tunggu": "481"}, nil, survey.Problems{{Field: "menit_tunggu", Key: "survey.wait", Args: []any{480}}}, ""},
		{"wait -1", map[string]string{"menit_tunggu": "-1"}, nil, survey.Problems{{Field: "menit_tunggu", Key: "survey.wait", Args: []any{480}}}, ""},
		{"wait in words", map[string]string{"menit_tunggu": "lama"}, nil, survey.Problems{{Field: "menit_tunggu", Key: "survey.wait", Args: []any{480}}}, ""},
		{"wait too large for a number", map[string]string{"menit_tunggu": "99999999999999999999"}, nil,
			survey.Problems{{Field: "menit_tunggu", Key: "survey.wait", Args: []any{480}}}, ""},
		{"wait of blanks is none", map[string]string{"menit_tunggu": "   "}, nil, nil, ""},
		{"comment of 1,000", map[string]string{"komentar": strings.Repeat("é", 1000)}, nil, nil, ""},
		{"comment of 5,000", map[string]string{"komentar": strings.Repeat("é", 5000)}, nil,
			survey.Problems{{Field: "komentar", Key: "survey.long", Args: []any{5000, 1000}}}, ""},
		{"comment not UTF-8", map[string]string{"komentar": "baik \xff\xfe"}, nil, survey.Problems{{Field: "komentar", Key: "survey.text"}}, survey.RuleMalformed},
		{"comment with NUL", map[string]string{"komentar": "baik\x00"}, nil, survey.Problems{{Field: "komentar", Key: "survey.text"}}, survey.RuleMalformed},
		{"comment with an escape", map[string]string{"komentar": "\x1b[2J"}, nil, survey.Problems{{Field: "komentar", Key: "survey.text"}}, survey.RuleMalformed},
		{"comment of two lines", map[string]string{"komentar": "satu\r\ndua\tlagi"}, nil, nil, ""},
		{"comment of blanks is none", map[string]string{"komentar": " \r\n\t "}, nil, nil, ""},
		{"trap", map[string]string{"situs_web": "http://x"}, nil, survey.Problems{{Field: "situs_web", Key: "survey.trap"}}, survey.RuleHoneypot},
		{"trap with a blank", map[string]string{"situs_web": " "}, nil, survey.Problems{{Field: "situs_web", Key: "survey.trap"}}, survey.RuleHoneypot},
		{"left in words", map[string]string{"pergi": "ya"}, nil, survey.Problems{{Field: "pergi", Key: "survey.option"}}, survey.RuleMalformed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, got := office2026().Accept(typedAll(test.typed), test.services)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if rule := survey.Refusal(got); rule != test.refusal {
				t.Errorf("refused by rule %q, want %q", rule, test.refusal)
			}
		})
	}
}

func TestAcceptEmptyPage(t *testing.T) {
	t.Parallel()
	_, problems := survey.SKM2017().Accept(nil, nil)
	if len(problems) != 9 {
		t.Errorf("got %d problems, want one for each unsur: %v", len(problems), problems)
	}
	for i, problem := range problems {
		if problem.Field != string(survey.UnsurList[i]) || problem.Key != "survey.required" {
			t.Errorf("problem %d is %v, want that %s is missing", i, problem, survey.UnsurList[i])
		}
	}
}

func TestAcceptLeftUnserved(t *testing.T) {
	t.Parallel()
	got, problems := survey.SKM2017().Accept(map[string]string{"pergi": "1", "prosedur": "2", "menit_tunggu": "90"}, []survey.Service{ktp})
	want := survey.Answers{Service: "ktp", Left: true, Wait: minutes(90), Unsur: map[survey.Unsur]int{"prosedur": 2},
		Extra: map[string]int{}, Profile: map[string]string{}}
	if len(problems) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, problems %v; want %+v", got, problems, want)
	}
}

// FuzzAccept sends whatever strangers may: what is accepted must be an answer that a page of ours can give.
func FuzzAccept(f *testing.F) {
	f.Add("waktu", "3", "12", "baik", "", "ktp")
	f.Add("usia", "26-35", "", "\xff", "1", "")
	f.Add("situs_web", "x", "-1", strings.Repeat("a", 1001), "ya", "sim")
	form := office2026()
	f.Fuzz(func(t *testing.T, field, value, wait, comment, left, service string) {
		typed := typedAll(map[string]string{"menit_tunggu": wait, "komentar": comment, "pergi": left, "layanan": service})
		typed[field] = value
		answers, problems := form.Accept(typed, []survey.Service{ktp, kk})
		if len(problems) > 0 {
			return
		}
		if typed["situs_web"] != "" {
			t.Error("the trap was filled and the answer accepted")
		}
		if answers.Service != "ktp" && answers.Service != "kk" {
			t.Errorf("service %q", answers.Service)
		}
		if len(answers.Unsur) != 9 && !answers.Left {
			t.Errorf("only %d unsur answered", len(answers.Unsur))
		}
		for u, value := range answers.Unsur {
			if u.Index() < 0 || value < 1 || value > 4 {
				t.Errorf("%s is %d", u, value)
			}
		}
		if answers.Wait != nil && (*answers.Wait < 0 || *answers.Wait > 480) {
			t.Errorf("waited %d minutes", *answers.Wait)
		}
		if !utf8.ValidString(answers.Comment) || utf8.RuneCountInString(answers.Comment) > 1000 || strings.ContainsRune(answers.Comment, 0) {
			t.Errorf("comment %q", answers.Comment)
		}
		response := survey.Response{Answers: answers}
		back, err := survey.DecodeResponse(response.Record())
		if err != nil || back.Answers.Hash() != answers.Hash() {
			t.Errorf("the answer does not come back from its record: %v", err)
		}
	})
}
