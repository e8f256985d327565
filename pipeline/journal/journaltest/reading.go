package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"importer/pipeline/journal"
)

func testRuns(t *testing.T, s journal.Store) {
	want := journal.Run{
		Name: "20261121T090000Z-distinct-list", Folder: "reports/x", Vendor: "distinct", Account: account, Job: id(1), Input: []byte{1, 2, 0, 3},
		Inputs:  []journal.InputFile{{Path: "b.csv", Size: 1 << 40, Digest: "ab"}, {Path: "a.csv", Size: 0, Digest: ""}},
		Started: T0, Ended: T0, State: journal.Complete, Note: []byte(`{"rate":"20/s"}`),
	}
	got := must(s.Begin(t.Context(), want))(t)
	want.ID, want.Ended, want.State = 1, time.Time{}, journal.Running
	same(t, "begun", got, want)
	if _, err := s.Begin(t.Context(), want); err == nil {
		t.Error("a second run of the same name could begin")
	}
	same(t, "second run's ID", begin(t, s, "second", "other"), 2)
	last := func() journal.Run {
		runs := must(s.Runs(t.Context()))(t)
		if len(runs) != 2 || runs[0].Name != "second" {
			t.Fatalf("runs %+v", runs)
		}
		return runs[1]
	}
	same(t, "listed", last(), want)
	for _, state := range []journal.RunState{journal.Complete, journal.Stopped, journal.Interrupted, journal.Superseded} {
		ok(t, s.Finish(t.Context(), 1, state, T0.Add(time.Hour)))
		want.State, want.Ended = state, T0.Add(time.Hour)
		same(t, "finished", last(), want)
	}
	ok(t, s.Reopen(t.Context(), 1))
	want.State, want.Ended = journal.Running, time.Time{}
	same(t, "reopened", last(), want)
	want.Input, want.Inputs, want.Note = []byte{9}, []journal.InputFile{{Path: "c.csv", Size: 2, Digest: "cd"}}, []byte(`{}`)
	amended := want.Clone()
	amended.Name, amended.Folder, amended.Account, amended.State = "another", "elsewhere", "other", journal.Complete // all that does not count
	for range 2 {
		ok(t, s.Amend(t.Context(), amended))
		same(t, "amended", last(), want)
	}
	amended.ID = 77
	if err := s.Amend(t.Context(), amended); !errors.Is(err, journal.ErrNoRun) {
		t.Errorf("a run that is not there: %v", err)
	}
}

// Attempts and statuses are one sequence in row order, whatever the order of writing, and each run has its own.
func testRowsInOrder(t *testing.T, s journal.Store) {
	run, other := begin(t, s, "r", account), begin(t, s, "other", account)
	add(t, s, other, intent(1, 1), settle(4, 0, journal.Invalid))
	add(t, s, run, settle(9, 0, journal.Invalid), intent(8, 1), intent(2, 1), settle(3, 0, journal.Duplicate), end(journal.Uncertain, 2, 1))
	add(t, s, run, intent(1, 1), intent(2, 2), intent(5, 1), settle(8, 1, journal.InDoubt), end(journal.NotRegistered, 5, 1), settle(2, 2, journal.Exists))
	var got []string
	for _, st := range states(t, s, run, 0) {
		got = append(got, key(st))
	}
	same(t, "rows", got, []string{"1 intent ", "2 settle exists", "3 settle duplicate", "5 not registered ", "8 settle in_doubt", "9 settle invalid"})
	if st := one(t, s, run, 2); !st.First.Equal(intent(2, 1).At) || st.Attempt != 2 {
		t.Errorf("row 2: %+v", st)
	}
	same(t, "rows of the other run", len(states(t, s, other, 1)), 2)
}

// Many rows come in order from any row on, a loop may stop early, and may use the store meanwhile.
func testRowsFrom(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	const rows = 3000
	var recs []journal.Record
	for row := int64(1); row <= rows; row++ {
		if row%3 == 0 {
			recs = append(recs, settle(row, 0, journal.Skipped))
		} else {
			recs = append(recs, intent(row, 1), settle(row, 1, journal.Created))
		}
	}
	add(t, s, run, recs...)
	for _, from := range []int64{-1, 1, 2, 1024, 1025, 2047, 2048, 2049, rows, rows + 1} {
		next := max(from, 1)
		for st, err := range s.Rows(t.Context(), run, from) {
			if err != nil || st.Row != next {
				t.Fatalf("from %d: row %d (%v), want %d", from, st.Row, err, next)
			}
			if next++; next%1000 == 0 {
				one(t, s, run, next)
			}
		}
		if next != rows+1 && from <= rows {
			t.Errorf("from %d: ended before row %d", from, next)
		}
	}
	for st, err := range s.Rows(t.Context(), run, 10) {
		if err != nil || st.Row == 12 {
			break
		}
	}
	add(t, s, run, intent(rows+1, 1))
}

