package pipeline_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// What the answer names decides what is looked up, and a run that is gone is not named.
func TestWhatIsTakenIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		vendor string
		row    func() []string
		purged bool
		told   string
	}{
		{"epixel", func() []string { return sharing(9, sharedUser) }, false, "this username was sent for another person: row 1 of run first; "},
		{"pelcro", func() []string { return sharing(9, sharedUser) }, false, "this username was sent for another person: row 1 of run first; "},
		{"jframework", func() []string { return sharing(9, sharedUser) }, false, "this username was sent for another person: row 1 of run first; "},
		{"distinct", func() []string { return sharing(9, sharedPhone) }, true, "this phone number was sent for another person: row 1 of a run that was purged; "},
		{"pelcro", func() []string { return sharing(9, sharedPhone) }, false, ""}, // which takes a number from anybody
		{"jframework", func() []string {
			row := sharing(9, sharedPhone)
			row[0] = "taken@example.com" // the answer is about the address
			return row
		}, false, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newSharers(t, c.vendor, sharers(1), sandbox.Options{})
			w.finish()
			if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
				t.Fatal(err)
			}
			if c.purged {
				if n, err := w.store.Purge(t.Context(), []int64{w.run.ID}); n != 1 || err != nil {
					t.Fatal(n, err)
				}
			}
			w.rows = [][]string{c.row()}
			w.run = w.begin("second")
			w.finish()
			s := w.states()[1]
			if c.told != "" && (s.Status != journal.Exists || !strings.HasPrefix(s.Message, c.told)) || c.told == "" && strings.Contains(s.Message, "another person") {
				t.Errorf("%s: %s %s %q, want %q", c.vendor, s.Status, s.Code, s.Message, c.told)
			}
		})
	}
}

// sharing is the n-th person with one cell of the first.
func sharing(n, column int) []string {
	row := sharer(n)
	row[column] = sharer(1)[column]
	return row
}

// A run that told people apart by other fields knows nobody here by name: the same person would be taken for another.
func TestPeopleOfOtherIdentitiesAreNobodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newSharers(t, "distinct", sharers(1), sandbox.Options{})
		byName := pipeline.Policy{Identity: []mapping.Field{mapping.FirstName, mapping.BirthDate}}
		w.finish(w.under(byName))
		w.rows[0][1] = "Grace" // so that the earlier run's person is not recognised
		first := w.run.ID
		identityOf := func(p *pipeline.Plan) {
			p.IdentityOf = func(r journal.Run) (string, bool) {
				if r.ID == first {
					return byName.IdentityNames(), true
				}
				return "", true
			}
		}
		w.run = w.begin("second")
		w.finish(w.under(pipeline.Policy{}), identityOf)
		if s := w.states()[1]; s.Status != journal.Exists || strings.Contains(s.Message, "another person") {
			t.Errorf("%s %q", s.Status, s.Message)
		}
	})
}
