package survey_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"kesan/survey"
)

var errAway = errors.New("the store is away")

// faulty is a real store that fails or does something on the way where a test asks for it. A hook that is nil does nothing.
type faulty struct {
	survey.Store
	scanned func() error // after the records of a scan have been read
	insert  func([]survey.KeptTally) error
	append  func([]survey.Record) error // before records are stored
	stored  func() error                // after they have been
	twice   bool                        // each record is yielded twice
}

func (f *faulty) Records(ctx context.Context, unit string, from, to survey.Day) iter.Seq2[survey.Record, error] {
	return func(yield func(survey.Record, error) bool) {
		for record, err := range f.Store.Records(ctx, unit, from, to) {
			if !yield(record, err) || f.twice && !yield(record, err) {
				return
			}
		}
		if f.scanned != nil {
			if err := f.scanned(); err != nil {
				yield(survey.Record{}, err)
			}
		}
	}
}

func (f *faulty) InsertTallies(ctx context.Context, tallies []survey.KeptTally) error {
	if f.insert != nil {
		if err := f.insert(tallies); err != nil {
			return err
		}
	}
	return f.Store.InsertTallies(ctx, tallies)
}

func (f *faulty) AppendRecords(ctx context.Context, records []survey.Record) ([]survey.Outcome, error) {
	if f.append != nil {
		if err := f.append(records); err != nil {
			return nil, err
		}
	}
	outcomes, err := f.Store.AppendRecords(ctx, records)
	if err == nil && f.stored != nil {
		err = f.stored()
	}
	return outcomes, err
}

// eventually waits until a condition holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	within(t, 25*time.Second, what, holds) // before a tallier that was not woken looks by itself
}

// within waits until something holds. The limit is there to end a test that hangs, not to judge the speed of a machine.
func within(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(limit)
	for tick := time.Tick(2 * time.Millisecond); !holds(); {
		select {
		case <-tick:
		case <-deadline:
			t.Fatalf("%s: not within %s", what, limit)
		}
	}
}

// run runs a tallier until the test ends.
func run(t testing.TB, tallier *survey.Tallier, from, to survey.Day) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tallier.Run(ctx, func() (survey.Day, survey.Day) { return from, to })
	}()
	t.Cleanup(func() { cancel(); <-done })
}

func counted(t testing.TB, store survey.Store, bucket survey.Bucket) bool {
	t.Helper()
	ok, err := survey.BucketCounted(context.Background(), store, bucket)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func compare(t testing.TB, store survey.Store) []survey.Difference {
	t.Helper()
	differences, err := newTallier(t, store).Compare(t.Context(), "2026-10-01", "2026-12-31")
	if err != nil {
		t.Fatal(err)
	}
	return differences
}

func sweep(t testing.TB, store survey.Store) {
	t.Helper()
	if err := newTallier(t, store).Sweep(t.Context(), "", "2026-10-01", "2026-12-31"); err != nil {
		t.Fatal(err)
	}
}

func bucketOf(unit string, day survey.Day) survey.Bucket { return survey.Bucket{Unit: unit, Day: day} }

// region stores answers of two units in three months and returns their buckets.
func region(t testing.TB, store survey.Store) []survey.Bucket {
	t.Helper()
	buckets := []survey.Bucket{bucketOf("a", "2026-10-31"), bucketOf("a", "2026-11-01"), bucketOf("a", "2026-11-30"), bucketOf("a", "2026-12-01"), bucketOf("b", "2026-11-15")}
	n := byte(0)
	for i, bucket := range buckets {
		for range i + 1 {
			n++
			response := answer(bucket, n, all(1+int(n)%4))
			keep(t, store, response.Record())
			if n%5 == 0 {
				keep(t, store, verdict(response, 1, survey.Quarantined, "burst").Record())
			}
		}
	}
	return buckets
}

func TestFold(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	for n, value := range []int{3, 3, 4, 2} {
		keep(t, store, answer(monday, byte(n), all(value)).Record())
	}
	fold(t, store, monday)
	cell := survey.Cell{Counter: "S1", Officer: "sri", Channel: "poster", Form: "skm-2017@1"}
	want := survey.Tally{cell: {N: 4, Index: survey.Means{Full: survey.Moments{N: 4, Sum: 30240, SumSq: 241315200}}, Officer: survey.Means{Full: survey.Moments{N: 4, Sum: 30240, SumSq: 241315200}}}}
	for u := range want[cell].Unsur {
		want[cell].Unsur[u] = [4]int64{0, 1, 2, 1}
	}
	for grain, span := range map[survey.Grain]string{survey.GrainDay: "2026-11-23", survey.GrainMonth: "2026-11"} {
		if got := readTally(t, store, grain, "smg.09", span); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", grain, got, want)
		}
		if kept := keptTallies(t, store, grain, "smg.09", span); kept[0].N != 4 {
			t.Errorf("%s: made from %d records, want 4", grain, kept[0].N)
		}
	}
	fold(t, store, monday, bucketOf("smg.09", "2026-11-24"), bucketOf("nowhere", "2026-11-23")) // again, and where nothing is
	if differences := compare(t, store); len(differences) > 0 {
		t.Errorf("differences: %v", differences)
	}
}

