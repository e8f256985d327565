package runs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/spreadsheet"
	"importer/pipeline/source"
	"importer/reports"
)

// comparedAtOnce is how many bytes of a failed file are held while its rows are compared with their originals.
const comparedAtOnce = 8 << 20

// changeSamples is how many rows are named for each kind of change.
const changeSamples = 3

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

// asks reports whether a person must agree before these cells are sent.
func (c CellChange) asks() bool {
	return c.Damage != 0 && !c.Damage.Harmless() && !c.Faulty && !c.Unread
}

// changeKey is what tells changes apart.
type changeKey struct {
	column         int // of the failed file
	damage         spreadsheet.Damage
	faulty, unread bool
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
		if change.asks() {
			cells += change.Cells
			kinds = append(kinds, fmt.Sprintf("%s (%s)", change.Damage, mapping.Escape(change.Column, 60)))
		}
	}
	if cells == 0 || r.AcceptChanges {
		return nil
	}
	return unusable(fmt.Sprintf("%s of %s changed as if a spreadsheet had done it while it saved the file: %s; nothing was sent",
		reports.Plural(cells, "cell"), mapping.Escape(r.Of, 200), strings.Join(kinds, ", ")),
		"take these columns from the original "+reports.FailedName+", imported as text; or send them as they are: "+
			c.commandFor(s, ws, "retry", r.Of, "--accept-changes"))
}

// comparison is a failed file beside the rows that it comes from. Its size is that of the header, not of the file.
type comparison struct {
	file   *failedFile
	setup  *setup
	read   []int // columns that the job reads
	hidden []int // columns that failed files leave out
	counts map[changeKey]*CellChange
	lost   map[string]error // runs whose input cannot be read again
	rows   int64            // that were compared
}

// compare compares every row of a failed file that is to be sent with the row it comes from. Rows are held until there are enough of them, and then
// looked up in the order of their originals: each original input is read once for each 8 MiB of the failed file at most, and once for a file in order.
func (c *call) compare(ctx context.Context, ws *workspace, s *setup, m *failedFile) (found FailedFileCompared, err error) {
	k := &comparison{file: m, setup: s, read: s.mapper.Columns(), hidden: s.mapper.HiddenColumns(), counts: map[changeKey]*CellChange{}, lost: map[string]error{}}
	origins := c.openOriginals(ws)
	defer func() { err = errors.Join(err, origins.close()) }()
	rows, err := s.set.Open()
	if err != nil {
		return found, err
	}
	defer rows.Close()
	var held []linkedRow
	size := 0
	for row, err := range source.All(rows) {
		if err != nil {
			return found, err
		}
		link, linked, bad := m.links.Of(row.Cells)
		if row.Broken != nil || !linked || bad != nil || m.chosen != nil && !m.chosen.Has(row.Number) {
			continue
		}
		held = append(held, linkedRow{row, link})
		if size += sizeOf(row); size < comparedAtOnce {
			continue
		}
		if err := k.add(ctx, origins, held); err != nil {
			return found, err
		}
		held, size = held[:0], 0
	}
	if err := k.add(ctx, origins, held); err != nil {
		return found, err
	}
	return k.result(), nil
}

// linkedRow is a row of a failed file with where it comes from.
type linkedRow struct {
	source.Row
	link reports.Link
}

// sizeOf is about how many bytes a row takes.
func sizeOf(row source.Row) int {
	size := 200
	for _, cell := range row.Cells {
		size += 16 + len(cell)
	}
	return size
}

// add compares rows with their originals.
func (k *comparison) add(ctx context.Context, origins *originals, held []linkedRow) error {
	slices.SortFunc(held, func(a, b linkedRow) int {
		return cmp.Or(strings.Compare(a.link.Run, b.link.Run), cmp.Compare(a.link.Row, b.link.Row), cmp.Compare(a.Number, b.Number))
	})
	for _, row := range held {
		origin, there, err := origins.at(ctx, k.file.runs[row.link.Run], row.link.Row)
		if err != nil {
			return err
		}
		if origin.lost != nil {
			k.lost[row.link.Run] = origin.lost
		}
		if there {
			k.rows++
			k.row(row, origin)
		}
	}
	return nil
}

// row counts the cells of a row that are not as they were. Only columns that both have are looked at, and none that is left out of failed files.
func (k *comparison) row(row linkedRow, origin *original) {
	var faulty []string // columns; found for rows with a change alone
	for i, cell := range row.Cells {
		name := k.setup.set.Header[i]
		at, there := origin.columns[name]
		if !there || at >= len(origin.row.Cells) || origin.row.Cells[at] == cell || cell == reports.SecretMarker || strings.HasPrefix(name, reports.LinkPrefix) ||
			slices.Contains(k.hidden, i) {
			continue
		}
		if faulty == nil {
			faulty = append(k.faultyColumns(row, origin), "")
		}
		damage, _ := spreadsheet.Of(origin.row.Cells[at], cell)
		k.count(changeKey{i, damage, slices.Contains(faulty, name), !slices.Contains(k.read, i)}, row.Line)
	}
}

func (k *comparison) count(key changeKey, line int64) {
	change := k.counts[key]
	if change == nil {
		change = &CellChange{Column: k.setup.set.Header[key.column], Damage: key.damage, Faulty: key.faulty, Unread: key.unread}
		k.counts[key] = change
	}
	change.Cells++
	change.Lines = append(change.Lines, line)
	slices.Sort(change.Lines)
	change.Lines = change.Lines[:min(changeSamples, len(change.Lines))]
}

// faultyColumns names the columns of the original row that were at fault: by what the failed file says of it, and by what its mapping finds.
func (k *comparison) faultyColumns(row linkedRow, origin *original) (columns []string) {
	field, message := k.file.links.Fault(row.Cells)
	names := []string{field, fieldOf(row.link.Code)}
	for part := range strings.SplitSeq(message, "; ") { // "field: what was wrong", of every fault
		if name, _, found := strings.Cut(part, ": "); found {
			names = append(names, name)
		}
	}
	_, faults := origin.setup.mapper.Map(origin.row.Cells)
	for _, f := range faults {
		names = append(names, f.Field)
	}
	for _, name := range names {
		columns = append(columns, name) // it may be a column itself
		for _, at := range origin.setup.mapper.ColumnsOf(k.standardName(name)) {
			columns = append(columns, origin.setup.set.Header[at])
		}
	}
	return columns
}

// standardName is the name of the field that a vendor's field is made from; the name itself where it is none of the vendor's.
func (k *comparison) standardName(name string) string {
	for _, w := range k.setup.vendor.Fields {
		if w.Name == name && w.From != mapping.NoField {
			return w.From.String()
		}
	}
	return name
}

// fieldOf is the field with whose name a code begins, such as phone of phone_already_registered; "" for none.
func fieldOf(code string) string {
	for name := code; name != ""; name = name[:max(0, strings.LastIndexByte(name, '_'))] {
		if _, known := mapping.ParseField(name); known {
			return name
		}
	}
	return ""
}

// result gives the changes in the order of the columns.
func (k *comparison) result() FailedFileCompared {
	found := FailedFileCompared{File: k.setup.set.Files[0].Title, Rows: k.rows}
	for _, run := range slices.Sorted(maps.Keys(k.lost)) {
		found.Lost = append(found.Lost, LostOriginal{run, k.lost[run]})
	}
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

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
