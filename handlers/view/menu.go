package view

import (
	"slices"
	"strings"

	"kesan/survey"
)

// MenuItem is one link of the main menu.
type MenuItem struct {
	Label   string
	Path    string
	Current bool
}

var menu = []struct {
	label, path string
	roles       []survey.Role
}{
	{"Dasbor", "/dasbor", []survey.Role{survey.RoleAdmin, survey.RoleHR, survey.RoleUnitHead}},
	{"Tim saya", "/dasbor/tim", []survey.Role{survey.RoleAppraiser}},
	{"Nilai saya", "/saya", []survey.Role{survey.RoleOfficer, survey.RoleAppraiser}},
	{"Siklus", "/dasbor/siklus", []survey.Role{survey.RoleAdmin, survey.RoleHR}},
	{"Pesan warga", "/dasbor/pesan", []survey.Role{survey.RoleAdmin, survey.RoleUnitHead}},
	{"Kumpulkan", "/kumpulkan", []survey.Role{survey.RoleAdmin, survey.RoleUnitHead, survey.RoleOfficer}},
	{"Kelola", "/kelola", []survey.Role{survey.RoleAdmin}},
}

// Menu returns the links that the account may follow; the one of this page, or above it, is marked.
func (b Base) Menu() []MenuItem {
	var items []MenuItem
	best := -1
	for _, m := range menu {
		if !slices.Contains(m.roles, b.Account.Role) {
			continue
		}
		items = append(items, MenuItem{Label: m.label, Path: m.path})
		under := b.Path == m.path || strings.HasPrefix(b.Path, m.path+"/")
		if last := len(items) - 1; under && (best < 0 || len(m.path) > len(items[best].Path)) {
			best = last
		}
	}
	if best >= 0 {
		items[best].Current = true
	}
	return items
}
