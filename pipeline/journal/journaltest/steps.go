package journaltest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// Ways to each state, each followed by every record: the store allows what the state machine allows, and nothing else.
func testTransitions(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	paths := map[string][]journal.Record{
		"none":                      {},
		"in flight":                 {intent(1, 1)},
		"not registered":            {intent(1, 1), end(journal.NotRegistered, 1, 1)},
		"uncertain":                 {intent(1, 1), end(journal.Uncertain, 1, 1)},
		"in doubt":                  {intent(1, 1), settle(1, 1, journal.InDoubt)},
		"uncertain, in doubt":       {intent(1, 1), end(journal.Uncertain, 1, 1), settle(1, 1, journal.InDoubt)},
		"doubt, uncertain":          {intent(1, 1), settle(1, 1, journal.InDoubt), end(journal.Uncertain, 1, 1)},
		"doubt, not registered":     {intent(1, 1), settle(1, 1, journal.InDoubt), end(journal.NotRegistered, 1, 1)},
		"uncertain, not registered": {intent(1, 1), end(journal.Uncertain, 1, 1), end(journal.NotRegistered, 1, 1)},
		"in flight again":           {intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2)},
		"doubt again":               {intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2), settle(1, 2, journal.InDoubt)},
		"doubted, not registered":   {intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2), end(journal.NotRegistered, 1, 2)},
		"doubted, cleared": {intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2), end(journal.Uncertain, 1, 2), intent(1, 3),
			settle(1, 3, journal.InDoubt), ruling(1, 3, journal.Unsent)},
		"cleared, in flight":      {intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2), ruling(1, 2, journal.Unsent), intent(1, 3)},
		"said, taken back":        {intent(1, 1), end(journal.Uncertain, 1, 1), intent(1, 2), ruling(1, 2, journal.Created), ruling(1, 2, journal.Unsent)},
		"created":                 {intent(1, 1), settle(1, 1, journal.Created)},
		"late answer":             {intent(1, 1), settle(1, 1, journal.InDoubt), settle(1, 1, journal.Exists)},
		"skipped":                 {settle(1, 0, journal.Skipped)},
		"not registered, skipped": {intent(1, 1), end(journal.NotRegistered, 1, 1), settle(1, 1, journal.Skipped)},
		"ruling created":          {intent(1, 1), settle(1, 1, journal.InDoubt), ruling(1, 1, journal.Created)},
		"ruling unsent":           {intent(1, 1), settle(1, 1, journal.InDoubt), ruling(1, 1, journal.Unsent)},
		"ruling, in flight":       {intent(1, 1), ruling(1, 1, journal.Unsent), intent(1, 2)},
		"ruling on skipped":       {settle(1, 0, journal.Skipped), ruling(1, 0, journal.Unsent)},
		"ruling said twice":       {settle(1, 0, journal.Duplicate), ruling(1, 0, journal.Created), ruling(1, 0, journal.Rejected)},
	}
	type trial struct {
		name  string
		state journal.RowState
		last  journal.Record
	}
	var setup []journal.Record
	var trials []trial
	for name, path := range paths {
		for _, last := range everyRecord() {
			last.Row = int64(len(trials) + 1)
			var state journal.RowState
			for i, rec := range path {
				rec.Row = last.Row
				next, err := journal.Next(state, rec)
				if err != nil {
					t.Fatalf("%s: step %d is not allowed: %v", name, i, err)
				}
				state, setup = next, append(setup, rec)
			}
			trials = append(trials, trial{name, state, last})
		}
	}
	add(t, s, run, setup...)
	for _, c := range trials {
		want, wantErr := journal.Next(c.state, c.last)
		err := s.Append(t.Context(), run, []journal.Record{c.last})
		what := fmt.Sprintf("%s, then %s %s %d", c.name, c.last.Kind, c.last.Status, c.last.Attempt)
		if errors.Is(err, journal.ErrFenced) != (wantErr != nil) || (err != nil) != (wantErr != nil) {
			t.Fatalf("%s: error %v, want %v", what, err, wantErr)
		}
		if got := one(t, s, run, c.last.Row); got != want {
			t.Fatalf("%s:\ngot  %+v\nwant %+v", what, got, want)
		}
	}
}

// everyRecord returns every kind and status at attempts 0 to 4.
func everyRecord() []journal.Record {
	var recs []journal.Record
	for attempt := range 5 {
		recs = append(recs, intent(1, attempt), end(journal.NotRegistered, 1, attempt), end(journal.Uncertain, 1, attempt))
		for _, status := range append(journal.Statuses(), journal.Unsettled) {
			recs = append(recs, settle(1, attempt, status), ruling(1, attempt, status))
		}
	}
	return recs
}

