package main

import (
	"testing"
	"time"

	"kesan/survey"
)

func TestCycle(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	prepareOffice(t, data)
	now := survey.QuarterOf(survey.DayOf(time.Now(), survey.WIB)).ID
	run := func(args ...string) printed { return kesan(t, append([]string{"cycle", "--data", data}, args...)...) }

	run("list").is(t, 0).lacks(t, "TW")
	run("open", pastCycle).is(t, 0, "siklus 2024-TW4: open")
	run("open", pastCycle).is(t, 1, "2024-TW4 exists already")
	run("advance", pastCycle).is(t, 0, "siklus 2024-TW4: provisional")
	run("advance", pastCycle).is(t, 0)
	run("lock", pastCycle, "--reason", "akhir triwulan").is(t, 0, "siklus 2024-TW4: locked")
	run("lock", pastCycle).is(t, 1, "2024-TW4 is locked")
	run("advance", pastCycle).is(t, 1, "2024-TW4 is locked")
	run("open", "2024-11").is(t, 1, "lies in 2024-TW4, which is locked")
	run("lock", "2023-TW4").is(t, 1, `"2023-TW4"`, "not found")

	run("open", now).is(t, 0)
	run("lock", now).is(t, 1, "has not ended", "--early with --reason")
	run("lock", now, "--reason", "karena").is(t, 1, "has not ended")
	run("lock", now, "--early").is(t, 2, "--reason")
	run("lock", now, "--early", "--reason", "unit dibubarkan").is(t, 0, now+": locked")
	run("list").is(t, 0, pastCycle+"  locked  1  ", now+"  locked  1  ")
	kesan(t, "verify", "--data", data).is(t, 0, "siklus "+pastCycle+": cocok", "siklus "+now+": cocok")
	kesan(t, "verify", now, "--data", data).is(t, 0, "siklus "+now+": cocok").lacks(t, pastCycle)
	kesan(t, "verify", "2023", "--data", data).is(t, 2, `"2023"`)
}
