package terminal

import (
	"testing"

	"importer/cmd/importer/internal/runs"
)

func TestLeftText(t *testing.T) {
	t.Parallel()
	ten := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for want, e := range map[string]runs.LeftAtOnce{
		"no row is in doubt. Resume with: R": {Resume: "R", Report: "P", Results: "F"},
		"1 row is in doubt (row 7). All are listed, with status in_doubt, in F once you type: P. Resume with: R":                                                   {InDoubt: 1, Rows: []int64{7}, Resume: "R", Report: "P", Results: "F"},
		"1,012 rows are in doubt (rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1,002 more). All are listed, with status in_doubt, in F once you type: P. Resume with: R": {InDoubt: 1012, Rows: ten, Resume: "R", Report: "P", Results: "F"},
		"rows whose requests were cut are in doubt. They are listed, with status in_doubt, in F once you type: P. A run into the sandbox cannot be resumed: the sandbox is gone.": {
			InDoubt: -1, Report: "P", Results: "F"},
	} {
		if got := leftText(e); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