// TestFoldCells: each dimension by which figures are given has a cell of its own.
func TestFoldCells(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	changes := []func(*survey.Response){func(r *survey.Response) { r.Service = "ktp" }, func(r *survey.Response) { r.Counter = "S2" }, func(r *survey.Response) { r.Officer = "" },
		func(r *survey.Response) { r.Channel = survey.ChannelDisplay }, func(r *survey.Response) { r.Trust = survey.TrustTicket }, func(r *survey.Response) { r.Form = "skm-2017@2" }}
	keep(t, store, answer(monday, 0, all(3)).Record())
	for i, change := range changes {
		response := answer(monday, byte(i+1), all(3))
		change(&response)
		keep(t, store, response.Record())
	}
	fold(t, store, monday)
	tally := dayTally(t, store, monday)
	if len(tally) != 7 || totalOf(tally).N != 7 {
		t.Errorf("%d cells with %d answers, want 7 and 7", len(tally), totalOf(tally).N)
	}
}

func TestFoldKeepsTheLargestAlone(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	for n := range byte(3) {
		keep(t, store, answer(monday, n, all(4)).Record())
		fold(t, store, monday)
	}
	older := survey.TallyQuery{Unit: "smg.09", Grain: survey.GrainDay, From: "2026-11-23", To: "2026-11-23", Version: survey.FoldVersion}
	if err := store.DiscardTallies(t.Context(), survey.TallyQuery{Unit: "smg.09", Grain: survey.GrainDay, From: "2026-11-23", To: "2026-11-23", Version: survey.FoldVersion}, 3); err != nil {
		t.Fatal(err)
	}
	kept, err := store.Tallies(t.Context(), older)
	if err != nil || len(kept) != 1 || kept[0].N != 3 {
		t.Errorf("kept %v, %v; want the one made from 3 records", kept, err)
	}
}

// TestScanThatYieldsTwice: a scan that is not a snapshot may; n is how many distinct records were seen.
func TestScanThatYieldsTwice(t *testing.T) {
	t.Parallel()
	store := &faulty{Store: openStore(t), twice: true}
	response := answer(monday, 1, all(4))
	refused := verdict(response, 1, survey.Refused, survey.RuleRepeated)
	refused.Of = &response.Attribution
	keep(t, store, response.Record(), refused.Record())
	fold(t, store, monday)
	total := totalOf(dayTally(t, store, monday))
	if kept := keptTallies(t, store, survey.GrainDay, "smg.09", "2026-11-23"); kept[0].N != 2 || total.N != 1 || total.LeftOut[survey.LeftOut{Decision: "refused", Rule: "repeated"}] != 1 {
		t.Errorf("made from %d records: %d counted, %v; want 2, 1 and one refusal", kept[0].N, total.N, total.LeftOut)
	}
}

