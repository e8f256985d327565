package journaltest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// imported fails unless the store knows of a person what is wanted; the zero Imported is a person that nobody knows.
func imported(t *testing.T, s journal.Store, account string, person int64, want journal.Imported) {
	t.Helper()
	who, known, err := s.Imported(t.Context(), account, id(person))
	same(t, fmt.Sprintf("%s: person %d", account, person), must(who, err)(t), want)
	same(t, "known", known, want != journal.Imported{})
}

// Who was created counts, with any code; nobody else does, and no other account's people.
func testImported(t *testing.T, s journal.Store) {
	run, other := begin(t, s, "first", account), begin(t, s, "other", "other account")
	enrolled := settle(2, 1, journal.Created)
	enrolled.Code = "existing_user_enrolled"
	nobody := intent(9, 1)
	nobody.Identity = journal.Digest{}
	add(t, s, run, intent(1, 1), settle(1, 1, journal.Created), intent(2, 1), enrolled, intent(3, 1), settle(3, 1, journal.Exists),
		intent(4, 1), settle(4, 1, journal.InDoubt), settle(5, 0, journal.Skipped), intent(6, 1), intent(7, 1), settle(7, 1, journal.InDoubt), ruling(7, 1, journal.Created),
		settle(8, 0, journal.Duplicate), ruling(8, 0, journal.Created), nobody, settle(9, 1, journal.Created))
	add(t, s, other, intent(10, 1), settle(10, 1, journal.Created))
	imported(t, s, account, 1, journal.Imported{}) // before Index
	ok(t, s.Index(t.Context(), account))
	for row := int64(1); row <= 10; row++ {
		want := journal.Imported{}
		if slices.Contains([]int64{1, 2, 7, 8}, row) {
			want = journal.Imported{Run: run, RunName: "first", Row: row, Content: id(1000 + row)}
		}
		imported(t, s, account, row, want)
	}
	if _, known, err := s.Imported(t.Context(), account, journal.Digest{}); known || err != nil {
		t.Errorf("nobody is known: %v, %v", known, err)
	}
	ok(t, s.Index(t.Context(), "unheard of"))
	imported(t, s, "unheard of", 1, journal.Imported{})
}

// Index takes in what is new: later runs, and runs continued, whose rows may come in any order. The newest run is returned.
func testImportedGrows(t *testing.T, open Open) {
	s, durable := open(t)
	first := begin(t, s, "first", account)
	add(t, s, first, intent(5, 1), settle(5, 1, journal.Created), intent(2, 1), end(journal.Uncertain, 2, 1))
	ok(t, s.Index(t.Context(), account))
	add(t, s, first, intent(2, 2), settle(2, 2, journal.Created))
	second := begin(t, s, "second", account)
	changed := intent(5, 1)
	changed.Content = id(77)
	add(t, s, second, changed, settle(5, 1, journal.Created), intent(6, 1), settle(6, 1, journal.Created))
	imported(t, s, account, 6, journal.Imported{}) // it came after the last Index
	ok(t, s.Index(t.Context(), account))
	if durable {
		s = reopen(t, s, open)
	}
	ok(t, s.Index(t.Context(), account))
	imported(t, s, account, 2, journal.Imported{Run: first, RunName: "first", Row: 2, Content: id(1002)})
	imported(t, s, account, 5, journal.Imported{Run: second, RunName: "second", Row: 5, Content: id(77)})
	imported(t, s, account, 6, journal.Imported{Run: second, RunName: "second", Row: 6, Content: id(1006)})
}

// A person may say that a row was not created after all: then an older run's word counts again, or nobody's.
func testImportedRevoked(t *testing.T, s journal.Store) {
	first, second := begin(t, s, "first", account), begin(t, s, "second", account)
	add(t, s, first, intent(1, 1), settle(1, 1, journal.Created))
	add(t, s, second, intent(1, 1), settle(1, 1, journal.Created), intent(2, 1), settle(2, 1, journal.Created))
	ok(t, s.Index(t.Context(), account))
	add(t, s, second, ruling(1, 1, journal.Unsent), ruling(2, 1, journal.Rejected))
	ok(t, s.Index(t.Context(), account))
	imported(t, s, account, 1, journal.Imported{Run: first, RunName: "first", Row: 1, Content: id(1001)})
	imported(t, s, account, 2, journal.Imported{})
}

