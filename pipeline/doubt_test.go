package pipeline_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// alone makes a run of one worker with a policy for doubts.
func alone(policy pipeline.DoubtPolicy) func(*pipeline.Plan) {
	return func(p *pipeline.Plan) { p.Workers, p.InDoubt, p.Resume = 1, policy, true }
}

// befalls gives the n-th request its simulated fault.
func befalls(at map[int]sandbox.Fault) func(int, *http.Request) sandbox.Fault {
	return func(n int, _ *http.Request) sandbox.Fault { return at[n] }
}

// until moves the run until stop is true of a row's state, and leaves it there: the row waits to be sent again.
func (w *world) until(row int64, stop func(journal.RowState) bool, change ...func(*pipeline.Plan)) {
	w.t.Helper()
	e := w.engine(change...)
	ctx, leave := context.WithCancel(w.t.Context())
	defer leave()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil && !stop(w.states()[row]) {
			time.Sleep(time.Millisecond)
		}
		e.Drain()
	}()
	if _, err := e.Run(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	leave()
	<-done
}

func (w *world) say(row int64, s journal.Status) {
	w.t.Helper()
	err := w.store.Append(w.t.Context(), w.run.ID, []journal.Record{{Kind: journal.Ruling, Row: row, Attempt: w.states()[row].Attempt, At: time.Now(), Status: s}})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) requests() int {
	stats, _ := w.sandbox.Stats(w.vendor.Name)
	return stats.Requests
}

// A row in doubt that was repeated and certainly not sent the second time is still in doubt: who says "never repeat" from then on is obeyed.
func TestHoldFindsDoubtsOfEarlierAttempts(t *testing.T) {
	t.Parallel()
	lost, limit := sandbox.Fault{Kind: sandbox.ResetAfter}, sandbox.Fault{Kind: sandbox.Limit, Time: time.Minute}
	for name, c := range map[string]struct {
		stop   func(journal.RowState) bool
		second sandbox.Fault
	}{
		"loose":                         {func(s journal.RowState) bool { return s.Kind == journal.Uncertain && s.Attempt == 1 }, sandbox.Fault{}},
		"loose again":                   {func(s journal.RowState) bool { return s.Kind == journal.Uncertain && s.Attempt == 2 }, lost},
		"certainly not the second time": {func(s journal.RowState) bool { return s.Kind != journal.Intent && s.Attempt == 2 }, limit},
	} {
		for _, policy := range []pipeline.DoubtPolicy{pipeline.DoubtByVendor, pipeline.DoubtRetry} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, "pelcro", people(3), sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: lost, 2: c.second})})
					w.rows = w.rows[:1]
					w.until(1, c.stop, alone(policy))
					sent := w.requests()
					w.rows = people(3)
					w.finish(alone(pipeline.DoubtHold))
					w.want(counts(journal.InDoubt, 1, journal.Created, 2))
					if s := w.states()[1]; s.Status != journal.InDoubt {
						t.Errorf("row 1 is %s %s", s.Status, s.Code)
					}
					if n := w.requests() - sent; n != 2 {
						t.Errorf("%d requests for two rows", n)
					}
					w.finish(alone(pipeline.DoubtByVendor)) // and back: this vendor refuses repeats
					w.want(counts(journal.Exists, 1, journal.Created, 2))
					w.wantTrue()
				})
			})
		}
	}
}

// The process dies between the intent of a repeat and its answer.
func TestHoldFindsOpenRepeats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "pelcro", people(1), sandbox.Options{})
		at := journal.Record{Kind: journal.Intent, Row: 1, Attempt: 1, At: time.Now(), Line: 2}
		var recs []journal.Record
		for _, kind := range []journal.Kind{journal.Intent, journal.Uncertain, journal.Intent} {
			at.Kind = kind
			if kind == journal.Intent && len(recs) > 0 {
				at.Attempt = 2
			}
			recs = append(recs, at)
		}
		if err := w.store.Append(t.Context(), w.run.ID, recs); err != nil {
			t.Fatal(err)
		}
		w.finish(alone(pipeline.DoubtHold))
		w.want(counts(journal.InDoubt, 1))
		if n := w.requests(); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

// Who says once that doubts are to be sent again has not said it for ever.
func TestRetryIsForOneLife(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(1)
		rows[0][8] = "" // Distinct would register them a second time
		w := newWorld(t, "distinct", rows, sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: {Kind: sandbox.ResetBefore}, 2: {Kind: sandbox.ResetAfter}})})
		w.until(1, func(s journal.RowState) bool { return s.Kind == journal.Uncertain && s.Attempt == 2 }, alone(pipeline.DoubtRetry))
		w.finish(alone(pipeline.DoubtByVendor))
		w.want(counts(journal.InDoubt, 1))
		if n := w.requests(); n != 2 {
			t.Errorf("%d requests", n)
		}
		w.wantTrue()
	})
}

// A person who says "not created" has looked: however many attempts were in doubt, the row goes again, and is nobody's doubt until it is lost again.
func TestPersonsWordEndsAllDoubts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lost, limit := sandbox.Fault{Kind: sandbox.ResetBefore}, sandbox.Fault{Kind: sandbox.Limit, Time: time.Minute}
		w := newWorld(t, "pelcro", people(1), sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: lost, 2: lost, 3: limit})})
		w.until(1, func(s journal.RowState) bool { return s.Kind == journal.Uncertain && s.Attempt == 2 }, alone(pipeline.DoubtByVendor))
		w.say(1, journal.Unsent)
		w.until(1, func(s journal.RowState) bool { return s.Kind != journal.Intent && s.Attempt == 3 }, alone(pipeline.DoubtHold))
		w.want(counts(journal.Unsent, 1))
		w.finish(alone(pipeline.DoubtHold))
		w.want(counts(journal.Created, 1))
		w.wantTrue()
	})
}

