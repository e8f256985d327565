package journaltest

import (
	"fmt"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// known fails unless the store knows of a content what is wanted: the newest first.
func known(t *testing.T, s journal.Store, account string, content int64, want ...journal.Known) {
	t.Helper()
	same(t, fmt.Sprintf("%s: content %d", account, content), must(s.Known(t.Context(), account, id(content)))(t), want)
}

// of is what is known by the row of that number, in a run that begin and settle made.
func of(run int64, name string, row int64, status journal.Status) journal.Known {
	return journal.Known{Status: status, Run: run, RunName: name, Row: row, First: run}
}

// What a row that is not created was settled as counts, sent or not; nothing else does, and no other account's rows.
func testKnown(t *testing.T, s journal.Store) {
	run, other := begin(t, s, "first", account), begin(t, s, "other", "other account")
	coded := settle(1, 1, journal.Exists)
	coded.Code = "email_already_registered"
	anybody := settle(11, 0, journal.Invalid)
	anybody.Identity = journal.Digest{}
	empty := settle(12, 0, journal.Invalid)
	empty.Content = journal.Digest{}
	add(t, s, run, intent(1, 1), coded, intent(2, 1), settle(2, 1, journal.Rejected), settle(3, 0, journal.Invalid), settle(4, 0, journal.Duplicate),
		intent(5, 1), settle(5, 1, journal.Created), settle(6, 0, journal.Skipped), intent(7, 1), settle(7, 1, journal.InDoubt), intent(8, 1),
		intent(9, 1), end(journal.NotRegistered, 9, 1), intent(10, 1), end(journal.Uncertain, 10, 1), anybody, empty)
	add(t, s, other, intent(5, 1), settle(5, 1, journal.Exists))
	known(t, s, account, 1001) // before Index
	ok(t, s.Index(t.Context(), account))
	exists := of(run, "first", 1, journal.Exists)
	exists.Code = coded.Code
	known(t, s, account, 1001, exists)
	known(t, s, account, 1002, of(run, "first", 2, journal.Rejected))
	known(t, s, account, 1003, of(run, "first", 3, journal.Invalid))
	known(t, s, account, 1004, of(run, "first", 4, journal.Duplicate))
	known(t, s, account, 1011, of(run, "first", 11, journal.Invalid))
	for _, content := range []int64{1005, 1006, 1007, 1008, 1009, 1010, 1012, 1} {
		known(t, s, account, content)
	}
	same(t, "content of nobody", len(must(s.Known(t.Context(), account, journal.Digest{}))(t)), 0)
	ok(t, s.Index(t.Context(), "unheard of"))
	known(t, s, "unheard of", 1001)
}

// The newest row is told, with the first run that found the same; a content can be found to be several things.
func testKnownGrows(t *testing.T, open Open) {
	s, durable := open(t)
	first, second := begin(t, s, "first", account), begin(t, s, "second", account)
	add(t, s, second, intent(1, 1), settle(1, 1, journal.Exists), settle(2, 0, journal.Invalid))
	ok(t, s.Index(t.Context(), account))
	known(t, s, account, 1001, of(second, "second", 1, journal.Exists))
	twin := settle(9, 0, journal.Invalid)
	twin.Content = id(1002)
	add(t, s, first, intent(1, 1), settle(1, 1, journal.Exists), settle(2, 0, journal.Invalid), twin) // an older run that is continued
	third := begin(t, s, "third", account)
	again := intent(5, 1)
	again.Content = id(1001)
	add(t, s, third, again, settle(5, 1, journal.Rejected))
	known(t, s, account, 1001, of(second, "second", 1, journal.Exists)) // they came after the last Index
	ok(t, s.Index(t.Context(), account))
	if durable {
		s = reopen(t, s, open)
		ok(t, s.Index(t.Context(), account))
	}
	exists, invalid := of(second, "second", 1, journal.Exists), of(second, "second", 2, journal.Invalid)
	exists.First, invalid.First = first, first
	known(t, s, account, 1001, of(third, "third", 5, journal.Rejected), exists)
	known(t, s, account, 1002, invalid)
}

// What a person takes back is not known any more, or as an older run has it.
func testKnownRevoked(t *testing.T, s journal.Store) {
	first, second := begin(t, s, "first", account), begin(t, s, "second", account)
	add(t, s, first, intent(1, 1), settle(1, 1, journal.Exists))
	add(t, s, second, intent(1, 1), settle(1, 1, journal.Exists), intent(2, 1), settle(2, 1, journal.Rejected), intent(3, 1), settle(3, 1, journal.Rejected))
	ok(t, s.Index(t.Context(), account))
	add(t, s, second, ruling(1, 1, journal.Unsent), ruling(2, 1, journal.Created), ruling(3, 1, journal.Rejected))
	ok(t, s.Index(t.Context(), account))
	known(t, s, account, 1001, of(first, "first", 1, journal.Exists))
	known(t, s, account, 1002)
	said := of(second, "second", 3, journal.Rejected)
	said.Code = "settled_by_person"
	known(t, s, account, 1003, said)
	imported(t, s, account, 2, journal.Imported{Run: second, RunName: "second", Row: 2, Content: id(1002)})
}

// What a purged run found stays known.
func testKnownPurged(t *testing.T, s journal.Store) {
	run := begin(t, s, "old", account)
	add(t, s, run, intent(1, 1), settle(1, 1, journal.Exists), settle(2, 0, journal.Invalid))
	ok(t, s.Finish(t.Context(), run, journal.Complete, T0.Add(time.Hour)))
	purge(t, s, T0.Add(24*time.Hour), run)
	ok(t, s.Index(t.Context(), account))
	known(t, s, account, 1001, of(run, "", 1, journal.Exists))
	later := begin(t, s, "later", account)
	add(t, s, later, settle(2, 0, journal.Invalid))
	ok(t, s.Index(t.Context(), account))
	invalid := of(later, "later", 2, journal.Invalid)
	invalid.First = run
	known(t, s, account, 1002, invalid)
	same(t, "rows forgotten", must(s.Forget(t.Context(), account, id(1)))(t), journal.Forgotten{Purged: 1}) // the run is gone
	known(t, s, account, 1001)
}

// Forget leaves nothing that was found of a person, also under the content of a row that was taken for somebody else's.
func testKnownForgotten(t *testing.T, s journal.Store) {
	run, other := begin(t, s, "r", account), begin(t, s, "other", "other account")
	twin := settle(5, 0, journal.Invalid)
	twin.Content = id(1001)
	add(t, s, run, intent(1, 1), settle(1, 1, journal.Exists), twin, intent(2, 1), settle(2, 1, journal.Rejected))
	add(t, s, other, intent(1, 1), settle(1, 1, journal.Exists))
	ok(t, s.Index(t.Context(), account))
	ok(t, s.Index(t.Context(), "other account"))
	same(t, "rows forgotten", must(s.Forget(t.Context(), account, id(1)))(t), journal.Forgotten{Rows: 1})
	known(t, s, account, 1001)
	known(t, s, account, 1002, of(run, "r", 2, journal.Rejected))
	known(t, s, "other account", 1001, of(other, "other", 1, journal.Exists))
	same(t, "rows forgotten", must(s.Forget(t.Context(), "", id(1)))(t), journal.Forgotten{Rows: 1})
	known(t, s, "other account", 1001)
	add(t, s, run, settle(6, 0, journal.Skipped))
	ok(t, s.Index(t.Context(), account))
	known(t, s, account, 1001, of(run, "r", 5, journal.Invalid)) // the twin's: it is another person
}
