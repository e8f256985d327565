package faultproxy_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

const rows, workers = 50, 4

// list is an input of people nobody has seen.
type list struct {
	next  int64
	phone bool
}

var columns = []string{"email", "first_name", "last_name", "password", "terms_accepted", "newsletter", "birth_date", "language", "phone"}

func (l *list) Next() (source.Row, error) {
	if l.next == rows {
		return source.Row{}, io.EOF
	}
	l.next++
	phone := ""
	if l.phone {
		phone = fmt.Sprintf("+35386%07d", 1000000+l.next)
	}
	return source.Row{Number: l.next, Line: l.next + 1, Cells: []string{
		address(l.next), "Ada", "Byrne", "Str0ng!pass", "true", "false", "1990-05-15", "en", phone,
	}}, nil
}

func address(row int64) string { return fmt.Sprintf("p%d@mail.example", row) }

// TestMatrixThroughTheEngine lets a fault happen once in a run of 50 rows, at the 17th request, with 4 workers: each fault at each position
// where the vendor takes a repeat, else each fault once.
func TestMatrixThroughTheEngine(t *testing.T) {
	quietLog(t)
	for _, run := range []struct {
		name, vendor string
		phone        bool
		repeat       vendors.Repeat
	}{
		{"distinct with a phone", "distinct", true, vendors.RepeatRefused},
		{"distinct without a phone", "distinct", false, vendors.RepeatUnknown},
		{"pelcro", "pelcro", true, vendors.RepeatRefused},
	} {
		t.Run(run.name, func(t *testing.T) {
			tried := 0
			done := map[faultproxy.Fault]bool{}
			for _, cell := range faultproxy.Cells() {
				if !throughEngine(cell.Shot) || run.repeat != vendors.RepeatUnknown && done[cell.Shot.Fault] {
					continue
				}
				if cell.Shot.At.OfRequest() && run.repeat != vendors.RepeatUnknown {
					continue // the faults of the wire come where the vendor has acted already
				}
				done[cell.Shot.Fault] = true
				if tried++; raceDetector && tried%4 != 0 {
					continue // a quarter of them: the rest adds no other interleaving
				}
				t.Run(name(cell.Shot), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { whole(t, cell, run.vendor, run.phone, run.repeat) })
				})
			}
			t.Logf("%d faults", tried)
		})
	}
}

// throughEngine reports whether a cell is tried with the engine: all but handshakes; shut windows, which need one request at a time; and
// answers that nobody asked for, see TestStrayAnswer.
func throughEngine(s faultproxy.Shot) bool {
	return s.Fault != faultproxy.Stray && s.At != faultproxy.Handshake && s.At != faultproxy.RequestStart && (s.On != faultproxy.Reused)
}

func whole(t *testing.T, cell faultproxy.Cell, vendor string, phone bool, repeat vendors.Repeat) {
	o := faultproxy.Options{}
	if cell.Shot.At == faultproxy.Dialing {
		o.Dial = func(n int) faultproxy.Fault {
			if n == 2 {
				return cell.Shot.Fault
			}
			return ""
		}
	} else {
		o.Shoot = func(n int) faultproxy.Shot {
			if n == 17 {
				return cell.Shot
			}
			return faultproxy.Shot{}
		}
	}
	weather := sandbox.Options{Latency: 20 * time.Millisecond}
	b := newBenchIn(t, weather, vendor, sandbox.BaseURL(vendor), o, vendors.TransportOptions{Workers: workers})
	defer b.close()
	store := journal.NewMemory()
	out := run(t, b, store, phone)
	counts, found := statuses(t, store)
	var sum int64
	for _, n := range counts {
		sum += n
	}
	if sum != out.Counts.Sum() || cell.Class != vendors.Fatal && sum != rows {
		t.Errorf("the journal has %d rows and the run %d, of %d", sum, out.Counts.Sum(), rows)
	}
	settled(t, b, found)
	if c := b.proxy.Counts(); c.Strangers > 0 {
		t.Errorf("%d dials to another host", c.Strangers)
	}
	if begun := b.proxy.Counts().Begun; cell.Class == vendors.Fatal && begun > 17+workers {
		t.Errorf("%d requests after the one that was refused", begun-17)
	}
	want(t, cell, out, counts, repeat)
}

// TestBursts lets twelve requests in a row meet the same status.
func TestBursts(t *testing.T) {
	quietLog(t)
	for _, code := range []int{408, 425, 429, 500, 502, 503, 504} {
		for _, phone := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d, phone %t", code, phone), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { burst(t, faultproxy.Status(code), phone) })
			})
		}
	}
}

