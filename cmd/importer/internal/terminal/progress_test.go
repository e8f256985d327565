package terminal

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"go.uber.org/goleak"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline"
	"importer/pipeline/journal"
)

// fakeImport settles rows of ten bytes at a pace, the tenth of them rejected, and may be held.
type fakeImport struct {
	began time.Time
	pace  float64
	rows  int64
	held  atomic.Pointer[pipeline.Progress]
}

func (f *fakeImport) snapshot() runs.Snapshot {
	n := min(int64(time.Since(f.began).Seconds()*f.pace), f.rows)
	s := runs.Snapshot{Now: time.Now(), Bytes: n * 10, Size: f.rows * 10, Rate: f.pace, LeftKnown: n > 0,
		Left: time.Duration(float64(f.rows-n) / f.pace * float64(time.Second))}
	s.Counts[journal.Rejected] = n / 10
	s.Counts[journal.Created] = n - n/10
	if held := f.held.Load(); held != nil {
		s.HeldTill, s.Held, s.Draining, s.InFlight = held.HeldTill, held.Held, held.Draining, held.InFlight
	}
	return s
}

// watched shows a fake import of 1,000 rows at 20 a second.
func watched(t *testing.T, p progress) (*fakeImport, func()) {
	t.Helper()
	f := &fakeImport{began: time.Now(), pace: 20, rows: 1000}
	return f, watch(f.snapshot, p)
}

func TestBarOnATerminal(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		term := &fakeTerminal{}
		s := &screen{out: term}
		run, stop := watched(t, newBar(s, func() (int, bool) { return 80, true }))
		time.Sleep(10*time.Second + time.Millisecond)
		synctest.Wait()
		_, bottom, _ := term.seen()
		if want := "  20% [==>             ]  200 rows, 20/s, 40 s left; 180 created, 20 rejected "; bottom != want {
			t.Errorf("after 10 s\n got %q\nwant %q", bottom, want)
		}

		fmt.Fprintln(s, "a notice")
		lines, bottom, _ := term.seen()
		if !slices.Equal(lines, []string{"a notice"}) || bottom != "" {
			t.Errorf("a notice stands above the bar, which is drawn again with the next picture: %q %q", lines, bottom)
		}

		till := time.Date(2000, 1, 1, 0, 1, 0, 0, time.UTC)
		run.held.Store(&pipeline.Progress{HeldTill: till, Held: "vendor asks to wait (429)"})
		time.Sleep(progressEvery)
		synctest.Wait()
		if _, bottom, _ = term.seen(); !strings.Contains(bottom, "waiting until "+till.Local().Format(time.TimeOnly)+": vendor asks") {
			t.Errorf("held: %q", bottom)
		}
		run.held.Store(&pipeline.Progress{Draining: true, InFlight: 3})
		time.Sleep(progressEvery)
		synctest.Wait()
		if _, bottom, _ = term.seen(); !strings.Contains(bottom, "finishing 3 requests in flight") {
			t.Errorf("draining: %q", bottom)
		}
		stop()
		lines, bottom, drawn := term.seen()
		if len(lines) != 1 || bottom != "" {
			t.Errorf("the bar is gone at the end: %q %q", lines, bottom)
		}
		for _, line := range drawn {
			if utf8.RuneCountInString(line) > 79 {
				t.Errorf("wider than the terminal: %q", line)
			}
		}
		if len(drawn) < 50 {
			t.Errorf("drawn %d times in ten seconds", len(drawn))
		}
	})
}

func TestBarFitsANarrowTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := &fakeTerminal{}
		_, stop := watched(t, newBar(&screen{out: term}, func() (int, bool) { return 40, true }))
		time.Sleep(20 * time.Second)
		stop()
		_, _, drawn := term.seen()
		for _, line := range drawn {
			if utf8.RuneCountInString(line) > 39 {
				t.Fatalf("wider than the terminal: %q", line)
			}
		}
	})
}

// TestPlainLines: on change, at most every ten seconds, and at the end.
func TestPlainLines(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		term := &fakeTerminal{}
		_, stop := watched(t, &plain{notices: &notices{screen: &screen{out: term}, now: time.Now}})
		time.Sleep(60*time.Second + time.Millisecond)
		synctest.Wait()
		stop()
		lines, _, _ := term.seen()
		if len(lines) < 5 || len(lines) > 7 {
			t.Errorf("%d lines in a minute: %q", len(lines), lines)
		}
		if last := lines[len(lines)-1]; last != "1,000 rows; 900 created, 100 rejected" {
			t.Errorf("the last line is %q", last)
		}
	})
}

func TestChoiceOfProgress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		terminal bool
		env      map[string]string
		display  runs.Display
		want     string
	}{
		{"a terminal", true, nil, runs.Display{Progress: "auto"}, "*terminal.bar"},
		{"no terminal", false, nil, runs.Display{Progress: "auto"}, "*terminal.plain"},
		{"a dumb terminal", true, map[string]string{"TERM": "dumb"}, runs.Display{Progress: "auto"}, "*terminal.plain"},
		{"log records", true, nil, runs.Display{Progress: "auto", LogFormat: "json"}, "*terminal.plain"},
		{"quiet", true, nil, runs.Display{Progress: "bar", Quiet: true}, "terminal.noProgress"},
		{"none", true, nil, runs.Display{Progress: "none"}, "terminal.noProgress"},
		{"a bar, whatever it is", false, nil, runs.Display{Progress: "bar"}, "*terminal.bar"},
		{"no colour is no reason", true, map[string]string{"NO_COLOR": "1"}, runs.Display{Progress: "auto"}, "*terminal.bar"},
	} {
		term := New(Config{ErrWidth: func() (int, bool) { return 80, c.terminal }, Name: c.env["TERM"], Now: time.Now})
		term.show(c.display)
		if got := fmt.Sprintf("%T", term.newProgress()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLengthText(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "1 s", 1400 * time.Millisecond: "1 s", 89 * time.Second: "89 s", 4*time.Minute + 40*time.Second: "5 min", 2*time.Hour + 5*time.Minute: "2 h 5 min",
		80 * time.Hour: "3 days",
	} {
		if got := lengthText(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
