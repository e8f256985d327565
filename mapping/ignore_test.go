package mapping_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/job"
	"importer/mapping/problem"
)

// detailOf is all that a person reads of an error.
func detailOf(err error) string {
	var texts []string
	for _, one := range problem.All(err) {
		texts = append(texts, one.Error()+" "+problem.Hint(one))
	}
	return strings.Join(texts, "\n")
}

// What covers a column and what does not: a name, a name above it, a pattern.
func TestIgnore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ignore string
		covers []string
		not    []string
	}{
		{"Notes", []string{"Notes", "Notes.a", "Notes[0]"}, []string{"notes", "Notes 2", "Note", "My Notes"}},
		{" Notes ", []string{"Notes"}, nil},
		{"*", []string{"Notes", "a.b[0].c", "*", ""}, nil},
		{"", []string{""}, []string{"Notes"}},
		{"user_metadata", []string{"user_metadata", "user_metadata.a", "user_metadata.tags[0]", "user_metadata[1].b"}, []string{"user_metadatax", "x.user_metadata"}},
		{"user_metadata.*", []string{"user_metadata.a", "user_metadata.a.b", "user_metadata.tags[0]"}, []string{"user_metadata", "user_metadata[0]"}},
		{"user.tags", []string{"user.tags[0]", "user.tags.a"}, []string{"user.tag", "user", "user.tags2"}},
		{"phones[*]", []string{"phones[0]", "phones[12]", "phones[0].kind"}, []string{"phones", "phones.0"}},
		{"phones[*].kind", []string{"phones[0].kind", "phones[0].kind.of"}, []string{"phones[0]", "phones[0].number"}},
		{"*_id", []string{"legacy_id", "_id", "a.b_id", "legacy_id.x"}, []string{"id", "legacy_ids"}},
		{"a*b*c", []string{"abc", "a1b2c", "abbc", "a*b*c"}, []string{"ac", "acb", "abcd"}},
		{"aa*aa", []string{"aaaa", "aa-aa"}, []string{"aaa"}},
		{"a.c", []string{"a.c"}, []string{"abc"}},
		{"[x]", []string{"[x]"}, []string{"x"}},
	} {
		for _, name := range append(c.covers, c.not...) {
			m, err := mapping.Compile(mapping.Spec{Ignore: []string{c.ignore}}, []string{"email", name}, mapping.Options{})
			if want := slices.Contains(c.covers, name); (err == nil) != want || m == nil {
				t.Errorf("ignore %q, column %q: %v", c.ignore, name, err)
			}
		}
	}
}

// A pattern ignores what nothing is mapped to, and no more; one that fits nothing is no fault, nor is a name that the header lacks.
func TestIgnoreLeavesMappedColumns(t *testing.T) {
	t.Parallel()
	spec := mapping.Spec{Fields: []mapping.FieldSpec{{Name: "email", Columns: []string{"a.mail"}}}, Ignore: []string{"*", "x.*", "gone"}}
	m, err := mapping.Compile(spec, []string{"a.name", "a.mail", "", "", "twice", "twice"}, mapping.Options{})
	if err != nil || len(m.Unmapped()) > 0 {
		t.Fatal(err, m.Unmapped())
	}
	if c, _ := m.Map([]string{"Ada", "ada@example.com"}); c.Text(mapping.Email) != "ada@example.com" {
		t.Errorf("email %q", c.Text(mapping.Email))
	}
	if _, err := mapping.Compile(spec, []string{"a.mail", "a.mail"}, mapping.Options{}); err == nil {
		t.Error("a mapped column is in the header twice, and no fault")
	}
	spec.Fields[0].Columns[0] = "b.mail"
	if m, err := mapping.Compile(spec, []string{"a.mail"}, mapping.Options{}); err == nil || m != nil {
		t.Error("a mapped column is missing, and no fault")
	}
}

