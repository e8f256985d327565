package reports

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

func TestSumText(t *testing.T) {
	for _, c := range []struct {
		read   int64
		counts journal.Counts
		want   string
	}{
		{0, journal.Counts{}, "sum: 0 read = 0"},
		{3, journal.Counts{journal.Created: 3}, "sum: 3 read = 3 created"},
		{36, journal.Counts{0, 1, 2, 3, 4, 5, 6, 7, 8}, "sum: 36 read = 1 created + 2 exists + 3 rejected + 4 invalid + 5 duplicate + 6 skipped + 7 in_doubt + 8 unsent"},
		{4, journal.Counts{journal.Created: 3}, "sum: 4 read != 3 created"},
	} {
		if got := (Summary{RowsRead: c.read, Counts: c.counts}).Sum(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// lying is a journal that says one thing row by row, and another when asked to count.
type lying struct {
	States
	counts []journal.Count
}

func (l lying) Counts(context.Context, int64) ([]journal.Count, error) { return l.counts, nil }

func TestCheckFindsWhatDoesNotAddUp(t *testing.T) {
	ended := func(t *testing.T) (journal.Store, journal.Run) {
		return keep(t, journal.Run{Name: "r"}, journal.Complete, settle(1, journal.Skipped, ""), settle(2, journal.Skipped, ""), settle(3, journal.Skipped, ""))
	}
	for name, c := range map[string]struct {
		change func(*RunData)
		want   string // "" for none
	}{
		"sound":                     {func(*RunData) {}, ""},
		"engine agrees":             {func(m *RunData) { m.RowsRead = 3 }, ""},
		"engine read more":          {func(m *RunData) { m.RowsRead = 4 }, "the run read 4 rows, the report 3"},
		"journal knows another row": {func(m *RunData) { *m = withRows(*m, 2) }, "the first it lacks is row 3"},
		"journal counts otherwise": {func(m *RunData) {
			m.States = lying{m.States, []journal.Count{{Status: journal.Skipped, Rows: 2}, {Status: journal.Created, Rows: 1}}}
		}, "the journal counts 1 rows created, but gives 0"},
	} {
		t.Run(name, func(t *testing.T) {
			store, run := ended(t)
			m := plain(t, store, run, 3)
			c.change(&m)
			s := mustWrite(t, m)
			err := s.Check()
			if (err == nil) == errors.Is(err, ErrSum) {
				t.Errorf("check: %v : errors.Is(err, ErrSum) differs", err)
			}
			if changed := strings.Contains(name, "read more") || strings.Contains(name, "another row"); changed != (problem.Hint(err) == "was the input changed?") {
				t.Errorf("the hint is %q", problem.Hint(err))
			}
			if c.want == "" {
				if err != nil || s.Exit != ExitOK || !s.Proof.Holds {
					t.Errorf("check: %v, exit %d", err, s.Exit)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || s.Exit != ExitInternal || s.Proof.Holds {
				t.Errorf("check: %v, exit %d; want %q, exit 5", err, s.Exit, c.want)
			}
			if text := string(textOf(t, s)); !strings.Contains(strings.Join(strings.Fields(text), " "), c.want) {
				t.Errorf("the text does not say it:\n%s", text)
			}
			if hint := problem.Hint(err); !strings.Contains(string(textOf(t, s)), "hint: "+hint) && hint != "" || !strings.Contains(string(mustRead(t, s.Files.Page)), hint) {
				t.Errorf("text or page lack the hint %q", hint)
			}
		})
	}
	if err := (Summary{RowsRead: 2, Counts: journal.Counts{journal.Created: 1}, Proof: Proof{Lines: 1}}).Check(); err == nil ||
		!strings.Contains(err.Error(), "2 rows read, but 1 have a status") || !strings.Contains(err.Error(), "results.csv has 1 lines") {
		t.Errorf("check: %v", err)
	}
}

func withRows(m RunData, count int64) RunData {
	m.Open = func(context.Context) (Rows, error) {
		return &numbered{count: count, cells: func(int64) []string { return []string{"", ""} }}, nil
	}
	return m
}

func TestExitFollowsFromTheRows(t *testing.T) {
	created := []journal.Record{intent(1, 1), settle(1, journal.Created, "")}
	taken := []journal.Record{intent(1, 1), settle(1, journal.Exists, "email_taken")}
	doubt := []journal.Record{intent(1, 1), {Kind: journal.Settle, Row: 1, Attempt: 1, Status: journal.InDoubt, Code: "email_taken", At: at(1)}}
	for name, c := range map[string]struct {
		records []journal.Record
		state   journal.RunState
		exit    ExitCode
		ok      []string
		want    ExitCode
	}{
		"created":                   {created, journal.Complete, 0, nil, ExitOK},
		"skipped":                   {[]journal.Record{settle(1, journal.Skipped, "already_imported")}, journal.Complete, 0, nil, ExitOK},
		"exists":                    {taken, journal.Complete, 0, nil, ExitFailures},
		"exists, counts as ok":      {taken, journal.Complete, 0, []string{"email_taken"}, ExitOK},
		"in doubt":                  {doubt, journal.Complete, 0, nil, ExitInDoubt},
		"doubt never counts as ok":  {doubt, journal.Complete, 0, []string{"email_taken"}, ExitInDoubt},
		"unsent never counts as ok": {nil, journal.Complete, 0, []string{journal.CodeNotReached}, ExitFailures},
		"stopped":                   {created, journal.Stopped, 0, nil, ExitTooMany},
		"stopped, fatal":            {nil, journal.Stopped, ExitFatal, nil, ExitFatal},
		"superseded":                {doubt, journal.Superseded, 0, nil, ExitInterrupted},
		"interrupted":               {doubt, journal.Interrupted, 0, nil, ExitInterrupted},
		"crashed":                   {doubt, journal.Running, 0, nil, ExitInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			store, run := keep(t, journal.Run{Name: "r"}, c.state, c.records...)
			m := plain(t, store, run, 1)
			m.OK, m.Exit = c.ok, c.exit
			if s := mustWrite(t, m); s.Exit != c.want || s.Meaning != c.want.Meaning() {
				t.Errorf("exit %d (%s), want %d", s.Exit, s.Meaning, c.want)
			}
		})
	}
}

// A check sends nothing, so rows that nothing is wrong with are no failures.
func TestPredictedRowsAreReady(t *testing.T) {
	store, run := keep(t, journal.Run{Name: "clean"}, journal.Complete)
	checkPredicted(t, plain(t, store, run, 3), ExitOK)
	store, run = keep(t, journal.Run{Name: "faulty"}, journal.Complete, settle(2, journal.Invalid, "invalid_email"))
	checkPredicted(t, plain(t, store, run, 3), ExitFailures)
}

func checkPredicted(t *testing.T, m RunData, want ExitCode) {
	t.Helper()
	m.Predicted = true
	s := mustWrite(t, m)
	if s.Exit != want || s.Failed != s.Counts[journal.Invalid] || !strings.Contains(s.Meaning, "nothing was sent") {
		t.Errorf("exit %d, %d failed, %q; want exit %d", s.Exit, s.Failed, s.Meaning, want)
	}
	for name, text := range map[string]string{"text": string(textOf(t, s)), "page": string(mustRead(t, s.Files.Page))} {
		if !strings.Contains(text, "ready to send") || strings.Contains(text, meanings[journal.Unsent]) {
			t.Errorf("the %s shows ready rows as rows not reached:\n%s", name, text)
		}
	}
}

func TestEveryExitCodeHasAMeaning(t *testing.T) {
	seen := map[string]bool{}
	for _, code := range []ExitCode{ExitOK, ExitFailures, ExitTooMany, ExitFatal, ExitInterrupted, ExitInternal, ExitInDoubt, ExitUsage, ExitData, ExitStorage, ExitBusy} {
		meaning := code.Meaning()
		if seen[meaning] || meaning == ExitCode(99).Meaning() || !strings.HasSuffix(meaning, ".") {
			t.Errorf("exit %d: %q", code, meaning)
		}
		seen[meaning] = true
	}
}

// states is a journal made of any states, also impossible ones.
type states struct {
	journal.Store
	all []journal.RowState
	err error
}

func (s states) Rows(context.Context, int64, int64) iter.Seq2[journal.RowState, error] {
	return func(yield func(journal.RowState, error) bool) {
		for _, state := range s.all {
			if !yield(state, nil) {
				return
			}
		}
		if s.err != nil {
			yield(journal.RowState{}, s.err)
		}
	}
}

func TestMergeRefusesWhatCannotBe(t *testing.T) {
	state := func(row int64, kind journal.Kind, status journal.Status) journal.RowState {
		return journal.RowState{Record: journal.Record{Row: row, Kind: kind, Status: status}}
	}
	lost := errors.New("the disk is gone")
	for name, c := range map[string]struct {
		states states
		want   string
	}{
		"journal out of order":  {states{all: []journal.RowState{state(2, journal.NotRegistered, 0), state(1, journal.NotRegistered, 0)}}, "row 1 follows row 2"},
		"a row twice":           {states{all: []journal.RowState{state(1, journal.NotRegistered, 0), state(1, journal.NotRegistered, 0)}}, "row 1 follows row 1"},
		"settled without":       {states{all: []journal.RowState{state(1, journal.Settle, journal.Unsettled)}}, "row 1: the journal settles it with no status"},
		"settled unsent":        {states{all: []journal.RowState{state(1, journal.Settle, journal.Unsent)}}, "no status"},
		"settled with nonsense": {states{all: []journal.RowState{state(1, journal.Settle, 99)}}, "no status"},
		"unknown kind":          {states{all: []journal.RowState{state(1, 99, 0)}}, "unknown kind 99"},
		"journal breaks":        {states{all: []journal.RowState{state(1, journal.NotRegistered, 0)}, err: lost}, "read the journal after row 1: the disk is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Write(context.Background(), plain(t, c.states, journal.Run{ID: 1}, 3)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
