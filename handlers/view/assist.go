package view

// Assist is the page where a member of staff enters what somebody says.
type Assist struct {
	Base
	Survey  Survey
	Counter string // code
	Own     bool   // the answer counts for the unit alone
	Entered int64  // answers that the account entered today
}