// Beside the error there is a mapper where nothing but new columns is wrong: it maps as if they were ignored.
func TestUnmappedColumnsAreNamed(t *testing.T) {
	t.Parallel()
	header := []string{"email", "Shoe size", "", "first_name", "twice", "twice"}
	m, err := mapping.Compile(mapping.Spec{}, header, mapping.Options{})
	if err == nil || m == nil || !slices.Equal(m.Unmapped(), []string{"Shoe size", "", "twice"}) {
		t.Fatalf("%v, %v", m.Unmapped(), err)
	}
	c, faults := m.Map([]string{"ada@example.com", "42", "x", "Ada"})
	if len(faults) > 0 || c.Text(mapping.Email) != "ada@example.com" || c.Text(mapping.FirstName) != "Ada" {
		t.Errorf("%v, %v", c, faults)
	}
	cells := []string{"ada@example.com", "42", "x", "Ada", "1", "2"}
	if got := m.Drawn(cells); !slices.Equal(got, []string{"ada@example.com", "Ada"}) {
		t.Errorf("drawn %v", got)
	}
	if got := m.Drawn(cells[:1]); !slices.Equal(got, []string{"ada@example.com", ""}) {
		t.Errorf("drawn of a short row %v", got)
	}
	if m, err := mapping.Compile(mapping.Spec{}, []string{"email", "email", "x"}, mapping.Options{}); err == nil || m != nil {
		t.Error("a mapped column is there twice, and no fault")
	}
}

// The line in the hint is pasted into a job file as it stands: then nothing is wrong any more, whatever the columns are called.
func TestIgnoreHintWorksWhenPasted(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`line (ignore: .*); ignore: \["\*"\] ignores`)
	for _, names := range [][]string{
		{"Town"}, {"a: b"}, {"a #b"}, {"#"}, {`say "hi"`}, {"it's"}, {"phones[0]"}, {"{x}"}, {"  led by blanks"}, {"a, b"}, {"true"}, {"42"}, {"~"}, {"- x"}, {"!tag"}, {"&a"}, {"*"},
		{"a*b"}, {"%"}, {"@"}, {"`"}, {`back\slash`}, {"tab\there"}, {"Straße"}, {"🦊 fox"}, {"x:"}, {"?"}, {"|"}, {">"}, {""}, {"bidi\u202etxet"}, {"null"}, {"=x"}, {"a.b", "a.c[0]", "x[0]", "x[1]", "y.z"}, {"Price . net", "Price . gross"}, {"one", "t: wo", "th,ree", ""},
	} {
		for ignored, column := range map[string]string{"": "first_name", "Notes": "Notes", "old: one": "old: one", "old.*": "old.one"} {
			spec := mapping.Spec{}
			if ignored != "" {
				spec.Ignore = []string{ignored}
			}
			header := append([]string{"email", column}, names...)
			_, err := mapping.Compile(spec, header, mapping.Options{})
			pasted := line.FindStringSubmatch(detailOf(err))
			if pasted == nil {
				t.Errorf("%q: no line in\n%s", names, detailOf(err))
				continue
			}
			file, err := job.Parse("job.yaml", []byte("vendor: thanx\n"+pasted[1]+"\nok: [exists]\n"), []job.Option{{Key: "vendor"}, {Key: "ok", List: true}}, nil)
			if err != nil {
				t.Errorf("%q: %s: %v", names, pasted[1], err)
				continue
			}
			if _, err := mapping.Compile(file.Spec(), header, mapping.Options{}); err != nil {
				t.Errorf("%q: with %s: %v", names, pasted[1], err)
			}
		}
	}
	_, err := mapping.Compile(mapping.Spec{}, []string{"email", strings.Repeat("long ", 100)}, mapping.Options{})
	if !strings.HasSuffix(detailOf(err), `or ignore whatever is new by the job file's line ignore: ["*"]`) {
		t.Errorf("a line that is too long: %s", detailOf(err))
	}
}
