package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"importer/pipeline/journal"
)

// nightly is what a run of four rows came to, of which an earlier run knew those of the given numbers: two are invalid, one was rejected, one is as fate has it.
func nightly(t *testing.T, last journal.Record, exitKnown bool, known ...byte) Summary {
	t.Helper()
	records := []journal.Record{settle(1, journal.Invalid, "date_invalid"), settle(2, journal.Invalid, "date_invalid"), settle(3, journal.Invalid, "email_invalid")}
	for i := range records {
		records[i].Content = journal.Digest{byte(i + 1)}
	}
	first := intent(4, 1)
	first.Content = journal.Digest{4}
	records = append(records, first)
	if last.Status != journal.InDoubt {
		last.Content = journal.Digest{4}
		records = append(records, last)
	}
	store, run := keep(t, journal.Run{Name: "night"}, journal.Complete, records...)
	m := plain(t, store, run, 4)
	m.ExitKnown = exitKnown
	m.Known = func(_ context.Context, r journal.Record) (bool, error) {
		return slices.Contains(known, r.Content[0]), nil
	}
	return mustWrite(t, m)
}

// TestKnownRowsFailNoNight: the exit code is about what is new, unless the strict one is asked for; a row in doubt is always open.
func TestKnownRowsFailNoNight(t *testing.T) {
	t.Parallel()
	fine, doubt := settle(4, journal.Created, ""), journal.Record{Status: journal.InDoubt}
	for name, c := range map[string]struct {
		last    journal.Record
		strict  bool
		known   []byte
		want    ExitCode
		meaning string
		calm    bool
	}{
		"nothing is known":  {fine, false, nil, ExitFailures, "the run ended; some rows were not created.", false},
		"one is new":        {fine, false, []byte{1, 2}, ExitFailures, "the run ended; 3 rows were not created, 2 of them as in earlier runs.", false},
		"all are known":     {fine, false, []byte{1, 2, 3}, ExitOK, "nothing new failed; 3 rows failed as in earlier runs.", true},
		"known, and strict": {fine, true, []byte{1, 2, 3}, ExitFailures, "nothing new failed; 3 rows failed as in earlier runs.", true},
		"a row in doubt":    {doubt, false, []byte{1, 2, 3, 4}, ExitInDoubt, ExitInDoubt.Meaning(), false},
	} {
		s := nightly(t, c.last, c.strict, c.known...)
		if s.Exit != c.want || s.Meaning != c.meaning || s.Calm() != c.calm {
			t.Errorf("%s: exit %d (%s), calm %v", name, s.Exit, s.Meaning, s.Calm())
		}
	}
}

// TestBriefNamesWhatIsNew: the largest causes among the rows that are new, in at most nine lines.
func TestBriefNamesWhatIsNew(t *testing.T) {
	t.Parallel()
	s := nightly(t, settle(4, journal.Created, ""), false, 2)
	s.Next = []Command{{Type: "importer retry failed.csv"}}
	want := "night\n  1  date_invalid (invalid): fix date_invalid\n  1  email_invalid (invalid): fix email_invalid\nreports: " + s.Files.Folder() +
		"\nnext: importer retry failed.csv\nexit 1: the run ended; 3 rows were not created, 1 of them as in earlier runs.\nsum: 4 read = 1 created + 3 invalid"
	for i := range s.Codes {
		if !s.Codes[i].OK {
			s.Codes[i].Hint = "fix " + s.Codes[i].Code
		}
	}
	if got := strings.Join(s.Brief(), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i := range int64(20) {
		s.Codes = append(s.Codes, CodeCount{Code: fmt.Sprintf("code_%d", i), Status: journal.Rejected, Count: i + 2})
	}
	s.Codes = append(s.Codes, CodeCount{Code: "outcome_unknown", Status: journal.InDoubt, Count: 1})
	lines := s.Brief()
	if len(lines) != 9 || lines[1] != "  1  outcome_unknown (in_doubt)" || lines[2] != "  21  code_19 (rejected)" || lines[4] != "  and 20 codes more" {
		t.Errorf("%d lines:\n%s", len(lines), strings.Join(lines, "\n"))
	}
}
