package reports

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/profile"
	"importer/pipeline/journal"
)

// checkRun is a check of testdata/list.csv, with what it read.
func checkRun(t *testing.T) (RunData, []profile.Field) {
	t.Helper()
	set := survey(t, "testdata/list.csv")
	m, err := mapping.Compile(mapping.Spec{Ignore: []string{"*"}, Fields: []mapping.FieldSpec{
		{Name: "email", Columns: []string{"E-mail"}}, {Name: "first_name", Columns: []string{"Name"}},
		{Name: "phone", Columns: []string{"Phone"}, Country: "IE"}, {Name: "password", Columns: []string{"Password"}},
	}}, set.Header, mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := profile.New(m, set.Header)
	rows, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if row.Broken == nil {
			customer, faults := m.Map(row.Cells)
			p.Add(profile.Place{Row: row.Number, File: "samples/list.csv", Line: row.Line}, row.Cells, &customer, faults)
		}
	}
	store, run := keep(t, journal.Run{Name: "20260304-050600-check-distinct-list", Vendor: "distinct", Inputs: []journal.InputFile{{Path: "samples/list.csv"}}}, journal.Complete)
	return RunData{
		Folder: t.TempDir(), Run: run, States: store, Open: func(context.Context) (Rows, error) { return set.Open() },
		Format: Format{Header: set.Header, Secret: []string{"Password"}}, Predicted: true, Profile: p.Masked(),
	}, p.Fields()
}

// TestGoldenCheck: what a check read stands in the summary and on the page, and nobody's data is in clear there.
func TestGoldenCheck(t *testing.T) {
	m, clear := checkRun(t)
	mustWrite(t, m)
	for _, name := range []string{SummaryName, PageName} {
		got := strings.ReplaceAll(string(mustRead(t, filepath.Join(m.Folder, name))), m.Folder, listFolder)
		golden(t, "check-"+name, []byte(got))
		for _, f := range clear {
			for _, s := range f.Samples {
				if len(s.Before) > 5 && s.Way != profile.Refused && strings.Contains(got, s.Before) {
					t.Errorf("%s shows %q", name, s.Before)
				}
			}
		}
		if strings.Contains(got, "pw-") {
			t.Errorf("%s shows a password", name)
		}
	}
}

func TestFieldReadInWords(t *testing.T) {
	at := func(row int64) profile.Place { return profile.Place{Row: row, File: "lists/a.csv", Line: row + 1} }
	f := profile.Field{
		Name: "postal_code", Columns: []string{"Post", "Zip\x1b[2J"}, Filled: 9990, Empty: 3, Invalid: 1, Distinct: 10_000, Over: true,
		Shortest: &profile.Found{Characters: 4, First: at(3)}, Longest: &profile.Found{Characters: 5, First: at(1)},
		Top:     []profile.Count{{Text: "10115", Cells: 700, Least: true}, {Text: "001", Cells: 9}},
		Changes: []profile.Count{{Text: "unchanged", Cells: 9000}, {Text: "refused", Cells: 1}},
		Usual:   &profile.Found{Text: "99999", Cells: 9980}, Odd: []profile.Found{{Text: "9999", Cells: 10, First: at(3)}}, OddMore: 2,
		Suspicious: []profile.Found{{Text: "html_markup", Cells: 2, First: at(4)}}, Notes: []profile.Note{{Code: "trimmed", Cells: 1, Seen: []string{"x?"}}},
		Samples: []profile.Sample{
			{Place: at(9), Way: profile.Cleaned, Before: " 1\x07", After: "1"}, {Place: at(2), Way: profile.Unchanged, Before: "2", After: "2"},
			{Place: at(5), Way: profile.Refused, Before: "?", After: "too_long"}, {Place: at(6), Way: profile.Emptied, Before: "n/a"}, {Place: at(7), Way: profile.Defaulted, After: "0"},
		},
	}
	one, several := NewFieldRead(f, false), NewFieldRead(f, true)
	for _, c := range []struct{ got, want string }{
		{one.Source(), `Post, Zip\x1b[2J`},
		{one.Counts(), "9,990 filled, 3 empty, 1 invalid; more than 10,000 different"},
		{one.Became(), "9,000 unchanged; 4 to 5 characters (line 4, line 2)"},
		{several.Became(), "9,000 unchanged; 4 to 5 characters (a.csv:4, a.csv:2)"},
		{one.Frequent(), "most often: 10115 at least 700, 001 9"},
		{NewFieldRead(profile.Field{Countries: []profile.Count{{Text: "IE", Cells: 2}, {Text: "none", Cells: 1}}, Earliest: "1", Latest: "2"}, false).Frequent(), "from 1 to 2; countries: IE 2, none 1"},
		{one.Odd(), "10 like 9999 (line 4), 2 otherwise, where 9,980 are like 99999"},
		{one.Suspicious(), "2 with HTML tags (line 5)"},
		{one.Notes(), "trimmed in 1 cell (x?)"},
		{one.Samples(5)[0].String(), "3: 2"},
		{one.Samples(5)[1].String(), "6: ? → refused, too_long"},
		{one.Samples(5)[2].String(), "7: n/a → (nothing)"},
		{several.Samples(5)[3].String(), "a.csv:8: (empty) → 0"},
		{one.Samples(1)[0].String(), `10: " 1\a" → 1`},
		{NewFieldRead(profile.Field{}, false).Counts(), "no rows"},
		{NewFieldRead(profile.Field{}, false).Became() + NewFieldRead(profile.Field{}, false).Odd() + NewFieldRead(profile.Field{}, false).Frequent(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if !one.Remarkable() || NewFieldRead(profile.Field{Filled: 3}, false).Remarkable() {
		t.Error("what is invalid, odd or suspicious is remarkable, and nothing else")
	}
}
