package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// surveyHeader finds a CSV input's delimiter and header in the beginning of its content, and says what is wrong with it.
func surveyHeader(f *File, head []byte, o Options, l Limits) []error {
	f.dialect = f.surveyed(dialectOf(o))
	said := f.skipSeparatorLine(head, o)
	switch {
	case o.Delimiter != 0:
		f.Delimiter = o.Delimiter
	case said != 0:
		f.Delimiter = said
	case f.Format == TSV:
		f.Delimiter = '\t'
	default:
		var tie bool
		if f.Delimiter, tie = delimiterOf(head, f.dialect, l); tie {
			return []error{&Error{Line: f.dialect.skip + 1, Message: "two characters could separate its cells alike", Hint: "set the delimiter"}}
		}
	}
	if f.dialect.noHeader {
		f.Header = o.Columns
		return nil
	}
	rows := newCSVRows(f, bytes.NewReader(head), l)
	rows.records.reading = header
	cells, err := rows.decoder.GetCSVRow()
	line := rows.records.line
	var broken *Broken
	switch {
	case err == io.EOF && f.dialect.skip > 0:
		return []error{&Error{Message: fmt.Sprintf("there is no header after line %d", f.dialect.skip), Hint: "header_row is the line on which the names of the columns stand"}}
	case err == io.EOF:
		return []error{&Error{Message: "all of its lines are blank", Hint: "an input has at least a header line"}}
	case errors.As(err, &broken):
		return []error{&Error{Line: line, Message: "the header cannot be read: " + broken.Message, Hint: broken.Hint}}
	case err != nil:
		return []error{err}
	}
	f.Header = headerNames(cells)
	if last := len(f.Header) - 1; last > 0 && f.Header[last] == "" {
		f.dialect.trailing, f.Header = true, f.Header[:last]
	}
	return headerProblems(f.Header, line)
}

// surveyed adds what the survey has seen of line ends.
func (f *File) surveyed(d dialect) dialect {
	d.anyEnd = d.anyEnd || f.onlyCR
	return d
}

// skipSeparatorLine recognises the line `sep=;` with which Excel is told the delimiter, and leaves it out. It returns the delimiter, 0 without
// such a line.
func (f *File) skipSeparatorLine(head []byte, o Options) rune {
	first := head
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		first = head[:i]
	}
	line := strings.Trim(string(first), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || o.HeaderRow == 1 {
		return 0
	}
	separator := rune(line[4])
	if (Options{Delimiter: separator}).checkDelimiter() != nil {
		return 0
	}
	f.dialect.separator, f.dialect.skip = true, max(f.dialect.skip, 1)
	return separator
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

// headerProblems names every column that has no name, one that is too long or no text, or one that an earlier column has.
func headerProblems(header []string, line int64) []error {
	var problems []error
	first := make(map[string]int, len(header))
	report := func(hint, format string, args ...any) {
		problems = append(problems, &Error{Line: line, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	for i, name := range header {
		earlier, taken := first[name]
		switch {
		case name == "":
			report("name it, or remove the column; where the header stands further down, say header_row under input: in the job file", "column %d has no name", i+1)
			continue
		case len(name) > maxName:
			report("the first record of the list names its columns", "the name of column %d has %d bytes", i+1, len(name))
		case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }):
			report("remove it", "the name of column %d holds a control character", i+1)
		case taken:
			report("rename one of them", "columns %d and %d are both named %q", earlier+1, i+1, name)
		}
		if !taken {
			first[name] = i
		}
	}
	return problems
}
