package journaltest

import (
	"errors"
	"testing"

	"importer/pipeline/journal"
)

// testBind: a store keeps the key that it was given first.
func testBind(t *testing.T, open Open) {
	s, durable := open(t)
	ok(t, s.Bind(t.Context(), id(1)))
	ok(t, s.Bind(t.Context(), id(1)))
	if err := s.Bind(t.Context(), id(2)); !errors.Is(err, journal.ErrOtherKey) || !errors.Is(err, journal.ErrStorage) {
		t.Errorf("another key: %v", err)
	}
	ok(t, s.Bind(t.Context(), id(1))) // the store stays usable
	if !durable {
		return
	}
	s = reopen(t, s, open)
	if err := s.Bind(t.Context(), id(2)); !errors.Is(err, journal.ErrOtherKey) {
		t.Errorf("another key after opening again: %v", err)
	}
	ok(t, s.Bind(t.Context(), id(1)))
}

// testRename: an account under another name knows what it knew, and so do two that have become one, purged runs included.
func testRename(t *testing.T, s journal.Store) {
	const was, other, is = "distinct https://API.example", "distinct https://api.example:443", "distinct https://api.example"
	first := begin(t, s, "first", was)
	add(t, s, first, intent(1, 1), settle(1, 1, journal.Created), intent(2, 1), settle(2, 1, journal.Rejected))
	ok(t, s.Finish(t.Context(), first, journal.Complete, T0))
	ok(t, s.Index(t.Context(), was))
	purged := begin(t, s, "purged", was)
	add(t, s, purged, intent(5, 1), settle(5, 1, journal.Created))
	ok(t, s.Finish(t.Context(), purged, journal.Complete, T0))
	ok(t, s.Index(t.Context(), was))
	must(s.Purge(t.Context(), []int64{purged}))(t)
	ok(t, s.Rename(t.Context(), was, is))
	second := begin(t, s, "second", other)
	add(t, s, second, intent(3, 1), settle(3, 1, journal.Created), intent(1, 1), settle(1, 1, journal.Created))
	ok(t, s.Index(t.Context(), other))
	ok(t, s.Rename(t.Context(), other, is))
	ok(t, s.Rename(t.Context(), "thanx https://nobody.example", is)) // nothing to do
	ok(t, s.Rename(t.Context(), is, is))
	ok(t, s.Index(t.Context(), is))
	for row, run := range map[int64]int64{1: second, 3: second, 5: purged} {
		who, known, err := s.Imported(t.Context(), is, id(row))
		ok(t, err)
		if !known || who.Run != run || who.Row != row {
			t.Errorf("row %d: %+v, %v", row, who, known)
		}
	}
	if list := must(s.Known(t.Context(), is, id(1002)))(t); len(list) != 1 || list[0].Run != first || list[0].Status != journal.Rejected {
		t.Errorf("what was rejected: %+v", list)
	}
	for _, r := range must(s.Runs(t.Context()))(t) {
		if r.Account != is {
			t.Errorf("run %s is of %s", r.Name, r.Account)
		}
	}
	for _, gone := range []string{was, other} {
		ok(t, s.Index(t.Context(), gone))
		if _, known, err := s.Imported(t.Context(), gone, id(1)); known || err != nil {
			t.Errorf("%s still knows somebody: %v", gone, err)
		}
	}
}
