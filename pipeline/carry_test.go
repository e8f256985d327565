package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/limit"
	"importer/pipeline/source"
	"importer/vendors/sandbox"
)

// again lets the engine read the rows once more.
func (w *world) again(p *pipeline.Plan) {
	p.Again = func() (pipeline.ClosingRows, error) { return closing{&slice{rows: w.rows}}, nil }
}

// leavesDoubts runs rows 9 and 10 of the list so that both are in doubt: Distinct refuses a repeat of row 9, and takes one of row 10.
func leavesDoubts(t *testing.T) *world {
	t.Helper()
	lost := sandbox.Fault{Kind: sandbox.ResetAfter}
	w := newWorld(t, "distinct", people(12), sandbox.Options{Fault: befalls(map[int]sandbox.Fault{9: lost, 10: lost})})
	w.rows = w.rows[:10]
	w.finish(alone(pipeline.DoubtHold))
	w.want(counts(journal.Created, 8, journal.InDoubt, 2))
	w.rows = people(12)
	return w
}

// What a check finds of people whom an earlier run left in doubt is what a run then does, and the check leaves no trace in the journal.
func TestDoubtsOfAnotherRunAreHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := leavesDoubts(t)
		dry := &pipeline.DryRun{}
		out := w.finish(w.again, w.dry(dry), func(p *pipeline.Plan) { p.Workers = 1 })
		if out.Counts[journal.InDoubt] != 1 || out.Counts[journal.Unsent] != 3 || out.Counts[journal.Skipped] != 8 {
			t.Errorf("a check predicts %v", out.Counts)
		}
		held, _, err := dry.Found.(journal.Store).Row(t.Context(), dry.Run, 10)
		if err != nil || held.Status != journal.InDoubt || held.Code != pipeline.CodeHeld || held.Message != "sent as row 10 of run first, and its outcome is unknown" {
			t.Errorf("row 10 is predicted as %s %s %q, %v", held.Status, held.Code, held.Message, err)
		}
		if _, known, _ := dry.Found.(journal.Store).Row(t.Context(), dry.Run, 9); known {
			t.Error("row 9 is predicted to be sent, and has a state")
		}
		if runs, _ := w.store.Runs(t.Context()); len(runs) != 1 {
			t.Errorf("%d runs in the journal after a check", len(runs))
		}
		w.run = w.begin("second")
		e := w.engine(w.again)
		prepared, err := e.Prepare(t.Context())
		if err != nil || prepared.FromAccount != 2 || prepared.FromOrigins != 0 || prepared.Identity != nil || prepared.Order != nil {
			t.Errorf("prepared %+v, %v", prepared, err)
		}
		if _, err := e.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.want(counts(journal.Skipped, 8, journal.Exists, 1, journal.InDoubt, 1, journal.Created, 2))
		w.wantTrue()
	})
}

// A row that exists since a lost attempt of our own is not sent when it is written otherwise: the vendor, which refused the number, would register the person
// again. The same row is not sent either, and a person's word sends it.
func TestRegisteredByALostAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(3), sandbox.Options{Fault: befalls(map[int]sandbox.Fault{2: {Kind: sandbox.ResetAfter}})})
		w.finish(alone(pipeline.DoubtByVendor))
		w.want(counts(journal.Created, 2, journal.Exists, 1))
		w.run = w.begin("the same")
		w.finish(w.again)
		w.want(counts(journal.Skipped, 3))
		w.rows[1][slices.Index(header, "phone")] = ""
		w.run = w.begin("without the number")
		w.finish(w.again)
		w.want(counts(journal.Skipped, 2, journal.InDoubt, 1))
		w.wantTrue()
	})
}

// The rows that a retry comes from say who is in doubt, even where the person cannot be recognised any more; a person's word sends them, once.
func TestDoubtsOfOrigins(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		resend func(journal.RowState) bool
		want   map[journal.Status]int
	}{
		"held":                 {nil, counts(journal.InDoubt, 1)},
		"a word sends":         {pipeline.ResendHeld, counts(journal.Created, 1)},
		"a word about another": {func(journal.RowState) bool { return false }, counts(journal.InDoubt, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := leavesDoubts(t)
				first := w.run
				w.rows = w.rows[9:10]
				w.rows[0][0] = "another@example.com"
				w.run = w.begin("second")
				w.finish(w.again, func(p *pipeline.Plan) {
					p.Resend = c.resend
					p.Origins = func(source.Row) []pipeline.Origin { return []pipeline.Origin{{Run: first, Row: 10}} }
				})
				w.want(c.want)
			})
		})
	}
}

// A fresh start on a person's word holds nobody.
func TestFreshCarriesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := leavesDoubts(t)
		w.run = w.begin("second")
		w.finish(func(p *pipeline.Plan) { p.Fresh = true })
		if got := w.statuses(); got[journal.InDoubt] != 0 {
			t.Errorf("%v", got)
		}
	})
}

// A run that identifies people by other fields than one that left some in doubt could send them twice: it does not begin.
func TestOtherIdentity(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := leavesDoubts(t)
		for theirs, refused := range map[string]bool{"phone,email": true, "": false, "phone": false} {
			w.run = w.begin("by phone, after " + theirs)
			e := w.engine(w.again, func(p *pipeline.Plan) {
				p.Policy.Identity = []mapping.Field{mapping.PhoneNumber}
				p.IdentityOf = func(r journal.Run) (string, bool) { return theirs, r.Name == "first" }
			})
			prepared, err := e.Prepare(t.Context())
			var other *pipeline.OtherIdentity
			if errors.As(err, &other) != refused || !refused && err != nil {
				t.Errorf("%q: %v", theirs, err)
			}
			if known := prepared.Identity != nil; known != (theirs != "phone") {
				t.Errorf("%q: found %+v", theirs, prepared.Identity)
			}
			if _, err := e.Run(t.Context()); refused && !errors.As(err, &other) {
				t.Errorf("%q: the run began: %v", theirs, err)
			}
			_, err = w.engine(w.again, func(p *pipeline.Plan) {
				p.Resume, p.IdentityOf = true, func(r journal.Run) (string, bool) { return theirs, r.Name == "first" }
			}).Prepare(t.Context())
			if theirs != "" && !errors.As(err, &other) || theirs == "" && err != nil {
				t.Errorf("%q: typing the command again: %v", theirs, err)
			}
		}
	})
}

// broken is a shared limiter whose database goes away after some requests.
type broken struct{ left int }

func (b *broken) Remember(context.Context, int, []time.Time) error { return nil }

func (b *broken) Reserve(context.Context, time.Time) (limit.Reservation, time.Duration, error) {
	if b.left--; b.left < 0 {
		return nil, 0, errors.New("the limiter is gone")
	}
	return place{}, 0, nil
}

type place struct{}

func (place) Sent(time.Time)   {}
func (place) Unused(time.Time) {}

// Without its limiter a run sends nothing more, and leaves no row in doubt.
func TestRunEndsWithItsLimiter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(20), sandbox.Options{Latency: time.Millisecond})
		_, err := w.engine(func(p *pipeline.Plan) { p.Limiter = &broken{left: 5} }).Run(t.Context())
		if err == nil || err.Error() != "the limiter is gone" {
			t.Errorf("ended with %v", err)
		}
		w.want(counts(journal.Created, 5, journal.Unsent, 15))
		w.wantTrue()
	})
}
