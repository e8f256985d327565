package job

import (
	"encoding/csv"
	"strings"
)

// inputColumns reads the names of the columns of a list that has no header.
func (r *reading) inputColumns(e entry) {
	r.file.Input.Columns = r.texts(e.value, "columns")
	seen := map[string]bool{}
	for _, s := range r.file.Input.Columns {
		switch {
		case s.Text == "":
			r.report(s.Pos, "a column needs a name", "a column that is not wanted has one too; list it under ignore")
		case seen[s.Text]:
			r.report(s.Pos, "column "+quoted(s.Text)+" is named twice", "each column has its own name")
		}
		seen[s.Text] = true
	}
}

// columnList is the value of the flag that says the same: one record of CSV.
func (f *File) columnList() (Scalar, bool) {
	if len(f.Input.Columns) == 0 {
		return Scalar{}, false
	}
	return Scalar{Text: JoinColumns(textsOf(f.Input.Columns)), Pos: f.Input.Columns[0].Pos}, true
}

// JoinColumns writes names as one record of CSV, which [SplitColumns] reads.
func JoinColumns(names []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(names) // a strings.Builder does not fail
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// SplitColumns reads names that are written as one record of CSV. Space around a name goes.
func SplitColumns(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	names, err := r.Read()
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names, err
}
