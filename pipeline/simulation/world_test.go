package simulation_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/journal/sqlite"
	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// world is what outlives a process: the vendor, the network, the journal's file. It must be made, used and closed in one synctest bubble.
type world struct {
	t       *testing.T
	sc      *scenario
	vendor  *vendors.Vendor
	standin sandbox.Standin
	box     *sandbox.Sandbox
	network *sandbox.Network
	memory  *memory.Store // nil where the journal is a file
	path    string
	blow    *blow // what befalls the present life; mostly nil
	key     *journal.Key
	book    *book   // the present run
	books   []*book // all runs, in the order of their beginning

	mu        sync.Mutex
	lives     int
	back      time.Duration // how far the clock was set back so far
	thoughts  uint64
	requests  []request
	opened    int             // rows that deaths left open
	disturbed int             // exchanges that something happened to: each may leave one row in doubt
	risked    map[string]bool // people whom a person's word let go again although the vendor takes repeats
}

// request is one that the vendor took up.
type request struct {
	life  int
	at    time.Time
	fault sandbox.FaultKind
}

var (
	mapper   = sync.OnceValues(func() (*mapping.Mapper, error) { return mapping.Compile(mapping.Spec{}, header, mapping.Options{}) })
	choosing = sync.OnceValues(func() (*mapping.Mapper, error) {
		return mapping.Compile(mapping.Spec{Where: `row["language"] != "de"`}, header, mapping.Options{})
	})
)

func newWorld(t *testing.T, sc *scenario, folder string) *world {
	w := &world{t: t, sc: sc, key: journal.NewKey([]byte("a key for tests, not for anything")), risked: map[string]bool{}}
	w.book = newBook(sc.chapter, "run 1")
	w.books = []*book{w.book}
	if sc.sqlite {
		w.path = filepath.Join(folder, "journal.db")
	} else {
		w.memory = memory.New()
	}
	var err error
	w.vendor, _ = all.Find(sc.vendor)
	w.standin, _ = all.Standin(sc.vendor)
	slow := w.standin
	slow.Answer = func(c *sandbox.Call) sandbox.Answer {
		w.think()
		return w.standin.Answer(c)
	}
	w.box, err = sandbox.New([]sandbox.Standin{slow}, sandbox.Options{
		Latency: sc.latency, Jitter: sc.jitter, Rates: sc.rates, RetryAfter: sc.form, Seed: sc.seed, Fault: w.fault, Shape: sc.shape,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.network = w.box.Network()
	return w
}

// turn begins the next run of the story, and reports whether there is one.
func (w *world) turn() bool {
	n := len(w.books)
	if n > len(w.sc.more) {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.book = newBook(w.sc.more[n-1], fmt.Sprintf("run %d", n+1))
	w.books = append(w.books, w.book)
	return true
}

// turnBack takes up a run that was left, and reports whether there is one.
func (w *world) turnBack() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, b := range w.books {
		if b.left {
			b.left, b.lives = false, nil
			w.book = b
			return true
		}
	}
	return false
}

// others are all runs but the present one.
func (w *world) others() (others []*book) {
	for _, b := range w.books {
		if b != w.book {
			others = append(others, b)
		}
	}
	return others
}

// close ends the vendor's side and waits until the last request has had its effect.
func (w *world) close() {
	w.network.Close()
	w.box.Close()
}

// think has the vendor dwell on a request before it registers anybody: the client may have given up by then.
func (w *world) think() {
	w.mu.Lock()
	w.thoughts++
	n := w.thoughts
	w.mu.Unlock()
	if n < 100 && w.sc.share(n, 3) < w.sc.slowMind {
		w.disturb(1)
		time.Sleep(time.Duration(w.sc.share(n, 4) * float64(40*time.Second)))
	}
}

func (w *world) disturb(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.disturbed += n
}

func (w *world) fault(n int, _ *http.Request) sandbox.Fault {
	f := w.sc.faultOf(n)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, request{w.lives, time.Now(), f.Kind})
	switch f.Kind {
	case sandbox.NoFault, sandbox.Auth, sandbox.Forbid, sandbox.Closed, sandbox.Limit:
	default:
		w.disturbed++
	}
	return f
}

func (sc *scenario) faultOf(n int) sandbox.Fault {
	if n > sc.weather {
		return sandbox.Fault{}
	}
	for i, f := range sc.faults {
		if f.First <= n && n <= f.Last || f.Last == 0 && sc.share(uint64(n), uint64(i), 5) < f.Share {
			return f.Fault
		}
	}
	return sandbox.Fault{}
}

// journal opens the journal as a new process would.
func (w *world) journal() (journal.Store, func()) {
	if w.memory != nil {
		return w.memory, func() {}
	}
	s, err := sqlite.Open(w.path, sqlite.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	return s, func() { s.Close() }
}

const clock = "15:04:05.000000"
