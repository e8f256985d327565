package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"importer/mapping"
)

// surveyHeader finds a CSV input's delimiter and header in the beginning of its content, and says what is wrong with it.
func surveyHeader(_ context.Context, f *File, head []byte, o Options, l Limits) error {
	f.dialect = dialectOf(f, o)
	usual := map[string]rune{TSV: '\t'}
	f.Delimiter = cmp.Or(o.Delimiter, f.skipSeparatorLine(head, o), usual[f.Format])
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

// skipSeparatorLine recognises the line `sep=;` that names the delimiter for Excel, and leaves it out. It returns the delimiter, 0 without
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
// zero-width spaces within; ="Mail" is Mail.
func headerNames(cells []string) []string {
	names := make([]string, len(cells))
	within := strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "")
	trim := func(s string) string {
		return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	}
	for i, cell := range cells {
		names[i] = trim(within.Replace(cell))
		if text, ok := mapping.TextFormula(names[i]); ok {
			names[i] = trim(text)
		}
	}
	return names
}

// checkNames returns an error for every column that has no name, one that is too long or no text, or one that an earlier column has.
func checkNames(header []string, line int64) error {
	var problems []error
	wrong := func(fix, format string, args ...any) {
		problems = append(problems, unusableAt(line, fix, format, args...))
	}
	for i, name := range header {
		earlier := slices.Index(header[:i], name)
		switch {
		case name == "":
			wrong("name it, or remove the column; where the header is further down, set header_row under input: in the job file", "column %d has no name", i+1)
		case len(name) > maxName:
			wrong("the first record of the list names its columns", "the name of column %d has %d bytes", i+1, len(name))
		case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }):
			wrong("remove it", "the name of column %d holds a control character", i+1)
		case earlier >= 0:
			wrong("rename one of them", "columns %d and %d are both named %q", earlier+1, i+1, name)
		}
	}
	return errors.Join(problems...)
}

// sampleRecords is how many records, the header among them, show the delimiter.
const sampleRecords = 100

// delimiterOf recognises the delimiter by the first records of a text: of comma, semicolon, tab and bar, the one which the header has
// outside quotes, and which most records have as often as the header; where two are equal in that, the one it has most often. A comma when
// the header has none of them: one column. The second result is true when nothing decides between two.
func delimiterOf(head []byte, d dialect, l Limits) (delimiter rune, tie bool) {
	type fit struct{ delimiter, header, same int }
	var fits []fit
	for _, c := range []byte{',', ';', '\t', '|'} {
		if header, same := fitOf(head, c, d, l); header > 0 {
			fits = append(fits, fit{int(c), header, same})
		}
	}
	better := func(a, b fit) int { return cmp.Or(cmp.Compare(b.same, a.same), cmp.Compare(b.header, a.header)) }
	slices.SortStableFunc(fits, better)
	if len(fits) == 0 {
		return ',', false
	}
	return rune(fits[0].delimiter), len(fits) > 1 && better(fits[0], fits[1]) == 0
}

// fitOf returns how often the header has the candidate, and how many records have it as often.
func fitOf(head []byte, candidate byte, d dialect, l Limits) (header, same int) {
	s := &syntax{dialect: d, delimiter: candidate, most: l.Columns}
	lines := newRecordFinder(bytes.NewReader(head), 0, s, l)
	for range d.skip {
		if lines.skipLine() != nil {
			return 0, 0
		}
	}
	for records := 0; records < sampleRecords; {
		rec, err := lines.peek()
		if err != nil || rec.flaw == longLine {
			break
		}
		lines.take(len(rec.data), rec.lines)
		if rec.comment || len(trimLineEnd(rec.data)) == 0 {
			continue
		}
		_, n := s.count(rec.data, false)
		if records == 0 {
			header = n
		}
		if n == header {
			same++
		}
		records++
	}
	return header, same
}

func delimiterName(d rune) string {
	if d == '\t' {
		return "tab"
	}
	return strconv.Quote(string(d))
}
