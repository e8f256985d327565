package journaltest

import (
	"errors"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// imported looks one person up.
func imported(t *testing.T, s journal.Store, account string, n int64) (journal.Imported, bool) {
	t.Helper()
	who, ok, err := s.Imported(t.Context(), account, id(n))
	return must(who, err)(t), ok
}

func index(t *testing.T, s journal.Store, account string) {
	t.Helper()
	if err := s.Index(t.Context(), account); err != nil {
		t.Fatal(err)
	}
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
	if _, ok := imported(t, s, account, 1); ok {
		t.Error("a row is known before Index")
	}
	index(t, s, account)
	for row := int64(1); row <= 10; row++ {
		who, ok := imported(t, s, account, row)
		want := journal.Imported{Run: run, RunName: "first", Row: row, Content: id(1000 + row)}
		switch row {
		case 1, 2, 7, 8:
			if !ok || who != want {
				t.Errorf("row %d: got %+v, %v; want %+v", row, who, ok, want)
			}
		default:
			if ok {
				t.Errorf("row %d is known as %+v", row, who)
			}
		}
	}
	if _, ok, err := s.Imported(t.Context(), account, journal.Digest{}); ok || err != nil {
		t.Errorf("nobody is known: %v, %v", ok, err)
	}
	index(t, s, "unheard of")
	if _, ok := imported(t, s, "unheard of", 1); ok {
		t.Error("an unknown account has people")
	}
}

// Index takes in what is new: later runs, and runs continued, whose rows may come in any order. The newest run is told.
func testImportedGrows(t *testing.T, open Open) {
	s, durable := open(t)
	first := begin(t, s, "first", account)
	add(t, s, first, intent(5, 1), settle(5, 1, journal.Created), intent(2, 1), end(journal.Uncertain, 2, 1))
	index(t, s, account)
	add(t, s, first, intent(2, 2), settle(2, 2, journal.Created))
	second := begin(t, s, "second", account)
	changed := intent(5, 1)
	changed.Content = id(77)
	add(t, s, second, changed, settle(5, 1, journal.Created), intent(6, 1), settle(6, 1, journal.Created))
	if _, ok := imported(t, s, account, 6); ok {
		t.Error("a row is known that came after the last Index")
	}
	index(t, s, account)
	if durable {
		s = reopen(t, s, open)
	}
	index(t, s, account)
	want := map[int64]journal.Imported{
		2: {Run: first, RunName: "first", Row: 2, Content: id(1002)},
		5: {Run: second, RunName: "second", Row: 5, Content: id(77)},
		6: {Run: second, RunName: "second", Row: 6, Content: id(1006)},
	}
	for n, want := range want {
		if who, ok := imported(t, s, account, n); !ok || who != want {
			t.Errorf("person %d: got %+v, %v; want %+v", n, who, ok, want)
		}
	}
}

// A person may say that a row was not created after all: then an older run's word counts again, or nobody's.
func testImportedRevoked(t *testing.T, s journal.Store) {
	first, second := begin(t, s, "first", account), begin(t, s, "second", account)
	add(t, s, first, intent(1, 1), settle(1, 1, journal.Created))
	add(t, s, second, intent(1, 1), settle(1, 1, journal.Created), intent(2, 1), settle(2, 1, journal.Created))
	index(t, s, account)
	add(t, s, second, ruling(1, 1, journal.Unsent), ruling(2, 1, journal.Rejected))
	index(t, s, account)
	if who, ok := imported(t, s, account, 1); !ok || who.Run != first {
		t.Errorf("person 1: %+v, %v", who, ok)
	}
	if who, ok := imported(t, s, account, 2); ok {
		t.Errorf("person 2 is known as %+v", who)
	}
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
		finish(t, s, run, journal.Complete, T0.Add(at))
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
	if who, ok := imported(t, s, account, 1); !ok || who != want {
		t.Errorf("person 1: %+v, %v; want %+v", who, ok, want)
	}
	add(t, s, young, intent(4, 1), settle(4, 1, journal.Created), ruling(4, 1, journal.Rejected))
	index(t, s, account)
	if _, ok := imported(t, s, account, 3); !ok {
		t.Error("person 3 is lost")
	}
	if next := begin(t, s, "old", account); next != young+1 {
		t.Errorf("a new run has ID %d", next)
	}
	if who, ok := imported(t, s, account, 1); !ok || who.Run != old {
		t.Errorf("person 1 after the index was made again: %+v, %v", who, ok)
	}
}

// purge deletes old runs: those wanted, and foretold so.
func purge(t *testing.T, s journal.Store, before time.Time, want ...int64) {
	t.Helper()
	same(t, "purgeable", must(s.Purgeable(t.Context(), before))(t), want)
	same(t, "purged", must(s.Purge(t.Context(), before))(t), len(want))
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
		finish(t, s, run, state, T0)
	}
	purge(t, s, T0.Add(365*24*time.Hour), settled, repeated)
	for _, r := range must(s.Runs(t.Context()))(t) {
		if r.ID == settled || r.ID == repeated {
			t.Errorf("run %q is still there", r.Name)
		}
	}
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
	index(t, s, account)
	index(t, s, "other account")
	same(t, "rows forgotten", must(s.Forget(t.Context(), account, id(1)))(t), 2)
	st := one(t, s, run, 1)
	if (st.Identity != journal.Digest{} || st.Content != journal.Digest{} || st.Message != "" || st.VendorID != "") || st.Status != journal.Created || st.Code != "fine" {
		t.Errorf("row 1: %+v", st)
	}
	if st := one(t, s, run, 3); st.Identity != id(3) {
		t.Errorf("row 3: %+v", st)
	}
	check := func(account string, person int64, want bool) {
		t.Helper()
		index(t, s, account)
		if who, ok := imported(t, s, account, person); ok != want {
			t.Errorf("%s: person %d: %+v, %v", account, person, who, ok)
		}
	}
	check(account, 1, false)
	check(account, 3, true)
	check("other account", 1, true)
	same(t, "rows forgotten", must(s.Forget(t.Context(), "", id(1)))(t), 1)
	check("other account", 1, false)
	for _, nobody := range []journal.Digest{{}, id(99)} {
		same(t, "rows forgotten of nobody", must(s.Forget(t.Context(), "", nobody))(t), 0)
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
	for row := int64(1); row < 3; row++ {
		if first, err := seen.First(journal.Digest{}, row); err != nil || first != row {
			t.Errorf("row %d of nobody: first is %d (%v)", row, first, err)
		}
	}
	other := must(s.Seen())(t)
	defer other.Close()
	if first, err := other.First(id(1), 99); err != nil || first != 99 {
		t.Errorf("a second Seen knows the first one's people: %d, %v", first, err)
	}
}
