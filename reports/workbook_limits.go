package reports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// sheetName is a name that no sheet has: at most 31 UTF-16 units, without []:*?/\ and without an apostrophe at either end.
func (b *workbook) sheetName(code, status string) string {
	word := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || unicode.IsControl(r) || r == utf8.RuneError {
			return '-'
		}
		return r
	}, code)
	if word == "" || strings.EqualFold(word, "history") { // which spreadsheets keep for themselves
		word = status + " " + word
	}
	name := cutUnits(strings.TrimSpace(word), 31)
	for n := 2; b.taken[strings.ToLower(name)]; n++ {
		ending := fmt.Sprintf(" (%d)", n)
		name = cutUnits(word, 31-len(ending)) + ending
	}
	b.taken[strings.ToLower(name)] = true
	return name
}

// cutUnits cuts a text to at most so many UTF-16 units.
func cutUnits(s string, most int) string {
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > most {
			return s[:i]
		}
	}
	return s
}

// fitsCell reports whether a cell of a workbook gives a text back as it is.
func fitsCell(s string) bool {
	units := 0
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)),
			r < ' ' && r != '\t' && r != '\n' && r != '\r', r == '\ufffe', r == '\uffff':
			return false
		}
		units += utf16.RuneLen(r)
	}
	return units <= mostCell
}
