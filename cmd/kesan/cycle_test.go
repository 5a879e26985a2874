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
	run("open", pastCycle).is(t, 0, "siklus 2024-TW4: berjalan")
	run("open", pastCycle).is(t, 1, "siklus 2024-TW4 sudah ada; kesan cycle list")
	run("advance", pastCycle).is(t, 0, "siklus 2024-TW4: sementara")
	run("advance", pastCycle).is(t, 0)
	run("lock", pastCycle, "--reason", "akhir triwulan").is(t, 0, "siklus 2024-TW4: dikunci")
	run("lock", pastCycle).is(t, 1, "siklus 2024-TW4 tidak dapat dikunci: siklus itu, atau siklus yang memuatnya, sudah dikunci")
	run("advance", pastCycle).is(t, 1, "siklus 2024-TW4 tidak dapat dijadikan sementara: ")
	run("open", "2024-11").is(t, 1, "siklus 2024-11 tidak dapat dibuka: siklus itu, atau siklus yang memuatnya, sudah dikunci")
	run("lock", "2023-TW4").is(t, 1, "siklus 2023-TW4 belum ada; kesan cycle open 2023-TW4 membukanya")

	run("open", now).is(t, 0)
	run("lock", now).is(t, 1, "periodenya belum berakhir di semua unit", "--early dengan --reason")
	run("lock", now, "--reason", "karena").is(t, 1, "periodenya belum berakhir")
	run("lock", now, "--early").is(t, 2, "--reason")
	run("lock", now, "--early", "--reason", "unit dibubarkan").is(t, 0, now+": dikunci")
	run("list").is(t, 0, pastCycle+"  dikunci  1  ", now+"  dikunci  1  ")
	kesan(t, "verify", "--data", data).is(t, 0, "siklus "+pastCycle+": cocok", "siklus "+now+": cocok")
	kesan(t, "verify", now, "--data", data).is(t, 0, "siklus "+now+": cocok").lacks(t, pastCycle)
	kesan(t, "verify", "2023", "--data", data).is(t, 2, `"2023"`)
}
