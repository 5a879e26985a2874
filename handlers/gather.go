package handlers

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// gatherPath is where staff find the ways to get answers beside posters.
const gatherPath = "/kumpulkan"

func (s *Server) gatherRoutes() []route {
	return slices.Concat([]route{{fiber.MethodGet, gatherPath, gatherers, s.gatherPage}}, s.ticketRoutes(), s.assistRoutes(), s.paperRoutes())
}

// gatherers see at least one way.
var gatherers = roles(survey.RoleAdmin, survey.RoleUnitHead, survey.RoleOfficer)

// gatherPage lists the ways that the account may use.
func (s *Server) gatherPage(c *fiber.Ctx) error {
	page := view.Gather{Base: s.base(c, "Kumpulkan jawaban")}
	for _, way := range []struct {
		allow allow
		way   view.GatherWay
	}{
		{issuers, view.GatherWay{Label: "Tiket sekali pakai", URL: ticketPath,
			About: "Dicetak untuk diberikan kepada setiap orang yang selesai dilayani. Jawabannya paling dipercaya."}},
		{gatherers, view.GatherWay{Label: "Dampingi warga", URL: assistPath,
			About: "Untuk warga tanpa HP: Anda membacakan pertanyaan dan mengisikan jawabannya. Jawabannya ditandai sebagai diisi petugas."}},
		{gatherers, view.GatherWay{Label: "Formulir kertas", URL: paperPath,
			About: "Dicetak dalam bundel bernomor, diisi dengan pulpen, lalu diketik dua kali supaya tidak ada yang keliru atau terhitung ganda."}},
	} {
		if way.allow.admits(s.account(c).Role) {
			page.Ways = append(page.Ways, way.way)
		}
	}
	return s.render(c, "gather", page)
}
