package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/export"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// rowsPerPage is how many rows of a cycle one page shows.
const rowsPerPage = 100

// Parameters of the table's address.
const (
	queryUnit      = "unit"
	queryLevel     = "tingkat"
	queryIndicator = "indikator"
	queryStatus    = "status"
	querySearch    = "cari"
	queryOrder     = "urut"
	queryPage      = "hal"
)

// tableQuery reads what was chosen above the table. A value that cannot be chosen there counts as none: an old link should
// still open.
func (s *Server) tableQuery(c *fiber.Ctx) (rowFilter, url.Values) {
	office, account := s.office(), s.account(c)
	chosen := url.Values{}
	pick := func(name string, valid func(string) bool) string {
		value := strings.TrimSpace(c.Query(name))
		if value == "" || !valid(value) {
			return ""
		}
		chosen.Set(name, value)
		return value
	}
	filter := rowFilter{sees: s.seenBy(c)}
	filter.unit = pick(queryUnit, func(v string) bool { return office.SeesUnit(account, v) })
	filter.level = survey.Level(pick(queryLevel, oneOf("unit", "officer")))
	filter.indicator = pick(queryIndicator, oneOf(indicatorKeys()...))
	filter.status = scoring.Status(pick(queryStatus, oneOf(statusKeys()...)))
	filter.search = strings.ToLower(pick(querySearch, func(v string) bool { return len(v) <= 100 }))
	pick(queryOrder, oneOf("nama", "status"))
	return filter, chosen
}

func oneOf(values ...string) func(string) bool {
	return func(v string) bool { return slices.Contains(values, v) }
}

func statusKeys() []string {
	var keys []string
	for _, status := range rowStatuses {
		keys = append(keys, string(status))
	}
	return keys
}

// cyclePage answers /dasbor/siklus/:cycle: everything that HR needs of a cycle, in one table.
func (s *Server) cyclePage(c *fiber.Ctx) error {
	cycle, err := s.cycleOf(c)
	if err != nil {
		return err
	}
	results, err := s.Results.Results(c.UserContext(), cycle.ID)
	if err != nil {
		return err
	}
	office, account := s.office(), s.account(c)
	filter, chosen := s.tableQuery(c)
	gaps := scoring.FindGaps(office, results.Cycle, results.Rows, filter.sees)
	page := view.Cycle{Base: s.base(c, "Siklus "+cycle.ID), Head: cycleHead(cycle), AsOf: results.AsOf, Zone: office.Zone(account.Unit),
		Units: gaps.Units, Officers: gaps.Officers, Gaps: gapList(office, cycle.ID, gaps), Next: nextStep(office, account, cycle),
		Filter: s.filterChoices(c, filter, chosen), Exports: view.PageQuery("", without(chosen, queryOrder))}
	rows := ordered(office, filter.rows(office, results.Rows), chosen.Get(queryOrder))
	number := pageNumber(c.Query(queryPage), len(rows))
	first := (number - 1) * rowsPerPage
	page.Total, page.First = int64(len(rows)), int64(first)+1
	page.Pages = pageLinks(page.Head.Path(), chosen, number, len(rows))
	for i, row := range rows[first:min(first+rowsPerPage, len(rows))] {
		line := cycleRow(office, cycle.ID, row)
		line.Again = i > 0 && line.Code == page.Rows[i-1].Code && line.UnitName == page.Rows[i-1].UnitName
		page.Rows = append(page.Rows, line)
	}
	return s.render(c, "cycle", page)
}

// ordered sorts rows for reading. Officers are never ordered by a figure: the table is no ranking.
func ordered(office *survey.Office, rows []scoring.Row, order string) []scoring.Row {
	switch order {
	case "nama":
		slices.SortStableFunc(rows, func(a, b scoring.Row) int {
			return strings.Compare(strings.ToLower(subjectName(office, a)), strings.ToLower(subjectName(office, b)))
		})
	case "status":
		slices.SortStableFunc(rows, func(a, b scoring.Row) int {
			return slices.Index(rowStatuses, a.Status) - slices.Index(rowStatuses, b.Status)
		})
	}
	return rows
}

// rowStatuses lists the statuses in the order in which they ask for attention.
var rowStatuses = []scoring.Status{scoring.StatusInsufficient, scoring.StatusIndicative, scoring.StatusProvisional, scoring.StatusFinal}

func subjectName(office *survey.Office, row scoring.Row) string {
	if row.Officer != "" {
		return survey.Name(office.Officers, row.Officer)
	}
	return survey.Name(office.Units, string(row.Unit))
}

func cycleRow(office *survey.Office, cycle string, row scoring.Row) view.CycleRow {
	definition, _ := scoring.IndicatorOf(row.Indicator)
	line := view.CycleRow{Row: row, Name: subjectName(office, row), Code: string(row.Unit), Indicator: definition.Label,
		StatusIs: export.StatusWord(row.Status), Decimals: definition.Decimals}
	if row.Indicator == scoring.WaktuTunggu || row.Indicator == scoring.Nilai { // an index has no unit to read out
		line.Measure = definition.Unit
	}
	if row.Empty() {
		line.StatusIs = "belum ada data"
	}
	if row.Officer != "" {
		line.Code, line.UnitName, line.Evidence = row.Officer, "semua unit", evidencePath(cycle, row.Officer)
		if row.Unit != "" {
			line.UnitName = survey.Name(office.Units, string(row.Unit))
		}
	}
	return line
}

func evidencePath(cycle, officer string) string {
	return cycleAddress(cycle) + "/bukti/" + url.PathEscape(officer)
}

