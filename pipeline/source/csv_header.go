package source

import (
	"bytes"
	"fmt"
	"slices"
)

// judgeHeader takes the cells of a record as the names of the columns, unless they are a person's, or another line has the names.
func (f *File) judgeHeader(cells []string, line int64, head []byte, o Options, l Limits) error {
	if slices.ContainsFunc(cells, isLink) { // a failed file: what is wrong with it is said row by row
		f.Header = f.namesOf(cells)
		return checkNames(f.Header, line)
	}
	look := f.beginning(head, l)
	below := look[min(len(look), 1):]
	if isPerson(cells, below) {
		if err := f.otherHeader(line, head, o, l); err != nil && (!mailInPlace(cells, below) || hasLabel(cells) || f.better.HeaderRow < int(line)) {
			return err
		}
		f.better = nil
		if err := onePersonALine(cells, line, below); err != nil {
			return err
		}
		return f.adviseColumns(cells, line, below, o)
	}
	if err := checkNoAddress(cells, line); err != nil {
		return err
	}
	if err := f.wholeLines(line, head, look, o, l); err != nil {
		return err
	}
	if err := f.titleOfOne(line, look, o); err != nil {
		return err
	}
	if err := checkNoValues(look, line); err != nil {
		return err
	}
	if err := f.oneColumn(line, head, look, o, l); err != nil {
		return err
	}
	names, numbered := headerNames(cells), f.namesOf(cells)
	end := len(numbered)
	title := end == 1 && knownNames(cells) == 0 // perhaps
	misfit := f.fitting(names, below)*2 < len(below) && o.Ragged != RaggedPad && o.Ragged != RaggedMerge
	suspect := checkNames(numbered, line) != nil || misfit || title || end*2 < len(names)
	if suspect && !namesColumns(cells) || slices.Contains(names[:end], "") || knownNames(cells) == 0 {
		if err := f.otherHeader(line, head, o, l); err != nil {
			return err
		}
	}
	if suspect {
		if err := f.quotedRows(numbered, line, below, o); err != nil {
			return err
		}
		if err := f.widerRows(numbered, line, below, o); err != nil {
			return err
		}
		if err := f.otherDelimiter(numbered, line, head, o, l); err != nil {
			return err
		}
		if (misfit || title) && !namesColumns(cells) {
			if err := f.peopleBelow(head, o, l); err != nil {
				return err
			}
		}
	}
	if err := checkTable(look, line); err != nil {
		return err
	}
	if f.dialect.surplus > 0 && misfit || end == 0 {
		return checkNames(names, line)
	}
	if err := f.checkHeader(numbered, line, o); err != nil {
		return err
	}
	f.Header = numbered
	return nil
}

// namesOf returns the names of the columns. Cells without a name at the end are no columns, and every row must end so; others get a number.
func (f *File) namesOf(cells []string) []string {
	names := headerNames(cells)
	end := len(withoutBlankEnd(names))
	f.dialect.trailing, f.dialect.surplus = end < len(names) && end > 0, max(len(names)-end-1, 0)
	return numberedNames(names[:end])
}

// fitting returns how many of the rows have as many cells as the header, and none where it ends without names.
func (f *File) fitting(names []string, rows []looked) (n int) {
	end := len(withoutBlankEnd(names))
	for _, row := range rows {
		if asWide(row.cells, names) && len(withoutBlankEnd(headerNames(row.cells[end:]))) == 0 {
			n++
		}
	}
	return n
}

// numberedNames gives a number to every column without a name, so that it can be mapped or ignored.
func numberedNames(names []string) []string {
	out := slices.Clone(names)
	for i, name := range names {
		if name == "" {
			out[i] = columnNumber(i)
		}
	}
	return out
}

// otherHeader returns an error that says which line looks like the names of the columns, where another than the first does: after a title,
// a line of groups, or what else an export puts above it. Every delimiter is tried that no setting excludes; that with the most rows counts.
func (f *File) otherHeader(line int64, head []byte, o Options, l Limits) error {
	candidates := []string{f.Delimiter}
	if o.Delimiter == "" && !f.dialect.separator && f.Format != TSV {
		candidates = append(candidates, slices.Concat(usualDelimiters(), rareDelimiters())...)
	}
	var found *looked
	most, known := 0, f.knownOn(line, head, l)
	for _, d := range candidates {
		g := *f
		if g.Delimiter = d; delimiterBytes(d, f.Encoding) == "" {
			continue
		}
		if !f.dialect.separator {
			g.dialect.skip = 0 // also what is above a line that was set
		}
		if header, rows := headerAmong(g.beginning(head, l), line, known, asWide); rows > most {
			found, most = header, rows
		}
	}
	if found == nil {
		return nil
	}
	better := o
	better.HeaderRow = int(found.line)
	why := ""
	if first := bytes.TrimLeft(head, " \t"); o.Comment == 0 && bytes.HasPrefix(first, []byte("#")) {
		why = `where lines with # are comments, input: {comment: "#"} leaves them out wherever they are`
	}
	return f.advise(o, better, line, why, "this line does not name the columns; line %d looks as if it did", found.line)
}

// knownOn is how many known names of columns the header on a line has.
func (f *File) knownOn(line int64, head []byte, l Limits) int {
	for _, row := range f.beginning(head, l) {
		if row.line == line {
			return knownNames(row.cells)
		}
	}
	return 0
}

// adviseColumns refuses a person in the place of the header.
func (f *File) adviseColumns(cells []string, line int64, below []looked, o Options) error {
	better := o
	better.HeaderRow = max(o.HeaderRow-1, 0)
	if line > f.headerEnd { // below a title
		better.HeaderRow = int(line - 1)
	}
	var holds string
	better.Columns, holds = placeholders(append([]looked{{line, cells}}, below...))
	which := fmt.Sprintf("line %d", line)
	if line == 1 {
		which = "the first line"
	}
	return f.advise(o, better, line, "put better names in these places; what the columns seem to hold: "+holds,
		"%s looks like a person, not like the names of columns", which)
}
