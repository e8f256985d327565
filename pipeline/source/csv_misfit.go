package source

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Lists that are written in ways which a setting reads, and which are not read without it.

// wholeLines recognises a list whose every line is in quotes by itself, as programs write that quote what was a CSV already.
func (f *File) wholeLines(line int64, head []byte, look []looked, o Options, l Limits) error {
	if o.Quotes != "" || o.Quote == QuoteBackslash || len(look) == 0 || len(look[0].cells) != 1 {
		return nil
	}
	g := *f
	g.Delimiter, g.dialect.quotes = "", QuotesLine
	if o.Delimiter != "" {
		g.Delimiter = o.Delimiter
	}
	if err := g.findDelimiter(head, o, l); err != nil {
		return nil //nolint:nilerr // what is within the quotes is no CSV: it is one column
	}
	whole := g.beginning(head, l)
	if len(whole) == 0 || len(whole)*10 < len(look)*9 || !namesColumns(whole[0].cells) && !isPerson(whole[0].cells, whole[1:]) {
		return nil
	}
	better := o
	better.Quotes = QuotesLine
	return f.advise(o, better, line, "", "every line is one quoted cell that holds a line of CSV")
}

// unwrapped is the beginning of a content without the quotes around its records.
func (f *File) unwrapped(head []byte, l Limits) []byte {
	var b bytes.Buffer
	s := newSyntax(dialect{comment: f.dialect.comment, anyEnd: f.dialect.anyEnd}, ",", l)
	lines := newRecordFinder(bytes.NewReader(head), 0, s, l)
	for range lookRecords {
		rec, err := lines.peek()
		if err != nil || rec.flaw == longLine {
			break
		}
		lines.take(len(rec.data), rec.lines)
		if text, ok := unwrap(string(trimLineEnd(rec.data))); ok {
			b.WriteString(text + "\n")
		}
	}
	return b.Bytes()
}

// spacedDelimiter recognises quoted cells with a space after every delimiter, by a header that cannot be read without it.
func (f *File) spacedDelimiter(line int64, head []byte, o Options, l Limits) error {
	g := *f
	g.Delimiter += " "
	rows := g.beginning(head, l)
	if o.Delimiter != "" || o.Quotes != "" || len(rows) == 0 || rows[0].line != line || !namesColumns(rows[0].cells) {
		return nil
	}
	better := o
	better.Delimiter = g.Delimiter
	return f.advise(o, better, line, "", "a space follows every delimiter, before the quote of a cell")
}

// unusualDelimiters are taken for one only by a person: they are found in names and numbers too.
func unusualDelimiters() []string { return []string{":", "/", "*", "#", "!", "\\"} }

// punctuation is what may stand between the names of columns, and stands in none.
var punctuation = regexp.MustCompile(`[^\pL\pN\s_.,'()-]{2,}`)

// oneColumn recognises a list whose cells are separated by something that is no usual delimiter: every record has it as often as the header, and it takes the
// header apart into names of columns.
func (f *File) oneColumn(line int64, head []byte, look []looked, o Options, l Limits) error {
	if o.Delimiter != "" || f.dialect.separator || f.Format == TSV || len(look) < 2 || len(look[0].cells) != 1 {
		return nil
	}
	for _, d := range slices.Concat(punctuation.FindAllString(look[0].cells[0], -1), unusualDelimiters()) {
		if checkDelimiter(d) != nil {
			continue
		}
		fit := fitOf(head, d, f.dialect, l)
		if fit.header > 0 && fit.same == fit.records && namesColumns(strings.Split(look[0].cells[0], d)) {
			better := o
			better.Delimiter = d
			return f.advise(o, better, line, `where it is one column, write input: {delimiter: ","}`, "%s seems to separate the cells", delimiterName(d))
		}
	}
	return nil
}

// otherDelimiter recognises rows that are separated by another delimiter than the header.
func (f *File) otherDelimiter(names []string, line int64, head []byte, o Options, l Limits) error {
	for _, d := range usualDelimiters() {
		g := *f
		g.Delimiter = d
		rows := g.beginning(head, l)
		if o.Delimiter != "" || knownNames(names) == 0 || len(names) < 2 || d == f.Delimiter || len(rows) < 2 || len(rows[0].cells) != 1 || f.fitting(names, rows[1:]) != len(rows)-1 {
			continue
		}
		better := o
		better.HeaderRow, better.Delimiter, better.Columns = int(f.headerEnd), d, names
		return f.advise(o, better, line, "", "%s separates the names of the columns, and %s the cells of the rows", delimiterName(f.Delimiter), delimiterName(d))
	}
	return nil
}

