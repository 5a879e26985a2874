package survey

import (
	"bytes"
	"crypto/sha256"
	"slices"
)

// What an account may see of the figures. The handlers ask; the rules are here, once.

// Administered says whether somebody can administer the office; until then the first-run page is open to who has its code.
func (o *Office) Administered() bool {
	for _, held := range o.Accounts {
		if held.Value.Role == RoleAdmin && !held.Value.Disabled {
			return true
		}
	}
	return false
}

// SeesUnit says whether an account may read the figures of a unit: the administrator and HR (unless limited) of all units,
// a unit head and a limited HR of the own unit and what is below.
func (o *Office) SeesUnit(a Account, unit string) bool {
	if _, ok := o.Units[unit]; !ok {
		return false
	}
	switch a.Role {
	case RoleAdmin:
		return true
	case RoleHR:
		return a.Unit == "" || o.Within(unit, a.Unit)
	case RoleUnitHead:
		return a.Unit != "" && o.Within(unit, a.Unit)
	}
	return false
}

// SeesOfficer says whether an account may read the figures of an officer: the person, the direct superior, whoever sees
// the officer's unit, and HR.
func (o *Office) SeesOfficer(a Account, officer string) bool {
	held, ok := o.Officers[officer]
	if !ok {
		return false
	}
	switch a.Role {
	case RoleOfficer:
		return a.Officer == officer
	case RoleAppraiser:
		return a.Officer != "" && (a.Officer == officer || held.Value.Appraiser == a.Officer)
	}
	return o.SeesUnit(a, held.Value.Unit)
}

// UnitsSeen returns the units whose figures an account may read, parents before children.
func (o *Office) UnitsSeen(a Account) []string {
	var list []string
	for _, unit := range o.AllUnits() {
		if o.SeesUnit(a, unit) {
			list = append(list, unit)
		}
	}
	return list
}

// Team returns the officers whose direct superior is the given one, in order of ID.
func (o *Office) Team(appraiser string) []string {
	var list []string
	for _, id := range o.Officers.IDs() {
		if appraiser != "" && o.Officers[id].Value.Appraiser == appraiser {
			list = append(list, id)
		}
	}
	return list
}

// May says whether the key may be used for something.
func (k APIKey) May(scope Scope) bool {
	if len(k.Scopes) == 0 {
		return scope == ScopeResults
	}
	return slices.Contains(k.Scopes, scope)
}

// KeySees says whether an API key may pull the figures of a unit.
func (o *Office) KeySees(key APIKey, unit string) bool {
	if len(key.Units) == 0 {
		return true
	}
	for _, above := range key.Units {
		if o.Within(unit, above) {
			return true
		}
	}
	return false
}

// HashKey returns what is kept of the secret of an API key.
func HashKey(secret string) []byte {
	hash := sha256.Sum256([]byte(secret))
	return hash[:]
}

// Usable is ErrRevoked or ErrExpired for a key that may no longer be used on a day.
func (k APIKey) Usable(today Day) error {
	switch {
	case k.Revoked:
		return ErrRevoked
	case k.Expires != "" && today > k.Expires:
		return ErrExpired
	}
	return nil
}

// KeyBySecret returns the API key with a presented secret. ErrNotFound: there is none; otherwise as Usable.
func (o *Office) KeyBySecret(secret string, today Day) (APIKey, error) {
	hash := HashKey(secret)
	for _, held := range o.APIKeys {
		if bytes.Equal(held.Value.Hash, hash) {
			return held.Value, held.Value.Usable(today)
		}
	}
	return APIKey{}, ErrNotFound
}

// MovesCycles says whether an account may open cycles and bring them on: that concerns every unit, so HR that is limited to
// one may not.
func (o *Office) MovesCycles(a Account) bool {
	return a.Role == RoleAdmin || a.Role == RoleHR && a.Unit == ""
}

// SeesOfficerIn says whether an account that sees an officer may read the figures of one of the units that the officer
// served in, or over all of them when the unit is empty. The person and the direct superior read all; whoever sees units
// reads those of units seen, and the figure over all only when every one of them is: it would tell about the others.
func (o *Office) SeesOfficerIn(a Account, officer, unit string, served []string) bool {
	if !o.SeesOfficer(a, officer) {
		return false
	}
	if a.Role == RoleOfficer || a.Role == RoleAppraiser {
		return true
	}
	if unit != "" {
		return o.SeesUnit(a, unit)
	}
	for _, each := range served {
		if !o.SeesUnit(a, each) {
			return false
		}
	}
	return true
}

// CheckAccount says what is wrong with an account, by its tags and against the office: whoever sees figures of a unit or of
// a person must name one that exists.
func (o *Office) CheckAccount(a Account) Problems {
	problems := Validate(a)
	_, unit := o.Units[a.Unit]
	switch {
	case a.Unit == "" && (a.Role == RoleUnitHead || a.Role == RoleReviewer):
		problems.Add("unit", "account.unit")
	case a.Unit != "" && !unit:
		problems.Add("unit", "account.unknown")
	}
	_, officer := o.Officers[a.Officer]
	switch {
	case a.Officer == "" && (a.Role == RoleOfficer || a.Role == RoleAppraiser):
		problems.Add("officer", "account.officer")
	case a.Officer != "" && !officer:
		problems.Add("officer", "account.unknown")
	}
	return problems
}
