package handlers

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"
	"unicode/utf8"

	"kesan/handlers/auth"
	"kesan/survey"
)

// Fuzz targets for every place where strangers, or files of strangers, come in. FuzzSubmit stands with the survey's tests.

// hostile sends a request and fails the test when it is answered with a fault of ours or with markup.
func (c client) hostile(t *testing.T, request *http.Request) *answer {
	t.Helper()
	request.Host = "kesan.test"
	for name, values := range c.header {
		request.Header[name] = values
	}
	if c.cookie != "" {
		request.AddCookie(&http.Cookie{Name: c.f.auth.CookieName(), Value: c.cookie})
	}
	response, err := c.f.app.Test(request, -1)
	if err != nil {
		return nil // it could not be sent, or was refused before it was a request
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	must(t, err)
	a := &answer{t: t, status: response.StatusCode, header: response.Header, body: string(body)}
	if a.status >= 500 {
		t.Fatalf("status %d\n%.500s", a.status, a.body)
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		a.inert("answer")
	}
	return a
}

// asked makes a request for an address that a client could send, or nil.
func asked(method, address string, body io.Reader) (request *http.Request) {
	defer func() {
		if recover() != nil { // httptest panics on what is no address
			request = nil
		}
	}()
	return httptest.NewRequest(method, address, body)
}

func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"/s/KESAN001", "/terima-kasih/AAAA", "/aset/../x", "/dasbor/unit/33.74.09.01%2f?siklus=2026", "/kelola/petugas/ubah?id=%00", "/dasbor/siklus/2026-TW4?hal=-1&cari=%ff", "/kelola/lembar/poster?unit=x", "/masuk?tujuan=//x"} {
		f.Add(seed)
	}
	fx := newFixture(f)
	admin, nobody := fx.as(survey.RoleAdmin), fx.anyone()
	f.Fuzz(func(t *testing.T, address string) {
		for _, c := range []client{admin, nobody} {
			if request := asked(http.MethodGet, "/"+strings.TrimPrefix(address, "/"), http.NoBody); request != nil && !strings.HasSuffix(request.URL.Path, "readyz") {
				c.hostile(t, request)
			}
		}
	})
}

func FuzzAPIQuery(f *testing.F) {
	for _, seed := range []string{"level=unit&unit=33.74.09.01&indicator=ikm", "cursor=AAAA&limit=1", "limit=1001", "level=unit&level=officer", "unit=91.71.01", "%00=%ff", "limit=+1", "indicator=%F0%9F%98%80;x=1"} {
		f.Add(seed)
	}
	fx := newFixture(f)
	limited := fx.key(survey.APIKey{ID: "terbatas", Name: "Terbatas", Units: []string{ownUnit}}, secret)
	f.Fuzz(func(t *testing.T, query string) {
		request := asked(http.MethodGet, resultsPath+"?"+query, http.NoBody)
		if request == nil {
			return
		}
		a := limited.hostile(t, request)
		if a == nil {
			return
		}
		if a.status != 200 {
			a.problem(a.status)
		} else if strings.Contains(a.body, foreignUnit) || strings.Contains(a.body, officerForeign) {
			t.Errorf("a foreign unit: %s", a.body)
		}
	})
}

func FuzzCookies(f *testing.F) {
	fx := newFixture(f)
	good := fx.as(survey.RoleAdmin).cookie
	for _, seed := range []string{"kesan=x", "kesan=" + strings.Repeat("A", 52), "a=b; kesan=\"x\"", "kesan=; kesan=y", ";=;", "\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cookie string) {
		if strings.Contains(cookie, good) {
			return
		}
		request := httptest.NewRequest(http.MethodGet, accountPath, http.NoBody)
		request.Header["Cookie"] = []string{cookie}
		if a := fx.anyone().hostile(t, request); a != nil && a.status == 200 {
			t.Errorf("%q signs in", cookie)
		}
	})
}

func FuzzTarget(f *testing.F) {
	for _, seed := range []string{"/akun", "//x", `/\x`, "/akun?a=b#c", "javascript:x", "/dasbor/unit/%2f", "\t/akun", "/akun\x00"} {
		f.Add(seed)
	}
	fx := newFixture(f)
	f.Fuzz(func(t *testing.T, target string) {
		to := fx.local(target)
		if to == "" {
			return
		}
		if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) || strings.ContainsAny(to, "\\\r\n\t\x00") {
			t.Errorf("%q leads to %q", target, to)
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("id, en;q=0.5", "br, gzip;q=0", "http://kesan.test", "W/\"x\", *")
	f.Add(strings.Repeat("a-", 500), strings.Repeat("br;q=0,", 100), "null", "\xff")
	fx := newFixture(f)
	f.Fuzz(func(t *testing.T, language, coding, origin, match string) {
		for _, address := range []string{here, "/api", "/aset/kesan.css"} {
			request := httptest.NewRequest(http.MethodGet, address, http.NoBody)
			request.Header = http.Header{"Accept-Language": {language}, "Accept-Encoding": {coding}, "Origin": {origin}, "If-None-Match": {match}}
			response, err := fx.app.Test(request, -1)
			if err != nil {
				continue
			}
			response.Body.Close()
			if response.StatusCode >= 500 {
				t.Errorf("%s: %d", address, response.StatusCode)
			}
		}
	})
}

func FuzzUpload(f *testing.F) {
	for _, seed := range []string{"code;name\nx;y\n", "\xef\xbb\xbfcode,name,parent,zone\r\n\"a\nb\",=1,,WIB\r\n", "\xff\xfec\x00", "\"", ";;;\n;;;", "PK\x03\x04", "code;code\n1;2"} {
		f.Add("unit", "berkas.csv", []byte(seed))
		f.Add("petugas", "../../<xss>.csv", []byte(seed))
	}
	fx := newFixture(f)
	admin := fx.as(survey.RoleAdmin)
	mark := markOf(fx, admin)
	f.Fuzz(func(t *testing.T, kind, name string, file []byte) {
		if len(file) > 1<<16 {
			return
		}
		var form bytes.Buffer
		parts := multipart.NewWriter(&form)
		must(t, parts.WriteField(auth.FieldCSRF, mark))
		must(t, parts.WriteField("jenis", kind))
		head := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="berkas"; filename=%q`, name)}}
		part, err := parts.CreatePart(head)
		must(t, err)
		_, err = part.Write(file)
		must(t, err)
		must(t, parts.Close())
		request := httptest.NewRequest(http.MethodPost, importPath, &form)
		request.Header.Set("Content-Type", parts.FormDataContentType())
		before := fx.office().Seq
		if a := admin.hostile(t, request); a != nil && !utf8.ValidString(a.body) {
			t.Error("the page is no UTF-8")
		}
		if fx.office().Seq != before {
			t.Error("a preview has changed the office")
		}
	})
}
