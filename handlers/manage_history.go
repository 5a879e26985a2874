package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
	"kesan/survey/imports"
)

const historyPath = "/kelola/riwayat"

func (s *Server) historyRoutes() []route {
	return []route{
		{fiber.MethodGet, historyPath, admin, s.historyPage},
		{fiber.MethodGet, historyPath + "/audit", admin, s.auditPage},
	}
}

// objectKinds are the kinds of objects, by the words of the pages.
var objectKinds = []struct {
	kind survey.Kind
	word string // in addresses
	name string
}{
	{survey.KindAgency, "agency", "Instansi"}, {survey.KindUnit, "unit", "Unit"}, {survey.KindService, "layanan", "Layanan"},
	{survey.KindCounter, "loket", "Loket"}, {survey.KindOfficer, "petugas", "Petugas"}, {survey.KindDuty, "jadwal", "Jadwal"},
	{survey.KindHours, "jam", "Jam buka"}, {survey.KindHoliday, "libur", "Hari libur"}, {survey.KindForm, "form", "Kuesioner"},
	{survey.KindSheet, "sheet", "Lembar QR"}, {survey.KindBatch, "bundel", "Bundel kertas"}, {survey.KindDevice, "perangkat", "Perangkat"}, {survey.KindTarget, "target", "Target"}, {survey.KindCycle, "cycle", "Siklus"},
	{survey.KindAccount, "account", "Akun"}, {survey.KindAPIKey, "apikey", "Kunci API"},
}

// kindWords returns how a kind is called in addresses and by people.
func kindWords(kind survey.Kind) (word, name string) {
	for _, k := range objectKinds {
		if k.kind == kind {
			return k.word, k.name
		}
	}
	return string(kind), string(kind)
}

// historyOf is the address of the history of one object.
func historyOf(word, id string) string {
	return historyPath + "?" + url.Values{"jenis": {word}, "id": {id}}.Encode()
}

// changesPerPage is how many changes a page shows, and maxShown how many objects of one change.
const (
	changesPerPage = 50
	maxShown       = 20
	// window is how much of the log is read at once on the way back from the newest change.
	window = 500
)

// historyPage shows the change log, newest first: all of it, one kind, or one object and what became different in it.
func (s *Server) historyPage(c *fiber.Ctx) error {
	page := view.History{Base: s.base(c, "Riwayat perubahan"), Kind: c.Query("jenis"), ID: strings.TrimSpace(c.Query("id"))}
	wanted := survey.Kind("")
	for _, k := range objectKinds {
		page.Kinds = append(page.Kinds, view.Choice{Value: k.word, Label: k.name, Chosen: k.word == page.Kind})
		if k.word == page.Kind {
			wanted = k.kind
		}
	}
	if wanted != "" && page.ID != "" {
		history, err := s.Register.History(c.UserContext(), wanted, page.ID)
		if err != nil {
			return err
		}
		page.Changes = s.objectHistory(history)
		return s.render(c, "manage_history", page)
	}
	before := s.office().Seq + 1
	if seq, err := strconv.ParseInt(c.Query("sebelum"), 10, 64); err == nil && seq > 0 && seq < before {
		before = seq
	}
	changes, more, err := s.changesBefore(c.UserContext(), before, wanted, page.ID)
	if err != nil {
		return err
	}
	for _, change := range changes {
		page.Changes = append(page.Changes, s.historyLine(change))
	}
	if more {
		page.Older = historyPath + "?" + url.Values{"jenis": {page.Kind}, "id": {page.ID}, "sebelum": {strconv.FormatInt(changes[len(changes)-1].Seq, 10)}}.Encode()
	}
	return s.render(c, "manage_history", page)
}

// objectHistory shows the revisions of one object, newest first, each beside the one before.
func (s *Server) objectHistory(history []survey.Change) []view.Change {
	var list []view.Change
	var before json.RawMessage
	for _, change := range history {
		shown := s.historyLine(change)
		body := change.Revisions[0].Body
		shown.Objects[0].Differences = differences(before, body)
		before = body
		list = append(list, shown)
	}
	slices.Reverse(list)
	return list
}

