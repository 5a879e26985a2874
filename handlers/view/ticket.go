package view

import (
	_ "embed"
	"html/template"
	"strings"

	"kesan/handlers/poster"
	"kesan/survey"
)

//go:embed ticket.css
var ticketStyle string

// Paper is what tickets are printed on.
type Paper string

// The papers: rolls of a receipt printer by their width in millimetres, and sheets to cut.
const (
	Roll58  Paper = "58"
	Roll80  Paper = "80"
	SheetA4 Paper = "a4"
)

// Papers lists the papers with their names.
func Papers() []Choice {
	return []Choice{{Value: string(SheetA4), Label: "Kertas A4, 12 tiket sehalaman untuk digunting"},
		{Value: string(Roll58), Label: "Rol printer struk 58 mm"}, {Value: string(Roll80), Label: "Rol printer struk 80 mm"}}
}

// pages say how large a page of each paper is.
var pages = map[Paper]string{Roll58: "58mm 100mm", Roll80: "80mm 110mm", SheetA4: "A4 portrait"}

// Known says whether tickets can be printed on the paper.
func (p Paper) Known() bool { return pages[p] != "" }

// Tickets is the page that prints one-time tickets. It stands alone, so that it can be kept as a file and printed elsewhere.
type Tickets struct {
	Base
	Roll  poster.Roll
	Paper Paper
	Style template.CSS
	Back  string // empty: the page is a file
}

// NewTickets makes the page for a paper.
func NewTickets(base Base, roll poster.Roll, paper Paper) Tickets {
	style := strings.ReplaceAll(ticketStyle, "\n", "") + "@page{margin:0;size:" + pages[paper] + "}"
	return Tickets{Base: base, Roll: roll, Paper: paper, Style: template.CSS(style)}
}

// CounterChoice is the page where somebody chooses for which counter to work.
type CounterChoice struct {
	Base
	About    string
	Path     string
	Counters []Choice
	Submit   string
	Problem  string
}

// TicketOrder is the form for tickets of a counter.
type TicketOrder struct {
	Base
	Counter survey.Counter
	Unit    string
	Form    Form
}

// Gather lists the ways to get answers beside posters.
type Gather struct {
	Base
	Ways []GatherWay
}

// GatherWay is one of them.
type GatherWay struct{ Label, URL, About string }
