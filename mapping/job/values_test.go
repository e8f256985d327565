package job

import (
	"os"
	"slices"
	"testing"

	"importer/mapping"
)

// TestCanonicalKnowsValueKeys: what decides how a cell is read decides what is sent.
func TestCanonicalKnowsValueKeys(t *testing.T) {
	seen := map[string]string{}
	for _, source := range []string{
		"fields: {first_name: Name, gender: Anrede}",
		"fields: {first_name: {column: Name, part: first}, gender: Anrede}",
		"fields: {first_name: {column: Name, part: last}, gender: Anrede}",
		"fields: {first_name: Name, gender: {column: Anrede, from: salutation}}",
		"fields: {first_name: {column: Name, empty: [x]}, gender: Anrede}",
		"fields: {first_name: {column: Name, empty: []}, gender: Anrede}",
		"fields: {birth_date: DOB}",
		"fields: {birth_date: {column: DOB, format: D.M.YYYY}}",
		"fields: {birth_date: {column: DOB, format: [D.M.YYYY, YYYY-MM-DD]}}",
		"fields: {birth_date: {column: DOB, format: D.M.YY, century: 1930}}",
		"fields: {birth_date: {column: DOB, format: D.M.YY, century: 1940}}",
		"fields: {birth_date: {column: DOB, time_zone: Europe/Berlin}}",
		"fields: {birth_date: {column: DOB, time_zone: UTC}}",
		"empty: [x]\nfields: {first_name: Name, gender: Anrede}",
		"empty: [x, y]\nfields: {first_name: Name, gender: Anrede}",
	} {
		f, err := Parse("job.yaml", []byte(source), options, nil)
		if err != nil {
			t.Fatal(err)
		}
		canonical := string(f.Canonical())
		if before, twice := seen[canonical]; twice {
			t.Errorf("%q and %q are one to Canonical", before, source)
		}
		seen[canonical] = source
	}
	for _, same := range [][2]string{{"D.M.YYYY", "[D.M.YYYY]"}, {"[D.M.YYYY, excel]", "[excel, D.M.YYYY]"}} {
		a, _ := Parse("a.yaml", []byte("fields: {birth_date: {column: DOB, format: "+same[0]+"}}"), options, nil)
		b, _ := Parse("b.yaml", []byte("fields: {birth_date: {column: DOB, format: "+same[1]+"}}"), options, nil)
		if string(a.Canonical()) != string(b.Canonical()) {
			t.Errorf("%s and %s are two formats to Canonical", same[0], same[1])
		}
	}
	a, _ := Parse("a.yaml", []byte("empty: [x, y]"), options, nil)
	b, _ := Parse("b.yaml", []byte("empty: [y, x]"), options, nil)
	if string(a.Canonical()) != string(b.Canonical()) {
		t.Error("the order under empty counts to Canonical")
	}
}

// TestEmptyAddsUp: the list of the job grows with extends, that of a field goes with its field.
func TestEmptyAddsUp(t *testing.T) {
	base := "empty: [n/a, '-']\nfields: {email: {column: E, empty: [x]}, phone: {column: P, empty: [y]}}"
	open := func(path string) ([]byte, error) {
		if path == "base.yaml" {
			return []byte(base), nil
		}
		return nil, os.ErrNotExist
	}
	f, err := Parse("job.yaml", []byte("extends: base.yaml\nempty: ['NULL', '-']\nfields: {email: {column: E2, empty: []}}"), options, open)
	if err != nil {
		t.Fatal(err)
	}
	spec := f.Spec()
	if want := []string{"n/a", "-", "NULL"}; !slices.Equal(spec.Empty, want) {
		t.Errorf("empty is %q, want %q", spec.Empty, want)
	}
	if e := spec.Fields[0]; e.Columns[0] != "E2" || e.Empty == nil || len(e.Empty) != 0 {
		t.Errorf("email is %+v", e)
	}
	if p := spec.Fields[1]; !slices.Equal(p.Empty, []string{"y"}) || p.At[mapping.Part{Key: "empty", Item: "y"}].File != "base.yaml" {
		t.Errorf("phone is %+v", p)
	}
}

// TestFormatTakesOneOrSeveral: a text, or a list of texts, none of which is empty.
func TestFormatTakesOneOrSeveral(t *testing.T) {
	for source, want := range map[string][]string{
		"DD/MM/YYYY":              {"DD/MM/YYYY"},
		"[DD.MM.YYYY, epoch_ms]":  {"DD.MM.YYYY", "epoch_ms"},
		`["D MMM YYYY", "excel"]`: {"D MMM YYYY", "excel"},
	} {
		f, err := Parse("job.yaml", []byte("fields: {birth_date: {column: DOB, format: "+source+"}}"), options, nil)
		if err != nil || !slices.Equal(f.Fields[0].Formats, want) {
			t.Errorf("format %s: %+v (%v), want %q", source, f, err, want)
		}
	}
	for source, want := range map[string]string{
		"[]":               "job.yaml:1:36: format takes at least one way of writing dates",
		`""`:               "job.yaml:1:44: format takes a text that is not empty",
		`["D/M/YYYY", ""]`: "job.yaml:1:57: format takes a text that is not empty",
		"{a: b}":           "job.yaml:1:44: format takes a list, not keys and values",
		"[[excel], excel]": "job.yaml:1:45: each of format takes one text, not a list",
	} {
		if _, err := Parse("job.yaml", []byte("fields: {birth_date: {column: DOB, format: "+source+"}}"), options, nil); err == nil || err.Error() != want {
			t.Errorf("format %s: %v, want %s", source, err, want)
		}
	}
}

// TestRepair: the job says it for every field, extends inherits it, and nothing but true and false is taken.
func TestRepair(t *testing.T) {
	base := "repair: true\nfields: {first_name: F}"
	open := func(path string) ([]byte, error) {
		if path == "base.yaml" {
			return []byte(base), nil
		}
		return nil, os.ErrNotExist
	}
	for source, want := range map[string]bool{"fields: {first_name: F}": false, "repair: true": true, "repair: false": false, "extends: base.yaml": true, "extends: base.yaml\nrepair: false": false} {
		f, err := Parse("job.yaml", []byte(source), options, open)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Spec().Repair; got != want {
			t.Errorf("%q: repair is %t", source, got)
		}
	}
	for _, source := range []string{"repair: maybe", "repair: [true]", "repair: ", "repair: yes please"} {
		if _, err := Parse("job.yaml", []byte(source), options, open); err == nil {
			t.Errorf("%q is taken", source)
		}
	}
	f := parse(t, "fields: {first_name: {column: F, repair: true}, email: {column: E, take: first}}")
	if s := f.Spec(); s.Fields[0].Repair != "true" || s.Fields[1].Take != "first" || s.Fields[1].At[mapping.Part{Key: "take"}].Line == 0 {
		t.Errorf("%+v", s.Fields)
	}
}
