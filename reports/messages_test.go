package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"importer/pipeline/journal"
)

func sample(row int64) Sample { return Sample{Row: row, File: "a.csv", Line: row + 1} }

func TestMessagesAreSortedAndHaveSamples(t *testing.T) {
	var m Messages
	m.Add(sample(1), "phone", "is too short", "fix it")
	for row := range int64(5) {
		m.Add(sample(row+2), "phone", "is too long", "fix it")
	}
	m.Add(sample(9), "phone", "is too short", "did you mean another?")
	got := m.Counts()
	if len(got) != 3 || got[0].Message != "is too long" || got[0].Count != 5 || !slices.Equal(got[0].Samples, []Sample{sample(2), sample(3), sample(4)}) {
		t.Errorf("%+v", got)
	}
	if got[1].Hint != "did you mean another?" || got[2].Hint != "fix it" || got[2].Count != 1 {
		t.Errorf("messages with different hints are one: %+v", got)
	}
}

// TestMessagesAreBounded: messages that differ from row to row take no memory for each row.
func TestMessagesAreBounded(t *testing.T) {
	var m Messages
	for row := range int64(10_000) {
		m.Add(sample(row), "", fmt.Sprintf("the row is not JSON, at byte %d", row), "fix it")
		m.Add(sample(row), "", "the row is JSON, but no object", "fix it")
	}
	if len(m.kinds) != messagesCounted {
		t.Errorf("%d messages are kept", len(m.kinds))
	}
	got := m.Counts()
	if len(got) != messagesListed || got[0].Count != 10_000 || got[1].Count != 1 {
		t.Errorf("%d messages, the first ones %+v", len(got), got[:2])
	}
}

// messagesRun is a check with codes of one message, of several with one hint, and of several with hints of their own.
func messagesRun(t *testing.T) RunData {
	t.Helper()
	var records []journal.Record
	says := map[string]*Messages{}
	var faults []CodeCount
	row := int64(0)
	add := func(code string, said ...[2]string) {
		says[code] = &Messages{}
		sum := CodeCount{Code: code, Field: "name", Status: journal.Invalid, Hint: said[0][1]}
		for _, s := range said {
			row++
			records = append(records, settle(row, journal.Invalid, code))
			says[code].Add(sample(row), "name", s[0], s[1])
			sum.Count++
		}
		sum.Messages = says[code].Counts()
		faults = append(faults, sum)
	}
	add("name_unclear", [2]string{"may \x1b[31mstand first", "a column for each part"}, [2]string{"may \x1b[31mstand first", "a column for each part"})
	add("email_invalid", [2]string{"has no @", "fix it"}, [2]string{"has no @", "fix it"}, [2]string{"ends with a dot", "fix it"})
	add("phone_invalid", [2]string{"is too short", "fix it"}, [2]string{"is too long", "fix it"}, [2]string{"is <b>two</b>", "one to a cell"},
		[2]string{"is no number", ""}, [2]string{"is no number", ""})
	store, run := keep(t, journal.Run{Name: "20260304-050600-check-thanx-a", Vendor: "thanx", Inputs: []journal.InputFile{{Path: "a.csv"}}}, journal.Complete, records...)
	m := plain(t, store, run, row)
	m.Predicted, m.Messages, m.Faults = true, says, faults
	m.Hint = func(code string) string { return "what to do about " + code }
	return m
}

func TestGoldenMessages(t *testing.T) {
	m := messagesRun(t)
	s := moved(mustWrite(t, m), m.Folder, "reports/r")
	golden(t, "messages-text", textOf(t, s))
	var page bytes.Buffer
	if err := renderPage(&page, s, nil); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "<b>") || strings.Contains(page.String(), "\x1b") {
		t.Error("a message reaches the page unescaped")
	}
	for _, want := range []string{"<strong>1</strong> name: is too short", "one to a cell", "<p>name: may \\u001b[31mstand first</p>a column for each part"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	var kept Summary
	if err := json.Unmarshal(mustRead(t, filepath.Join(m.Folder, SummaryName)), &kept); err != nil {
		t.Fatal(err)
	}
	if got := kept.Codes[0]; got.Code != "phone_invalid" || got.Hint != "what to do about phone_invalid" || len(got.Messages) != 4 || got.Messages[0].Count != 2 {
		t.Errorf("%+v", got)
	}
}

// TestMessagesStandInTheListOfAllFaults: where rows have several faults, the codes of the rows have the most frequent message, and that list has the others.
func TestMessagesStandInTheListOfAllFaults(t *testing.T) {
	m := messagesRun(t)
	m.Faults[0].Count += 10
	lists := mustWrite(t, m).codeLists()
	if len(lists) != 2 || len(lists[0].First[0].Said) != 1 || lists[0].First[0].Others != "and 3 with other messages" {
		t.Errorf("%+v", lists[0])
	}
	if got := lists[1].First[2]; len(got.Said) != 3 || got.Said[0].Text != "is no number" || got.Others != "and 1 with other messages" {
		t.Errorf("%+v", got)
	}
	if len(lists[0].Codes[0].Said) != 4 {
		t.Errorf("the page leaves out messages: %+v", lists[0].Codes[0])
	}
}
