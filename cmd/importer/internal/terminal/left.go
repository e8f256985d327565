package terminal

import (
	"fmt"
	"strings"

	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

// leftText says how many rows are in doubt after leaving at once, where they are listed, and how the run is continued.
func leftText(e runs.LeftAtOnce) string {
	text := ""
	switch {
	case e.InDoubt < 0:
		text = "rows whose requests were cut are in doubt. They are listed, with status in_doubt, in " + e.Results + " once you type: " + e.Report + ". "
	case e.InDoubt == 0:
		text = "no row is in doubt. "
	default:
		are := "rows are"
		if e.InDoubt == 1 {
			are = "row is"
		}
		text = fmt.Sprintf("%s %s in doubt (%s). All are listed, with status in_doubt, in %s once you type: %s. ",
			reports.Grouped(e.InDoubt), are, rowNumbers(e.Rows, e.InDoubt), e.Results, e.Report)
	}
	if e.Resume == "" {
		return text + "A run into the sandbox cannot be resumed: the sandbox is gone."
	}
	return text + "Resume with: " + e.Resume
}

// rowNumbers names rows: "row 3", "rows 3, 7 and 12 more".
func rowNumbers(rows []int64, of int64) string {
	words := make([]string, len(rows))
	for i, n := range rows {
		words[i] = fmt.Sprint(n)
	}
	text := "rows " + strings.Join(words, ", ")
	if of == 1 {
		text = "row " + words[0]
	}
	if more := of - int64(len(rows)); more > 0 {
		text += fmt.Sprintf(" and %s more", reports.Grouped(more))
	}
	return text
}
