package demo

import "kesan/survey"

// The officers whose figures show something that chance might not: who moved, who is new, who has few answers.

// arrange makes them. It needs the staff.
func (r *Region) arrange() {
	middle := mondayOf(quarterOf(quarterOf(r.Until).Add(-1)).Add(45))
	r.move("12.72-DUKCAPIL-KTP-L2", "12.72-PROKLAMASI-L1", middle)
	recent := mondayOf(r.Until.Add(-24))
	if recent < quarterOf(recent).Add(10) {
		recent = middle
	}
	r.move("33.74.09-PATEN-L2", "33.74.09-SAMPANGAN-L1", recent)
	r.Truths.New = r.welcome("13.71.06-CENGKEH-L1", 2, 3)
	d := r.desk("65.01.05-HULU-L1")
	days := r.openDays(d.place, d.branch, quarterOf(r.Until), r.Until)
	r.Truths.Indicative = r.welcome(d.Code, len(days), 18)
}

// move sends the first officer of a counter to another one, of another unit.
func (r *Region) move(from, to string, on survey.Day) {
	on = max(on, r.rosterFrom())
	mover := r.staffOf(from, on)[0]
	mover.posts = append(mover.posts, post{to, on})
	r.Truths.Moves = append(r.Truths.Moves, Move{mover.ID, r.desk(from).Unit, r.desk(to).Unit, on})
}

// welcome gives a counter to its second officer on the last open days, with so many answers in all, and returns the
// officer's ID. Whoever was there before goes back to other work.
func (r *Region) welcome(counter string, days, answers int) string {
	d := r.desk(counter)
	staff := r.staffOf(counter, r.Until)
	open := r.openDays(d.place, d.branch, r.Until.Add(-150), r.Until)
	open = open[len(open)-days:]
	begin := r.Until.Add(1)
	if days > 0 {
		begin = max(open[0], r.rosterFrom())
	}
	staff[0].posts = append(staff[0].posts, post{"", begin})
	staff[1].posts = []post{{counter, begin}}
	d.planned = map[survey.Day]int{}
	for i, day := range open {
		d.planned[day] = answers*(i+1)/days - answers*i/days
	}
	return staff[1].ID
}
