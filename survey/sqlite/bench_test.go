package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"kesan/survey"
)

// body has the length of a usual response.
const body = `{"path":["33.74","33.74.09","33.74.09.01"],"counter":"L03","officer":"199001152015031999","sheet":"S-000123","channel":"display","trust":2,"form":{"id":"skm","version":3},"service":"ktp","unsur":{"biaya":4,"kompetensi":4,"pengaduan":3,"perilaku":4,"persyaratan":3,"produk":4,"prosedur":3,"sarana":3,"waktu":3},"wait":12,"profile":{"usia":"26-35","jk":"p"},"hour":10,"lang":"id"}`

// batch makes n records of 50 units, the from-th first; 5000 make a day. It takes 0.3 us a record.
func batch(from, n int) []survey.Record {
	records := make([]survey.Record, n)
	for i := range records {
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(from+i)))
		if i == 0 || (from+i)%5000 == 0 {
			records[i].Day = survey.Day("2026-01-01").Add((from + i) / 5000)
		} else {
			records[i].Day = records[i-1].Day
		}
		records[i].Unit = units[int(sum[30])%len(units)]
		records[i].ID, records[i].Kind, records[i].Hash, records[i].Body = survey.RecordID(sum[:16]), survey.KindResponse, sum, []byte(body)
	}
	return records
}

var units = func() (units [50]string) {
	for i := range units {
		units[i] = fmt.Sprintf("33.74.09.%02d", i)
	}
	return units
}()

// BenchmarkAppendRecords appends answers of 50 units as they come, each with the fsync of its batch.
func BenchmarkAppendRecords(b *testing.B) {
	for _, size := range []int{1, 64, 512} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			store := openAt(b, filepath.Join(b.TempDir(), "kesan.db"))
			b.ReportAllocs()
			var done int
			before := cpuTime(b)
			for b.Loop() {
				if _, err := store.AppendRecords(b.Context(), batch(done, size)); err != nil {
					b.Fatal(err)
				}
				done += size
			}
			b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/float64(done), "cpu-µs/record")
		})
	}
}

var rows = flag.Int("rows", 100_000, "records to read in benchmarks")

// BenchmarkRead reads a store of -rows records whole, as a lock does, and in the ways that happen all day.
func BenchmarkRead(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "kesan.db"))
	for done := 0; done < *rows; done += 5000 {
		if _, err := store.AppendRecords(b.Context(), batch(done, min(5000, *rows-done))); err != nil {
			b.Fatal(err)
		}
	}
	const first, last = survey.Day("2026-01-01"), survey.Day("9999-12-31")
	read := func(unit string, from, to survey.Day) func() (int, error) {
		return func() (n int, err error) {
			for _, err := range store.Records(b.Context(), unit, from, to) {
				if err != nil {
					return n, err
				}
				n++
			}
			return n, nil
		}
	}
	count := func(from, to survey.Day) func() (int, error) {
		return func() (n int, err error) {
			counts, err := store.CountRecords(b.Context(), "", from, to)
			for _, c := range counts {
				n += int(c.N)
			}
			return n, err
		}
	}
	for _, c := range []struct {
		name string
		read func() (int, error)
	}{
		{"all records", read("", first, last)},
		{"all records of a day", read("", first, first)},
		{"a bucket", read("33.74.09.07", first, first)},
		{"all counts", count(first, last)},
		{"counts of three days", count(first, first.Add(2))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			var total int
			before := cpuTime(b)
			for b.Loop() {
				n, err := c.read()
				if err != nil {
					b.Fatal(err)
				}
				total += n
			}
			b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/float64(total), "cpu-µs/record")
			b.ReportMetric(float64(total)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// cpuTime returns what the process has used so far; unlike the clock it tells little of other work on the machine.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
