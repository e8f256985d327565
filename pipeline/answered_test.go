package pipeline_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// answeredBefore is a second night: of ten people the vendor had 2 and 3 before the first one, and took 4 for wrong.
func answeredBefore(t *testing.T) *world {
	t.Helper()
	rows := people(10)
	for n := 2; n <= 4; n++ {
		rows[n-1][0] = fmt.Sprintf("taken+%d@example.com", n)
	}
	w := newWorld(t, "pelcro", rows, sandbox.Options{})
	w.finish()
	w.want(counts(journal.Created, 7, journal.Exists, 3))
	w.say(4, journal.Rejected)
	w.run = w.begin("second")
	return w
}

// sends makes a person ask for rows with these answers.
func sends(again ...journal.Status) func(*pipeline.Plan) {
	return func(p *pipeline.Plan) { p.SendAgain = again }
}

// Whom the vendor had, and what it rejected, is not sent night after night; a person may ask for the ones or the others.
func TestAnsweredRowsAreSkipped(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		again []journal.Status
		sent  int
		want  map[journal.Status]int
	}{
		"by itself":        {nil, 0, counts(journal.Skipped, 10)},
		"exists again":     {[]journal.Status{journal.Exists}, 2, counts(journal.Skipped, 8, journal.Exists, 2)},
		"rejected again":   {[]journal.Status{journal.Rejected}, 1, counts(journal.Skipped, 9, journal.Exists, 1)},
		"all again":        {[]journal.Status{journal.Exists, journal.Rejected}, 3, counts(journal.Skipped, 7, journal.Exists, 3)},
		"created: not one": {[]journal.Status{journal.Created}, 0, counts(journal.Skipped, 10)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := answeredBefore(t)
				dry := &pipeline.DryRun{}
				predicted := w.finish(w.dry(dry), sends(c.again...))
				if ready := predicted.Counts[journal.Unsent]; ready != int64(c.sent) || predicted.Counts[journal.Skipped] != int64(10-c.sent) {
					t.Errorf("a check predicts %v", predicted.Counts)
				}
				before := w.requests()
				w.finish(sends(c.again...))
				if n := w.requests() - before; n != c.sent {
					t.Errorf("%d requests, want %d", n, c.sent)
				}
				w.want(c.want)
				w.wantTrue()
			})
		})
	}
}

// The record says which run got the answer, and what it was.
func TestAnsweredRowsAreNamed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answeredBefore(t)
		w.finish()
		for row, want := range map[int64][2]string{
			1: {"already_imported", "created by run first, row 1"},
			2: {"already_exists", "the vendor had it already when it was sent as row 2 of run first (email_already_registered)"},
			4: {"already_rejected", "the vendor rejected it when it was sent as row 4 of run first"},
		} {
			if s := w.states()[row]; s.Status != journal.Skipped || [2]string{s.Code, s.Message} != want {
				t.Errorf("row %d is %s %s %q", row, s.Status, s.Code, s.Message)
			}
		}
		w.run = w.begin("third")
		w.finish() // what was skipped is no answer: the same run is named
		if s := w.states()[2]; s.Code != "already_exists" || s.Message != "the vendor had it already when it was sent as row 2 of run first (email_already_registered)" {
			t.Errorf("in a third night row 2 is %s %q", s.Code, s.Message)
		}
	})
}

// A row that was fixed and a person that changed are sent, wherever they stand in the list; whom a run created since is imported.
func TestAnsweredRowsThatChangedAreSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answeredBefore(t)
		w.rows = slices.Clone(w.rows)
		w.rows[1] = slices.Clone(w.rows[1])
		w.rows[1][0] = "fixed@example.com"
		w.rows[2], w.rows[9] = w.rows[9], w.rows[2]
		before := w.requests()
		w.finish()
		w.want(counts(journal.Created, 1, journal.Skipped, 9))
		if n := w.requests() - before; n != 1 || w.states()[2].Status != journal.Created {
			t.Errorf("%d requests, row 2 is %s", n, w.states()[2].Status)
		}
		if s := w.states()[10]; s.Code != "already_exists" {
			t.Errorf("a row that moved is %s", s.Code)
		}
		w.say(10, journal.Created) // a person found it at the vendor
		w.run = w.begin("third")
		w.finish()
		if s := w.states()[10]; s.Code != "already_imported" || s.Message != "created by run second, row 10" {
			t.Errorf("created since: %s %q", s.Code, s.Message)
		}
	})
}

// A row of which the run has begun something goes on, whatever other runs learned meanwhile.
func TestAnswersDoNotTouchBegunRows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(1)
		rows[0][0] = "taken+1@example.com"
		w := newWorld(t, "pelcro", rows, sandbox.Options{Fault: befalls(map[int]sandbox.Fault{1: {Kind: sandbox.Auth}})})
		w.finish()
		first := w.run
		w.run = w.begin("second")
		w.finish()
		w.want(counts(journal.Exists, 1))
		w.run = first
		w.finish(func(p *pipeline.Plan) { p.Resume = true })
		w.want(counts(journal.Exists, 1))
	})
}

// A sponsor that the vendor had is there; one that it rejected is not, though its row is only skipped this time.
func TestAnsweredSponsors(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMembers(t, [][]string{member(1, "anna.sponsor"), member(2, "anna.sponsor")}, sandbox.Options{})
		w.finish()
		w.say(1, journal.Exists)
		w.say(2, journal.Rejected)
		w.run = w.begin("second")
		w.rows = append(w.rows, member(3, memberName(1)), member(4, memberName(2)))
		first := w.under(pipeline.Policy{SponsorsFirst: true})
		dry := &pipeline.DryRun{}
		if out := w.finish(first, w.dry(dry)); out.Counts[journal.Skipped] != 2 || out.Counts[journal.Unsent] != 1 || out.Counts[journal.Invalid] != 1 {
			t.Errorf("a check predicts %v", out.Counts)
		}
		w.finish(first)
		w.want(counts(journal.Skipped, 2, journal.Created, 1, journal.Invalid, 1))
		if s := w.states()[4]; s.Code != pipeline.CodeSponsorNotCreated || s.Message != "sponsor: row 2 is the sponsor's, and it was not registered" {
			t.Errorf("row 4 is %s %s", s.Code, s.Message)
		}
	})
}

// Answers of a run of which nobody got a report are asked for again, by a run and a check; whom it created is created.
func TestAnswersNobodyHeardOf(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answeredBefore(t)
		unheard := map[int64]bool{w.run.ID - 1: true}
		untold := func(p *pipeline.Plan) { p.Unheard = func(run int64) bool { return unheard[run] } }
		dry := &pipeline.DryRun{}
		if predicted := w.finish(w.dry(dry), untold); predicted.Counts[journal.Unsent] != 3 {
			t.Errorf("a check predicts %v", predicted.Counts)
		}
		before := w.requests()
		w.finish(untold)
		if n := w.requests() - before; n != 3 {
			t.Errorf("%d requests, want 3", n)
		}
		w.want(counts(journal.Skipped, 7, journal.Exists, 3))

		unheard[w.run.ID] = false // the second run was heard of: that it got the same answer is told
		w.run = w.begin("third")
		w.finish(untold)
		w.want(counts(journal.Skipped, 10))
		w.wantTrue()
	})
}