// changesBefore walks the log back and returns the changes that touch what is wanted, newest first, and whether there may
// be more.
func (s *Server) changesBefore(ctx context.Context, before int64, kind survey.Kind, id string) ([]survey.Change, bool, error) {
	var found []survey.Change
	for before > 1 {
		after := max(0, before-1-window)
		var part []survey.Change
		for change, err := range s.Store.Changes(ctx, after) {
			if err != nil {
				return nil, false, fmt.Errorf("read change log: %w", err)
			}
			if change.Seq >= before {
				break
			}
			change.Revisions = slices.DeleteFunc(change.Revisions, func(r survey.Revision) bool {
				return kind != "" && r.Kind != kind || id != "" && r.ID != id
			})
			if len(change.Revisions) > 0 {
				part = append(part, change)
			}
		}
		slices.Reverse(part)
		found = append(found, part...)
		if len(found) > changesPerPage {
			return found[:changesPerPage], true, nil
		}
		before = after + 1
	}
	return found, false, nil
}

// historyLine shows a change and what it touched.
func (s *Server) historyLine(change survey.Change) view.Change {
	shown := view.Change{At: change.At, Zone: s.office().Zone(""), Author: change.Author, Reason: change.Reason}
	for i, r := range change.Revisions {
		if i == maxShown {
			shown.More = int64(len(change.Revisions) - maxShown)
			break
		}
		word, name := kindWords(r.Kind)
		shown.Objects = append(shown.Objects, view.Touched{Kind: name, Name: objectName(s.office(), r.Kind, r.ID), URL: historyOf(word, r.ID), New: r.Revision == 1})
	}
	return shown
}

// objectName is how people call an object: by its name and code, or by the parts of its key.
func objectName(o *survey.Office, kind survey.Kind, id string) string {
	name := id
	switch kind {
	case survey.KindAgency:
		return o.Agency().Name
	case survey.KindUnit:
		name = survey.Name(o.Units, id)
	case survey.KindService:
		name = survey.Name(o.Services, id)
	case survey.KindCounter:
		name = survey.Name(o.Counters, id)
	case survey.KindOfficer:
		name = survey.Name(o.Officers, id)
	case survey.KindCycle:
		name = view.CycleLabel(id)
	case survey.KindDuty, survey.KindHours, survey.KindHoliday, survey.KindTarget:
		return partsName(o, kind, id)
	}
	if name != id {
		return name + " (" + id + ")"
	}
	return name
}

// partsName names an object by the parts of its key, as the pages of its section write them.
func partsName(o *survey.Office, kind survey.Kind, id string) string {
	word, _ := kindWords(kind)
	row, err := imports.Stored(word, id, o)
	if err != nil {
		return id // an object that is not there has no name
	}
	sec := sections[slices.IndexFunc(sections, func(sec section) bool { return sec.kind == word })]
	key, _ := imports.Fixed(word) // of a kind that has a row
	var parts []string
	for i, column := range sec.columns() {
		if slices.Contains(key, column.Name) && row.Cells[i] != "" {
			parts = append(parts, sec.called(o, column.Name, row.Cells[i]))
		}
	}
	return strings.Join(parts, ", ")
}

