package terminal

import (
	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

// Exported writes to standard output which files an export has made, and what to type next.
func (t *Terminal) Exported(r runs.ExportResult) error {
	if t.display.JSON {
		return t.PrintJSON(r)
	}
	for i, f := range r.Files {
		t.Printf("%s: %s\n", reports.Shown(f.Path), reports.Plural(f.Rows, "row"))
		t.afterExport(f)
		for _, n := range r.Next[i] {
			t.Printf("  %s\n    %s\n", n.Why, n.Type)
		}
	}
	return nil
}

// afterExport says what a person must know of an export.
func (t *Terminal) afterExport(f reports.Exported) {
	if f.Kept != "" {
		t.Warn("the edited file is kept as %s", reports.Shown(f.Kept))
	}
	if f.Huge {
		t.Warn("retry does not read a workbook of this size: send the rows of the other failed file, or export one code after the other")
	}
	if f.Left > 0 {
		t.Warn("%s left out of the workbook, which would change them: they are in the other failed file", reports.Plural(f.Left, "row"))
	}
}
