package handlers

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// issue makes tickets for an order.
func (f *fixture) issue(order survey.TicketOrder) []survey.Ticket {
	f.t.Helper()
	if problems := f.office().CheckTickets(order); problems != nil {
		f.t.Fatal(problems)
	}
	tickets, _, err := f.Tickets.Issue(f.t.Context(), order)
	must(f.t, err)
	return tickets
}

// A ticket is opened by its QR code and by its typed code, and is used up by the first answer.
func TestTicketFromPageToPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ticket := f.issue(survey.TicketOrder{Counter: "loket-1", Service: "kk", Officer: officerBudi, Count: 1})[0]
	address := "/S/" + ticket.Token
	f.anyone().get(address).is(200).says("Bagaimana pelayanan", "Loket 1, Kartu Keluarga")

	f.anyone().get("/t").is(200).says("Punya tiket survei?", "Kode tiket")
	code := strings.ToLower(survey.ShowCode(ticket.Code))
	typed := f.anyone().post("/t", url.Values{"kode": {code}, "bahasa": {"en"}}).to("/s/" + ticket.Token + "?bahasa=en")
	form, second := f.fill(address), f.fill(typed)
	receipt := f.anyone().post(address, form).to("/terima-kasih/")
	f.anyone().get(receipt).is(200).says("sudah kami terima")

	f.anyone().get(address).is(410).says("Tiket ini sudah dipakai").hides("<form")
	f.anyone().get(typed).is(410).says("This ticket has been used")
	if again := f.anyone().post(typed, second).to("/terima-kasih/"); strings.TrimSuffix(again, "en") != strings.TrimSuffix(receipt, "id") {
		t.Errorf("the same answers by the other way: %s, want %s", again, receipt)
	}
	second.Set("waktu", "1")
	f.anyone().post(typed, second).is(409).says("We had already received your answers")
	responses := f.responses(ownUnit)
	if len(responses) != 1 {
		t.Fatalf("%d answers stored, want 1", len(responses))
	}
	got := responses[0]
	if got.Trust != survey.TrustTicket || got.Channel != survey.ChannelTicket || got.Officer != officerBudi || got.Service != "kk" || got.Unsur["waktu"] != 3 {
		t.Errorf("stored %+v", got)
	}
}

func TestTicketTurnedAway(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ticket := f.issue(survey.TicketOrder{Counter: "loket-2", Count: 1})[0]
	form := f.fill("/s/" + ticket.Token)
	f.at(morning.Add(14 * time.Hour)) // midnight WIB
	f.anyone().get("/s/"+ticket.Token).is(410).says("Tiket ini sudah lewat harinya", "mintalah tiket baru")
	f.anyone().post("/t", url.Values{"kode": {ticket.Code}}).is(422).says("tidak cocok dengan tiket yang berlaku hari ini")
	f.anyone().post("/s/"+ticket.Token, form).to("/terima-kasih/") // it was open before midnight
	f.at(morning.Add(48*time.Hour + time.Second))
	f.anyone().post("/s/"+ticket.Token, form).is(410).says("Tiket ini sudah lewat harinya")
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored, want 1", n)
	}
}

func TestTicketCodeIsWrong(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ticket := f.issue(survey.TicketOrder{Counter: "loket-1", Count: 1})[0]
	send := func(code string) *answer { return f.anyone().post("/t", url.Values{"kode": {code}}) }
	for _, code := range []string{"", "ABC", ticket.Token, `"><script>`, "\xff\xfe"} {
		page := send(code).is(422).says("Kesalahan: Ketik kode tiket", "tidak cocok").page()
		if got := page.one("#kode").attr("value"); code == "ABC" && got != code {
			t.Errorf("the field holds %q", got)
		}
	}
	wrong := ticket.Code[:9] + "X"
	if ticket.Code == wrong {
		wrong = ticket.Code[:9] + "Y"
	}
	for range 5 {
		send(wrong).is(422)
	}
	if over := send(ticket.Code).is(429).says("Tunggu satu menit"); over.header.Get("Retry-After") != "60" {
		t.Errorf("Retry-After %q", over.header.Get("Retry-After"))
	}
	f.at(morning.Add(time.Minute))
	send(ticket.Code).to("/s/" + ticket.Token)
}
