package survey

import (
	"slices"
	"strings"
	"time"
)

// Agency is the local government as a whole and its settings; there is one, under ID "agency".
type Agency struct {
	Name   string `json:"name" validate:"required,max=120"`
	Colour string `json:"colour,omitempty" validate:"omitempty,hexcolor"` // brand colour of pages and posters
	Logo   string `json:"logo,omitempty" validate:"max=64"`               // picture on posters, by its digest
	Policy Policy `json:"policy"`
	// KeepContacts is for how many days what citizens leave to be contacted is kept; see Agency.ContactDays.
	KeepContacts int64 `json:"keep_contacts,omitempty" validate:"omitempty,min=7,max=365"`
}

// AgencyID is the ID of the one Agency.
const AgencyID = "agency"

// Policy holds what the agency may decide about its figures. Zero values mean the defaults; see Policy.OrDefault.
type Policy struct {
	// OfficerMinTrust is the lowest trust level whose answers make an officer's indicator value.
	OfficerMinTrust Trust `json:"officer_min_trust" validate:"min=0,max=3"`
	// OfficerMinimum is the n below which an officer's figure is insufficient; never below 10.
	OfficerMinimum int64 `json:"officer_minimum" validate:"omitempty,min=10,max=1000"`
	// OfficerAppraisal is the n from which an officer's figure may be used for appraisal; below it is indicative.
	OfficerAppraisal int64 `json:"officer_appraisal" validate:"omitempty,min=10,max=1000"`
	// UnitMinimum and UnitFirm are the same two limits for a unit.
	UnitMinimum int64 `json:"unit_minimum" validate:"omitempty,min=5,max=1000"`
	UnitFirm    int64 `json:"unit_firm" validate:"omitempty,min=5,max=1000"`
	// ShrinkK is the weight of the prior in the shrunken value, in answers.
	ShrinkK int64 `json:"shrink_k" validate:"omitempty,min=1,max=1000"`
	// MaxAchievement caps an achievement, in percent.
	MaxAchievement int64 `json:"max_achievement" validate:"omitempty,min=100,max=200"`
	// ShowOfficer lets displays name the officer on duty.
	ShowOfficer bool `json:"show_officer,omitempty"`
}

// Check says what is wrong with the agency, by its tags and, once what was left open is filled in, by limits that stand in
// the wrong order.
func (a Agency) Check() Problems {
	problems := Validate(a)
	if len(problems) > 0 {
		return problems
	}
	p := a.Policy.OrDefault()
	if p.OfficerAppraisal < p.OfficerMinimum {
		problems.Add("officer_appraisal", "policy.order", p.OfficerMinimum)
	}
	if p.UnitFirm < p.UnitMinimum {
		problems.Add("unit_firm", "policy.order", p.UnitMinimum)
	}
	return problems
}

// OrDefault fills what the agency left open: officer 10 and 30, unit 5 and 30, k 20, cap 120 %.
func (p Policy) OrDefault() Policy {
	fill := func(value *int64, def int64) {
		if *value == 0 {
			*value = def
		}
	}
	fill(&p.OfficerMinimum, 10)
	fill(&p.OfficerAppraisal, 30)
	fill(&p.UnitMinimum, 5)
	fill(&p.UnitFirm, 30)
	fill(&p.ShrinkK, 20)
	fill(&p.MaxAchievement, 120)
	return p
}

// Unit is an organisational unit. Units form a tree; a code never changes its meaning.
type Unit struct {
	Code    string   `json:"code" validate:"required,max=40,code"`
	Name    string   `json:"name" validate:"required,max=120"`
	Parent  string   `json:"parent,omitempty" validate:"omitempty,max=40,code"` // empty: a root
	Zone    Zone     `json:"zone" validate:"required,oneof=WIB WITA WIT"`
	Area    string   `json:"area,omitempty" validate:"omitempty,area"` // code of the administrative area, PP.KK.CC.DDDD
	Address string   `json:"address,omitempty" validate:"max=200" text:"lines"`
	Form    string   `json:"form,omitempty" validate:"omitempty,max=40"`                // ID of the form; empty: the parent's, at last DefaultForm
	Mode    FormMode `json:"mode,omitempty" validate:"omitempty,oneof=lengkap singkat"` // empty: the parent's, at last FormFull
	Colour  string   `json:"colour,omitempty" validate:"omitempty,hexcolor"`            // on posters; empty: the parent's, at last the agency's
	Logo    string   `json:"logo,omitempty" validate:"max=64"`                          // the same for the picture
	Closed  bool     `json:"closed,omitempty"`
}

