package rig

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// tally is what a check counts. The members from twice to strange are zero in a sound program.
type tally struct {
	rows, created, exists, doubt int

	twice     int // people registered twice
	invented  int // rows said created, nobody registered
	denied    int // people registered, the row says otherwise and is not in doubt
	unsettled int // rows without exactly one line, or with a status that nothing explains
}

// checkBook holds the journal between two lives to the vendor's register, and to what it said before.
func checkBook(t testing.TB, l list, before, now book, acts map[string]int, workers int) {
	t.Helper()
	if now.open > before.open+workers {
		t.Errorf("%d rows are open after %d, with %d workers", now.open, before.open, workers)
	}
	for row, was := range before.rows {
		is, ok := now.rows[row]
		switch {
		case !ok:
			t.Errorf("row %d is lost", row)
		case is.Attempt < was.Attempt:
			t.Errorf("row %d went back from attempt %d to %d", row, was.Attempt, is.Attempt)
		case was.Kind == journal.Settle && was.Status.Final() && was.Status != journal.InDoubt && is.Status != was.Status:
			t.Errorf("row %d was %s and is %s", row, was.Status, is.Status)
		}
	}
	for i, w := range l.rows {
		if st := now.rows[int64(i+1)]; acts[w.email] > 0 && w.kind != twin && st.Attempt == 0 {
			t.Errorf("row %d: %s was registered, and the journal knows of no attempt", i+1, w.email)
		} else if st.Status == journal.Created && acts[w.email] == 0 {
			t.Errorf("row %d: created in the journal, and nobody was registered", i+1)
		}
	}
}

// checkEnd holds the reports of a run that came to its end to the register.
func checkEnd(t testing.TB, l list, folder string, acts map[string]int) (c tally) {
	t.Helper()
	c.rows = len(l.rows)
	for who, n := range acts {
		if n > 1 {
			c.twice++
			t.Errorf("%s was registered %d times", who, n)
		}
	}
	next := int64(1)
	for line, err := range reports.ReadResults(filepath.Join(folder, reports.ResultsName)) {
		if err != nil {
			t.Fatal(err)
		}
		if int64(line.Row) != next || next > int64(len(l.rows)) {
			c.unsettled++
			t.Fatalf("results.csv has row %d where row %d belongs", line.Row, next)
		}
		l.judge(t, &c, line, acts[l.rows[next-1].email])
		next++
	}
	if next != int64(len(l.rows))+1 {
		c.unsettled++
		t.Errorf("results.csv ends after row %d of %d", next-1, len(l.rows))
	}
	checkSummary(t, folder, len(l.rows))
	return c
}

// judge holds one line of results.csv to what its row was made to be, and to how often its person was registered.
func (l list) judge(t testing.TB, c *tally, line reports.Line, acts int) {
	t.Helper()
	w := l.rows[line.Row-1]
	status, probably := line.Status, strings.HasPrefix(string(line.Message), "probably registered by this run")
	fits := false
	switch w.kind {
	case invalid:
		fits = status == journal.Invalid
	case twin:
		fits = status == journal.Duplicate
	case taken:
		fits = status == journal.Exists && acts == 0 || status == journal.Created && acts == 1 || status == journal.InDoubt ||
			line.Code == pipeline.CodePhoneShared && acts == 0 // they all have one number
	case person:
		fits = status == journal.Created || status == journal.Exists && probably || status == journal.InDoubt
	}
	switch {
	case w.kind == twin:
	case status == journal.Created && acts == 0:
		c.invented++
	case status != journal.Created && acts > 0 && status != journal.InDoubt && !(status == journal.Exists && probably):
		c.denied++
	}
	if status == journal.InDoubt {
		c.doubt++
		fits = fits && l.vendor == "distinct" && w.phone == "" // all else is settled by sending it again
	}
	if status == journal.Created {
		c.created++
	}
	if status == journal.Exists {
		c.exists++
	}
	if !fits || status == journal.Created && acts == 0 {
		c.unsettled++
		t.Errorf("row %d (kind %d, %s, phone %q, registered %d times) is %s, code %s: %s", line.Row, w.kind, w.email, w.phone, acts, status, line.Code, line.Message)
	}
}

func checkSummary(t testing.TB, folder string, rows int) {
	t.Helper()
	var s reports.Summary
	data, err := os.ReadFile(filepath.Join(folder, reports.SummaryName))
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !s.Proof.Holds || s.RowsRead != int64(rows) || s.Counts.Sum() != int64(rows) || s.State != "complete" {
		t.Errorf("the sum does not hold: %+v", s)
	}
}

// exitOf is the exit code that the counts of a complete run ask for.
func exitOf(c tally) int {
	switch {
	case c.doubt > 0:
		return int(reports.ExitInDoubt)
	case c.created < c.rows:
		return int(reports.ExitFailures)
	}
	return int(reports.ExitOK)
}
