package view

// Front is the front page for people who are not signed in.
type Front struct {
	Base
	Fresh bool // nothing is set up yet
}

// SignIn is the sign-in page.
type SignIn struct {
	Base
	Form   Form
	Target string // where to go afterwards
}

// Setup is the first-run page.
type Setup struct {
	Base
	Form Form
}

// Account is the page on which people change their own password.
type Account struct {
	Base
	Form      Form
	Temporary bool // the password must be changed before anything else
	Scope     string
}