// TimeUnit is the unit in which a service's standard time is counted.
type TimeUnit string

// The units of standard times.
const (
	Minutes     TimeUnit = "menit"
	Hours       TimeUnit = "jam"
	WorkingDays TimeUnit = "hari kerja"
)

// Service is one public service of a unit, with the published part of its standar pelayanan.
type Service struct {
	Code         string   `json:"code" validate:"required,max=40,code"`
	Unit         string   `json:"unit" validate:"required,max=40,code"`
	Name         string   `json:"name" validate:"required,max=120"`
	Limit        int      `json:"limit,omitempty" validate:"min=0,max=10000"` // standar waktu penyelesaian, in LimitUnit
	LimitUnit    TimeUnit `json:"limit_unit,omitempty" validate:"omitempty,oneof=menit jam 'hari kerja'"`
	WaitLimit    int      `json:"wait_limit,omitempty" validate:"min=0,max=480"` // standar waktu tunggu, minutes; 0: none
	Cost         string   `json:"cost,omitempty" validate:"max=120"`
	Requirements string   `json:"requirements,omitempty" validate:"max=500" text:"lines"`
	// UsersPerYear is how many people use the service in a year: N of the sample size. 0: unknown.
	UsersPerYear int64 `json:"users_per_year,omitempty" validate:"min=0,max=100000000"`
	Closed       bool  `json:"closed,omitempty"`
}

// Counter is a loket: the place where people are served. Its unit never changes.
type Counter struct {
	Code     string   `json:"code" validate:"required,max=40,code"`
	Unit     string   `json:"unit" validate:"required,max=40,code"`
	Name     string   `json:"name" validate:"required,max=120"`
	Services []string `json:"services,omitempty" validate:"max=40,dive,max=40,code"` // empty: all of the unit
	Closed   bool     `json:"closed,omitempty"`
}

// Employment says what kind of staff an officer is.
type Employment string

// The kinds of staff; only PNS and PPPK are ASN.
const (
	PNS    Employment = "pns"
	PPPK   Employment = "pppk"
	NonASN Employment = "non_asn"
)

// ASN says whether the officer is a civil servant, who has a NIP and appears in HR's figures.
func (e Employment) ASN() bool { return e == PNS || e == PPPK }

// Name is how people call the kind of staff.
func (e Employment) Name() string {
	if e == NonASN {
		return "Non-ASN"
	}
	return strings.ToUpper(string(e))
}

// Officer is somebody who serves at counters. ID is the NIP of an ASN and an internal code of anybody else.
type Officer struct {
	ID         string     `json:"id" validate:"required,max=40"`
	Employment Employment `json:"employment" validate:"required,oneof=pns pppk non_asn"`
	Name       string     `json:"name" validate:"required,max=120"`
	Unit       string     `json:"unit" validate:"required,max=40,code"`
	Appraiser  string     `json:"appraiser,omitempty" validate:"max=40"` // ID of the direct superior (atasan langsung)
	Closed     bool       `json:"closed,omitempty"`
}

// Duty is one line of a roster: the officer serves at the counter from From until, not including, To, in local time of the
// counter's unit.
type Duty struct {
	Counter   string    `json:"counter" validate:"required,max=40"`
	Officer   string    `json:"officer" validate:"required,max=40"`
	From      LocalTime `json:"from" validate:"required,len=16,datetime=2006-01-02T15:04"`
	To        LocalTime `json:"to" validate:"required,len=16,datetime=2006-01-02T15:04,gtfield=From"`
	Cancelled bool      `json:"cancelled,omitempty"`
}

// OpeningHours are the hours of a unit on a weekday, "08:00" to "16:00"; a unit without any has its parent's.
type OpeningHours struct {
	Unit    string       `json:"unit" validate:"required,max=40,code"`
	Weekday time.Weekday `json:"weekday" validate:"min=0,max=6"`
	Open    string       `json:"open" validate:"required,len=5,datetime=15:04"`
	Close   string       `json:"close" validate:"required,len=5,datetime=15:04,gtfield=Open"`
	Closed  bool         `json:"closed,omitempty"`
}