// fieldWords are what people call the fields of objects.
var fieldWords = map[string]string{
	"code": "kode", "name": "nama", "parent": "unit induk", "zone": "zona waktu", "area": "kode wilayah", "address": "alamat", "form": "kuesioner", "mode": "bentuk survei",
	"closed": "ditutup", "limit": "standar waktu", "limit_unit": "satuan waktu", "wait_limit": "standar waktu tunggu", "cost": "biaya",
	"requirements": "persyaratan", "users_per_year": "pengguna setahun", "services": "layanan", "employment": "jenis pegawai", "officer": "petugas",
	"appraiser": "atasan langsung", "counter": "loket", "from": "mulai", "to": "selesai", "cancelled": "dibatalkan", "weekday": "hari", "open": "buka",
	"close": "tutup", "day": "tanggal", "joint": "cuti bersama", "place": "tempat", "valid_from": "berlaku dari", "valid_to": "berlaku sampai",
	"revoked": "dicabut", "why": "alasan", "indicator": "indikator", "level": "tingkat", "period": "periode", "value": "target (perseratus)",
	"upper": "batas atas (perseratus)", "weight": "bobot", "state": "keadaan", "version": "versi", "role": "peran", "username": "nama pengguna",
	"disabled": "dinonaktifkan", "units": "unit", "scopes": "kegunaan", "count": "banyaknya", "expires": "berlaku sampai", "colour": "warna", "logo": "logo poster", "profile": "pertanyaan profil",
	"extra": "pertanyaan tambahan", "officer_min_trust": "tingkat kepercayaan terendah (petugas)", "officer_minimum": "jawaban minimal (petugas)",
	"officer_appraisal": "jawaban minimal untuk menilai kinerja", "unit_minimum": "jawaban minimal (unit)",
	"unit_firm": "jawaban minimal agar tidak indikatif (unit)", "shrink_k": "bobot rata-rata layanan sejenis", "max_achievement": "capaian tertinggi (%)",
}

// differences compares two revisions field by field. What is long or nested is only said to differ, and the hash of a key
// is nobody's business.
func differences(before, after json.RawMessage) []view.Difference {
	was, is := fieldsOf(before), fieldsOf(after)
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	var list []view.Difference
	for name := range names {
		if name != "hash" && !bytes.Equal(was[name], is[name]) {
			field := name
			if word, ok := fieldWords[name]; ok {
				field = word
			}
			list = append(list, view.Difference{Field: field, Was: plain(was[name]), Is: plain(is[name])})
		}
	}
	slices.SortFunc(list, func(a, b view.Difference) int { return strings.Compare(a.Field, b.Field) })
	return list
}

// fieldsOf returns the fields of an object, those of its policy among them unless they are left to what is usual. Before the
// first revision there are none.
func fieldsOf(object json.RawMessage) map[string]json.RawMessage {
	var fields, policy map[string]json.RawMessage
	if json.Unmarshal(object, &fields) != nil || json.Unmarshal(fields["policy"], &policy) != nil {
		return fields
	}
	delete(fields, "policy")
	for name, value := range policy {
		if string(value) != "0" {
			fields[name] = value
		}
	}
	return fields
}

func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	if runes := []rune(text); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	return text
}

// auditPage shows the audit of a month, newest first.
func (s *Server) auditPage(c *fiber.Ctx) error {
	now := s.Clock.Now()
	month := survey.Month(now.Format("2006-01"))
	if day, err := survey.ParseDay(c.Query("bulan") + "-01"); err == nil {
		month = day.Month()
	}
	lines, err := s.Audit.Lines(c.UserContext(), month)
	if err != nil {
		return err
	}
	page := view.Audit{Base: s.base(c, "Catatan audit"), Month: string(month), Before: auditOf(month.First().Add(-1).Month()), After: auditOf(month.Next()), Search: strings.TrimSpace(c.Query("cari"))}
	for _, line := range lines {
		shown := view.AuditLine{At: line.At, Zone: s.office().Zone(""), Who: line.Who, Action: s.words.T(locale.Default, "audit."+string(line.Action)), Object: line.Object}
		if strings.Contains(strings.ToLower(shown.Who+"\n"+shown.Action+"\n"+shown.Object), strings.ToLower(page.Search)) {
			page.Lines = append(page.Lines, shown)
		}
	}
	if page.Entered, err = survey.EnteredIn(c.UserContext(), s.Store, month); err != nil {
		return err
	}
	page.Total = int64(len(page.Lines))
	if len(page.Lines) > maxAuditLines {
		page.Lines = page.Lines[:maxAuditLines]
	}
	return s.render(c, "manage_audit", page)
}

// maxAuditLines is how many lines of a month are shown; the search finds the others.
const maxAuditLines = 500

func auditOf(month survey.Month) string {
	return historyPath + "/audit?" + url.Values{"bulan": {string(month)}}.Encode()
}
