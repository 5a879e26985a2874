package demo

import "kesan/survey"

// Login is an account with its password, which is no secret.
type Login struct {
	Account  survey.Account
	Password string
}

// APISecret is the secret of the demo's one API key, for all there is to try. It is no secret either.
const APISecret = "kesan-demo-api-key-not-for-production"

func apiKey() survey.APIKey {
	return survey.APIKey{ID: "sim-asn-peraga", Name: "Sistem kepegawaian dan antrean (peraga)", Hash: survey.HashKey(APISecret),
		Scopes: []survey.Scope{survey.ScopeResults, survey.ScopeTickets}}
}

// Reviewers are the accounts that decide on quarantined answers.
var Reviewers = [2]string{"peninjau1", "peninjau2"}

// logins makes an account for each role, and for each officer who shows something particular.
func (r *Region) logins() []Login {
	list := []Login{
		login(survey.Account{Username: "admin", Name: "Administrator Peraga", Role: survey.RoleAdmin}),
		login(survey.Account{Username: "kepegawaian", Name: "Analis Kepegawaian Peraga", Role: survey.RoleHR}),
		login(survey.Account{Username: "kepegawaian.jayapura", Name: "Analis Kepegawaian Jayapura", Role: survey.RoleHR, Unit: "91.71"}),
		login(survey.Account{Username: Reviewers[0], Name: "Peninjau Inspektorat 1", Role: survey.RoleReviewer, Unit: root}),
		login(survey.Account{Username: Reviewers[1], Name: "Peninjau Inspektorat 2", Role: survey.RoleReviewer, Unit: root}),
	}
	for _, head := range []struct{ username, unit string }{
		{"kepala.rsud", "65.01.05-RSUD"}, {"kepala.gajahmungkur", "33.74.09"}, {"kepala.dukcapil", "12.72-DUKCAPIL"},
		{"kepala.jayapura", "91.71"}, {"kepala.lubukbegalung", "13.71.06"},
	} {
		p := r.heads[head.unit]
		list = append(list, login(survey.Account{Username: head.username, Name: p.Name, Role: survey.RoleUnitHead, Unit: head.unit, Officer: p.ID}))
	}
	for _, superior := range []struct{ username, unit string }{{"atasan.apotek", "65.01.05-RSUD-APOTEK"}, {"atasan.paten", "33.74.09-PATEN"}} {
		p := r.heads[superior.unit]
		list = append(list, login(survey.Account{Username: superior.username, Name: p.Name, Role: survey.RoleAppraiser, Officer: p.ID}))
	}
	for _, own := range []struct{ username, officer string }{
		{"petugas.apotek", r.staffOf("65.01.05-RSUD-APOTEK-L1", r.Until)[0].ID}, {"petugas.mutasi", r.Truths.Moves[0].Officer},
		{"petugas.pindah", r.Truths.Moves[1].Officer}, {"petugas.baru", r.Truths.New}, {"petugas.hulu", r.Truths.Indicative},
	} {
		list = append(list, login(survey.Account{Username: own.username, Name: r.person(own.officer).Name, Role: survey.RoleOfficer, Officer: own.officer}))
	}
	return list
}

func login(account survey.Account) Login {
	return Login{account, "demo-" + account.Username + "-kesan"}
}

func (r *Region) accounts() []survey.Draft {
	var list []survey.Draft
	for _, l := range r.Accounts {
		list = append(list, survey.Draft{Object: l.Account})
	}
	return list
}
