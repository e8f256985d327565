package pipeline_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors/sandbox"
)

// later completes the run and begins another with these rows.
func (w *world) later(name string, rows ...[]string) {
	w.t.Helper()
	if err := w.store.Finish(w.t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
		w.t.Fatal(err)
	}
	w.rows, w.run = rows, w.begin(name)
}

// retrying says that each row comes from a row of an earlier run.
func retrying(of journal.Run, row int64) func(*pipeline.Plan) {
	return func(p *pipeline.Plan) {
		rows := p.Rows.(*slice).rows
		p.Again = func() (pipeline.ClosingRows, error) { return closing{&slice{rows: rows}}, nil }
		p.Origins = func(source.Row) []pipeline.Origin { return []pipeline.Origin{{Run: of, Row: row}} }
	}
}

// What was not sent because of a shared number is retried without it where the job drops it, and else not in vain: only where it was fixed, or where
// nobody is known to be registered with the number.
func TestRetryOfSharedRows(t *testing.T) {
	t.Parallel()
	const still = "duplicate phone_shared_in_input: same phone number as row 1 of run first, another person, who is registered with it"
	fixed := sharing(2, sharedPhone)
	fixed[1] = "Grace"
	for name, c := range map[string]struct {
		first []string // row 1 of the first run
		rule  ahead.OnShared
		row   []string // in the retry
		want  string
	}{
		"drop":                 {sharer(1), ahead.ShareDrop, sharing(2, sharedPhone), "created created: sent without phone: phone_shared_in_input"},
		"drop, fixed":          {sharer(1), ahead.ShareDrop, fixed, "created created: sent without phone: phone_shared_in_input"},
		"first":                {sharer(1), ahead.ShareFirst, sharing(2, sharedPhone), still},
		"none":                 {sharer(1), ahead.ShareNone, sharing(2, sharedPhone), still},
		"first, fixed":         {sharer(1), ahead.ShareFirst, fixed, "exists phone_already_registered: this phone number was sent for another person: row 1 of run first; "},
		"first, nobody has it": {withEmail(sharer(1), "taken@example.com"), ahead.ShareFirst, sharing(2, sharedPhone), "created created: "},
		"drop, nobody has it":  {withEmail(sharer(1), "taken@example.com"), ahead.ShareDrop, sharing(2, sharedPhone), "created created: "},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newSharers(t, "jframework", [][]string{c.first, sharing(2, sharedPhone)}, sandbox.Options{})
			w.finish()
			if s := w.states()[2]; s.Code != pipeline.CodePhoneShared {
				t.Fatalf("%s: in the first run: %s", name, s.Code)
			}
			first := w.run
			w.later("retry", c.row)
			w.finish(w.under(shared(c.rule)), retrying(first, 2))
			s := w.states()[1]
			if got := s.Status.String() + " " + s.Code + ": " + s.Message; !strings.HasPrefix(got, c.want) || !strings.HasPrefix(s.Message, "this") && got != c.want {
				t.Errorf("%s: %s\nwant %s", name, got, c.want)
			}
			w.wantTrue()
		})
	}
}

func withEmail(row []string, email string) []string {
	row[0] = email
	return row
}

// A person who comes before those whom an earlier run registered goes without the number under drop, whichever order rows go in; the others have not changed,
// whether they were sent with it or without. A check predicts it, and it stays the same however often the run is stopped.
func TestDropOfWhatAnEarlierRunRegistered(t *testing.T) {
	t.Parallel()
	for _, sponsorsFirst := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			bad := sharing(3, sharedPhone)
			bad[0] = "nobody"
			policy := pipeline.Policy{Shared: ahead.ShareDrop, SponsorsFirst: sponsorsFirst}
			w := newSharers(t, "jframework", [][]string{bad, sharer(1), sharing(2, sharedPhone)}, sandbox.Options{})
			w.finish(w.under(policy))
			w.later("second", sharing(3, sharedPhone), sharer(1), sharing(2, sharedPhone))
			var told []int64
			dry := &pipeline.DryRun{LeftOut: func(row source.Row, _ []journal.LeftOut) { told = append(told, row.Number) }}
			if _, err := w.engine(w.under(policy), w.dry(dry)).Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(told) != 1 || told[0] != 1 {
				t.Errorf("sponsors first %t: the check says that rows %v go without the number", sponsorsFirst, told)
			}
			w.finish(w.under(policy))
			for range 2 {
				w.wantRows(map[int64]string{
					1: "created created: sent without phone: phone_shared_in_input",
					2: "skipped already_imported: created by run first, row 2", 3: "skipped already_imported: created by run first, row 3",
				})
				w.finish(w.under(policy), func(p *pipeline.Plan) { p.Resume = true })
			}
			w.wantTrue()
		})
	}
}

// The row that had the number in an earlier list is behind another person's now: it has not changed, although it would go without the number today.
func TestDroppedNowIsNotChanged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newSharers(t, "jframework", [][]string{sharer(1)}, sandbox.Options{})
		byName := func(p *pipeline.Plan) { // the first run is of another identity: its claims are nobody else's
			first := w.run.ID
			p.IdentityOf = func(r journal.Run) (string, bool) { return "last_name", r.ID < first }
		}
		w.finish(w.under(shared(ahead.ShareDrop)))
		w.later("second", sharing(2, sharedPhone), sharer(1))
		w.finish(w.under(shared(ahead.ShareDrop)), byName)
		if s := w.states()[2]; s.Code != pipeline.CodeImported {
			t.Errorf("row 2: %s %q", s.Code, s.Message)
		}
	})
}