// Purge deletes whole runs that are old in every respect, and nothing else; who was created stays known.
func testPurge(t *testing.T, s journal.Store) {
	day := 24 * time.Hour
	old, late, resumed, young := begin(t, s, "old", account), begin(t, s, "late", account), begin(t, s, "resumed", account), begin(t, s, "young", account)
	add(t, s, old, intent(1, 1), settle(1, 1, journal.Created), settle(2, 0, journal.Invalid), ruling(2, 0, journal.Skipped))
	again := intent(2, 1)
	again.At = T0.Add(10 * day)
	add(t, s, resumed, intent(1, 1), settle(1, 1, journal.Exists), again)
	add(t, s, young, intent(3, 1), settle(3, 1, journal.Created))
	for run, at := range map[int64]time.Duration{old: time.Hour, late: 10 * day, young: 10 * day} {
		ok(t, s.Finish(t.Context(), run, journal.Complete, T0.Add(at)))
	}
	purge(t, s, T0)
	purge(t, s, T0.Add(day), old)
	runs := must(s.Runs(t.Context()))(t)
	if len(runs) != 3 || runs[2].ID != late {
		t.Errorf("left: %+v", runs)
	}
	if _, _, err := s.Row(t.Context(), old, 1); !errors.Is(err, journal.ErrNoRun) {
		t.Errorf("row of a purged run: %v", err)
	}
	want := journal.Imported{Run: old, Row: 1, Content: id(1001)}
	imported(t, s, account, 1, want)
	add(t, s, young, intent(4, 1), settle(4, 1, journal.Created), ruling(4, 1, journal.Rejected))
	ok(t, s.Index(t.Context(), account))
	imported(t, s, account, 3, journal.Imported{Run: young, RunName: "young", Row: 3, Content: id(1003)})
	same(t, "a new run's ID", begin(t, s, "old", account), young+1)
	imported(t, s, account, 1, want) // the index was made again
}

// purge deletes old runs: those wanted, which Purgeable names before.
func purge(t *testing.T, s journal.Store, before time.Time, want ...int64) {
	t.Helper()
	going := must(s.Purgeable(t.Context(), before))(t)
	same(t, "purgeable", going, want)
	same(t, "purged", must(s.Purge(t.Context(), going))(t), len(want))
	same(t, "purged again", must(s.Purge(t.Context(), going))(t), 0)
}

// Purge keeps what keeps people from being sent again: runs that are not finished, and runs with rows in doubt.
func testPurgeKeeps(t *testing.T, s journal.Store) {
	running, stopped, left := begin(t, s, "running", account), begin(t, s, "stopped", account), begin(t, s, "interrupted", account)
	doubted, inFlight, uncertain := begin(t, s, "doubted", account), begin(t, s, "in flight", account), begin(t, s, "uncertain", account)
	settled, repeated := begin(t, s, "settled", account), begin(t, s, "repeated", account)
	for _, run := range []int64{running, stopped, left} {
		add(t, s, run, intent(1, 1), settle(1, 1, journal.Created))
	}
	add(t, s, doubted, intent(1, 1), settle(1, 1, journal.InDoubt))
	add(t, s, inFlight, intent(1, 1))
	add(t, s, uncertain, intent(1, 1), end(journal.Uncertain, 1, 1))
	add(t, s, settled, intent(1, 1), settle(1, 1, journal.InDoubt), ruling(1, 1, journal.Created), intent(2, 1), ruling(2, 1, journal.Unsent))
	add(t, s, repeated, intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2), settle(1, 2, journal.Exists))
	for run, state := range map[int64]journal.RunState{stopped: journal.Stopped, left: journal.Interrupted, doubted: journal.Complete,
		inFlight: journal.Complete, uncertain: journal.Complete, settled: journal.Complete, repeated: journal.Complete} {
		ok(t, s.Finish(t.Context(), run, state, T0))
	}
	purge(t, s, T0.Add(365*24*time.Hour), settled, repeated)
	for _, r := range must(s.Runs(t.Context()))(t) {
		if r.ID == settled || r.ID == repeated {
			t.Errorf("run %q is still there", r.Name)
		}
	}
}

