package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"kesan/survey"
)

// body has the length of a usual response.
const body = `{"path":["33.74","33.74.09","33.74.09.01"],"counter":"L03","officer":"199001152015031999","sheet":"S-000123","channel":"display","trust":2,"form":{"id":"skm","version":3},"service":"ktp","unsur":{"biaya":4,"kompetensi":4,"pengaduan":3,"perilaku":4,"persyaratan":3,"produk":4,"prosedur":3,"sarana":3,"waktu":3},"wait":12,"profile":{"usia":"26-35","jk":"p"},"hour":10,"lang":"id"}`

func batch(from, n int) []survey.Record {
	records := make([]survey.Record, n)
	for i := range records {
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(from+i)))
		records[i] = survey.Record{
			Bucket: survey.Bucket{Unit: fmt.Sprintf("33.74.09.%02d", sum[30]%50), Day: survey.Day("2026-01-01").Add((from + i) / 5000)},
			ID:     survey.RecordID(sum[:16]), Kind: survey.KindResponse, Hash: sum, Body: []byte(body),
		}
	}
	return records
}

func openBench(b *testing.B) *Store {
	b.Helper()
	store, err := Open(context.Background(), filepath.Join(b.TempDir(), "kesan.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	return store
}

func BenchmarkAppendRecords(b *testing.B) {
	for _, size := range []int{1, 64, 512} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			store := openBench(b)
			b.ReportAllocs()
			var done int
			var spent time.Duration
			for b.Loop() {
				b.StopTimer()
				records, before := batch(done, size), cpuTime(b)
				b.StartTimer()
				if _, err := store.AppendRecords(b.Context(), records); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				spent += cpuTime(b) - before
				b.StartTimer()
				done += size
			}
			b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(spent.Microseconds())/float64(done), "cpu-µs/record")
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
