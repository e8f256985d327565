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
func surveyHeader(f *File, head []byte, delimiter rune, l Limits) []error {
	switch {
	case delimiter != 0:
		f.Delimiter = delimiter
	case f.Format == TSV:
		f.Delimiter = '\t'
	default:
		var tie bool
		if f.Delimiter, tie = delimiterOf(head, l); tie {
			return []error{&Error{Line: 1, Message: "two characters could separate its cells alike", Hint: "set the delimiter"}}
		}
	}
	rows := newCSVRows(f, bytes.NewReader(head), l)
	cells, err := rows.decoder.GetCSVRow()
	line := rows.records.line
	var broken *Broken
	switch {
	case err == io.EOF:
		return []error{&Error{Message: "all of its lines are blank", Hint: "an input has at least a header line"}}
	case errors.As(err, &broken):
		return []error{&Error{Line: line, Message: "the header cannot be read: " + broken.Message, Hint: broken.Hint}}
	case err != nil:
		return []error{err}
	}
	f.Header = make([]string, len(cells))
	for i, cell := range cells {
		f.Header[i] = strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' })
	}
	return headerProblems(f.Header, line)
}

// headerProblems names every column that has no name, one that is too long, or one that an earlier column has.
func headerProblems(header []string, line int64) []error {
	var problems []error
	first := make(map[string]int, len(header))
	for i, name := range header {
		earlier, taken := first[name]
		switch {
		case name == "":
			hint := "name it, or remove the column"
			if i == len(header)-1 {
				hint = "name it, or remove the delimiter at the end of the header and of every row"
			}
			problems = append(problems, &Error{Line: line, Message: fmt.Sprintf("column %d has no name", i+1), Hint: hint})
			continue
		case len(name) > maxName:
			problems = append(problems, &Error{Line: line, Message: fmt.Sprintf("the name of column %d has %d bytes", i+1, len(name)), Hint: "the first record of the list names its columns"})
		case taken:
			problems = append(problems, &Error{Line: line, Message: fmt.Sprintf("columns %d and %d are both named %q", earlier+1, i+1, name), Hint: "rename one of them"})
		}
		if !taken {
			first[name] = i
		}
	}
	return problems
}