// What can't be sent any more, since its mapping fails now or the job leaves it out, is never reported as invalid or skipped after a doubt.
func TestDoubtThatCannotBeSentAgain(t *testing.T) {
	t.Parallel()
	broken := func(w *world) { w.rows[0] = slices.Clone(w.rows[0]); w.rows[0][0] = "nobody" }
	left := func(w *world) {
		var err error
		if w.mapper, err = mapping.Compile(mapping.Spec{Where: `row["email"] == ""`}, header, mapping.Options{}); err != nil {
			w.t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		first  sandbox.FaultKind
		change func(*world)
		policy pipeline.DoubtPolicy
		want   journal.Status
	}{
		"doubt, invalid now":    {sandbox.ResetAfter, broken, pipeline.DoubtByVendor, journal.InDoubt},
		"doubt, left out now":   {sandbox.ResetAfter, left, pipeline.DoubtRetry, journal.InDoubt},
		"not sent, invalid now": {sandbox.Limit, broken, pipeline.DoubtByVendor, journal.Invalid},
		"not sent, left out":    {sandbox.Limit, left, pipeline.DoubtByVendor, journal.Skipped},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "pelcro", people(1), sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: {Kind: c.first, Time: time.Minute}})})
				w.until(1, func(s journal.RowState) bool { return s.Kind > journal.Intent }, alone(c.policy))
				c.change(w)
				out := w.finish(alone(c.policy))
				w.want(counts(c.want, 1))
				if n := w.requests(); n != 1 || out.Reason != pipeline.Finished {
					t.Errorf("%d requests, ended %+v", n, out)
				}
				w.finish(alone(c.policy)) // again: nothing changes
				w.want(counts(c.want, 1))
			})
		})
	}
}

// A member in doubt whose sponsor is refused in a later life: its own answer says what happened to it, never "invalid".
func TestDoubtOutlivesItsSponsor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMembers(t, [][]string{member(1, "anna.sponsor"), member(2, memberName(1))}, sandbox.Options{Fault: befalls(map[int]sandbox.Fault{2: {Kind: sandbox.ResetAfter}, 4: {Kind: sandbox.ResetBefore}})})
		first := w.under(pipeline.Policy{SponsorsFirst: true})
		w.finish(first, alone(pipeline.DoubtHold)) // the member goes, since its sponsor may be there
		w.want(counts(journal.InDoubt, 2))
		w.say(1, journal.Rejected) // by a person, wrongly
		out := w.finish(first, alone(pipeline.DoubtByVendor))
		if s := w.states()[2]; s.Kind != journal.Settle || s.Status == journal.Invalid || out.Reason != pipeline.Finished {
			t.Errorf("row 2 is %s %s %s, ended %+v", s.Kind, s.Status, s.Code, out)
		}
	})
}

// A row in doubt that is written otherwise now is a repeat only to a vendor that looks at the person alone. Distinct looks at the telephone number:
// it would take a request that has one now for somebody new.
func TestDoubtWrittenOtherwise(t *testing.T) {
	t.Parallel()
	phone := func(row []string) { row[8] = "+353861999999" }
	for name, c := range map[string]struct {
		vendor string
		change func(row []string)
		want   journal.Status
	}{
		"distinct, a number now":    {"distinct", phone, journal.InDoubt},
		"distinct, another name":    {"distinct", func(row []string) { row[1] = "Grace" }, journal.InDoubt},
		"pelcro, another name":      {"pelcro", func(row []string) { row[1] = "Grace" }, journal.Exists},
		"pelcro, another person":    {"pelcro", func(row []string) { row[0] = "ada@example.com" }, journal.InDoubt},
		"thanx absorbs, a new name": {"thanx", func(row []string) { row[1] = "Grace" }, journal.Created},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				rows := people(1)
				if c.vendor == "distinct" {
					rows[0][8] = ""
				}
				w := newWorld(t, c.vendor, rows, sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: {Kind: sandbox.ResetAfter}})})
				w.finish(alone(pipeline.DoubtHold))
				w.rows = [][]string{slices.Clone(rows[0])}
				c.change(w.rows[0])
				w.finish(alone(pipeline.DoubtByVendor))
				w.want(counts(c.want, 1))
				if twice := w.register().CreatedTwice; len(twice) > 0 {
					t.Errorf("registered twice: %v", twice)
				}
			})
		})
	}
}

// A row that was certainly not sent is like one that was not reached: a run that is resumed does not send whom another created meanwhile.
func TestAnotherRunWasQuicker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(1)
		rows[0][8] = "" // Distinct would register them a second time
		w := newWorld(t, "distinct", rows, sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: {Kind: sandbox.Limit, Time: time.Minute}})})
		w.until(1, func(s journal.RowState) bool { return s.Kind == journal.NotRegistered }, alone(pipeline.DoubtByVendor))
		first := w.run
		w.run = w.begin("second")
		w.finish()
		w.want(counts(journal.Created, 1))
		w.run = first
		w.finish(alone(pipeline.DoubtByVendor))
		w.want(counts(journal.Skipped, 1))
		w.wantTrue()
	})
}
