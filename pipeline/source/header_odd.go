package source

import (
	"regexp"
	"slices"
	"strings"
)

// hasLabel reports whether a row is of those above a list that say something of it: a word with a colon stands before what it is.
func hasLabel(cells []string) bool {
	return len(cells) > 1 && strings.HasSuffix(strings.TrimSpace(cells[0]), ":")
}

// checkNoAddress refuses a header with an e-mail address in a cell of its own.
func checkNoAddress(cells []string, line int64) error {
	n := column(cells, isMail)
	if n == 0 {
		return nil
	}
	return unusableAt(line, "give that column a name; where this line is a person, put a line with the names of the columns above it",
		"column %d of the header is an e-mail address, which names no column", n)
}

// onePersonALine refuses the addresses of several people on the only line of an input.
func onePersonALine(cells []string, line int64, below []looked) error {
	people := withoutBlankEnd(headerNames(cells))
	if len(below) > 0 || len(people) < 2 || slices.ContainsFunc(people, func(cell string) bool { return !isMail(cell) }) {
		return nil
	}
	return unusableAt(line, "write one to a line, below a line that says email", "one line holds several people: %d e-mail addresses", len(people))
}

// titleOfOne recognises a title above a list of one column, of e-mail addresses.
func (f *File) titleOfOne(line int64, look []looked, o Options) error {
	if len(look) < 3 || len(look[0].cells) != 1 || knownNames(look[0].cells) > 0 || len(look[1].cells) != 1 || !isMailName(look[1].cells[0]) || isMail(look[1].cells[0]) ||
		slices.ContainsFunc(look[2:], func(row looked) bool { return len(row.cells) != 1 || !isMail(row.cells[0]) }) {
		return nil
	}
	better := o
	better.HeaderRow = int(look[1].line)
	return f.advise(o, better, line, "", "this line does not name the columns; line %d looks as if it did", look[1].line)
}

// addressWithin is an e-mail address somewhere in a text.
var addressWithin = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)*\.\pL{2,}`)

const (
	saidNoTable = "this is no table: it has no columns, and e-mail addresses within its lines"
	hintNoTable = "export the list as CSV: a line with the names of the columns, and below it one person to a line; where another character separates the cells, set delimiter under input: in the job file"
)

// checkTable refuses texts of one cell a line with e-mail addresses within other words: columns that only spaces keep apart, and the like. They are not
// shown.
func checkTable(look []looked, line int64) error {
	within, wide := 0, 0
	for _, row := range look {
		switch {
		case len(row.cells) > 1:
			wide++
		case isMail(row.cells[0]):
			return nil
		case addressWithin.MatchString(row.cells[0]):
			within++
		}
	}
	if len(look) < 2 || len(look[0].cells) != 1 || wide*2 > len(look) || within*6 < len(look) || within == 0 {
		return nil
	}
	return unusableAt(line, hintNoTable, "%s", saidNoTable)
}

// checkNoValues refuses lines of values behind their names, each with a colon.
func checkNoValues(look []looked, line int64) error {
	named := 0
	for _, row := range look {
		if key, _, ok := strings.Cut(row.cells[0], ":"); ok && !strings.Contains(key, "@") && isColumnName(key) {
			named++
		}
	}
	if named < 2 || named*3 < len(look)*2 {
		return nil
	}
	return unusableAt(line, hintNoTable, "this is no table: each line is the name of a value, a colon and the value")
}

// isRule reports whether a line is one of those that printed tables have between their rows.
func isRule(text string) bool {
	return strings.Trim(text, "-+=|_ \t\r\n") == "" && (strings.Contains(text, "---") || strings.Contains(text, "==="))
}

// quotedRows recognises rows that are quoted as a whole below a header that is not.
func (f *File) quotedRows(names []string, line int64, below []looked, o Options) error {
	if len(below) == 0 || len(names) < 2 || o.Quotes != "" || !namesColumns(names) || slices.ContainsFunc(below, func(row looked) bool {
		return len(row.cells) != 1 || strings.Count(row.cells[0], f.Delimiter) < len(names)-1
	}) {
		return nil
	}
	better := o
	better.HeaderRow, better.Quotes, better.Columns = int(f.headerEnd), QuotesLine, names
	return f.advise(o, better, line, "", "every line below the header is one quoted cell that holds a line of CSV")
}
