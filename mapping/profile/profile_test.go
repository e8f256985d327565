package profile_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"importer/mapping"
	"importer/mapping/profile"
)

func compile(t testing.TB, header []string, fields []mapping.FieldSpec) *mapping.Mapper {
	t.Helper()
	m, err := mapping.Compile(mapping.Spec{Fields: fields, Ignore: []string{"*"}}, header, mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func field(name string, columns ...string) mapping.FieldSpec {
	return mapping.FieldSpec{Name: name, Columns: columns}
}

// read maps rows of a list and profiles them.
func read(t testing.TB, fields []mapping.FieldSpec, header []string, rows ...[]string) *profile.Profile {
	t.Helper()
	m := compile(t, header, fields)
	p := profile.New(m, header)
	for i, cells := range rows {
		c, faults := m.Map(cells)
		p.Add(profile.Place{Row: int64(i + 1), Line: int64(i + 2)}, cells, &c, faults)
	}
	return p
}

// column is read for a field of one column.
func column(t testing.TB, f mapping.FieldSpec, cells ...string) profile.Field {
	t.Helper()
	f.Columns = []string{"C"}
	rows := make([][]string, len(cells))
	for i, cell := range cells {
		rows[i] = []string{cell}
	}
	return read(t, []mapping.FieldSpec{f}, []string{"C"}, rows...).Fields()[0]
}

func times(n int, cell string) []string { return slices.Repeat([]string{cell}, n) }

func TestEveryCellIsFilledEmptyOrInvalid(t *testing.T) {
	nobody := "somebody"
	for _, c := range []struct {
		of    mapping.FieldSpec
		cells []string
		want  [3]int64
	}{
		{field("first_name"), []string{"Ada", " ", "", "\u00a0", "Bob"}, [3]int64{2, 3, 0}},
		{field("email"), []string{"ada@example.com", "nobody", ""}, [3]int64{1, 1, 1}},
		{mapping.FieldSpec{Name: "first_name", Empty: []string{"n/a"}}, []string{"n/a", "Ada"}, [3]int64{1, 1, 0}},
		{mapping.FieldSpec{Name: "first_name", Default: &nobody}, []string{"", "Ada"}, [3]int64{2, 0, 0}},
		{mapping.FieldSpec{Name: "newsletter", Values: map[string]string{"J": "true", "-": ""}}, []string{"J", "-", "", "?"}, [3]int64{1, 2, 1}},
		{field("metadata.plan"), []string{"gold", ""}, [3]int64{1, 1, 0}},
	} {
		f := column(t, c.of, c.cells...)
		if got := [3]int64{f.Filled, f.Empty, f.Invalid}; got != c.want {
			t.Errorf("%s of %q: filled, empty, invalid are %v, want %v", c.of.Name, c.cells, got, c.want)
		}
	}
}

func TestWhatBecameOfACell(t *testing.T) {
	nobody := "Nobody"
	for _, c := range []struct {
		of          mapping.FieldSpec
		cell, after string
		want        profile.Way
	}{
		{field("first_name"), "Ada", "Ada", profile.Unchanged},
		{field("first_name"), " Ada", "Ada", profile.Cleaned},
		{field("first_name"), "Ada\u00a0May", "Ada May", profile.Cleaned},
		{mapping.FieldSpec{Name: "first_name", Default: &nobody}, "", "Nobody", profile.Defaulted},
		{mapping.FieldSpec{Name: "first_name", Empty: []string{"-"}}, "-", "", profile.Emptied},
		{mapping.FieldSpec{Name: "last_name", Part: "last"}, "Stone, Ada", "Stone", profile.Split},
		{mapping.FieldSpec{Name: "user_type", Values: map[string]string{"C": "customer"}}, "C", "customer", profile.Translated},
		{field("email"), "Ada@EXAMPLE.com", "Ada@example.com", profile.Recased},
		{field("email"), "nobody", "email_invalid", profile.Refused},
		{mapping.FieldSpec{Name: "phone", Country: "GB"}, "020 7946 0000", "+442079460000", profile.International},
		{field("phone"), "+44 20 7946 0000", "+442079460000", profile.Rewritten},
		{field("phone"), "+442079460000", "+442079460000", profile.Unchanged},
		{field("phone"), "'+442079460000", "+442079460000", profile.Rewritten},
		{field("phone"), `="+442079460000"`, "+442079460000", profile.Rewritten},
		{mapping.FieldSpec{Name: "birth_date", Formats: []string{"DD/MM/YYYY"}}, "01/02/1990", "1990-02-01", profile.Reformatted},
		{field("birth_date"), "1990-02-01", "1990-02-01", profile.Unchanged},
		{field("country"), "Ireland", "IE", profile.Translated},
		{field("country"), "ie ", "IE", profile.Recased},
	} {
		f := column(t, c.of, c.cell)
		if len(f.Samples) != 1 || len(f.Changes) != 1 {
			t.Errorf("%s %q: %+v", c.of.Name, c.cell, f)
			continue
		}
		want := profile.Sample{Place: profile.Place{Row: 1, Line: 2}, Way: c.want, Before: c.cell, After: c.after}
		if f.Samples[0] != want || f.Changes[0].Text != string(c.want) {
			t.Errorf("%s: %+v, want %+v", c.of.Name, f.Samples[0], want)
		}
	}
}

func TestOfSeveralColumns(t *testing.T) {
	p := read(t, []mapping.FieldSpec{
		{Name: "phone", Columns: []string{"Mobile", "Home"}, Empty: []string{"none"}, Country: "GB"},
		{Name: "display_name", Expr: `row["First"] + " " + row["Last"]`},
	}, []string{"Mobile", "Home", "First", "Last"}, []string{"none", "020 7946 0000", "Ada", "Stone"})
	fields := p.Fields()
	if got := fields[0].Samples[0]; got.Before != "020 7946 0000" || got.Way != profile.International {
		t.Errorf("the cell that counts is %+v", got)
	}
	if got := fields[1].Samples[0]; got.Before != "Ada + Stone" || got.After != "Ada Stone" || got.Way != profile.Computed {
		t.Errorf("of an expression: %+v", got)
	}
	if diff := cmp.Diff([]string{"First", "Last"}, fields[1].Columns); diff != "" {
		t.Error(diff)
	}
}

// TestSamplesShowEveryChange: what is rare and comes late in the list is shown beside what is common.
func TestSamplesShowEveryChange(t *testing.T) {
	cells := []string{}
	for i := range 500 {
		cells = append(cells, fmt.Sprintf("020 7946 %04d", i))
	}
	cells = append(cells, "call me", "+44 20 7946 9999", "+442079469998", "(020) 7946 9997")
	f := column(t, mapping.FieldSpec{Name: "phone", Country: "GB"}, cells...)
	seen := map[profile.Way]int{}
	for _, s := range f.Samples {
		seen[s.Way]++
	}
	want := map[profile.Way]int{profile.Refused: 1, profile.Rewritten: 1, profile.Unchanged: 1, profile.International: 7}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	if !slices.ContainsFunc(f.Samples, func(s profile.Sample) bool { return s.Before == "(020) 7946 9997" }) {
		t.Errorf("the other way to write a number is not among the samples: %+v", f.Samples)
	}
}

func TestOddShapes(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		usual string
		odd   map[string]int64
	}{
		{"lost zeros", slices.Concat(times(90, "10115"), times(10, "1067")), "99999", map[string]int64{"9999": 10}},
		{"a tenth more", slices.Concat(times(70, "10115"), times(30, "1067")), "", nil},
		{"too few", slices.Concat(times(8, "10115"), times(1, "1067")), "", nil},
		{"names are words", slices.Concat(times(10, "Ada"), []string{"Ada May", "O'Brien", "Anne-Marie", "J. P.", "王小明", "Ada2", "ada@home"}), "A", map[string]int64{"A9": 1, "A@A": 1}},
		{"blanks count in no shape", slices.Concat(times(10, "Ada"), []string{" ", ""}), "A", map[string]int64{}},
		{"long", slices.Concat(times(10, "1"), []string{strings.Repeat("1", 100)}), "9", map[string]int64{strings.Repeat("9", 41) + "…": 1}},
	} {
		f := column(t, field("postal_code"), c.cells...)
		usual, odd := "", map[string]int64(nil)
		if f.Usual != nil {
			usual, odd = f.Usual.Text, map[string]int64{}
		}
		for _, one := range f.Odd {
			odd[one.Text] = one.Cells
		}
		if diff := cmp.Diff(c.odd, odd); usual != c.usual || diff != "" {
			t.Errorf("%s: usual is %q, want %q; odd (-want +got):\n%s", c.name, usual, c.usual, diff)
		}
	}
	f := column(t, field("postal_code"), slices.Concat(times(20, "10115"), times(2, "1067"))...)
	if want := (profile.Found{Text: "9999", Cells: 2, First: profile.Place{Row: 21, Line: 22}}); f.Odd[0] != want {
		t.Errorf("%+v, want %+v", f.Odd[0], want)
	}
}

func TestSuspiciousValuesHaveAPlace(t *testing.T) {
	f := column(t, field("last_name"), "Stone", "STONE", "Stone2", "STONER")
	want := []profile.Found{{Text: "digits_in_name", Cells: 1, First: profile.Place{Row: 3, Line: 4}}, {Text: "capitals_in_name", Cells: 2, First: profile.Place{Row: 2, Line: 3}}}
	if diff := cmp.Diff(want, f.Suspicious); diff != "" {
		t.Error(diff)
	}
	if f := column(t, field("nickname"), "ADA1"); len(f.Suspicious) > 0 {
		t.Errorf("a nickname may have capitals and digits: %+v", f.Suspicious)
	}
}

func TestGroups(t *testing.T) {
	f := column(t, mapping.FieldSpec{Name: "birth_date", Formats: []string{"DD/MM/YYYY"}}, "01/02/1990", "03/04/1985", "05/06/1991")
	if diff := cmp.Diff([]profile.Count{{Text: "1990s", Cells: 2}, {Text: "1980s", Cells: 1}}, f.Decades); diff != "" || f.Earliest != "1985-04-03" || f.Latest != "1991-06-05" {
		t.Errorf("%s to %s: %s", f.Earliest, f.Latest, diff)
	}
	f = column(t, mapping.FieldSpec{Name: "phone", Country: "IE"}, "086 123 4567", "+44 20 7946 0000", "086 123 4568")
	if diff := cmp.Diff([]profile.Count{{Text: "IE", Cells: 2}, {Text: "GB", Cells: 1}}, f.Countries); diff != "" {
		t.Error(diff)
	}
	f = column(t, field("email"), "a@example.com", "b@Example.com", "c@example.org")
	if diff := cmp.Diff([]profile.Count{{Text: "example.com", Cells: 2}, {Text: "example.org", Cells: 1}}, f.Domains); diff != "" {
		t.Error(diff)
	}
}

// TestFrequentValues: a person's own value is no statistic until it is many people's.
func TestFrequentValues(t *testing.T) {
	f := column(t, field("first_name"), "Ada", "Ada", "Test", "Test", "Test", "Bob")
	if diff := cmp.Diff([]profile.Count{{Text: "Test", Cells: 3}}, f.Top); diff != "" {
		t.Error(diff)
	}
	if f := column(t, field("first_name"), append(times(3, "Test"), strings.Split(strings.Repeat("x,", 400)+"x", ",")...)...); len(f.Top) != 1 || f.Top[0].Text != "x" {
		t.Errorf("3 of 404 is less than 1 %%: %+v", f.Top)
	}
	f = column(t, field("country"), "IE", "GB", "IE")
	if diff := cmp.Diff([]profile.Count{{Text: "IE", Cells: 2}, {Text: "GB", Cells: 1}}, f.Top); diff != "" {
		t.Error(diff)
	}
}

func TestLengths(t *testing.T) {
	f := column(t, field("first_name"), "Ada", "Zoë Ann", "Bo")
	if f.Shortest.Characters != 2 || f.Shortest.First.Row != 3 || f.Longest.Characters != 7 || f.Longest.First.Row != 2 {
		t.Errorf("%+v, %+v", f.Shortest, f.Longest)
	}
	if f := column(t, field("first_name"), "", " "); f.Shortest != nil || f.Longest != nil {
		t.Errorf("of nothing: %+v, %+v", f.Shortest, f.Longest)
	}
}

func TestNotesStandBesideTheirField(t *testing.T) {
	f := column(t, field("first_name"), " Ada", "Bob ", "Cy")
	if diff := cmp.Diff([]profile.Note{{Code: mapping.NoteTrimmed, Cells: 2}}, f.Notes); diff != "" {
		t.Error(diff)
	}
}

// TestPasswordsShowNothing: of a password, and of what is made of its column, there are counts and lengths, and neither texts nor shapes nor places.
func TestPasswordsShowNothing(t *testing.T) {
	p := read(t, []mapping.FieldSpec{field("password", "Pass"), {Name: "metadata.copy", Expr: `"pw " + row["Pass"]`}}, []string{"Pass"},
		slices.Repeat([][]string{{"Harbour!1"}}, 20)...)
	for _, f := range p.Fields() {
		if f.Filled != 20 || f.Distinct != 1 || f.Longest == nil {
			t.Errorf("%+v", f)
		}
		if text := fmt.Sprintf("%+v %+v %+v %+v", f, f.Usual, f.Shortest, f.Longest); strings.Contains(text, "Harbour") || strings.Contains(text, "A!9") || f.Longest.First.Row != 0 || len(f.Samples) > 0 {
			t.Errorf("%s shows too much: %s", f.Name, text)
		}
	}
}

// TestFilesMaskWhatIsNotCounted: where there are too many texts to know whether they repeat, they may each be about one person.
func TestFilesMaskWhatIsNotCounted(t *testing.T) {
	rows := make([][]string, 20_001)
	for i := range rows {
		rows[i] = []string{fmt.Sprintf("Doctor of Stone %d", i)}
	}
	p := read(t, []mapping.FieldSpec{field("title", "T")}, []string{"T"}, rows...)
	if f := p.Masked()[0]; !f.Over || strings.Contains(fmt.Sprintf("%+v", f), "Stone") {
		t.Errorf("%+v", f)
	}
}

// TestFilesShowWordsInClear: those that repeat, of fields that identify nobody; a column of remarks is masked whatever it is mapped to.
func TestFilesShowWordsInClear(t *testing.T) {
	header := []string{"T"}
	for want, rows := range map[string][][]string{"Doctor": {{"Doctor"}, {"Doctor"}, {"Mr"}, {"Doctor"}}, "D***** o* A** S****": {{"Doctor of Ada Stone"}, {"friend of Bob"}}} {
		p := read(t, []mapping.FieldSpec{field("title", "T")}, header, rows...)
		if got := p.Masked()[0].Samples[0]; got.Before != want || got.After != want {
			t.Errorf("%+v, want %q", got, want)
		}
		if clear := p.Fields()[0].Samples[0].Before; clear != rows[0][0] {
			t.Errorf("for the terminal: %q", clear)
		}
	}
}

// TestFilesHoldNothingThatActsOnATerminal: neither of cells nor of the header, in clear or masked.
func TestFilesHoldNothingThatActsOnATerminal(t *testing.T) {
	evil := "\x1b[31m \u009b2J \u202e <>"
	header := []string{evil + "A", evil + "B", "C"}
	var rows [][]string
	for i := range 20 {
		rows = append(rows, []string{"Ada" + evil, "a" + evil + "@example.com", "Mr" + evil}, []string{fmt.Sprint(i), "ada@example.com", "Mr"})
	}
	p := read(t, []mapping.FieldSpec{field("first_name", header[0]), field("email", header[1]), field("title", "C")}, header, rows...)
	text := fmt.Sprintf("%+v", p.Masked())
	if strings.ContainsAny(text, "\x1b\u009b\u202e") || !strings.Contains(text, `\u202e`) {
		t.Errorf("%q", text)
	}
}

// TestMemoryIsBounded: whatever the number and the length of values, a field keeps a few MiB.
func TestMemoryIsBounded(t *testing.T) {
	header := []string{"A"}
	m := compile(t, header, []mapping.FieldSpec{field("metadata.a", "A")})
	p, long := profile.New(m, header), strings.Repeat("long ", 400)
	heap := func() uint64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before := heap()
	for i := range 60_000 {
		cells := []string{fmt.Sprintf("%x %s", i/2, long)} // each twice: its text is kept
		c, faults := m.Map(cells)
		p.Add(profile.Place{Row: int64(i)}, cells, &c, faults)
	}
	if grown := int64(heap() - before); grown > 6<<20 {
		t.Errorf("%d bytes are kept", grown)
	}
	if f := p.Fields()[0]; f.Filled != 60_000 || !f.Over || f.Distinct != 10_000 {
		t.Errorf("%d filled, %d different", f.Filled, f.Distinct)
	}
}

// TestCountsAddUp: whatever is in the cells, each row counts once, and so does each change.
func TestCountsAddUp(t *testing.T) {
	header := []string{"A", "B", "C", "D", "E"}
	cell := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", " ", "n/a", "Ada", "ada@example.com", "01/02/1990", "31/02/1990", "020 7946 0000", "IE", "Stone, Ada", "=x"}))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 5), 0, 40).Draw(t, "rows")
		m, err := mapping.Compile(mapping.Spec{Empty: []string{"n/a"}, Fields: []mapping.FieldSpec{
			field("email", "A"), {Name: "phone", Columns: []string{"B", "A"}, Country: "GB"}, {Name: "birth_date", Columns: []string{"C"}, Formats: []string{"DD/MM/YYYY"}},
			{Name: "last_name", Columns: []string{"D"}, Part: "last"}, field("country", "E"), {Name: "display_name", Expr: `row["A"] + row["B"]`}, field("metadata.e", "E"),
		}}, header, mapping.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := profile.New(m, header)
		for i, cells := range rows {
			c, faults := m.Map(cells)
			p.Add(profile.Place{Row: int64(i + 1)}, cells, &c, faults)
		}
		for _, f := range p.Masked() {
			if f.Filled+f.Empty+f.Invalid != int64(len(rows)) {
				t.Fatalf("%d filled, %d empty, %d invalid of %d rows", f.Filled, f.Empty, f.Invalid, len(rows))
			}
			changed, emptied := int64(0), int64(0)
			for _, c := range f.Changes {
				if changed += c.Cells; c.Text == string(profile.Emptied) {
					emptied = c.Cells
				}
			}
			if changed != f.Filled+f.Invalid+emptied || emptied > f.Empty || f.Distinct > f.Filled || len(f.Samples) > 10 {
				t.Fatalf("%+v", f)
			}
		}
	})
}