func TestMonthIsTheSumOfItsDays(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	fold(t, store, region(t, store)...)
	sum := dayTally(t, store, bucketOf("a", "2026-11-01"))
	sum.Add(dayTally(t, store, bucketOf("a", "2026-11-30")))
	month := readTally(t, store, survey.GrainMonth, "a", "2026-11")
	if !bytes.Equal(month.Encode(), sum.Encode()) {
		t.Errorf("the month is %v, its days %v", totalOf(month), totalOf(sum))
	}
	// 2 answers and 3; the fifth of the region is quarantined.
	if total := totalOf(month); total.N != 4 || total.LeftOut[survey.LeftOut{Decision: "quarantined", Rule: "burst"}] != 1 {
		t.Errorf("%d counted and %v, want 4 and one quarantined", total.N, total.LeftOut)
	}
	if kept := keptTallies(t, store, survey.GrainMonth, "a", "2026-11"); kept[0].N != 6 {
		t.Errorf("the month was made from %d records, want 6", kept[0].N)
	}
}

func TestRebuildEqualsKept(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	buckets := region(t, store)
	if got := compare(t, store); len(got) != 9 { // 5 days and 4 months of units
		t.Errorf("before anything was folded: %d differences, want 9: %v", len(got), got)
	}
	fold(t, store, buckets...)
	if got := compare(t, store); len(got) > 0 {
		t.Errorf("after folding one by one: %v", got)
	}
	before := keptTallies(t, store, survey.GrainMonth, "a", "2026-11")
	tallier := newTallier(t, store)
	if err := tallier.Discard(t.Context(), "2026-10-01", "2026-12-31"); err != nil {
		t.Fatal(err)
	}
	if kept := keptTallies(t, store, survey.GrainMonth, "a", "2026-11"); len(kept) != 0 {
		t.Errorf("after discarding: %v", kept)
	}
	var shares []float64
	if err := tallier.Rebuild(t.Context(), "2026-10-15", "2026-12-15", func(share float64) { shares = append(shares, share) }); err != nil {
		t.Fatal(err)
	}
	if want := []float64{1.0 / 3, 2.0 / 3, 1}; !slices.Equal(shares, want) {
		t.Errorf("progress %v, want %v", shares, want)
	}
	if got := compare(t, store); len(got) > 0 {
		t.Errorf("after rebuilding: %v", got)
	}
	if after := keptTallies(t, store, survey.GrainMonth, "a", "2026-11"); !reflect.DeepEqual(after, before) {
		t.Errorf("rebuilt %v, kept %v", after, before)
	}
}

