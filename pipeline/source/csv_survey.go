package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"importer/mapping"
)

// surveyCSV finds what can be known of a CSV input only by its delimiter.
func surveyCSV(ctx context.Context, f *File, head []byte, o Options, l Limits) error {
	if err := surveyHeader(f, head, o, l); err != nil {
		return err
	}
	return f.countEmptyRows(ctx, l)
}

// surveyHeader finds a CSV input's delimiter and header in the beginning of its content, and says what is wrong with it. Where the input can be read with
// other options, the error names them.
func surveyHeader(f *File, head []byte, o Options, l Limits) error {
	if err := checkNotJSON(head, o); err != nil {
		return err
	}
	f.dialect = dialectOf(f, o)
	usual := map[string]string{TSV: "\t"}
	f.Delimiter = cmp.Or(o.Delimiter, f.skipSeparatorLine(head, o), usual[f.Format])
	f.skipTypeLine(head, o)
	if err := f.findDelimiter(head, o, l); err != nil {
		return err
	}
	if f.dialect.noHeader {
		f.Header = o.Columns
		return nil
	}
	rows := newCSVRows(f, bytes.NewReader(head), l)
	cells, err := rows.decoder.GetCSVRow()
	line := rows.line
	f.headerEnd = rows.lines.line - 1
	broken, isBroken := err.(*Broken)
	switch {
	case err == io.EOF && f.dialect.skip > 0:
		return unusable("header_row is the line with the names of the columns", "there is no header after line %d", f.dialect.skip)
	case err == io.EOF:
		return unusable("an input has at least a header line", "all of its lines are blank")
	case isBroken:
		if err := f.otherHeader(line, head, o, l); err != nil {
			return err
		}
		if err := f.spacedDelimiter(line, head, o, l); err != nil {
			return err
		}
		return unusableAt(line, broken.Hint, "the header cannot be read: %s", broken.Message)
	case err != nil:
		return err
	}
	return f.judgeHeader(cells, line, head, o, l)
}

// findDelimiter finds the delimiter where nothing has named it yet.
func (f *File) findDelimiter(head []byte, o Options, l Limits) error {
	if f.Delimiter == "" {
		sample := head
		if f.dialect.quotes == QuotesLine {
			sample = f.unwrapped(head, l)
		}
		var tie string
		if f.Delimiter, tie = delimiterOf(sample, f.dialect, l); tie != "" {
			const fix = "write input: {delimiter: %s} or input: {delimiter: %s} in the job file"
			return unusableAt(f.dialect.skip+1, fmt.Sprintf(fix, delimiterName(f.Delimiter), delimiterName(tie)), "two characters could be its delimiter")
		}
		if rare, ok := rareDelimiter(sample, f, f.Delimiter, l); ok {
			f.Delimiter = rare
		}
	}
	if delimiterBytes(f.Delimiter, f.Encoding) == "" {
		return unusable("set the delimiter or the encoding", "the delimiter %q is no character of %s", o.Delimiter, f.Encoding)
	}
	return nil
}

// skipSeparatorLine recognises the line `sep=;` that names the delimiter for Excel, and leaves it out. It returns the delimiter, "" without
// such a line.
func (f *File) skipSeparatorLine(head []byte, o Options) string {
	first := head
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		first = head[:i]
	}
	line := strings.Trim(string(first), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || o.HeaderRow == 1 || checkDelimiter(line[4:]) != nil {
		return ""
	}
	f.dialect.separator, f.dialect.skip = true, max(f.dialect.skip, 1)
	return line[4:]
}

// skipTypeLine leaves out the line with which PowerShell says what its objects are.
func (f *File) skipTypeLine(head []byte, o Options) {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	class, ok := bytes.CutPrefix(bytes.TrimLeft(first, `"`), []byte("#TYPE "))
	if ok && o.HeaderRow == 0 && o.Comment == 0 && bytes.IndexByte(class, '.') > 0 && bytes.IndexByte(class, ' ') < 0 {
		f.dialect.skip = max(f.dialect.skip, 1)
	}
}

// withinName are the characters without width that are taken out of names wherever they stand.
const withinName = "\u00ad\u200b\u2060\ufeff"

// headerNames are the names of columns that the cells of a header are.
func headerNames(cells []string) []string {
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = headerName(cell)
	}
	return names
}

// headerName is a cell of a header without the space and the characters without width around it, and without soft hyphens and zero-width spaces within;
// ="Mail" is Mail.
func headerName(cell string) string {
	if strings.ContainsAny(cell, withinName) {
		cell = strings.Map(func(r rune) rune {
			if strings.ContainsRune(withinName, r) {
				return -1
			}
			return r
		}, cell)
	}
	name := strings.TrimFunc(cell, aroundName)
	if text, ok := mapping.TextFormula(name); ok {
		return strings.TrimFunc(text, aroundName)
	}
	return name
}

func aroundName(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

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
			wrong("name it, or remove the column; where the names are further down, write input: {header_row: 4} in the job file, with the number of their line", "column %d has no name", i+1)
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
// the header has none of them: one column. tie is another that nothing decides against, "" for none.
func delimiterOf(head []byte, d dialect, l Limits) (delimiter, tie string) {
	var fits []fit
	for _, c := range usualDelimiters() {
		if f := fitOf(head, c, d, l); f.header > 0 {
			fits = append(fits, f)
		}
	}
	better := func(a, b fit) int { return cmp.Or(cmp.Compare(b.same, a.same), cmp.Compare(b.header, a.header)) }
	slices.SortStableFunc(fits, better)
	if len(fits) == 0 {
		return ",", ""
	}
	if len(fits) > 1 && better(fits[0], fits[1]) == 0 {
		tie = fits[1].delimiter
	}
	return fits[0].delimiter, tie
}

func usualDelimiters() []string { return []string{",", ";", "\t", "|"} }

// fit is how a delimiter fits the beginning of a text.
type fit struct {
	delimiter string
	header    int // how often the header has it
	same      int // how many records have it as often
	records   int
}

// fitOf tries a delimiter, in bytes of the content; "" fits nothing.
func fitOf(head []byte, candidate string, d dialect, l Limits) fit {
	f := fit{delimiter: candidate}
	if candidate == "" {
		return f
	}
	s := newSyntax(d, candidate, l)
	lines := newRecordFinder(bytes.NewReader(head), 0, s, l)
	for range d.skip {
		if lines.skipLine() != nil {
			return f
		}
	}
	for f.records < sampleRecords {
		rec, err := lines.peek()
		if err != nil || rec.flaw == longLine {
			break
		}
		lines.take(len(rec.data), rec.lines)
		if rec.comment || len(trimLineEnd(rec.data)) == 0 {
			continue
		}
		_, n := s.count(rec.data, false)
		if f.records == 0 {
			f.header = n
		}
		if n == f.header {
			f.same++
		}
		f.records++
	}
	return f
}
