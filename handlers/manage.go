package handlers

import (
	"slices"

	"github.com/gofiber/fiber/v2"
)

// importPath is where files with objects are uploaded.
const importPath = "/kelola/impor"

// sheetPath is where posters are made and printed.
const sheetPath = "/kelola/lembar"

func (s *Server) manageRoutes() []route {
	routes := []route{
		{fiber.MethodGet, "/kelola", admin, s.checklist},
		{fiber.MethodGet, rosterPath, admin, s.rosterPage},
		{fiber.MethodPost, rosterPath + "/salin", admin, s.copyWeek},
	}
	for _, sec := range sections {
		if sec.path() != rosterPath { // its list is a page of its own
			routes = append(routes, route{fiber.MethodGet, sec.path(), admin, s.listPage(sec)})
		}
		routes = append(routes,
			route{fiber.MethodGet, sec.path() + "/baru", admin, s.newPage(sec)},
			route{fiber.MethodGet, sec.path() + "/ubah", admin, s.editPage(sec)},
			route{fiber.MethodPost, sec.path() + "/simpan", admin, s.saveRow(sec)})
	}
	return slices.Concat(routes, s.agencyRoutes(), s.formRoutes(), s.memberRoutes(), s.keyRoutes(), s.historyRoutes(), s.importRoutes(), s.sheetRoutes(), s.lookRoutes(),
		s.manageDeviceRoutes())
}