func TestCompareFindsTampering(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		grain survey.Grain
		span  string
		do    func(survey.KeptTally) []survey.KeptTally
		want  []survey.Difference
	}{
		"another value": {survey.GrainDay, "2026-11-30", func(k survey.KeptTally) []survey.KeptTally {
			k.Body = tallyOf([]given{{answers: all(4)}, {answers: all(4)}}).Encode()
			return []survey.KeptTally{k}
		}, []survey.Difference{{Unit: "a", Span: "2026-11-30", Kept: 4, Have: 4}}},
		"another month": {survey.GrainMonth, "2026-11", func(k survey.KeptTally) []survey.KeptTally {
			k.Body = tallyOf([]given{{answers: all(4)}}).Encode()
			return []survey.KeptTally{k}
		}, []survey.Difference{{Unit: "a", Span: "2026", Kept: 12, Have: 12}, {Unit: "a", Span: "2026-11", Kept: 6, Have: 6}}},
		"another year": {survey.GrainYear, "2026", func(k survey.KeptTally) []survey.KeptTally {
			k.Body = []byte{0, 0}
			return []survey.KeptTally{k}
		}, []survey.Difference{{Unit: "a", Span: "2026", Kept: 12, Have: 12}}},
		"a tally gone": {survey.GrainDay, "2026-11-30", func(survey.KeptTally) []survey.KeptTally { return nil },
			[]survey.Difference{{Unit: "a", Span: "2026-11-30", Kept: 0, Have: 4}}},
		"a day that never was": {survey.GrainDay, "2026-11-29", func(survey.KeptTally) []survey.KeptTally {
			return []survey.KeptTally{{Unit: "a", Grain: survey.GrainDay, Span: "2026-11-29", Version: survey.FoldVersion, N: 7, Body: []byte{0}}}
		}, []survey.Difference{{Unit: "a", Span: "2026-11-29", Kept: 7, Have: 0}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := openStore(t)
			region(t, store)
			sweep(t, store)
			var kept survey.KeptTally
			if list := keptTallies(t, store, test.grain, "a", test.span); len(list) == 1 {
				kept = list[0]
			}
			query := survey.TallyQuery{Unit: "a", Grain: test.grain, From: test.span, To: test.span, Version: survey.FoldVersion}
			if err := store.DiscardTallies(t.Context(), query, 0); err != nil {
				t.Fatal(err)
			}
			if err := store.InsertTallies(t.Context(), test.do(kept)); err != nil {
				t.Fatal(err)
			}
			if got := compare(t, store); !slices.Equal(got, test.want) {
				t.Errorf("found %v, want %v", got, test.want)
			}
		})
	}
}

