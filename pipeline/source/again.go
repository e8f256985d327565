package source

import (
	"regexp"
	"slices"
	"strings"

	"importer/mapping"
)

// strayRows finds the rows that are no people among those of one input: the header once more, another header, and totals, as lists have them that were put
// together from several exports. The zero strayRows finds only totals.
type strayRows struct {
	names []string        // of the header
	known map[string]bool // the same, and all in capitals or small letters
	other int64           // line of another header that holds for the rows now; 0: none
}

func newStrayRows(header []string) strayRows {
	a := strayRows{names: withoutBlankEnd(headerNames(header)), known: map[string]bool{}}
	for _, name := range a.names {
		if isLink(name) {
			return strayRows{} // a failed file: its rows hold what a run has left over, headers too
		}
		for _, spelt := range []string{name, strings.ToUpper(name), strings.ToLower(name)} {
			a.known[spelt] = name != ""
		}
	}
	return a
}

// isLink reports whether a column of a failed file says where its rows come from.
func isLink(name string) bool { return strings.HasPrefix(name, mapping.ImportPrefix) }

// check returns what the row is, nil for one that may be a person. Rows after another header are not read under the first one, until that comes again.
func (a *strayRows) check(cells []string, line int64) *Broken {
	if len(cells) == 0 {
		return nil
	}
	if a.begins(cells[0]) {
		names := withoutBlankEnd(headerNames(cells))
		switch {
		case len(names) == 0:
		case slices.EqualFunc(names, a.names, strings.EqualFold):
			a.other = 0
			return broken(CodeHeaderAgain, "it is harmless; remove it where the lists were put together", "this line is the header again")
		case a.isHeader(names):
			a.other = line
			return broken(CodeHeaderOther, "import lists of different columns one by one", "this line is a header of other columns, or of another order")
		}
	}
	if again := a.spelt(cells, line); again != nil {
		return again
	}
	if a.other > 0 {
		return broken(CodeHeaderOther, "import lists of different columns one by one", "the header on line %d, of other columns, is above this row", a.other)
	}
	if isTotal(cells) {
		return broken(CodeTotal, "remove it: it is nobody", "this line looks like a total")
	}
	return nil
}

// begins reports whether a row with this first cell may be a header: most rows of people are known by it to be none.
func (a *strayRows) begins(first string) bool {
	if a.known[first] || len(a.names) == 0 {
		return a.known[first]
	}
	if first != "" && first[0] > ' ' && first[0] < 0x80 {
		return false
	}
	name := headerName(first)
	return a.known[name] || strings.EqualFold(name, a.names[0])
}

// isHeader reports whether names are those of columns, though not all are the header's or in their places: more than half are, among them the first, and none
// is empty or what only a person has.
func (a *strayRows) isHeader(names []string) bool {
	known := 0
	for _, name := range names {
		if kindOf(name) != textKind {
			return false
		}
		if a.known[name] {
			known++
		}
	}
	return a.known[names[0]] && known >= 2 && known*2 > len(names)
}

var (
	totalWords  = regexp.MustCompile(`(?i)^(?:(?:grand |sub[- ]?)?totals?|(?:zwischen|gesamt)?summe|gesamt|sous-total|total général|totale|totaal|suma)(?:\s*[:=(]?\s*[\d.,' ]+(?:\s?\pL+)?\)?|\s*:)?$`)
	totalFigure = regexp.MustCompile(`^[-+]?[\d.,' %€$£]*$`)
)

// isTotal reports whether a row has a word for a total in its first cell that is filled, and numbers or nothing beside it.
func isTotal(cells []string) bool {
	first := ""
	for _, cell := range cells {
		switch {
		case cell == "":
		case first != "":
			if !totalFigure.MatchString(strings.TrimSpace(cell)) {
				return false
			}
		case len(cell) > 60 || strings.IndexByte("gstzGSTZ ", cell[0]) < 0 || strings.IndexByte(cell, '@') >= 0 || !totalWords.MatchString(strings.TrimSpace(cell)):
			return false
		default:
			first = cell
		}
	}
	return first != "" && len(cells) > 1
}
