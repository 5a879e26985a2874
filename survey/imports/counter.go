package imports

import "kesan/survey"

var (
	serviceExists = reference{what: "layanan", has: has(func(o *survey.Office) survey.Set[survey.Service] { return o.Services })}
	counterExists = reference{what: "loket", has: has(func(o *survey.Office) survey.Set[survey.Counter] { return o.Counters })}
)

var counters = table[survey.Counter]{
	kind: Kind{Name: "loket", Title: "Loket", About: "Tempat warga dilayani. Impor unit dan layanan lebih dulu."},
	set:  func(o *survey.Office) survey.Set[survey.Counter] { return o.Counters },
	key:  []string{"kode"},
	row:  checkCounter,
	rows: servicesOfUnit,
	columns: []column[survey.Counter]{
		at(Column{"kode", true, "L1", "Kode tetap loket."}, "code", code,
			func(c *survey.Counter) *string { return &c.Code }),
		at(unitColumn, "unit", code,
			func(c *survey.Counter) *string { return &c.Unit }).to(unitExists).never(),
		at(Column{"nama", true, "Loket 1", "Nama loket seperti pada papan loket."}, "name", text,
			func(c *survey.Counter) *string { return &c.Name }),
		at(Column{"layanan", false, "KTP KK", "Kode layanan di loket ini, dipisah spasi; kosong berarti semua layanan unit."}, "services", codes,
			func(c *survey.Counter) *[]string { return &c.Services }).to(serviceExists),
		at(Column{"tutup", false, "tidak", closedMeaning}, "closed", yesNo,
			func(c *survey.Counter) *bool { return &c.Closed }),
	},
}

// maxServices is how many services a counter may name.
const maxServices = 40

func checkCounter(r *row[survey.Counter]) {
	if n := len(r.value.Services); n > maxServices {
		r.bad("layanan", "import.many", maxServices, n)
	}
}

// servicesOfUnit refuses services of another unit: the counter could never offer them.
func servicesOfUnit(f *file[survey.Counter]) {
	for _, r := range f.rows {
		if !r.good("unit", "layanan") {
			continue
		}
		for _, code := range r.value.Services {
			if unit := f.office.Services[code].Value.Unit; unit != r.value.Unit {
				r.bad("layanan", "import.foreign", quote(code), quote(unit), quote(r.value.Unit))
			}
		}
	}
}
