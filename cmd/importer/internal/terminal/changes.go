package terminal

import (
	"fmt"
	"strings"

	"importer/cmd/importer/internal/runs"
	"importer/mapping"
	"importer/reports"
)

// compared says which cells of a failed file changed: what looks like damage is a warning, what a person did is information.
func (n *notices) compared(e runs.FailedFileCompared) {
	for _, lost := range e.Lost {
		n.warn("%s: rows of run %s cannot be compared with its list, which is gone or has changed: %v", e.File, lost.Run, lost.Why)
	}
	fixed := int64(0)
	for _, c := range e.Changes {
		if c.Faulty {
			fixed += c.Cells
		}
		text := fmt.Sprintf("%s: %s: %s", e.File, mapping.Escape(c.Column, 60), changeText(c, e.Rows))
		switch {
		case c.Asks():
			if e.Accepted {
				text += "; sent as they are, as --accept-changes says"
			}
			n.warn("%s", text)
		case c.All:
			n.warn("%s; they were at fault, and all of them changed in this way alone: were they fixed?", text)
		case c.Faulty:
		case c.Unread:
			n.info("%s; nothing is read from this column", text)
		default:
			n.info("%s", text)
		}
	}
	if fixed > 0 {
		n.info("%s: %s changed at the fault that was reported", e.File, reports.Plural(fixed, "cell"))
	}
}

// changeText says how many cells changed, how, and at which lines: "dates rewritten in all 9 rows (lines 2, 3, 4 and more)".
func changeText(c runs.CellChange, rows int64) string {
	how := "another text"
	if c.Damage != 0 {
		how = c.Damage.String()
	}
	where := "in " + reports.Plural(c.Cells, "cell")
	if c.Cells == rows && rows > 1 {
		where = fmt.Sprintf("in all %s", reports.Plural(rows, "row"))
	}
	lines := make([]string, len(c.Lines))
	for i, line := range c.Lines {
		lines[i] = fmt.Sprint(line)
	}
	word := "line "
	if len(lines) > 1 {
		word = "lines "
	}
	at := word + strings.Join(lines, ", ")
	if c.Cells > int64(len(lines)) {
		at += ", …"
	}
	return fmt.Sprintf("%s %s (%s)", how, where, at)
}