// TestSweepRepairs: whatever a crash or another process left behind, one sweep makes every figure right again.
func TestSweepRepairs(t *testing.T) {
	t.Parallel()
	ahead := func(grain survey.Grain, unit, span string, n int64) survey.KeptTally {
		return survey.KeptTally{Unit: unit, Grain: grain, Span: span, Version: survey.FoldVersion, N: n, Body: tallyOf([]given{{answers: all(1)}}).Encode()}
	}
	insert := func(tallies ...survey.KeptTally) func(testing.TB, survey.Store) {
		return func(t testing.TB, store survey.Store) {
			if err := store.InsertTallies(t.Context(), tallies); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := map[string]func(testing.TB, survey.Store){
		"nothing": func(testing.TB, survey.Store) {},
		"a record without a hint": func(t testing.TB, store survey.Store) {
			keep(t, store, answer(bucketOf("a", "2026-11-30"), 100, all(1)).Record())
		},
		"a verdict without a hint": func(t testing.TB, store survey.Store) {
			keep(t, store, verdict(answer(bucketOf("a", "2026-11-30"), 4, all(1)), 1, survey.Excluded, "review").Record())
		},
		"a first record": func(t testing.TB, store survey.Store) {
			keep(t, store, answer(bucketOf("new", "2026-12-31"), 100, all(1)).Record())
		},
		"a crash between day and month": func(t testing.TB, store survey.Store) {
			keep(t, store, answer(bucketOf("a", "2026-11-30"), 100, all(1)).Record())
			crash := &faulty{Store: store, insert: func(tallies []survey.KeptTally) error {
				if tallies[0].Grain == survey.GrainMonth {
					return errAway
				}
				return nil
			}}
			if err := newTallier(t, crash).Fold(t.Context(), bucketOf("a", "2026-11-30")); !errors.Is(err, errAway) {
				t.Fatalf("got %v, want the crash", err)
			}
		},
		"a day ahead of its records": insert(ahead(survey.GrainDay, "a", "2026-11-30", 9)),
		"a day and month ahead":      insert(ahead(survey.GrainDay, "a", "2026-11-30", 9), ahead(survey.GrainMonth, "a", "2026-11", 12)),
		"a month ahead of its days":  insert(ahead(survey.GrainMonth, "a", "2026-11", 50)),
		"a day without records":      insert(ahead(survey.GrainDay, "a", "2026-11-29", 3)),
		"a unit without records":     insert(ahead(survey.GrainDay, "gone", "2026-11-29", 3), ahead(survey.GrainMonth, "gone", "2026-11", 3)),
		"a month without days":       insert(ahead(survey.GrainMonth, "gone", "2026-11", 3)),
		"all tallies gone": func(t testing.TB, store survey.Store) {
			if err := newTallier(t, store).Discard(t.Context(), "2026-10-01", "2026-12-31"); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, harm := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := openStore(t)
			fold(t, store, region(t, store)...)
			harm(t, store)
			if got := compare(t, store); (len(got) == 0) != (name == "nothing") {
				t.Fatalf("before the sweep: %v", got)
			}
			sweep(t, store)
			if got := compare(t, store); len(got) > 0 {
				t.Errorf("after the sweep: %v", got)
			}
		})
	}
}

// TestSweepOfSomeDays leaves other days alone and still makes their month right.
func TestSweepOfSomeDays(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	fold(t, store, region(t, store)...)
	keep(t, store, answer(bucketOf("a", "2026-11-01"), 100, all(1)).Record(), answer(bucketOf("a", "2026-11-30"), 101, all(1)).Record(), answer(bucketOf("b", "2026-11-30"), 102, all(1)).Record())
	if err := newTallier(t, store).Sweep(t.Context(), "a", "2026-11-28", "2026-12-01"); err != nil {
		t.Fatal(err)
	}
	want := []survey.Difference{{Unit: "a", Span: "2026-11", Kept: 7, Have: 8}, {Unit: "a", Span: "2026-11-01", Kept: 2, Have: 3},
		{Unit: "b", Span: "2026-11", Kept: 6, Have: 7}, {Unit: "b", Span: "2026-11-30", Kept: 0, Have: 1}}
	if got := compare(t, store); !slices.Equal(got, want) {
		t.Errorf("left %v, want %v", got, want)
	}
}

// TestBadRecordStopsItsBucketAlone: what cannot be read is never left out in silence, and keeps nothing else from its turn.
func TestBadRecordStopsItsBucketAlone(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]survey.Record{
		"unknown kind": {Bucket: bucketOf("a", "2026-11-01"), ID: survey.RecordID{200}, Kind: "robot", Body: []byte("{}")},
		"damaged":      {Bucket: bucketOf("a", "2026-11-01"), ID: survey.RecordID{200}, Kind: survey.KindResponse, Body: []byte("{")},
	} {
		store := openStore(t)
		region(t, store)
		keep(t, store, bad)
		if err := newTallier(t, store).Sweep(t.Context(), "", "2026-10-01", "2026-12-31"); err == nil {
			t.Errorf("%s: the sweep says nothing", name)
		}
		for _, bucket := range []survey.Bucket{bucketOf("a", "2026-10-31"), bucketOf("a", "2026-11-30"), bucketOf("b", "2026-11-15")} {
			if !counted(t, store, bucket) {
				t.Errorf("%s: %v was not folded", name, bucket)
			}
		}
		if counted(t, store, bad.Bucket) {
			t.Errorf("%s: its bucket passes as complete", name)
		}
	}
}

func TestRunFoldsWhatIsTouched(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	tallier := newTallier(t, store)
	run(t, tallier, "", "")
	for n := range byte(5) {
		keep(t, store, answer(monday, n, all(4)).Record())
		tallier.Touch(monday)
		eventually(t, "the answer is counted", func() bool { return counted(t, store, monday) })
	}
	eventually(t, "nothing is pending", func() bool { n, age := tallier.Pending(); return n == 0 && age == 0 })
}

func TestRunSweepsAtTheStart(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	buckets := region(t, store)
	run(t, newTallier(t, store), "2026-10-01", "2026-12-31")
	for _, bucket := range buckets {
		eventually(t, fmt.Sprint(bucket, " is counted"), func() bool { return counted(t, store, bucket) })
	}
}

