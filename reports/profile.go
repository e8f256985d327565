package reports

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/profile"
)

// How much of a profile is told.
const (
	countsTold = 5  // frequent values, domains and the like
	textTold   = 28 // characters of a cell or value
)

// FieldRead is what was read of one field, in words for people. Texts of the list come out escaped and cut.
type FieldRead struct {
	profile.Field
	several bool // the list has several files: a place names its file
}

// NewFieldRead puts what was read of a field into words. several: rows come from several files.
func NewFieldRead(f profile.Field, several bool) FieldRead { return FieldRead{f, several} }

// fieldsRead are the fields of the profile, in words.
func (s Summary) fieldsRead() (list []FieldRead) {
	for _, f := range s.Profile {
		list = append(list, NewFieldRead(f, len(s.Inputs) > 1))
	}
	return list
}

// Source names the columns that the field is read from.
func (f FieldRead) Source() string {
	names := make([]string, len(f.Columns))
	for i, name := range f.Columns {
		names[i] = mapping.Escape(name, textTold)
	}
	return strings.Join(names, ", ")
}

// Counts says how many cells are filled, and with how many values.
func (f FieldRead) Counts() string {
	var parts []string
	for _, c := range []struct {
		n    int64
		what string
	}{{f.Filled - f.defaulted(), "filled"}, {f.defaulted(), "by default"}, {f.Empty, "empty"}, {f.Invalid, "invalid"}} {
		if c.n > 0 {
			parts = append(parts, Grouped(c.n)+" "+c.what)
		}
	}
	text := cmp.Or(strings.Join(parts, ", "), "no rows")
	switch {
	case f.Filled == 0:
		return text
	case f.Over:
		return fmt.Sprintf("%s; more than %s different", text, Grouped(f.Distinct))
	}
	return fmt.Sprintf("%s; %s different", text, Grouped(f.Distinct))
}

// defaulted is how many cells have the value of the job's default.
func (f FieldRead) defaulted() int64 {
	for _, c := range f.Changes {
		if c.Text == string(profile.Defaulted) {
			return c.Cells
		}
	}
	return 0
}

// Became says what was made of the cells, and how long the values are; "" where there are none.
func (f FieldRead) Became() string {
	parts := make([]string, 0, len(f.Changes))
	for _, c := range f.Changes {
		if c.Text != string(profile.Refused) {
			parts = append(parts, Grouped(c.Cells)+" "+c.Text)
		}
	}
	text := strings.Join(parts, ", ")
	if f.Filled == 0 {
		return text
	}
	if text != "" {
		text += "; "
	}
	return text + f.length()
}

func (f FieldRead) length() string {
	short, long := f.Shortest, f.Longest
	switch {
	case short.Characters == long.Characters:
		return Plural(int64(long.Characters), "character")
	case short.First == (profile.Place{}):
		return fmt.Sprintf("%d to %d characters", short.Characters, long.Characters)
	}
	return fmt.Sprintf("%d to %d characters (%s, %s)", short.Characters, long.Characters, f.at(short.First), f.at(long.First))
}

// Frequent says what many values have in common: dates, countries, domains, values. "" where there is nothing to say.
func (f FieldRead) Frequent() string {
	var parts []string
	if f.Earliest != "" {
		parts = append(parts, fmt.Sprintf("from %s to %s", f.Earliest, f.Latest))
	}
	for _, list := range []struct {
		title  string
		counts []profile.Count
	}{{"most often", f.Top}, {"countries", f.Countries}, {"domains", f.Domains}, {"decades", f.Decades}} {
		if len(list.counts) > 0 {
			parts = append(parts, list.title+": "+countsOf(list.counts))
		}
	}
	return strings.Join(parts, "; ")
}

