package runs

import (
	"testing"

	"importer/mapping"
	"importer/pipeline/source"
)

// TestStudyOfRowsThatAreImported: rows that cannot be read, or that `where` leaves out or cannot judge, say nothing of the list.
func TestStudyOfRowsThatAreImported(t *testing.T) {
	t.Parallel()
	spec := mapping.Spec{Where: `row["Country"] == "DE"`, Fields: []mapping.FieldSpec{{Name: "phone", Columns: []string{"Phone"}, Country: "DE"}}}
	mapper, err := mapping.Compile(spec, []string{"Phone", "Country"}, mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &setup{mapper: mapper}
	for name, c := range map[string]struct {
		row  source.Row
		want bool
	}{
		"taken":            {source.Row{Cells: []string{"1", "DE"}}, true},
		"left out":         {source.Row{Cells: []string{"1", "US"}}, false},
		"broken":           {source.Row{Cells: []string{"1", "DE"}, Broken: &source.Broken{}}, false},
		"unread condition": {source.Row{Cells: []string{"1", "DE"}, Flaws: []source.Flaw{{Column: 1}}}, false},
		"unread phone":     {source.Row{Cells: []string{"1", "DE"}, Flaws: []source.Flaw{{Column: 0}}}, true},
	} {
		if got := s.imports(&c.row); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