// Random batches over few rows: after each the store's states are those of the state machine, and a refused batch left no trace.
func testLikeNext(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	rng := rand.New(rand.NewPCG(1, 2))
	all, model, taken, refused := everyRecord(), map[int64]journal.RowState{}, 0, 0
	for range 400 {
		var batch []journal.Record
		draft := maps.Clone(model)
		for range 1 + rng.IntN(6) {
			rec := all[rng.IntN(len(all))]
			rec.Row, rec.At = 1+rng.Int64N(5), T0.Add(time.Duration(rng.Int64N(1e12)))
			next, err := journal.Next(draft[rec.Row], rec)
			if err != nil && rng.IntN(100) > 0 {
				continue // mostly good batches
			}
			batch, draft[rec.Row] = append(batch, rec), next
			if err != nil {
				break
			}
		}
		err := s.Append(t.Context(), run, batch)
		if err == nil {
			taken++
			model = draft
		} else {
			refused++
			mustFence(t, err, len(batch)-1)
		}
		for row := int64(1); row <= 5; row++ {
			if got := one(t, s, run, row); got != model[row] {
				t.Fatalf("row %d after %+v\ngot  %+v\nwant %+v", row, batch, got, model[row])
			}
		}
	}
	if taken < 50 || refused < 5 {
		t.Errorf("%d batches taken, %d refused: the test tests little", taken, refused)
	}
}

// Every member of a record comes back as it was, at its extremes too.
func testFields(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	full := journal.Record{
		Kind: journal.Settle, Row: 1<<62 + 7, Attempt: 1, At: T0.Add(time.Hour), Status: journal.Rejected, Code: "phone_invalid", HTTPStatus: 422,
		VendorCode: "607", Field: "téléphone", Message: "it's \"wrong\";\x00\n\u202e", VendorID: "u-1", Elapsed: 90 * time.Minute,
	}
	first := intent(full.Row, 1)
	first.Line = 1 << 40
	add(t, s, run, first, full)
	want := journal.RowState{Record: full, First: first.At}
	want.Content, want.Identity, want.Line = first.Content, first.Identity, first.Line
	same(t, "settled", one(t, s, run, full.Row), want)

	uncertain := full
	uncertain.Kind, uncertain.Row, uncertain.Status = journal.Uncertain, 1<<63-1, journal.Unsettled
	bare := journal.Record{Kind: journal.Intent, Row: uncertain.Row, Attempt: 1}
	add(t, s, run, bare, uncertain)
	same(t, "uncertain", one(t, s, run, uncertain.Row), journal.RowState{Record: uncertain})
	if got := states(t, s, run, 1); len(got) != 2 || got[1].Row != uncertain.Row {
		t.Errorf("rows %+v", got)
	}
}

// A batch is taken whole or not at all, and a refusal leaves the store usable.
func testAtomic(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	add(t, s, run, intent(1, 1))
	err := s.Append(t.Context(), run, []journal.Record{
		intent(2, 1), settle(1, 1, journal.Created), settle(3, 0, journal.Skipped), settle(2, 2, journal.Created), intent(4, 1),
	})
	mustFence(t, err, 3)
	if got := states(t, s, run, 1); len(got) != 1 || got[0].Kind != journal.Intent {
		t.Errorf("left behind: %+v", got)
	}
	same(t, "requests since", len(must(s.Recent(t.Context(), account, T0, 99))(t)), 1)
	add(t, s, run, intent(2, 1), settle(1, 1, journal.Created), settle(2, 1, journal.Exists))
	add(t, s, run)
}

// A context that is done records nothing and breaks nothing.
func testContext(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Append(cancelled, run, []journal.Record{intent(1, 1)}); err == nil || errors.Is(err, journal.ErrStorage) {
		t.Errorf("append: %v", err)
	}
	same(t, "recorded", states(t, s, run, 1), nil)
	add(t, s, run, intent(1, 1))
	for _, err := range s.Rows(cancelled, run, 1) {
		if err == nil {
			t.Error("rows went on with a dead context")
		}
	}
}

func testUnknownRun(t *testing.T, s journal.Store) {
	run := begin(t, s, "r", account) + 1
	_, _, rowErr := s.Row(t.Context(), run, 1)
	_, countErr := s.Counts(t.Context(), run)
	errs := []error{
		s.Append(t.Context(), run, []journal.Record{intent(1, 1)}), s.Finish(t.Context(), run, journal.Complete, T0), s.Reopen(t.Context(), run), rowErr, countErr,
	}
	for _, err := range s.Rows(t.Context(), run, 1) {
		errs = append(errs, err)
	}
	for i, err := range errs {
		if !errors.Is(err, journal.ErrNoRun) || errors.Is(err, journal.ErrStorage) {
			t.Errorf("call %d: %v", i, err)
		}
	}
	same(t, "errors", len(errs), 6)
	add(t, s, run-1, intent(1, 1))
}

func key(st journal.RowState) string { return fmt.Sprint(st.Row, " ", st.Kind, " ", st.Status) }