// peopleBelow recognises people below a title, and no names of columns.
func (f *File) peopleBelow(head []byte, o Options, l Limits) error {
	candidates := []string{f.Delimiter}
	if o.Delimiter == "" && !f.dialect.separator && f.Format != TSV {
		candidates = slices.Concat(candidates, usualDelimiters())
	}
	for _, d := range candidates {
		g := *f
		g.Delimiter = d
		rows := g.beginning(head, l)
		at := slices.IndexFunc(rows, func(row looked) bool { return len(row.cells) > 1 })
		if at < 1 || !isPerson(rows[at].cells, rows[at+1:]) {
			continue
		}
		same := 0
		for _, row := range rows[at:] {
			if asWide(row.cells, rows[at].cells) {
				same++
			}
		}
		if same*2 <= len(rows)-at {
			continue
		}
		return f.adviseColumns(rows[at].cells, rows[at].line, rows[at+1:], o)
	}
	return nil
}

// widerRows recognises rows with one cell more than the header: a number before the others, as R writes the names of rows, or an empty cell at the end. A
// cell that holds the delimiter and is not quoted makes such rows too: so the first name must be one that no number has, and the addresses be in place.
func (f *File) widerRows(names []string, line int64, below []looked, o Options) error {
	if len(below) < 2 || f.dialect.trailing || slices.ContainsFunc(below, func(row looked) bool { return len(row.cells) != len(names)+1 }) {
		return nil
	}
	better := o
	better.HeaderRow = int(f.headerEnd)
	mail := slices.IndexFunc(names, isMailName)
	switch {
	case risingNumbers(below) && (mail == 0 || isNameOfPeople(names[0])) && (mail < 0 || commonKind(below, mail+1) == emailKind):
		better.Columns = slices.Concat([]string{columnNumber(0)}, names)
		return f.advise(o, better, line, "", "every row has one cell more than the header, a number at its beginning")
	case mail >= 0 && commonKind(below, mail) == emailKind && commonKind(below, len(names)) == noKind:
		better.Columns = slices.Concat(names, []string{columnNumber(len(names))})
		return f.advise(o, better, line, "", "every row has one cell more than the header, an empty one at its end")
	}
	return nil
}

// risingNumbers reports whether the rows begin with numbers that rise.
func risingNumbers(rows []looked) bool {
	last := -1
	for _, row := range rows {
		n, err := strconv.Atoi(strings.TrimSpace(row.cells[0]))
		if err != nil || n <= last {
			return false
		}
		last = n
	}
	return true
}

// checkHeader is checkNames, and offers other names where two columns have one.
func (f *File) checkHeader(names []string, line int64, o Options) error {
	err := checkNames(names, line)
	if err == nil || checkNames(slices.Compact(slices.Sorted(slices.Values(names))), line) != nil {
		return err
	}
	first, again := pairOf(names)
	if knownNames(names) == 0 { // perhaps it is no header, but a person, who is not shown
		var numbers []string
		for i := range names {
			numbers = append(numbers, columnNumber(i))
		}
		return unusableAt(line, fmt.Sprintf("rename one of them; where this line is a row, write input: {columns: [%s]} in the job file", strings.Join(numbers, ", ")),
			"columns %d and %d have the same name", first+1, again+1)
	}
	better := o
	better.HeaderRow, better.Columns = int(f.headerEnd), slices.Clone(names)
	for i, name := range names {
		if n := slices.Index(names, name); n < i {
			better.Columns[i] = name + " " + strconv.Itoa(i+1)
		}
	}
	if checkNames(better.Columns, line) != nil {
		return err
	}
	return f.advise(o, better, line, "or rename one of them in the list", "columns %d and %d are both named %q", first+1, again+1, names[again])
}

// pairOf returns the places of the first name that is there twice.
func pairOf(names []string) (first, again int) {
	for again, name := range names {
		if first := slices.Index(names, name); first < again {
			return first, again
		}
	}
	return 0, 0
}
