package runs

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/spreadsheet"
	"importer/reports"
)

// CellChange is one way in which cells of a column of a failed file differ from the original rows.
type CellChange struct {
	Column string
	Damage spreadsheet.Damage // 0: another text, as a person writes it
	Faulty bool               // the column was at fault in these rows: it may change
	Unread bool               // nothing is read from the column: what it holds is not sent
	Cells  int64
	All    bool    // every cell of the column that changed, at fault or not, changed so; of Faulty damage only
	Lines  []int64 // of the first rows in the failed file, up to three
}

// Asks reports whether a person must agree before these cells are sent.
func (c CellChange) Asks() bool {
	return c.Damage != 0 && !c.Damage.Harmless() && !c.Faulty && !c.Unread
}

// compareFailedFile tells which cells of a failed file changed besides those at fault, and refuses to send what looks like the work of a spreadsheet,
// unless the person has accepted it.
func (c *call) compareFailedFile(ctx context.Context, ws *workspace, s *setup, m *failedFile, r RetryRequest) error {
	compared, err := c.compare(ctx, ws, s, m)
	if err != nil {
		return err
	}
	compared.Accepted = r.AcceptChanges
	c.emit(compared)
	var kinds []string
	cells := int64(0)
	for _, change := range compared.Changes {
		if change.Asks() {
			cells += change.Cells
			kinds = append(kinds, fmt.Sprintf("%s (%s)", change.Damage, mapping.Escape(change.Column, 60)))
		}
	}
	if cells == 0 || r.AcceptChanges {
		return nil
	}
	return unusable(fmt.Sprintf("%s of %s changed as if a spreadsheet had done it: %s; nothing was sent",
		reports.Plural(cells, "cell"), mapping.Escape(r.Of, 200), strings.Join(kinds, ", ")),
		"take these columns from the original "+reports.FailedName+", imported as text; or send them as they are: "+
			c.commandFor(s, ws, ws.place.kind == runPlace, "retry", r.Of, "--accept-changes"))
}

// result gives the changes in the order of the columns.
func (k *comparison) result() FailedFileCompared {
	found := FailedFileCompared{File: k.setup.set.Files[0].Title, Rows: k.rows}
	for _, run := range slices.Sorted(maps.Keys(k.lost)) {
		found.Lost = append(found.Lost, LostOriginal{run, k.lost[run]})
	}
	k.moved()
	changed := map[int]int64{}
	for key, change := range k.counts {
		changed[key.column] += change.Cells
	}
	keys := slices.SortedFunc(maps.Keys(k.counts), func(a, b changeKey) int {
		return cmp.Or(cmp.Compare(a.column, b.column), cmp.Compare(a.damage, b.damage), boolOrder(a.faulty, b.faulty))
	})
	for _, key := range keys {
		change := *k.counts[key]
		change.All = change.Faulty && change.Damage != 0 && change.Cells > 1 && change.Cells == changed[key.column]
		found.Changes = append(found.Changes, change)
	}
	return found
}

// moved recognises columns whose cells are all there and in other rows: somebody sorted the column alone, or all columns but those that link the rows. Each
// row then has something of another person, also where the column was at fault.
func (k *comparison) moved() {
	for column, sums := range k.sums {
		if sums.was != sums.is {
			continue
		}
		moved := &CellChange{Column: k.setup.set.Header[column], Damage: spreadsheet.Moved, Unread: !slices.Contains(k.read, column)}
		for key, change := range k.counts {
			if key.column != column {
				continue
			}
			moved.Cells += change.Cells
			moved.Lines = append(moved.Lines, change.Lines...)
			delete(k.counts, key)
		}
		if moved.Cells > 0 {
			slices.Sort(moved.Lines)
			moved.Lines = moved.Lines[:min(changeSamples, len(moved.Lines))]
			k.counts[changeKey{column, moved.Damage, false, moved.Unread}] = moved
		}
	}
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
