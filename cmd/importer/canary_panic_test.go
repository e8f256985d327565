package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"importer/vendors/all"
)

// grenade is a clock that panics, once at each of its places in the program, with all canaries in what it throws.
type grenade struct {
	places []string // endings of functions' names
	value  func(n int) any

	mu     sync.Mutex
	thrown []string
}

func (g *grenade) now() time.Time {
	if n, ok := g.pull(); ok {
		panic(g.value(n))
	}
	return time.Now()
}

// pull reports whether the caller stands at a place that has not been met.
func (g *grenade) pull() (n int, ok bool) {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	g.mu.Lock()
	defer g.mu.Unlock()
	for {
		frame, more := frames.Next()
		for _, place := range g.places {
			if strings.HasSuffix(frame.Function, place) && !slices.Contains(g.thrown, place) {
				g.thrown = append(g.thrown, place)
				return len(g.thrown), true
			}
		}
		if !more {
			return 0, false
		}
	}
}

// loud is a value that tells everything when it is printed in any way.
type loud struct{ Text string }

func (l loud) String() string   { return l.Text }
func (l loud) GoString() string { return l.Text }

// thrown is what panics: a text, an error, or a value that prints itself.
func (a *aviary) thrown(n int) any {
	var all []string
	for _, key := range a.keys {
		all = append(all, key)
	}
	for _, person := range a.people {
		all = append(all, person[0], person[1])
	}
	text := strings.Join(all, " ")
	switch n % 3 {
	case 0:
		return text
	case 1:
		return loud{text}
	}
	return fmt.Errorf("a fault: %w", errors.New(text))
}

// TestCanariesInAPanic lets workers panic before a request, on reading its answer and while it is written down, with every canary in what they throw: the
// rows that were sent are in doubt, the run lives on and ends with exit 5, and crash.txt says where it was, and nothing else.
func TestCanariesInAPanic(t *testing.T) {
	t.Parallel()
	for _, v := range all.Vendors() {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			a := newAviary(t, v)
			a.n = 1000 // no other fault than this
			list, err := os.ReadFile(filepath.Join(a.dir, "list\x1b[31m.csv"))
			if err != nil {
				t.Fatal(err)
			}
			g := &grenade{places: []string{"pipeline.(*Engine).intend", "vendors.(*Account).Classify", "pipeline.(*Engine).conclude"}, value: a.thrown}
			exit, said := a.callAt(g.now, string(list), "run", "--verbose", "--log-format", "json", "--json", "--progress", "plain", "--rate", "none", "--workers", "2",
				"--in-doubt", "hold", "-", "--job", "job.yaml", "--base-url", a.server.URL+"/"+a.vendor.Name)
			if exit != 5 || len(g.thrown) != 3 {
				t.Fatalf("exit %d after panics in %v: %s%s", exit, g.thrown, said, a.said)
			}
			if doubts := a.doubted(); len(doubts) != 2 {
				t.Errorf("rows %v are in doubt, want two", doubts)
			}
			crash, err := os.ReadFile(filepath.Join(a.dir, a.only("crash.txt")))
			if err != nil || !strings.Contains(string(crash), "goroutine ") || !strings.Contains(string(crash), "way.go:") || !strings.HasPrefix(string(crash), "row ") {
				t.Errorf("crash.txt: %v\n%s", err, crash)
			}
			a.search("after panics")
			a.permissions()
			a.everywhere("crash.txt", "stdin", "journal.db", "results.csv", "failed.csv", "summary.json", "report.html")
			a.caught()
		})
	}
}

// TestCanariesInTheLastPanic: where no row is to blame for a panic the program ends by itself, and says where it was and not what was thrown.
func TestCanariesInTheLastPanic(t *testing.T) {
	t.Parallel()
	v, _ := all.Find("epixel")
	for place, word := range map[string]string{"runs.(*call).fit": ".go:", "runs.(*execution).finish": ".go:", "pipeline.placeAll": "placing"} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			kinds := 1
			if strings.HasSuffix(place, "fit") {
				kinds = 3
			}
			for n := range kinds {
				a := newAviary(t, v)
				a.n = 1000
				g := &grenade{places: []string{place}, value: func(int) any { return a.thrown(n) }}
				exit, _ := a.callAt(g.now, "", "run", "--rate", "none", "list\x1b[31m.csv", "--job", "job.yaml", "--base-url", a.server.URL+"/"+v.Name)
				if exit != 5 || len(g.thrown) != 1 || !strings.Contains(a.said, "internal error") || !strings.Contains(a.said, word) {
					t.Errorf("exit %d: %s", exit, a.said)
				}
				a.search("after the panic")
				if _, err := os.Stat(filepath.Join(a.dir, "reports")); err == nil {
					a.permissions()
				}
				a.caught()
			}
		})
	}
}