// Holiday is a day on which a unit, or everybody when Unit is empty, does not work.
type Holiday struct {
	Day       Day    `json:"day" validate:"required,datetime=2006-01-02"`
	Unit      string `json:"unit,omitempty" validate:"omitempty,max=40,code"`
	Name      string `json:"name" validate:"required,max=120"`
	Joint     bool   `json:"joint,omitempty"` // cuti bersama
	Cancelled bool   `json:"cancelled,omitempty"`
}

// Sheet is a printed QR poster at one counter. ID is also its short typed address.
type Sheet struct {
	ID        string `json:"id" validate:"required,len=8"` // see NewSheetID
	Counter   string `json:"counter" validate:"required,max=40"`
	Service   string `json:"service,omitempty" validate:"max=40"` // set when the sheet is for one service only
	Officer   string `json:"officer,omitempty" validate:"max=40"` // set when the QR is bound to an officer
	Place     string `json:"place,omitempty" validate:"max=120"`
	ValidFrom Day    `json:"valid_from" validate:"required,datetime=2006-01-02"`
	ValidTo   Day    `json:"valid_to,omitempty" validate:"omitempty,datetime=2006-01-02"` // last day; empty: until revoked
	Revoked   bool   `json:"revoked,omitempty"`
	Why       string `json:"why,omitempty" validate:"max=200"` // reason of the revocation
}

// Polarity says which way an indicator is better.
type Polarity string

// The polarities of an indicator.
const (
	Maximise Polarity = "max"
	Minimise Polarity = "min"
)

// Level says whether a figure or target is a unit's or an officer's.
type Level string

// The levels of figures.
const (
	LevelUnit    Level = "unit"
	LevelOfficer Level = "officer"
)

// Target is what a subject should reach in a period. Values are in hundredths of the indicator's unit. A target of a year
// holds for each cycle within it that has none of its own.
type Target struct {
	Indicator string `json:"indicator" validate:"required,max=40"`
	Level     Level  `json:"level" validate:"required,oneof=unit officer"`
	Unit      string `json:"unit,omitempty" validate:"omitempty,max=40,code"` // the unit; for officers: all officers of the unit and below
	Officer   string `json:"officer,omitempty" validate:"max=40"`             // one officer; takes precedence over the unit's
	Period    string `json:"period" validate:"required,max=10"`               // a cycle ID: "2026", "2026-TW4", ...
	Value     int64  `json:"value" validate:"required,min=1,max=100000000"`
	Upper     int64  `json:"upper,omitempty" validate:"omitempty,gtfield=Value"` // set: the target is the range Value..Upper
	Weight    int64  `json:"weight,omitempty" validate:"min=0,max=100"`          // share in the weighted score, percent points
	Cancelled bool   `json:"cancelled,omitempty"`
}

// CycleState is where a cycle stands on its one-way road.
type CycleState string

// The states of a cycle. A correction of a locked cycle is a new version beside it.
const (
	CycleOpen        CycleState = "open"
	CycleProvisional CycleState = "provisional"
	CycleLocked      CycleState = "locked"
)

// Cycle is an evaluation period. Its ID says which: "2026-11", "2026-TW4", "2026-S2", "2026".
type Cycle struct {
	ID      string     `json:"id" validate:"required,max=10"`
	State   CycleState `json:"state" validate:"required,oneof=open provisional locked"`
	Version int        `json:"version" validate:"min=1"`
	Digest  string     `json:"digest,omitempty"` // SHA-256 of the locked snapshot's manifest, hex
}

// Role is what an account may do; see the permission table of the handlers.
type Role string

// The roles.
const (
	RoleAdmin     Role = "admin"
	RoleUnitHead  Role = "unit_head"
	RoleAppraiser Role = "appraiser"
	RoleHR        Role = "hr"
	RoleReviewer  Role = "reviewer"
	RoleOfficer   Role = "officer"
)

// Account is somebody who can sign in. The password hash is not part of it: history must not keep old ones.
type Account struct {
	Username string `json:"username" validate:"required,min=3,max=60,username"`
	Name     string `json:"name" validate:"required,max=120"`
	Role     Role   `json:"role" validate:"required,oneof=admin unit_head appraiser hr reviewer officer"`
	Unit     string `json:"unit,omitempty" validate:"omitempty,max=40,code"` // scope of a unit head, HR or reviewer; empty for HR: all
	Officer  string `json:"officer,omitempty" validate:"max=40"`             // the person, for officer and appraiser
	Disabled bool   `json:"disabled,omitempty"`
}