func testCounts(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	same(t, "counts of nothing", len(must(s.Counts(t.Context(), run))(t)), 0)
	enrolled := settle(3, 1, journal.Created)
	enrolled.Code = "existing_user_enrolled"
	add(t, s, run, intent(1, 1), settle(1, 1, journal.Created), intent(2, 1), settle(2, 1, journal.Created), intent(3, 1), enrolled,
		settle(4, 0, journal.Invalid), intent(5, 1), intent(6, 1), end(journal.NotRegistered, 6, 1), intent(7, 1), settle(7, 1, journal.InDoubt), settle(7, 1, journal.Rejected))
	same(t, "counts", must(s.Counts(t.Context(), run))(t), []journal.Count{{Status: journal.Created, Rows: 2},
		{Status: journal.Created, Code: "existing_user_enrolled", Rows: 1}, {Status: journal.Rejected, Rows: 1}, {Status: journal.Invalid, Rows: 1}})
}

// A durable store shows the same after it was closed and opened again, and continues where it was.
func testReopened(t *testing.T, open Open) {
	s, durable := open(t)
	if !durable {
		t.Skip("the store lives as long as its process")
	}
	run := begin(t, s, "r", account)
	add(t, s, run, intent(1, 1), settle(1, 1, journal.Created), intent(2, 1), intent(3, 1), end(journal.NotRegistered, 3, 1))
	before, runs := states(t, s, run, 1), must(s.Runs(t.Context()))(t)
	s = reopen(t, s, open)
	same(t, "rows", states(t, s, run, 1), before)
	same(t, "runs", must(s.Runs(t.Context()))(t), runs)
	for _, rec := range []journal.Record{intent(2, 1), intent(1, 1), intent(2, 2)} {
		mustFence(t, s.Append(t.Context(), run, []journal.Record{rec}), 0)
	}
	add(t, s, run, end(journal.Uncertain, 2, 1), intent(2, 2), settle(2, 2, journal.Exists), intent(3, 2))
	same(t, "next run's ID", begin(t, s, "again", account), run+1)
}

// Readers see whole batches in row order while a writer appends.
func testConcurrent(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	const rows = 1500
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		defer close(done)
		for row := int64(1); row <= rows; row += 50 {
			var recs []journal.Record
			for r := row; r < row+50; r++ {
				recs = append(recs, intent(r, 1), settle(r, 1, journal.Created))
			}
			if err := s.Append(t.Context(), run, recs); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 2 {
		wg.Go(func() {
			for last := false; !last; {
				select {
				case <-done:
					last = true
				default:
				}
				next := int64(1)
				for st, err := range s.Rows(t.Context(), run, 1) {
					if err != nil || st.Row != next || st.Status != journal.Created {
						t.Errorf("row %d is %s (%v), want row %d created", st.Row, key(st), err, next)
						return
					}
					next++
				}
				if (next-1)%50 != 0 || last && next != rows+1 {
					t.Errorf("%d rows seen", next-1)
				}
			}
		})
	}
	wg.Wait()
}

func testClosed(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	ok(t, s.Close())
	_, err := s.Runs(t.Context())
	_, knownErr := s.Known(t.Context(), account, id(1))
	for _, err := range []error{err, knownErr, s.Append(t.Context(), run, []journal.Record{intent(1, 1)})} {
		if !errors.Is(err, journal.ErrClosed) || errors.Is(err, journal.ErrStorage) {
			t.Errorf("a closed store was used: %v", err)
		}
	}
	same(t, "second close", s.Close(), nil)
}

func testRecent(t *testing.T, s journal.Store) {
	run, other, old := begin(t, s, "r", account), begin(t, s, "other", "other account"), begin(t, s, "old", account)
	at := func(row int64, after time.Duration) journal.Record {
		r := intent(row, 1)
		r.At = T0.Add(after)
		return r
	}
	add(t, s, old, at(1, -time.Hour), at(2, 2*time.Second))
	add(t, s, other, at(1, time.Second))
	add(t, s, run, at(3, 5*time.Second), at(1, 3*time.Second), settle(2, 0, journal.Invalid), at(4, 0))
	add(t, s, run, end(journal.Uncertain, 1, 1), journal.Record{Kind: journal.Intent, Row: 1, Attempt: 2, At: T0.Add(9 * time.Second)})
	add(t, s, run, settle(1, 2, journal.Created))
	for _, c := range []struct {
		since time.Duration
		max   int
		want  string
	}{
		{0, 99, "[0s 2s 3s 5s 9s]"}, {0, 2, "[5s 9s]"}, {3 * time.Second, 99, "[3s 5s 9s]"}, {3*time.Second + time.Microsecond, 99, "[5s 9s]"},
		{10 * time.Second, 99, "[]"}, {-2 * time.Hour, 99, "[-1h0m0s 0s 2s 3s 5s 9s]"}, {0, 0, "[]"},
	} {
		after := []time.Duration{}
		for _, at := range must(s.Recent(t.Context(), account, T0.Add(c.since), c.max))(t) {
			after = append(after, at.Sub(T0))
		}
		same(t, fmt.Sprintf("since %v, max %d", c.since, c.max), fmt.Sprint(after), c.want)
	}
	same(t, "times of an unknown account", len(must(s.Recent(t.Context(), "nobody", T0, 9))(t)), 0)
}
