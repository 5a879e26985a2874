package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kesan/handlers/view"
	"kesan/survey/imports"
)

// perPage is how many objects a list shows at once.
const perPage = 50

// listPage lists the objects of a section. Search, order and page stand in the address.
func (s *Server) listPage(sec section) fiber.Handler {
	return func(c *fiber.Ctx) error {
		rows, err := imports.Rows(sec.kind, s.office())
		if err != nil {
			return err
		}
		list := make([]view.ListRow, 0, len(rows))
		for _, row := range rows {
			list = append(list, s.listRow(sec, row))
		}
		page := view.List{Base: s.base(c, sec.title), About: sec.about, Path: sec.path(), New: view.Link{Label: sec.fresh, URL: sec.path() + "/baru"},
			Links: []view.Link{{Label: "Impor dari CSV", URL: importPath + "?jenis=" + sec.kind}, {Label: "Unduh sebagai CSV", URL: exportPath + "/" + sec.kind}}}
		if sec.notes != nil {
			page.Notes = sec.notes(s)
		}
		var names []string
		for _, column := range sec.list {
			names = append(names, sec.label(column))
		}
		fill(c, &page, names, list)
		return s.render(c, "manage_list", page)
	}
}

// listRow shows an object: the cells of the section's list, references by their names.
func (s *Server) listRow(sec section, row imports.Row) view.ListRow {
	shown := view.ListRow{URL: sec.path() + "/ubah?" + url.Values{"id": {row.ID}}.Encode()}
	columns := sec.columns()
	for place, name := range sec.list {
		i := slices.IndexFunc(columns, func(c imports.Column) bool { return c.Name == name })
		cell := sec.called(s.office(), name, row.Cells[i])
		if place == 0 {
			shown.Name = cell
			continue
		}
		shown.Cells = append(shown.Cells, view.ListCell{Label: sec.label(name), Text: cell})
	}
	for i, column := range columns {
		if sec.inputs[column.Name].ends && row.Cells[i] == "ya" {
			shown.Closed = sec.inputs[column.Name].label
		}
	}
	return shown
}

// fill puts the rows that are searched for into a page, in the order and part that the address names.
func fill(c *fiber.Ctx, page *view.List, names []string, rows []view.ListRow) {
	page.Search = strings.TrimSpace(c.Query("cari"))
	found := search(rows, page.Search)
	column, err := strconv.Atoi(c.Query("urut", "0"))
	if err != nil || column < 0 || column >= len(names) {
		column = 0
	}
	if c.Query("urut") != "" {
		page.Sort = strconv.Itoa(column)
	}
	byName(found, func(row view.ListRow) string {
		if column == 0 {
			return row.Name
		}
		return row.Cells[column-1].Text
	})
	address := func(column, number int) string {
		values := url.Values{}
		for name, value := range map[string]string{"cari": page.Search, "urut": strconv.Itoa(column), "hal": strconv.Itoa(number)} {
			if value != "" && value != "0" && (name != "hal" || number > 1) {
				values.Set(name, value)
			}
		}
		if len(values) == 0 {
			return page.Path
		}
		return page.Path + "?" + values.Encode()
	}
	for i, name := range names {
		page.Columns = append(page.Columns, view.ListColumn{Label: name, URL: address(i, 1), Sorted: i == column})
	}
	page.Total = int64(len(found))
	page.Pages = max(1, (len(found)+perPage-1)/perPage)
	number, err := strconv.Atoi(c.Query("hal", "1"))
	page.Page = min(max(1, number), page.Pages)
	if err != nil {
		page.Page = 1
	}
	if page.Page > 1 {
		page.Previous = address(column, page.Page-1)
	}
	if page.Page < page.Pages {
		page.Following = address(column, page.Page+1)
	}
	page.Rows = found[(page.Page-1)*perPage : min(page.Page*perPage, len(found))]
}

// search keeps the rows that show the text somewhere, in capitals or not.
func search(rows []view.ListRow, text string) []view.ListRow {
	if text == "" {
		return rows
	}
	text = strings.ToLower(text)
	var found []view.ListRow
	for _, row := range rows {
		shown := row.Name + "\n" + row.Closed
		for _, cell := range row.Cells {
			shown += "\n" + cell.Text
		}
		if strings.Contains(strings.ToLower(shown), text) {
			found = append(found, row)
		}
	}
	return found
}

// byName sorts the way people do: capitals beside small letters, Loket 2 before Loket 10.
func byName[T any](list []T, name func(T) string) {
	order := collate.New(language.Indonesian, collate.Numeric)
	slices.SortStableFunc(list, func(a, b T) int { return order.CompareString(name(a), name(b)) })
}
