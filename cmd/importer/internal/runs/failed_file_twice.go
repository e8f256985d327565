package runs

import (
	"errors"
	"fmt"

	"importer/mapping/problem"
	"importer/pipeline/source"
	"importer/reports"
)

// maxTwice is how many lines of a failed file are named that come from a row another line comes from already.
const maxTwice = 10

// takenLinks are the rows of earlier runs that lines of a failed file come from. The zero takenLinks is empty and ready.
type takenLinks struct {
	rows  map[string]*reports.Rowset // by run
	again map[int64]rowName          // by row of the file: the first whose link an earlier one has already, at most maxTwice
}

func (t *takenLinks) add(row int64, from rowName) {
	if t.rows == nil {
		t.rows, t.again = map[string]*reports.Rowset{}, map[int64]rowName{}
	}
	taken := t.rows[from.run]
	switch {
	case taken == nil:
		taken = new(reports.Rowset)
		t.rows[from.run] = taken
	case taken.Has(from.row) && len(t.again) < maxTwice:
		t.again[row] = from
	}
	taken.Add(from.row)
}

// oneEach is the error about lines that come from the same row of an earlier run. A person copied a line to add somebody: whose answer and whose password
// that row has would be anybody's guess.
func (m *failedFile) oneEach(set *source.Set) (err error) {
	if len(m.taken.again) == 0 {
		return nil
	}
	wanted, first := map[rowName]bool{}, map[rowName]source.Row{}
	for _, from := range m.taken.again {
		wanted[from] = true
	}
	rows, err := set.Open()
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []error
	for row, err := range source.All(rows) {
		if err != nil {
			return err
		}
		link, linked, _ := m.links.Of(row.Cells)
		from := rowName{link.Run, link.Row}
		if row.Broken != nil || !linked || !wanted[from] {
			continue
		}
		was, taken := first[from]
		if !taken {
			first[from] = source.Row{Line: row.Line, Input: row.Input}
		} else if m.taken.again[row.Number] == from {
			all = append(all, twice(set, was, row, from))
		}
	}
	return errors.Join(all...)
}

// twice is the error about two rows of a failed file that come from the same row.
func twice(set *source.Set, one, other source.Row, from rowName) error {
	file, lines := set.Files[other.Input].Title, fmt.Sprintf("lines %d and %d", one.Line, other.Line)
	if one.Input != other.Input {
		lines = fmt.Sprintf("line %d of %s and line %d", one.Line, set.Files[one.Input].Title, other.Line)
	}
	return &problem.Error{Kind: problem.Input, File: file, Message: fmt.Sprintf("%s both come from row %d of run %s", lines, from.row, from.run),
		Fix: "empty the " + reports.LinkPrefix + " cells of the line that you added"}
}
