package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/profile"
)

// fullField has something to say on every line.
func fullField() profile.Field {
	long := strings.Repeat("a long text ", 20)
	at := profile.Place{Row: 1, Line: 2}
	f := profile.Field{
		Name: "first_name", Columns: []string{"First\x1b[2J", long}, Filled: 100, Invalid: 2, Distinct: 90,
		Shortest: &profile.Found{Characters: 1, First: at}, Longest: &profile.Found{Characters: 300, First: at},
		Top:     []profile.Count{{Text: long, Cells: 3}, {Text: "Te\x07st", Cells: 3}, {Text: long, Cells: 3}, {Text: long, Cells: 3}},
		Changes: []profile.Count{{Text: "unchanged", Cells: 100}}, Usual: &profile.Found{Text: "A", Cells: 90, First: at},
		Odd:        []profile.Found{{Text: long, Cells: 1, First: at}, {Text: long, Cells: 1, First: at}, {Text: long, Cells: 1, First: at}},
		Suspicious: []profile.Found{{Text: "html_entity", Cells: 1, First: at}, {Text: "double_encoded", Cells: 1, First: at}, {Text: "very_long", Cells: 1, First: at}},
	}
	f.Samples = append(f.Samples, profile.Sample{Place: profile.Place{Row: 90, Line: 91}, Way: profile.Refused, Before: "\x1b[31mred", After: "control_character"})
	for i := range 9 {
		f.Samples = append(f.Samples, profile.Sample{Place: profile.Place{Row: int64(i + 1), Line: int64(i + 2)}, Way: profile.Rewritten, Before: long, After: fmt.Sprint(i)})
	}
	return f
}

// shownBy is what a terminal shows of a field, on standard output and on standard error.
func shownBy(d runs.Display, f profile.Field) (stdout, stderr string) {
	var out, errs bytes.Buffer
	t := New(Config{Out: &out, Err: &errs, OutWidth: func() (int, bool) { return 0, false }})
	t.notices.now = nil
	t.show(d)
	t.Observe(runs.FieldRead{Field: f, First: true, Last: true})
	return out.String(), errs.String()
}

// TestAFieldFitsSixLines of 100 columns, whatever there is to say, and the most telling sample is there.
func TestAFieldFitsSixLines(t *testing.T) {
	out, errs := shownBy(runs.Display{}, fullField())
	lines := strings.Split(strings.TrimSpace(out), "\n")[2:]
	if len(lines) != linesAField {
		t.Errorf("%d lines:\n%s", len(lines), out)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 100 || strings.ContainsAny(line, "\x1b\x07") {
			t.Errorf("%q", line)
		}
	}
	if last := lines[len(lines)-1]; !strings.HasSuffix(last, ` | 91: \x1b[31mred → refused, control_character`) {
		t.Errorf("the last line is %q", last)
	}
	if errs != "" {
		t.Errorf("on standard error: %s", errs)
	}
	few := profile.Field{Name: "language", Columns: []string{"Lang"}, Filled: 2, Distinct: 1, Shortest: &profile.Found{Characters: 2}, Longest: &profile.Found{Characters: 2},
		Samples: []profile.Sample{{Place: profile.Place{Row: 1, Line: 2}, Way: profile.Translated, Before: "English", After: "en"}}}
	want := "What was read: field ← column, and line: cell → value. Compare some with the list.\n\nlanguage ← Lang: 2 filled; 1 different\n  2 characters\n  2: English → en\n\n"
	if out, _ := shownBy(runs.Display{}, few); out != want {
		t.Errorf("%q, want %q", out, want)
	}
	if line := notRead([]string{"Title", "A\x1bB", strings.Repeat("long ", 30)}, 60); !strings.HasPrefix(line, `not read: Title, A\x1bB, long`) || utf8.RuneCountInString(line) != 61 {
		t.Errorf("%q", line)
	}
}

// TestOnlyPeopleAreShownCells: neither --quiet nor --json nor a log for a collector shows any.
func TestOnlyPeopleAreShownCells(t *testing.T) {
	for _, d := range []runs.Display{{Quiet: true}, {JSON: true}} {
		if out, errs := shownBy(d, fullField()); out+errs != "" {
			t.Errorf("%+v prints %s%s", d, out, errs)
		}
	}
}