// Scope is something that an API key may be used for.
type Scope string

// The scopes.
const (
	ScopeResults Scope = "results" // pull figures
	ScopeTickets Scope = "tickets" // issue tickets
)

// APIKey lets another system pull figures or issue tickets. Hash is the SHA-256 of the secret, which is shown once and kept nowhere.
type APIKey struct {
	ID      string   `json:"id" validate:"required,max=40"`
	Name    string   `json:"name" validate:"required,max=120"`
	Hash    []byte   `json:"hash" validate:"required,len=32"`
	Scopes  []Scope  `json:"scopes,omitempty" validate:"max=2,dive,oneof=results tickets"` // empty: results
	Units   []string `json:"units,omitempty" validate:"max=100,dive,max=40,code"`          // these and what is below; empty: all
	Expires Day      `json:"expires,omitempty" validate:"omitempty,datetime=2006-01-02"`   // last day
	Revoked bool     `json:"revoked,omitempty"`
}

// ObjectKey implements Object.
func (a Agency) ObjectKey() (Kind, string)  { return KindAgency, AgencyID }
func (u Unit) ObjectKey() (Kind, string)    { return KindUnit, u.Code }
func (s Service) ObjectKey() (Kind, string) { return KindService, s.Code }
func (c Counter) ObjectKey() (Kind, string) { return KindCounter, c.Code }
func (o Officer) ObjectKey() (Kind, string) { return KindOfficer, o.ID }
func (d Duty) ObjectKey() (Kind, string)    { return KindDuty, d.Counter + "|" + string(d.From) }
func (h OpeningHours) ObjectKey() (Kind, string) {
	return KindHours, h.Unit + "|" + strings.ToLower(h.Weekday.String())
}
func (h Holiday) ObjectKey() (Kind, string) { return KindHoliday, string(h.Day) + "|" + h.Unit }
func (s Sheet) ObjectKey() (Kind, string)   { return KindSheet, s.ID }
func (t Target) ObjectKey() (Kind, string) {
	return KindTarget, strings.Join([]string{t.Period, string(t.Level), t.Unit, t.Officer, t.Indicator}, "|")
}
func (c Cycle) ObjectKey() (Kind, string)   { return KindCycle, c.ID }
func (a Account) ObjectKey() (Kind, string) { return KindAccount, a.Username }
func (k APIKey) ObjectKey() (Kind, string)  { return KindAPIKey, k.ID }
func (f Form) ObjectKey() (Kind, string)    { return KindForm, f.ID }

// Held is the latest revision of an object.
type Held[T any] struct {
	Value    T
	Revision int
	At       time.Time
	Author   string
}

// Set holds the latest revision of each object of a kind, by ID.
type Set[T any] map[string]Held[T]

// Value returns the object with the ID, or ErrNotFound.
func (s Set[T]) Value(id string) (T, error) {
	held, ok := s[id]
	if !ok {
		var none T
		return none, ErrNotFound
	}
	return held.Value, nil
}

// IDs returns the IDs in order.
func (s Set[T]) IDs() []string {
	ids := make([]string, 0, len(s))
	for id := range s {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Office is the whole configuration at one moment of the change log. It never changes: a change makes a new Office.
type Office struct {
	Seq      int64 // of the last change that is in it
	Agencies Set[Agency]
	Units    Set[Unit]
	Services Set[Service]
	Counters Set[Counter]
	Officers Set[Officer]
	Duties   Set[Duty]
	Hours    Set[OpeningHours]
	Holidays Set[Holiday]
	Sheets   Set[Sheet]
	Devices  Set[Device]
	Batches  Set[Batch]
	Targets  Set[Target]
	Cycles   Set[Cycle]
	Accounts Set[Account]
	APIKeys  Set[APIKey]
	Forms    Set[Form]        // the latest version of each form
	Versions map[FormRef]Form // every version of every form

	index officeIndex
}

// Agency returns the agency and its settings; before the first set-up it has no name.
func (o *Office) Agency() Agency { return o.Agencies[AgencyID].Value }

// Policy returns the agency's policy with the defaults filled in.
func (o *Office) Policy() Policy { return o.Agency().Policy.OrDefault() }
