package source

import (
	"slices"
	"strings"
	"unicode"
)

// spelt returns what a row is whose cells are names of columns, spelt otherwise than those of the header: as another program or language has them. It is nil
// for one that may be a person.
func (a *strayRows) spelt(cells []string, line int64) *Broken {
	if a.names == nil || slices.ContainsFunc(cells, noColumnName) {
		return nil
	}
	names := withoutBlankEnd(headerNames(cells))
	if !a.onlyNames(names) {
		return nil
	}
	if slices.EqualFunc(names, a.names, func(x, y string) bool { return bareName(x) == bareName(y) }) {
		a.other = 0
		return broken(CodeHeaderAgain, "it is harmless; remove it where the lists were put together", "this line is the header again")
	}
	a.other = line
	return broken(CodeHeaderOther, "import lists of different columns one by one", "this line is a header of other columns, or of another order")
}

// noColumnName reports, at little cost, what is the name of no column; nearly every person has such a cell.
func noColumnName(cell string) bool {
	return len(cell) > 60 || strings.ContainsAny(cell, "@0123456789")
}

// onlyNames reports whether all names are those of columns in some language, or the header's in any spelling: three or more, among them that of an e-mail
// address or two of the header's. Of two, each word must be one, and one of them that of an e-mail address.
func (a *strayRows) onlyNames(names []string) bool {
	own := 0
	for i, name := range names {
		isOwn := a.hasBare(name)
		if isOwn {
			own++
		}
		if !isColumnName(name) && !(i > 0 && isOwn) || slices.Contains(names[:i], name) {
			return false
		}
	}
	mail := slices.ContainsFunc(names, isMailColumn)
	if len(names) != 2 {
		return len(names) > 2 && (mail || own >= 2)
	}
	known := func(word string) bool { return columnWords()[word] }
	return mail && !slices.ContainsFunc(names, func(name string) bool { return !allOf(nameWords(name), known) })
}

func (a *strayRows) hasBare(name string) bool {
	return slices.ContainsFunc(a.names, func(own string) bool { return bareName(own) == bareName(name) })
}

// isMailColumn is isMailName in more languages.
func isMailColumn(name string) bool {
	return isMailName(name) || slices.ContainsFunc(nameWords(name), func(word string) bool {
		return slices.Contains([]string{"correo", "courriel", "epost", "mailadresse", "mailaddress", "emailaddress"}, word)
	})
}

func allOf(words []string, is func(string) bool) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !is(word) })
}

// bareName is a name without signs and spaces, in lower case.
func bareName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
