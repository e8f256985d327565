package source

import "slices"

// below returns the rows after the one last read, as many as are looked at to judge a header.
func (s *sheetRows) below() (rows []looked) {
	for len(rows) < lookRecords {
		cells, err := s.read()
		if err != nil {
			return rows // the reading of the rows says what is wrong
		}
		if len(cells) > 0 {
			rows = append(rows, looked{int64(s.row), cells})
		}
	}
	return rows
}

// judgeSheetHeader takes the cells of a row of a sheet as the names of the columns, unless they are a person's, or another row has the names.
func (f *File) judgeSheetHeader(cells []string, line int64, below []looked, o Options) error {
	if slices.ContainsFunc(cells, isLink) {
		f.Header = headerNames(cells)
		return checkNames(f.Header, line)
	}
	person := isPerson(cells, below)
	names := numberedNames(headerNames(cells))
	fault := checkNames(names, line)
	fitting := 0
	for _, row := range below {
		if withinHeader(row.cells, cells) {
			fitting++
		}
	}
	suspect := fault != nil || slices.Contains(headerNames(cells), "") || fitting*2 < len(below)
	if suspect && !namesColumns(cells) || person && !mailInPlace(cells, below) {
		if header, _ := headerAmong(below, line, knownNames(cells), withinHeader); header != nil {
			better := o
			better.HeaderRow = int(header.line)
			return f.advise(o, better, line, "", "this row does not name the columns; row %d looks as if it did", header.line)
		}
	}
	if person {
		return f.adviseColumns(cells, line, below, o)
	}
	f.headerEnd = line
	if fault != nil {
		return f.checkHeader(names, line, o)
	}
	f.Header = names
	return nil
}

// withinHeader is how the rows of a sheet fit its header: they end with their last cell that is filled.
func withinHeader(row, header []string) bool {
	return len(row) <= len(header) && len(row)*2 > len(header)
}
