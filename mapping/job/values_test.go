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