// Of superseded runs those go whose people in doubt a later run of the account has too, still in doubt or answered: nothing is forgotten with them.
func testPurgeSuperseded(t *testing.T, s journal.Store) {
	plain, open, elsewhere := begin(t, s, "no doubt", account), begin(t, s, "doubts that no other run has", account), begin(t, s, "doubts of another account", account)
	covered, before := begin(t, s, "doubts that a later run has", account), begin(t, s, "doubts that an earlier run has", account)
	later, other := begin(t, s, "later", account), begin(t, s, "other", "other account")
	add(t, s, plain, intent(1, 1), settle(1, 1, journal.Created), settle(2, 0, journal.Invalid))
	add(t, s, open, intent(3, 1), intent(4, 1), settle(4, 1, journal.InDoubt))
	add(t, s, elsewhere, intent(5, 1))
	add(t, s, other, intent(5, 1), settle(5, 1, journal.InDoubt))
	nobody := intent(20, 1)
	nobody.Identity = journal.Digest{}
	add(t, s, covered, intent(4, 1), settle(4, 1, journal.Exists), intent(6, 1), intent(7, 1), settle(7, 1, journal.InDoubt), intent(8, 1), end(journal.Uncertain, 8, 1),
		intent(9, 1), intent(10, 1), intent(11, 1), settle(11, 1, journal.Created))
	add(t, s, before, intent(9, 1), nobody)
	for _, row := range []int64{6, 7, 8, 10} { // in other rows of the later run
		began := intent(row, 1)
		began.Row = 100 + row
		add(t, s, later, began)
	}
	add(t, s, later, settle(106, 1, journal.Exists), settle(107, 1, journal.InDoubt), end(journal.Uncertain, 108, 1), settle(110, 1, journal.Rejected))
	for _, run := range []int64{plain, open, elsewhere, covered, before} {
		ok(t, s.Finish(t.Context(), run, journal.Superseded, T0))
	}
	ok(t, s.Finish(t.Context(), later, journal.Complete, T0))
	late := T0.Add(365 * 24 * time.Hour)
	purge(t, s, late, plain, covered)
	for _, r := range must(s.Runs(t.Context()))(t) {
		if r.ID == plain || r.ID == covered {
			t.Errorf("run %q is still there", r.Name)
		}
	}
	add(t, s, open, ruling(3, 1, journal.Unsent))
	purge(t, s, late)
	add(t, s, later, intent(4, 1), settle(4, 1, journal.InDoubt))
	purge(t, s, late, open)
}

// Forget leaves nothing of a person in one account, or in all, and everything of the others.
func testForget(t *testing.T, s journal.Store) {
	run, other := begin(t, s, "r", account), begin(t, s, "other", "other account")
	created := settle(1, 1, journal.Created)
	created.VendorID, created.Message, created.Code = "u-1", "welcome j@example.com", "fine"
	late := settle(2, 0, journal.Duplicate)
	late.Identity = id(1)
	add(t, s, run, intent(1, 1), created, late, intent(3, 1), settle(3, 1, journal.Created))
	add(t, s, other, intent(1, 1), created)
	ok(t, s.Index(t.Context(), account))
	ok(t, s.Index(t.Context(), "other account"))
	same(t, "rows forgotten", must(s.Forget(t.Context(), account, id(1)))(t), journal.Forgotten{Rows: 2})
	st := one(t, s, run, 1)
	if (st.Identity != journal.Digest{} || st.Content != journal.Digest{} || st.Message != "" || st.VendorID != "") || st.Status != journal.Created || st.Code != "fine" {
		t.Errorf("row 1: %+v", st)
	}
	same(t, "row 3's identity", one(t, s, run, 3).Identity, id(3))
	ok(t, errors.Join(s.Index(t.Context(), account), s.Index(t.Context(), "other account")))
	imported(t, s, account, 1, journal.Imported{})
	imported(t, s, account, 3, journal.Imported{Run: run, RunName: "r", Row: 3, Content: id(1003)})
	imported(t, s, "other account", 1, journal.Imported{Run: other, RunName: "other", Row: 1, Content: id(1001)})
	same(t, "rows forgotten", must(s.Forget(t.Context(), "", id(1)))(t), journal.Forgotten{Rows: 1})
	ok(t, s.Index(t.Context(), "other account"))
	imported(t, s, "other account", 1, journal.Imported{})
	for _, nobody := range []journal.Digest{{}, id(99)} {
		same(t, "rows forgotten of nobody", must(s.Forget(t.Context(), "", nobody))(t), journal.Forgotten{})
	}
}

func testSeen(t *testing.T, s journal.Store) {
	seen := must(s.Seen())(t)
	defer seen.Close()
	const people = 67_000 // beyond what any store keeps at hand
	for row := int64(1); row <= 2*people; row++ {
		if row > people && row%11 > 0 {
			continue
		}
		person := 1 + row*7919%people
		first, err := seen.First(id(person), row)
		want := row
		if row > people {
			want = row - people
		}
		if err != nil || first != want {
			t.Fatalf("row %d: first is %d (%v), want %d", row, first, err, want)
		}
	}
	same(t, "found", must(seen.Find(id(1+7919)))(t), 1)
	same(t, "found of a newcomer", must(seen.Find(id(people+1)))(t), 0)
	same(t, "first of a newcomer who was looked for", must(seen.First(id(people+1), 7))(t), 7)
	for row := int64(1); row < 3; row++ {
		same(t, fmt.Sprintf("row %d of nobody: first", row), must(seen.First(journal.Digest{}, row))(t), row)
	}
	other := must(s.Seen())(t)
	defer other.Close()
	same(t, "first of a second Seen, which must not know the first one's people", must(other.First(id(1), 99))(t), 99)
}
