package runs

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
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

// changeKey is what tells changes apart.
type changeKey struct {
	column         int // of the failed file
	damage         spreadsheet.Damage
	faulty, unread bool
}

// comparison is a failed file beside the rows that it comes from. Its size is that of the header, not of the file.
type comparison struct {
	file   *failedFile
	setup  *setup
	read   []int // columns that the job reads
	hidden []int // columns that failed files leave out
	counts map[changeKey]*CellChange
	sums   []columnSums
	seed   maphash.Seed
	lost   map[string]error // runs whose input cannot be read again
	rows   int64            // that were compared
}

// columnSums are the sums of the hashes of a column's cells, over all rows: as they were, and as they are. They are the same where the column holds what it
// held, in whatever order.
type columnSums struct{ was, is uint64 }

// compare compares every row of a failed file that is to be sent with the row it comes from. Rows are held until there are enough of them, and then
// looked up in the order of their originals: each original input is read once for each 8 MiB of the failed file at most, and once for a file in order.
func (c *call) compare(ctx context.Context, ws *workspace, s *setup, m *failedFile) (found FailedFileCompared, err error) {
	k := &comparison{file: m, setup: s, read: s.mapper.Columns(), hidden: s.mapper.HiddenColumns(), counts: map[changeKey]*CellChange{}, lost: map[string]error{},
		sums: make([]columnSums, len(s.set.Header)), seed: maphash.MakeSeed()}
	origins := c.openOriginals(ws)
	defer func() { err = errors.Join(err, origins.close()) }()
	rows, err := s.set.OpenWithin(ctx)
	if err != nil {
		return found, err
	}
	defer rows.Close()
	var held []failedRow
	size := 0
	for row, err := range source.All(rows) {
		if err != nil {
			return found, err
		}
		link, linked, bad := m.links.Of(row.Cells)
		if row.Broken != nil || !linked || bad != nil || m.chosen != nil && !m.chosen.Has(row.Number) {
			continue
		}
		held = append(held, failedRow{row, link})
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

// failedRow is a row of a failed file with where it comes from.
type failedRow struct {
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
func (k *comparison) add(ctx context.Context, origins *originals, held []failedRow) error {
	slices.SortFunc(held, func(a, b failedRow) int {
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
func (k *comparison) row(row failedRow, origin *original) {
	var faulty []string // columns; found for rows with a change alone
	for i, cell := range row.Cells {
		name := k.setup.set.Header[i]
		at, there := origin.columns[name]
		if !there || at >= len(origin.row.Cells) || cell == reports.SecretMarker || strings.HasPrefix(name, reports.LinkPrefix) || slices.Contains(k.hidden, i) {
			continue
		}
		k.sums[i].was += maphash.String(k.seed, origin.row.Cells[at])
		k.sums[i].is += maphash.String(k.seed, cell)
		if origin.row.Cells[at] == cell {
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
func (k *comparison) faultyColumns(row failedRow, origin *original) (columns []string) {
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
