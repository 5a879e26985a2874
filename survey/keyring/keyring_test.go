package keyring_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/keyring"
)

// wall is a clock that tests turn.
type wall struct{ now time.Time }

func at(text string) *wall {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return &wall{t}
}

func (w *wall) clock() time.Time { return w.now }

func (w *wall) turn(text string) { w.now = at(text).now }

func open(t *testing.T, dir string, w *wall) *keyring.Keyring {
	t.Helper()
	k, err := keyring.Open(dir, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func dayKey(t *testing.T, k *keyring.Keyring, day survey.Day) []byte {
	t.Helper()
	key, err := k.Day(day)
	if err != nil {
		t.Fatalf("key of %s: %v", day, err)
	}
	return key
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Errorf("the directory holds %v, want %v", got, want)
	}
}

func TestOpenMakesPrivateDirectoryAndFirstRoot(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data", "keys")
	w := at("2026-11-21 08:00")
	k := open(t, dir, w)
	dayKey(t, k, "2026-11-21")
	wantFiles(t, dir, "day-2026-11-21.key", "root-00001.key")
	for name, want := range map[string]os.FileMode{".": 0o700, "root-00001.key": 0o600, "day-2026-11-21.key": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
	id, secret := k.Root()
	if id != 1 || len(secret) != 32 {
		t.Errorf("root key %d has %d bytes, want key 1 with 32", id, len(secret))
	}
}

func TestOpenRefusesDirectoryThatOthersCanRead(t *testing.T) {
	t.Parallel()
	for _, mode := range []os.FileMode{0o755, 0o750, 0o701} {
		dir := filepath.Join(t.TempDir(), "keys")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		_, err := keyring.Open(dir, time.Now)
		if err == nil || !strings.Contains(err.Error(), "chmod 700") {
			t.Errorf("mode %o: got %v, want a refusal that says what to do", mode, err)
		}
		if got := files(t, dir); len(got) != 0 {
			t.Errorf("mode %o: keys were made: %v", mode, got)
		}
	}
}

func TestKeysSurviveRestart(t *testing.T) {
	t.Parallel()
	dir, w := t.TempDir(), at("2026-11-21 08:00")
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	first := open(t, dir, w)
	day := dayKey(t, first, "2026-11-21")
	_, root := first.Root()
	second := open(t, dir, w)
	if id, again := second.Root(); id != 1 || !bytes.Equal(again, root) {
		t.Error("the root key changed with a restart")
	}
	if !bytes.Equal(dayKey(t, second, "2026-11-21"), day) {
		t.Error("the day key changed with a restart: a retry would count twice")
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 23:59")
	k := open(t, dir, w)
	first := slices.Clone(dayKey(t, k, "2026-11-21"))
	for _, day := range []survey.Day{"2026-11-20", "2026-11-23", "2020-01-01", "2099-12-31"} {
		if _, err := k.Day(day); !errors.Is(err, survey.ErrExpired) {
			t.Errorf("key of %s, not today: got %v, want ErrExpired", day, err)
		}
	}
	wantFiles(t, dir, "day-2026-11-21.key", "root-00001.key")
	ahead := slices.Clone(dayKey(t, k, "2026-11-22")) // for forms that are handed out in advance
	w.turn("2026-11-22 00:00")
	if today := dayKey(t, k, "2026-11-22"); bytes.Equal(today, first) || !bytes.Equal(today, ahead) {
		t.Error("two days have the same key, or the key changed when its day began")
	}
	if !bytes.Equal(dayKey(t, k, "2026-11-21"), first) {
		t.Error("yesterday's key changed")
	}
}

func TestDayKeyIsDestroyedOnTheThirdDay(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k, other := open(t, dir, w), open(t, dir, w)
	dayKey(t, k, "2026-11-21")
	dayKey(t, other, "2026-11-21")
	for _, now := range []string{"2026-11-21 23:00", "2026-11-22 12:00", "2026-11-23 11:00", "2026-11-23 23:59"} {
		w.turn(now)
		if gone, err := k.Tend(); err != nil || len(gone) > 0 {
			t.Fatalf("at %s: destroyed %v, %v; want nothing", now, gone, err)
		}
		dayKey(t, k, "2026-11-21")
	}
	w.turn("2026-11-24 00:00")
	if _, err := k.Day("2026-11-21"); !errors.Is(err, survey.ErrExpired) {
		t.Errorf("on the third day, before it is destroyed: got %v, want ErrExpired", err)
	}
	gone, err := k.Tend()
	if err != nil || !slices.Equal(gone, []survey.Day{"2026-11-21"}) {
		t.Fatalf("on the third day: destroyed %v, %v; want 2026-11-21", gone, err)
	}
	wantFiles(t, dir, "clock", "root-00001.key")
	// The other process finds no file any more and must still forget what it remembers.
	if gone, err := other.Tend(); err != nil || len(gone) > 0 {
		t.Errorf("the other process destroyed %v, %v; want nothing", gone, err)
	}
	w.turn("2026-11-23 12:00") // even if the clock is set back
	for name, k := range map[string]*keyring.Keyring{"this": k, "other": other} {
		if _, err := k.Day("2026-11-21"); !errors.Is(err, survey.ErrExpired) {
			t.Errorf("%s process: got %v after the key was destroyed, want ErrExpired", name, err)
		}
	}
}

func TestDestroyingLeavesNothingReadable(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k := open(t, dir, w)
	dayKey(t, k, "2026-11-21")
	path := filepath.Join(dir, "day-2026-11-21.key")
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w.turn("2026-11-24 08:00")
	if err := k.ConfirmClock(); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Tend(); err != nil {
		t.Fatal(err)
	}
	content := make([]byte, 64)
	if _, err := file.Read(content); err != nil {
		t.Fatal(err)
	}
	if string(content) != strings.Repeat("0", 64) {
		t.Error("the key was removed without being overwritten in its place")
	}
}

func TestCrashWhileDestroying(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	open(t, dir, w)
	// What a crash after the key lost its name leaves.
	for _, name := range []string{"root-00000.key.gone", "day-2026-11-18.key.gone"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("0", 64)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k := open(t, dir, w)
	if _, err := k.RootByID(0); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("half destroyed root key: got %v, want ErrNotFound", err)
	}
	if _, err := k.Tend(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, "clock", "root-00001.key")
}

func TestClockLeap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		turns    []string
		leapt    bool
		wantLeft []string
	}{
		{"an hour", []string{"2026-11-21 09:00"}, false, []string{"clock", "day-2026-11-21.key", "root-00001.key"}},
		{"a week at once", []string{"2026-11-28 08:00"}, true, []string{"clock", "day-2026-11-21.key", "root-00001.key"}},
		{"a week by the day", []string{"2026-11-22 08:00", "2026-11-23 08:00", "2026-11-24 08:00"}, false, []string{"clock", "root-00001.key"}},
		{"back two days and right again", []string{"2026-11-19 08:00", "2026-11-21 09:00"}, false, []string{"clock", "day-2026-11-21.key", "root-00001.key"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
			k := open(t, dir, w)
			dayKey(t, k, "2026-11-21")
			if _, err := k.Tend(); err != nil {
				t.Fatal(err)
			}
			var err error
			for _, turn := range test.turns {
				w.turn(turn)
				_, err = k.Tend()
			}
			if errors.Is(err, keyring.ErrClockLeapt) != test.leapt || !test.leapt && err != nil {
				t.Errorf("got %v, want a leap: %t", err, test.leapt)
			}
			wantFiles(t, dir, test.wantLeft...)
		})
	}
}

func TestBehind(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k := open(t, dir, w)
	for _, turn := range []struct {
		at   string
		want time.Duration
	}{
		{"2026-11-21 08:00", 0}, {"2026-11-21 09:00", 0}, {"2026-11-21 08:58", 2 * time.Minute}, {"2026-11-20 09:00", 24 * time.Hour},
		{"2026-11-21 09:00", 0}, {"2026-11-25 09:00", 0}, {"2026-11-21 09:01", 0}, // a leap ahead is not taken for the time
	} {
		w.turn(turn.at)
		again := open(t, dir, w) // another process, or the same after a restart
		if got, err := again.Behind(); err != nil || got != turn.want {
			t.Errorf("%s: behind by %s, %v; want %s", turn.at, got, err, turn.want)
		}
	}
	w.turn("2026-11-21 08:30")
	if err := k.ConfirmClock(); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Behind(); err != nil || got != 0 {
		t.Errorf("after the word of an operator: behind by %s, %v", got, err)
	}
}

func TestConfirmClock(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k := open(t, dir, w)
	dayKey(t, k, "2026-11-21")
	if _, err := k.Tend(); err != nil {
		t.Fatal(err)
	}
	w.turn("2026-11-28 08:00")
	for range 2 {
		if _, err := k.Tend(); !errors.Is(err, keyring.ErrClockLeapt) {
			t.Fatalf("got %v, want ErrClockLeapt until somebody confirms", err)
		}
	}
	if err := k.ConfirmClock(); err != nil {
		t.Fatal(err)
	}
	if gone, err := k.Tend(); err != nil || !slices.Equal(gone, []survey.Day{"2026-11-21"}) {
		t.Errorf("after the word of an operator: destroyed %v, %v; want 2026-11-21", gone, err)
	}
}

func TestSwitchedOffForAWeekIsNoLeap(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k := open(t, dir, w)
	dayKey(t, k, "2026-11-21")
	if _, err := k.Tend(); err != nil {
		t.Fatal(err)
	}
	w.turn("2026-11-28 08:00")
	again := open(t, dir, w)
	if gone, err := again.Tend(); err != nil || !slices.Equal(gone, []survey.Day{"2026-11-21"}) {
		t.Errorf("destroyed %v, %v; want 2026-11-21", gone, err)
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	w := &wall{time.Now()} // the age of a root key is that of its file
	k, other := open(t, dir, w), open(t, dir, w)
	_, first := k.Root()
	w.now = w.now.Add(29 * 24 * time.Hour)
	if _, err := k.Tend(); err != nil {
		t.Fatal(err)
	}
	if id, _ := k.Root(); id != 1 {
		t.Fatalf("after 29 days key %d is active, want 1", id)
	}
	w.now = w.now.Add(25 * time.Hour)
	if err := k.ConfirmClock(); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Tend(); err != nil {
		t.Fatal(err)
	}
	id, second := k.Root()
	if id != 2 || bytes.Equal(first, second) {
		t.Fatalf("after 30 days key %d is active, want a new key 2", id)
	}
	if old, err := k.RootByID(1); err != nil || !bytes.Equal(old, first) {
		t.Errorf("key 1 does not verify any more: %v", err)
	}
	if err := k.Rotate(); err != nil {
		t.Fatal(err)
	}
	// The other process has seen neither key 2 nor 3.
	_, third := k.Root()
	if got, err := other.RootByID(3); err != nil || !bytes.Equal(got, third) {
		t.Errorf("the other process does not know key 3: %v", err)
	}
	if id, _ := other.Root(); id != 3 {
		t.Errorf("the other process makes tokens with key %d, want 3", id)
	}
	roots, err := k.Roots()
	if err != nil || len(roots) != 3 || roots[0].Active || roots[1].Active || !roots[2].Active || roots[2].ID != 3 {
		t.Errorf("got roots %v, %v; want 1, 2 and the active 3", roots, err)
	}
}

func TestRetire(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k, other := open(t, dir, w), open(t, dir, w)
	if err := k.Retire(1); err == nil {
		t.Error("the key that makes the new tokens was retired")
	}
	if err := k.Rotate(); err != nil {
		t.Fatal(err)
	}
	if err := k.Retire(1); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Tend(); err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]*keyring.Keyring{"this": k, "other": other, "new": open(t, dir, w)} {
		if _, err := k.RootByID(1); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s process: retired key: got %v, want ErrNotFound", name, err)
		}
		if id, _ := k.Root(); id != 2 {
			t.Errorf("%s process: key %d is active, want 2", name, id)
		}
	}
	if err := k.Retire(9); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("retiring a key that is not there: got %v, want ErrNotFound", err)
	}
}

