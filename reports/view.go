package reports

import (
	"slices"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// view makes outcomes of the rows of a run.
type view struct {
	key   func([]string) string
	ok    []string
	ready bool // Material.Foreseen
	files []journal.InputFile
}

func newView(m Material) *view {
	v := &view{key: m.Key, ok: m.OK, ready: m.Foreseen, files: m.Run.Inputs}
	if v.key == nil {
		v.key = func([]string) string { return "" }
	}
	return v
}

func (v *view) outcome(row source.Row, state *journal.RowState) (outcome, error) {
	record, err := settled(row, state)
	if err != nil {
		return outcome{}, err
	}
	if state == nil && v.ready {
		record.Code = CodeReady
	}
	key := ""
	if row.Broken == nil {
		key = v.key(row.Cells)
	}
	return outcome{
		row: row, record: record, line: NewLine(record, key), file: v.file(row.Input), fine: v.fine(record),
	}, nil
}

func (v *view) file(input int) string {
	if input < 0 || input >= len(v.files) {
		return ""
	}
	return v.files[input].Path
}

// fine tells whether a row needs no mending. A code that counts as ok never excuses a row that may not be registered.
func (v *view) fine(r journal.Record) bool {
	if r.Status == journal.InDoubt || r.Status == journal.Unsent {
		return v.ready && r.Code == CodeReady
	}
	return Status(r.Status).fine() || slices.Contains(v.ok, r.Code)
}