func (s *Server) filterChoices(c *fiber.Ctx, filter rowFilter, chosen url.Values) view.CycleFilter {
	office := s.office()
	choices := view.CycleFilter{Search: chosen.Get(querySearch), Active: len(without(chosen, queryOrder)) > 0}
	for _, unit := range office.UnitsSeen(s.account(c)) {
		indent := strings.Repeat("\u2003", max(0, len(office.Path(unit))-1))
		choices.Units = append(choices.Units, view.Choice{Value: unit, Label: indent + survey.Name(office.Units, unit), Chosen: unit == filter.unit})
	}
	for _, level := range []view.Choice{{Value: "unit", Label: "Unit"}, {Value: "officer", Label: "Petugas"}} {
		level.Chosen = level.Value == string(filter.level)
		choices.Levels = append(choices.Levels, level)
	}
	for _, i := range scoring.Indicators() {
		choices.Indicators = append(choices.Indicators, view.Choice{Value: i.Key, Label: i.Label, Chosen: i.Key == filter.indicator})
	}
	for _, status := range rowStatuses {
		choices.Statuses = append(choices.Statuses, view.Choice{Value: string(status), Label: export.StatusWord(status), Chosen: status == filter.status})
	}
	for _, order := range []view.Choice{{Value: "", Label: "Unit"}, {Value: "nama", Label: "Nama"}, {Value: "status", Label: "Yang perlu perhatian dahulu"}} {
		order.Chosen = order.Value == chosen.Get(queryOrder)
		choices.Orders = append(choices.Orders, order)
	}
	return choices
}

func without(query url.Values, name string) url.Values {
	rest := url.Values{}
	for key, values := range query {
		if key != name {
			rest[key] = values
		}
	}
	return rest
}

// pageNumber reads the number of a page, from 1; one that is not there is the nearest.
func pageNumber(text string, rows int) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 1
	}
	return max(1, min(number, pageCount(rows)))
}

func pageCount(rows int) int { return max(1, (rows+rowsPerPage-1)/rowsPerPage) }

// pageLinks returns the links to the pages near this one, and to the first and last; none when there is one page.
func pageLinks(path string, query url.Values, current, rows int) []view.PageLink {
	last := pageCount(rows)
	if last == 1 {
		return nil
	}
	var links []view.PageLink
	for number := 1; number <= last; number++ {
		if number != 1 && number != last && (number < current-2 || number > current+2) {
			continue
		}
		target := without(query, queryPage)
		if number > 1 {
			target.Set(queryPage, strconv.Itoa(number))
		}
		links = append(links, view.PageLink{Label: strconv.Itoa(number), Path: view.PageQuery(path, target), Current: number == current})
	}
	return links
}

// gapList names what a cycle lacks, in the order in which it is best mended.
func gapList(office *survey.Office, cycle string, g scoring.Gaps) []view.Gap {
	rowsOf := func(code string) string {
		return view.PageQuery(cycleAddress(cycle), url.Values{querySearch: {code}})
	}
	var list []view.Gap
	add := func(title, about string, codes []string, name func(string) string, path func(string) string) {
		if len(codes) == 0 {
			return
		}
		gap := view.Gap{Title: title, About: about}
		for _, code := range codes {
			gap.Items = append(gap.Items, view.GapItem{Name: name(code), Code: code, Path: path(code)})
		}
		list = append(list, gap)
	}
	none := func(string) string { return "" }
	unit := func(code string) string { return survey.Name(office.Units, code) }
	officer := func(id string) string { return survey.Name(office.Officers, id) }
	counter := func(code string) string {
		return survey.Name(office.Counters, code) + ", " + unit(office.Counters[code].Value.Unit)
	}
	add("Loket tanpa jadwal", "Jawaban di loket ini hanya dihitung untuk unit, tidak untuk petugas. Isi jadwal di menu Kelola.", g.Counters, counter, none)
	add("Petugas ASN tanpa jadwal", "Tidak pernah terjadwal di loket dalam periode ini, jadi tidak punya nilai.", g.Unrostered, officer, none)
	add("Unit tanpa target", "Capaian tidak dapat dihitung. Isi target di menu Kelola.", g.UnitsAimless, unit, rowsOf)
	add("Petugas tanpa target", "Capaian tidak dapat dihitung. Isi target di menu Kelola.", g.OfficersAimless, officer, rowsOf)
	add("Unit tanpa jawaban", "Belum ada satu jawaban pun. Periksa apakah poster QR sudah terpasang.", g.UnitsSilent, unit, rowsOf)
	add("Petugas tanpa jawaban", "Terjadwal, tetapi belum ada satu jawaban pun.", g.OfficersSilent, officer, none)
	add("Unit yang nilainya belum dapat ditampilkan", "Jawabannya terlalu sedikit, atau nilainya akan membuka angka unit lain.", g.UnitsFew, unit, rowsOf)
	add("Petugas yang nilainya belum dapat ditampilkan", "Jawabannya terlalu sedikit, atau nilainya akan membuka angka orang lain.", g.OfficersFew, officer, rowsOf)
	add("Unit yang nilainya indikatif", "Ditampilkan, tetapi jawabannya belum cukup untuk penilaian.", g.UnitsIndicative, unit, rowsOf)
	add("Petugas yang nilainya indikatif", "Ditampilkan, tetapi jawabannya belum cukup untuk penilaian kinerja.", g.OfficersIndicative, officer, rowsOf)
	return list
}

// figures names the rows for a file.
func figures(office *survey.Office, rows []scoring.Row) []export.Figure {
	list := make([]export.Figure, len(rows))
	for i, row := range rows {
		list[i] = export.Figure{Row: row}
		if row.Unit != "" {
			list[i].UnitName = survey.Name(office.Units, string(row.Unit))
		}
		if row.Officer != "" {
			list[i].OfficerName = survey.Name(office.Officers, row.Officer)
		}
	}
	return list
}