func TestUnknownRoot(t *testing.T) {
	t.Parallel()
	k := open(t, filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00"))
	for _, id := range []uint16{0, 2, 3, 65535} {
		if _, err := k.RootByID(id); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("root %d: got %v, want ErrNotFound", id, err)
		}
	}
}

func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("ab", 32)
	for _, content := range []string{"", "\n", key[:62], key + "ab", strings.Repeat("zz", 32), "ab"} {
		dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
		k := open(t, dir, w)
		if err := os.WriteFile(filepath.Join(dir, "day-2026-11-21.key"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Day("2026-11-21"); err == nil || errors.Is(err, survey.ErrExpired) || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("day key %q: got %v, want that it is damaged", content, err)
		}
		if err := os.WriteFile(filepath.Join(dir, "root-00001.key"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keyring.Open(dir, w.clock); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("root key %q: got %v, want that it is damaged", content, err)
		}
	}
	for _, name := range []string{"root-x.key", "root-99999.key", "root--1.key"} {
		dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
		open(t, dir, w)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(key), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keyring.Open(dir, w.clock); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("file %s: got %v, want an error that names it", name, err)
		}
	}
}

// TestDamagedDayFileStopsTend: what is not a day must never be taken for one that is over.
func TestDamagedDayFileStopsTend(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	k := open(t, dir, w)
	if err := os.WriteFile(filepath.Join(dir, "day-oops.key"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if gone, err := k.Tend(); err == nil || len(gone) > 0 || !strings.Contains(err.Error(), "day-oops.key") {
		t.Errorf("destroyed %v, %v; want an error that names the file", gone, err)
	}
}

// TestManyOpenAtOnce has goroutines race for the first root and day keys, as processes that start together do.
func TestManyOpenAtOnce(t *testing.T) {
	t.Parallel()
	dir, w := filepath.Join(t.TempDir(), "keys"), at("2026-11-21 08:00")
	const many = 16
	var roots, days [many][]byte
	var group sync.WaitGroup
	for i := range many {
		group.Go(func() {
			k, err := keyring.Open(dir, w.clock)
			if err != nil {
				t.Error(err)
				return
			}
			_, roots[i] = k.Root()
			if days[i], err = k.Day("2026-11-21"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range many {
		if !bytes.Equal(roots[i], roots[0]) || !bytes.Equal(days[i], days[0]) || len(days[i]) != 32 {
			t.Fatalf("keyring %d has other keys than the first", i)
		}
	}
	wantFiles(t, dir, "day-2026-11-21.key", "root-00001.key")
}

const helperDir = "KESAN_TEST_KEYRING_DIR"

// TestProcessesShareKeys runs this test in two more processes, which race for the same keys.
func TestProcessesShareKeys(t *testing.T) {
	if dir := os.Getenv(helperDir); dir != "" {
		k := open(t, dir, at("2026-11-21 08:00"))
		_, root := k.Root()
		fmt.Printf("KEYS %x %x\n", root, dayKey(t, k, "2026-11-21"))
		return
	}
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	var outputs [2]string
	var group sync.WaitGroup
	for i := range outputs {
		group.Go(func() {
			child := exec.Command(os.Args[0], "-test.run=^TestProcessesShareKeys$")
			child.Env = append(os.Environ(), helperDir+"="+dir)
			output, err := child.Output()
			if err != nil {
				t.Errorf("process %d: %v\n%s", i, err, output)
			}
			outputs[i], _, _ = strings.Cut(string(output), "\n")
		})
	}
	group.Wait()
	if !strings.HasPrefix(outputs[0], "KEYS ") || outputs[0] != outputs[1] {
		t.Error("two processes have different keys")
	}
}