// TestHintWhileFoldRuns: an answer that comes after the scan has passed must not wait for the next sweep.
func TestHintWhileFoldRuns(t *testing.T) {
	t.Parallel()
	store := &faulty{Store: openStore(t)}
	tallier := newTallier(t, store)
	var once sync.Once
	store.scanned = func() error {
		once.Do(func() {
			keep(t, store.Store, answer(monday, 2, all(1)).Record())
			tallier.Touch(monday)
			if n, age := tallier.Pending(); n != 1 || age <= 0 || age > time.Minute {
				t.Errorf("while the fold runs %d are pending since %s, want 1", n, age)
			}
		})
		return nil
	}
	keep(t, store, answer(monday, 1, all(4)).Record())
	tallier.Touch(monday)
	run(t, tallier, "", "")
	eventually(t, "both answers are counted", func() bool {
		kept := keptTallies(t, store, survey.GrainDay, "smg.09", "2026-11-23")
		return len(kept) == 1 && kept[0].N == 2
	})
}

func TestPendingBeforeRun(t *testing.T) {
	t.Parallel()
	tallier := newTallier(t, openStore(t))
	if n, age := tallier.Pending(); n != 0 || age != 0 {
		t.Errorf("%d pending since %s, want none", n, age)
	}
	tallier.Touch(monday, monday, bucketOf("a", "2026-11-23"))
	tallier.Touch(monday)
	if n, age := tallier.Pending(); n != 2 || age < 0 || age > time.Minute {
		t.Errorf("%d pending since %s, want 2", n, age)
	}
}

// TestFailingStoreIsRetried: the bucket keeps its place and its age until the store is back.
func TestFailingStoreIsRetried(t *testing.T) {
	t.Parallel()
	store := &faulty{Store: openStore(t)}
	tallier := newTallier(t, store)
	failures := make(chan time.Duration, 2)
	left := cap(failures)
	store.scanned = func() error {
		if left == 0 {
			return nil
		}
		left--
		_, age := tallier.Pending()
		failures <- age
		return errAway
	}
	keep(t, store, answer(monday, 1, all(4)).Record())
	tallier.Touch(monday)
	run(t, tallier, "", "")
	first := <-failures
	eventually(t, "the failed bucket is pending", func() bool { n, _ := tallier.Pending(); return n == 1 })
	if second := <-failures; second < first+900*time.Millisecond {
		t.Errorf("the second try saw an age of %s after %s: it came too soon, or the age began anew", second, first)
	}
	eventually(t, "the answer is counted", func() bool { return counted(t, store, monday) })
}

// TestManyBusyBuckets: none starves while the others go on getting answers.
func TestManyBusyBuckets(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	tallier := newTallier(t, store)
	writer := survey.NewWriter(store, tallier)
	run(t, tallier, "", "")
	const units, each = 12, 30
	var group sync.WaitGroup
	for u := range units {
		group.Go(func() {
			bucket := bucketOf(fmt.Sprintf("u%02d", u), "2026-11-23")
			for n := range each {
				for {
					_, err := writer.Append(t.Context(), answer(bucket, byte(n), all(1+n%4)).Record())
					if err == nil {
						break
					}
					if !errors.Is(err, survey.ErrBusy) {
						t.Error(err)
						return
					}
					time.Sleep(time.Millisecond)
				}
			}
		})
	}
	group.Wait()
	writer.Close()
	within(t, 2*time.Minute, "all is folded", func() bool { n, _ := tallier.Pending(); return n == 0 })
	if got := compare(t, store); len(got) > 0 {
		t.Errorf("differences: %v", got)
	}
	kept, err := store.Tallies(t.Context(), survey.TallyQuery{Grain: survey.GrainMonth, From: "2026-11", To: "2026-11", Version: survey.FoldVersion})
	if err != nil || len(kept) != units {
		t.Fatalf("%d months, %v; want %d", len(kept), err, units)
	}
	for _, k := range kept {
		tally, err := survey.DecodeTally(k.Body)
		if err != nil || totalOf(tally).N != each || totalOf(tally).Unsur[0] != [4]int64{8, 8, 7, 7} {
			t.Errorf("%s: %v, %v; want 30 answers", k.Unit, totalOf(tally), err)
		}
	}
}
