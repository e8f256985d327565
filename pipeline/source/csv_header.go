package source

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"strings"
	"unicode"

	"importer/mapping/problem"
)

// surveyHeader finds a CSV input's delimiter and header in the beginning of its content, and says what is wrong with it.
func surveyHeader(f *File, head []byte, o Options, l Limits) error {
	f.dialect = dialectOf(f, o)
	f.Delimiter = cmp.Or(o.Delimiter, f.skipSeparatorLine(head, o))
	if f.Delimiter == 0 && f.Format == TSV {
		f.Delimiter = '\t'
	}
	if f.Delimiter == 0 {
		var tie bool
		if f.Delimiter, tie = delimiterOf(head, f.dialect, l); tie {
			return unusableAt(f.dialect.skip+1, "set the delimiter", "two characters could be its delimiter")
		}
	}
	if f.dialect.noHeader {
		f.Header = o.Columns
		return nil
	}
	rows := newCSVRows(f, bytes.NewReader(head), l)
	cells, err := rows.decoder.GetCSVRow()
	line := rows.line
	broken, isBroken := err.(*Broken)
	switch {
	case err == io.EOF && f.dialect.skip > 0:
		return unusable("header_row is the line with the names of the columns", "there is no header after line %d", f.dialect.skip)
	case err == io.EOF:
		return unusable("an input has at least a header line", "all of its lines are blank")
	case isBroken:
		return unusableAt(line, broken.Hint, "the header cannot be read: %s", broken.Message)
	case err != nil:
		return err
	}
	f.Header = headerNames(cells)
	if last := len(f.Header) - 1; last > 0 && f.Header[last] == "" {
		f.dialect.trailing, f.Header = true, f.Header[:last]
	}
	return checkNames(f.Header, line)
}

// skipSeparatorLine recognises the line `sep=;` with which Excel is told the delimiter, and leaves it out. It returns the delimiter, 0 without
// such a line.
func (f *File) skipSeparatorLine(head []byte, o Options) rune {
	first := head
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		first = head[:i]
	}
	line := strings.Trim(string(first), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || o.HeaderRow == 1 || checkDelimiter(rune(line[4])) != nil {
		return 0
	}
	f.dialect.separator, f.dialect.skip = true, max(f.dialect.skip, 1)
	return rune(line[4])
}

// headerNames are the cells of a header without the space and the characters without width around them, and without soft hyphens and
// zero-width spaces within.
func headerNames(cells []string) []string {
	names := make([]string, len(cells))
	within := strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "")
	for i, cell := range cells {
		names[i] = strings.TrimFunc(within.Replace(cell), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	}
	return names
}

// checkNames returns an error for every column that has no name, one that is too long or no text, or one that an earlier column has.
func checkNames(header []string, line int64) error {
	var problems []error
	first := make(map[string]int, len(header))
	for i, name := range header {
		var p *problem.Error
		earlier, taken := first[name]
		switch {
		case name == "":
			p = unusable("name it, or remove the column; where the header is further down, set header_row under input: in the job file",
				"column %d has no name", i+1)
		case len(name) > maxName:
			p = unusable("the first record of the list names its columns", "the name of column %d has %d bytes", i+1, len(name))
		case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }):
			p = unusable("remove it", "the name of column %d holds a control character", i+1)
		case taken:
			p = unusable("rename one of them", "columns %d and %d are both named %q", earlier+1, i+1, name)
		}
		if p != nil {
			p.Line = line
			problems = append(problems, p)
		}
		if !taken {
			first[name] = i
		}
	}
	return errors.Join(problems...)
}