func countsOf(list []profile.Count) string {
	var parts []string
	for _, c := range list[:min(len(list), countsTold)] {
		least := ""
		if c.Least {
			least = "at least "
		}
		parts = append(parts, fmt.Sprintf("%s %s%s", mapping.Escape(c.Text, textTold), least, Grouped(c.Cells)))
	}
	if len(list) > countsTold {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}

// Odd says which cells are written unlike nearly all others, the most frequent way first; "" where none is.
func (f FieldRead) Odd() string {
	if len(f.Field.Odd) == 0 {
		return ""
	}
	parts := make([]string, 0, len(f.Field.Odd)+1)
	for _, one := range f.Field.Odd {
		parts = append(parts, fmt.Sprintf("%s like %s (%s)", Grouped(one.Cells), mapping.Escape(one.Text, textTold), f.at(one.First)))
	}
	if f.OddMore > 0 {
		parts = append(parts, Grouped(f.OddMore)+" otherwise")
	}
	return fmt.Sprintf("%s, where %s like %s", strings.Join(parts, ", "), areOf(f.Usual.Cells), mapping.Escape(f.Usual.Text, textTold))
}

func areOf(n int64) string {
	if n == 1 {
		return "1 is"
	}
	return Grouped(n) + " are"
}

// Suspicious says which values look wrong that are sent all the same; "" where none does.
func (f FieldRead) Suspicious() string {
	parts := make([]string, 0, len(f.Field.Suspicious))
	for _, one := range f.Field.Suspicious {
		parts = append(parts, fmt.Sprintf("%s %s (%s)", Grouped(one.Cells), profile.Suspicion(one.Text).Means(), f.at(one.First)))
	}
	return strings.Join(parts, ", ")
}

// Notes says what mapping did to cells that is no fault; "" where there is nothing.
func (f FieldRead) Notes() string {
	parts := make([]string, 0, len(f.Field.Notes))
	for _, n := range f.Field.Notes {
		text := fmt.Sprintf("%s in %s", n.Code, Plural(n.Cells, "cell"))
		if len(n.Seen) > 0 {
			text += " (" + strings.Join(n.Seen, ", ") + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// Remarkable reports whether a person should look at the field: something is invalid, odd or suspicious.
func (f FieldRead) Remarkable() bool {
	return f.Invalid > 0 || len(f.Field.Odd) > 0 || len(f.Field.Suspicious) > 0
}

// at says where a row is: "line 12", or "b.csv:12" where there are several files.
func (f FieldRead) at(p profile.Place) string {
	if f.several {
		return fmt.Sprintf("%s:%d", Shown(filepath.Base(p.File)), p.Line)
	}
	return fmt.Sprintf("line %d", p.Line)
}

// SampleRead is a cell and what was made of it, as it is shown.
type SampleRead struct {
	At     string // its line, with the file where there are several
	Row    int64
	Before string // "" of a cell without text
	After  string // what is sent; of a refused cell the code of the fault
	Way    profile.Way
}

// Same reports whether the cell is sent as it stands.
func (s SampleRead) Same() bool { return s.Way == profile.Unchanged }

// Refused reports whether the cell is invalid.
func (s SampleRead) Refused() bool { return s.Way == profile.Refused }

// Samples are the cells that a person compares with the list, as many as asked for, in the order of the list.
func (f FieldRead) Samples(most int) []SampleRead {
	list := make([]SampleRead, 0, most)
	for _, s := range f.Field.Samples[:min(most, len(f.Field.Samples))] {
		at := strings.TrimPrefix(f.at(s.Place), "line ")
		list = append(list, SampleRead{at, s.Row, visible(s.Before), visible(s.After), s.Way})
	}
	slices.SortFunc(list, func(a, b SampleRead) int { return cmp.Compare(a.Row, b.Row) })
	return list
}

// visible is a text of a list as it is shown: in quotes where blanks at its ends would not show.
func visible(text string) string {
	shown := mapping.Escape(text, textTold)
	if text != strings.TrimSpace(text) {
		return `"` + shown + `"`
	}
	return shown
}

// String returns the sample in one line, such as `12: 01/02/1990 → 1990-02-01`.
func (s SampleRead) String() string {
	switch before := cmp.Or(s.Before, "(empty)"); {
	case s.Same():
		return s.At + ": " + before
	case s.Refused():
		return s.At + ": " + before + " → refused, " + s.After
	default:
		return s.At + ": " + before + " → " + cmp.Or(s.After, "(nothing)")
	}
}