func burst(t *testing.T, f faultproxy.Fault, phone bool) {
	b := newBench(t, "distinct", sandbox.BaseURL("distinct"), faultproxy.Options{Shoot: func(n int) faultproxy.Shot {
		if n >= 10 && n < 22 {
			return faultproxy.Shot{Fault: f, At: faultproxy.Instead}
		}
		return faultproxy.Shot{}
	}}, vendors.TransportOptions{Workers: workers})
	defer b.close()
	store := journal.NewMemory()
	out := run(t, b, store, phone)
	counts, found := statuses(t, store)
	settled(t, b, found)
	doubt := int64(0)
	if !phone && f != faultproxy.Status(429) {
		doubt = 12
	}
	if out.Reason != pipeline.Finished || out.Counts.Sum() != rows || counts[journal.InDoubt] != doubt || counts[journal.Created]+counts[journal.Exists] != rows-doubt {
		t.Errorf("ended %v with %v, want %d in doubt", out.Reason, counts, doubt)
	}
}

func run(t *testing.T, b *bench, store journal.Store, phone bool) pipeline.Outcome {
	t.Helper()
	mapper, err := mapping.Compile(mapping.Spec{}, columns, mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := store.Begin(t.Context(), journal.Run{Name: "faults", Vendor: b.vendor, Account: b.account.ID(), Started: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	e, err := pipeline.New(pipeline.Plan{
		Rows: &list{phone: phone}, Mapper: mapper, Account: b.account, Transport: b.client, Store: store, Run: r,
		Key: journal.NewKey([]byte("a key for tests, not for anything")), Seen: journal.NewSeenMap(),
		Rand: rand.New(rand.NewPCG(7, 7)), Now: time.Now, Options: pipeline.Options{Workers: workers, Timeout: deadline},
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := e.Run(t.Context())
	if err != nil || out.Panics > 0 {
		t.Fatalf("run: %v, %d panics", err, out.Panics)
	}
	return out
}

// statuses is what the journal says: counts, and the status of every settled row.
func statuses(t *testing.T, store journal.Store) (counts map[journal.Status]int64, found map[int64]journal.RowState) {
	t.Helper()
	counts, found = map[journal.Status]int64{}, map[int64]journal.RowState{}
	for s, err := range store.Rows(context.Background(), 1, 1) {
		if err != nil {
			t.Fatal(err)
		}
		if s.Kind == journal.Settle {
			counts[s.Status]++
			found[s.Row] = s
		}
	}
	return counts, found
}

// settled holds the rows against the vendor's register.
func settled(t *testing.T, b *bench, found map[int64]journal.RowState) {
	t.Helper()
	snap := b.sandbox.Register(b.vendor).Snapshot()
	if len(snap.CreatedTwice) > 0 {
		t.Errorf("registered twice: %v", snap.CreatedTwice)
	}
	there := map[string]bool{}
	for _, e := range snap.Entries {
		there[e.Identity] = true
	}
	for row := int64(1); row <= rows; row++ {
		s, ok := found[row]
		is := there[address(row)]
		switch {
		case ok && (s.Status == journal.Created || s.Status == journal.Exists) && !is:
			t.Errorf("row %d is said to be %s and never was", row, s.Status)
		case is && (!ok || s.Status != journal.Created && s.Status != journal.Exists && s.Status != journal.InDoubt):
			t.Errorf("row %d was registered and is said to be %s (%s)", row, s.Status, s.Code)
		}
	}
}

// want is what the run as a whole must come to.
func want(t *testing.T, cell faultproxy.Cell, out pipeline.Outcome, counts map[journal.Status]int64, repeat vendors.Repeat) {
	t.Helper()
	if cell.Class == vendors.Fatal {
		if out.Reason != pipeline.FatalAnswer || counts[journal.InDoubt] > 0 || counts[journal.Created] > 16+workers {
			t.Errorf("ended %v with %v", out.Reason, counts)
		}
		return
	}
	if out.Reason != pipeline.Finished {
		t.Errorf("ended %v (%s)", out.Reason, out.Detail)
	}
	doubt := counts[journal.InDoubt]
	switch {
	case repeat != vendors.RepeatUnknown && doubt > 0:
		t.Errorf("%d rows in doubt, though the vendor refuses a repeat", doubt)
	case repeat == vendors.RepeatUnknown && cell.Class == vendors.Unknown && doubt == 0:
		t.Error("the row that was hit is not in doubt")
	case doubt > 2: // the one that was hit, and one that met what was left on its connection
		t.Errorf("%d rows in doubt", doubt)
	}
	if good := counts[journal.Created] + counts[journal.Exists] + doubt; good != rows {
		t.Errorf("%v", counts)
	}
}
