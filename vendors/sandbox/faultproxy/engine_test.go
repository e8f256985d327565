package faultproxy_test

import (
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/vendors"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// hit is the request that meets the fault.
const hit = 17

// TestMatrixThroughTheEngine lets a fault happen once in a run of 32 rows with 4 workers, at each vendor: every row must come to what the vendor's
// rule on repeats demands, and nobody may be registered twice. With the race detector a quarter of the runs are made.
//
// Where the vendor's word on repeats is not known (Distinct without a phone) each fault is tried at each position; elsewhere each fault once,
// of the wire where the vendor has acted already. Of the faults of a row of the table about answers, all of which the engine sees as one code,
// two are tried in each story, and each of the others in one story of all in turn.
func TestMatrixThroughTheEngine(t *testing.T) {
	quietLog(t)
	for n, s := range stories() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			tried := 0
			for i, cell := range s.cells(n) {
				if raceDetector && i%4 != n%4 {
					continue // the rest adds no other interleaving
				}
				tried++
				t.Run(name(cell.Injection), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { s.tell(t, cell) })
				})
			}
			t.Logf("%d faults", tried)
		})
	}
}

// cells are those that the n-th story tries: no handshakes; no shut windows, which need one request at a time; no answers that nobody asked for
// between requests, see TestStrayAnswer; and nothing that depends on a connection being reused, which four workers on four connections are.
func (s story) cells(n int) []faultproxy.Cell {
	var cells []faultproxy.Cell
	done := map[faultproxy.Fault]bool{}
	alike := map[string]int{}
	for _, c := range plainCells() {
		injection := c.Injection
		if injection.Fault == faultproxy.Stray || injection.At == faultproxy.RequestStart || injection.On == faultproxy.Reused {
			continue
		}
		if s.repeat != vendors.RepeatUnknown && (done[injection.Fault] || injection.At.OfRequest() || injection.At == faultproxy.BeforeVendor && injection.Fault != faultproxy.Silence) {
			continue
		}
		if !s.phone && injection.Fault == faultproxy.SentTwice {
			continue // the vendor does what it is asked twice: nobody on this side can help it
		}
		if injection.At == faultproxy.InsteadOfAnswer {
			key := c.Class.String() + c.Code
			alike[key]++
			if k := alike[key]; k > 2 && k%len(stories()) != n {
				continue
			}
		}
		done[injection.Fault] = true
		cells = append(cells, c)
	}
	return cells
}

func (s story) tell(t *testing.T, cell faultproxy.Cell) {
	o := faultproxy.Options{}
	at, dial := hit, 2
	if s.question {
		at, dial = 1, 1
	}
	if cell.Injection.At == faultproxy.Dialing {
		o.Dial = func(n int) faultproxy.Fault {
			if n == dial {
				return cell.Injection.Fault
			}
			return ""
		}
	} else {
		o.Inject = func(n int) faultproxy.Injection {
			if n == at {
				return cell.Injection
			}
			return faultproxy.Injection{}
		}
	}
	b := s.bench(t, o)
	defer b.close()
	store := memory.New()
	start := time.Now()
	out := s.run(t, b, store, false)
	found := journaled(t, store)
	settled(t, b, found)
	s.ended(t, cell, out, found)
	if c := b.proxy.Counts(); c.OtherHosts > 0 {
		t.Errorf("%d dials to another host", c.OtherHosts)
	}
	if took := time.Since(start); took < min(cell.Wait, time.Hour)-time.Second && out.Reason == pipeline.Finished {
		t.Errorf("took %s, and the vendor asked to wait %s", took, cell.Wait)
	}
}

// bench sets up four workers and a vendor that takes 20 ms an answer.
func (s story) bench(t *testing.T, o faultproxy.Options) *bench {
	return newBenchAt(t, s.way, sandbox.BaseURL(s.vendor), sandbox.Options{Latency: 20 * time.Millisecond}, o, vendors.TransportOptions{Workers: workers})
}

// ended holds a run as a whole against what the cell demands.
func (s story) ended(t *testing.T, cell faultproxy.Cell, out pipeline.Outcome, found map[int64]journal.RowState) {
	t.Helper()
	class, _ := cell.For(s.vendor)
	want, open := pipeline.Finished, 0
	switch {
	case class == vendors.Fatal || s.question && (cell.Injection.Fault == faultproxy.Around(401) || cell.Injection.Fault == faultproxy.Around(403)): // a list of sponsors confirms no registration
		want, open = pipeline.FatalAnswer, 1
	case class == vendors.Throttled && cell.Wait > time.Hour:
		want, open = pipeline.VendorFailing, 1
	}
	if out.Reason != want {
		t.Errorf("ended %v (%s), want %v", out.Reason, out.Detail, want)
	}
	var odd []journal.RowState
	done, unsettled := int64(0), 0
	for row := int64(1); row <= rows; row++ {
		state, ok := found[row]
		switch {
		case ok && state.Kind == journal.Settle:
			done++
			if state.Status != journal.Created || state.Code != "created" || state.Attempt != 1 {
				odd = append(odd, state)
			}
		case ok:
			unsettled++
		}
	}
	if done != out.Counts.Sum() || want == pipeline.Finished && done != rows {
		t.Errorf("%d rows are settled, the run says %d, and there are %d", done, out.Counts.Sum(), rows)
	}
	if s.question {
		if len(odd) > 0 && !cell.Injection.SpillsOver() || unsettled > 0 || want != pipeline.Finished && done > 0 {
			t.Errorf("only a question failed: %+v", odd)
		}
		return
	}
	if unsettled != open {
		t.Errorf("%d rows were sent and are open, want %d", unsettled, open)
	}
	if want != pipeline.Finished {
		if done > hit-1+workers || len(odd) > 0 {
			t.Errorf("%d rows were sent after the answer that stopped the run; %+v", done-hit+1, odd)
		}
		return
	}
	s.judge(t, cell, odd)
}

// judge holds the rows that are not simply created at the first attempt against the fate that the cell demands.
func (s story) judge(t *testing.T, cell faultproxy.Cell, odd []journal.RowState) {
	t.Helper()
	class, code := cell.For(s.vendor)
	if cell.Injection.SpillsOver() {
		if len(odd) > 2 {
			t.Errorf("%d rows were hit", len(odd))
		}
		for _, state := range odd {
			if !s.repeated(state, true) && !s.repeated(state, false) && state.Attempt != 2 {
				t.Errorf("%s (%s), attempt %d", state.Status, state.Code, state.Attempt)
			}
		}
		return
	}
	if class == vendors.Accepted && code == "created" {
		if len(odd) > 0 {
			t.Errorf("the fault changes nothing, and there is %+v", odd)
		}
		return
	}
	if len(odd) != 1 {
		t.Fatalf("%d rows were hit: %+v", len(odd), odd)
	}
	state := odd[0]
	right := false
	switch class {
	case vendors.Accepted:
		right = state.Status == journal.Created && state.Code == code && state.Attempt == 1
	case vendors.Exists:
		right = state.Status == journal.Exists && state.Code == code && state.Attempt == 1
	case vendors.NotSent, vendors.Throttled:
		right = state.Status == journal.Created && state.Code == "created" && state.Attempt == 2
	case vendors.Unknown:
		right = s.repeated(state, cell.Injection.VendorActed()) && (state.Status != journal.InDoubt || state.Code == code)
	}
	if !right {
		t.Errorf("%s/%s came to %s (%s) with attempt %d: %s", class, code, state.Status, state.Code, state.Attempt, state.Message)
	}
}
