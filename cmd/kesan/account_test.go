package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestAccount(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	prepareOffice(t, data)
	const password = "hujan deras di sore hari"
	var server *running
	signsIn := func(username, password string) bool {
		for range 5 {
			response, err := newClient(t).PostForm(server.url+"/masuk", url.Values{"nama": {username}, "sandi": {password}})
			check(t, err)
			response.Body.Close()
			if response.StatusCode != http.StatusServiceUnavailable { // busy with others: it says to come back
				return response.StatusCode == http.StatusSeeOther
			}
		}
		t.Fatal("sign-in is busy five times in a row")
		return false
	}

	made := kesan(t, "account", "add", "sdm", "--role", "hr", "--name", "Bagian Kepegawaian", "--data", data).is(t, 0, "kata sandi sdm: ", "tujuh hari")
	_, rest, _ := strings.Cut(made.out, "sdm: ")
	shown, _, _ := strings.Cut(rest, "\n")
	call{stdin: password + "\n"}.kesan(t, "account", "--data", data, "--unit", pastUnit, "--role=unit_head", "--password-stdin", "add", "kepala").
		is(t, 0, "akun kepala tersimpan").lacks(t, password, "kata sandi")
	call{stdin: password}.kesan(t, "account", "add", "siti", "--role", "officer", "--officer", siti, "--password-stdin", "--data", data).is(t, 0)
	kesan(t, "account", "list", "--data", data).is(t, 0, "sdm     hr         ", "Bagian Kepegawaian", "kepala  unit_head  33.74.09  kepala", "siti    officer")

	server = startServer(t, data)
	for name, in := range map[string]bool{"made": signsIn("sdm", shown), "from stdin": signsIn("kepala", password), "without a line end": signsIn("siti", password)} {
		if !in {
			t.Errorf("password %s does not sign in", name)
		}
	}
	call{stdin: "panas terik di siang hari\r\n"}.kesan(t, "account", "password", "kepala", "--password-stdin", "--data", data).is(t, 0)
	if signsIn("kepala", password) || !signsIn("kepala", "panas terik di siang hari") {
		t.Error("the password was not replaced")
	}

	kesan(t, "account", "disable", "kepala", "--data", data).is(t, 0)
	kesan(t, "account", "disable", "kepala", "--data", data).is(t, 0)
	kesan(t, "account", "list", "--data", data).is(t, 0, "kepala              nonaktif")
	kesan(t, "account", "enable", "kepala", "--data", data).is(t, 0)
	kesan(t, "account", "list", "--data", data).is(t, 0).lacks(t, "nonaktif")

	kesan(t, "account", "add", "sdm", "--data", data).is(t, 1, "akun sdm sudah ada; kesan account password sdm memberinya kata sandi lain")
	kesan(t, "account", "password", "tono", "--data", data).is(t, 1, "tidak ada akun tono; kesan account list")
	kesan(t, "account", "disable", "tono", "--data", data).is(t, 1, "tidak ada akun tono; kesan account list")
}

// Problems are sentences that say what to do, and nothing is written.
func TestAccountProblems(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	prepareOffice(t, data)
	for _, tt := range []struct {
		name, args, stdin string
		want              []string
	}{
		{"role", "add budi --role boss", "", []string{"--role: Pilih salah satu: admin unit_head"}},
		{"short username", "add bu", "", []string{"USERNAME: Terlalu pendek; paling sedikit 3 karakter."}},
		{"capitals in a username", "add Budi", "", []string{"USERNAME: Hanya huruf kecil"}},
		{"head of nothing", "add budi --role unit_head", "", []string{"--unit: Pilih unit untuk peran ini."}},
		{"unknown unit", "add budi --role hr --unit 99", "", []string{"--unit: Kode ini tidak ada."}},
		{"officer who is nobody", "add budi --role officer", "", []string{"--officer: Pilih petugas untuk peran ini."}},
		{"unknown officer", "add budi --role appraiser --officer 7", "", []string{"--officer: Kode ini tidak ada."}},
		{"two at once", "add Budi --role boss", "", []string{"USERNAME: ", "--role: "}},
		{"short password", "add budi --password-stdin", "rahasia\n", []string{"--password-stdin: Kata sandi minimal 12 karakter."}},
		{"no password", "add budi --password-stdin", "", []string{"--password-stdin: Kata sandi minimal 12 karakter."}},
		{"own name", "add budi --password-stdin", "budi berlari pagi\n", []string{"--password-stdin: Kata sandi tidak boleh memuat nama pengguna."}},
		{"well known", "password admin --password-stdin", "password1234\n", []string{"--password-stdin: Kata sandi ini terlalu mudah ditebak."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := append([]string{"account", "--data", data}, strings.Fields(tt.args)...)
			call{stdin: tt.stdin}.kesan(t, args...).is(t, 2, tt.want...).is(t, 2, "isian keliru; tidak ada yang ditulis").
				lacks(t, "field.", "account.", "password.")
			kesan(t, "account", "list", "--data", data).is(t, 0).lacks(t, "udi")
		})
	}
}
