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

// TestHintsCanBePasted takes what the hints about columns say for the job file, and wants it to name exactly these columns there.
func TestHintsCanBePasted(t *testing.T) {
	t.Parallel()
	odd := []string{"Phone #", "Notes: internal", "Tags, all", "yes", "NO", "null", "{x}", "[y]", "& co", "* all", "- dash", "? mark", "100%", "0150", "~", "a\tb", `say "hi"`,
		"it's", `back\slash`, "trailing:", "#1", "Ünï", "=cmd", "@home", "1.0", "0x1F", "<<", "!tag", "|pipe", "> text", "`tick`", "%pct", "a: [b]"}
	for _, name := range odd {
		_, err := mapping.Compile(mapping.Spec{Fields: []mapping.FieldSpec{{Name: "email", Columns: []string{"E-mail"}}}}, []string{"E-mail", name, "x " + name}, mapping.Options{})
		line := regexp.MustCompile(`(?s)the job file's line (ignore: \[.*\]); ignore:`).FindStringSubmatch(hintsOf(err))
		if line == nil {
			t.Errorf("%q: no line to paste in %q", name, hintsOf(err))
			continue
		}
		file, err := job.Parse("job.yaml", []byte(line[1]+"\nfields: {email: E-mail}\n"), options(), nil)
		if err != nil {
			t.Errorf("%q: %s: %v", name, line[1], err)
			continue
		}
		if got := file.Spec().Ignore; !slices.Equal(got, []string{mapping.Trim(name), "x " + mapping.Trim(name)}) {
			t.Errorf("%q: %s ignores %q", name, line[1], got)
		}
	}
	for _, name := range []string{"Phone #", "phone:", "Phone?", "*phone", "Phone: 1"} {
		_, err := mapping.Compile(mapping.Spec{Fields: []mapping.FieldSpec{{Name: "email", Columns: []string{"E-mail"}}}}, []string{"E-mail", name}, mapping.Options{})
		line := regexp.MustCompile(`did you mean the field phone\? \((phone: .*?)\)(?:;|$)`).FindStringSubmatch(hintsOf(err))
		if line == nil {
			t.Errorf("%q: no line to paste in %q", name, hintsOf(err))
			continue
		}
		file, err := job.Parse("job.yaml", []byte("fields:\n  "+line[1]+"\n"), options(), nil)
		if err != nil {
			t.Errorf("%q: %s: %v", name, line[1], err)
			continue
		}
		if fields := file.Spec().Fields; len(fields) != 1 || !slices.Equal(fields[0].Columns, []string{name}) {
			t.Errorf("%q: %s maps %+v", name, line[1], fields)
		}
	}
}

func hintsOf(err error) string {
	var hints []string
	for _, one := range problem.All(err) {
		hints = append(hints, problem.Hint(one))
	}
	return strings.Join(hints, "\n")
}
