package mapping

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Armour is what people and programs put around a value so that a spreadsheet leaves it as it is: an apostrophe in front ('00123), or a formula that is
// a text (="00123"). It is no part of the value. This file takes it off, and finds what spreadsheets did to cells that had none.

// bare returns a cell without armour, and what was done to it; or why it cannot be read: it holds an error or a formula, or its digits are gone.
// What the job lists under `values` and `empty` is read as it stands. text is clean.
func (st *step) bare(text string) (string, noteSet, *flaw) {
	var did noteSet
	for range 3 { // both kinds, and what is within them
		if _, listed := st.values[text]; listed || text == "" || st.empties[text] {
			return text, did, nil
		}
		inner, more, bad := st.unwrap(text)
		if bad != nil || inner == text {
			return text, did | more, bad
		}
		text, _ = clean(inner)
		did |= more
	}
	return text, did, nil
}

// unwrap takes one layer off a text that is not empty, by the character it begins with: nearly every text begins with another.
func (st *step) unwrap(text string) (string, noteSet, *flaw) {
	switch c := text[0]; {
	case c == '=':
		if inner, ok := TextFormula(text); ok {
			return inner, removedEscape, nil
		}
		if st.kind == Text && (strings.HasPrefix(text, `="`) || anyFormula.MatchString(text) || st.isCode() && sum.MatchString(text)) {
			return text, 0, cellFormula
		}
	case c == '\'':
		inner, did := st.withoutApostrophe(text)
		return inner, did, nil
	case (c == '#' || c|0x20 == 'e' || c|0x20 == 'f' || c == 'L') && IsCellError(text):
		return text, 0, cellError(text)
	case c == '"' && (st.isCode() || st.kind == EmailAddress) && len(text) > 2 && text[len(text)-1] == '"' && !strings.Contains(text[1:len(text)-1], `"`):
		return text[1 : len(text)-1], removedEscape, nil
	case c == "’"[0] && st.kind == Text && strings.HasPrefix(text, "’") && spreadsheetChanges(strings.TrimPrefix(text, "’")):
		return text, keptApostrophe, nil
	case c >= '0' && c <= '9' || c == '-':
		return st.number(text)
	case c >= 'A' && c <= 'S' && st.isCode() && shownDate.MatchString(text):
		return text, shownNumber, nil
	}
	return text, 0, nil
}

// WithoutArmour returns a cell as a field of texts reads it, without what is around a value for a spreadsheet's sake: ="00123" and '00123 are 00123.
func WithoutArmour(cell string) string {
	if cell == "" {
		return ""
	}
	text, _, _ := new(step).bare(cleaned(cell))
	return text
}

// TextFormula returns the text that a formula such as ="5"" pipe" is; false for any other text. Quotes that a program put around the value beforehand
// go too: ="""Ann""".
func TextFormula(text string) (string, bool) {
	if len(text) < 3 || text[:2] != `="` || text[len(text)-1] != '"' {
		return "", false
	}
	inner := text[2 : len(text)-1]
	plain := strings.ReplaceAll(inner, `""`, "\x00")
	if strings.ContainsAny(plain, `"`) || strings.Contains(inner, "\x00") {
		return "", false
	}
	plain = strings.ReplaceAll(plain, "\x00", `"`)
	if n := len(plain); n >= 2 && plain[0] == '"' && plain[n-1] == '"' && strings.Count(plain, `"`) == 2 {
		plain = plain[1 : n-1]
	}
	return plain, true
}

// anyFormula is =VLOOKUP(…), =A2&" "&B2.
var anyFormula = regexp.MustCompile(`^=(?:[+-]?[\pL_][\pL\d_.]*\(.*\)|\$?[A-Z]{1,3}\$?\d+(?:[-+*/&^].*)?)$`)

// sum is =00123, =1+1: a formula whose value is another text.
var sum = regexp.MustCompile(`^=[+-]?\d[\d.,+*/ -]*$`)

// withoutApostrophe takes an apostrophe off the front where it can only be armour: before what a spreadsheet would change, and in fields whose values
// have none. Elsewhere it may belong to the text ('t Hooft, 'Abd), and stays.
func (st *step) withoutApostrophe(text string) (string, noteSet) {
	rest := text[1:]
	quoted := strings.TrimSuffix(rest, "'")
	if _, listed := st.values[rest]; listed || rest == "" {
		return rest, removedEscape
	}
	switch {
	case st.kind != Text || st.pairKind != PairText, spreadsheetChanges(quoted):
		return quoted, removedEscape
	case st.isCode() && strings.ContainsAny(rest, "0123456789"):
		return rest, removedEscape
	case st.field == AddressPremise && isDigits(rest[:1], 1):
		return rest, removedEscape
	case isClitic(rest):
		return text, 0
	}
	return text, keptApostrophe
}

// isClitic reports the rest of words that are written with an apostrophe in front, such as 't and 's in Dutch.
func isClitic(rest string) bool {
	first, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return unicode.IsLower(first) && !unicode.IsLetter(next)
}

// isCode reports the fields that hold numbers and codes which other systems gave out.
func (st *step) isCode() bool {
	if st.place != fieldPlace {
		return false
	}
	switch st.field {
	case LegacyID, Username, PostalCode, AddressPostalCode, Sponsor, ProductID, ReferralCode, AddressLine:
		return true
	}
	return false
}

// spreadsheetChanges reports a text that a spreadsheet would take for a number, a date, a formula or a truth value.
func spreadsheetChanges(text string) bool {
	if text == "" {
		return false
	}
	if strings.ContainsRune("=+-@", rune(text[0])) || IsCellError(text) {
		return true
	}
	digits := false
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" .,/:-()%+", r) }) {
		for _, part := range lettersApart(word) {
			switch {
			case isDigits(part, 40):
				digits = true
			case strings.EqualFold(part, "e") && digits, MonthOf(part) > 0:
			default:
				return strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
			}
		}
	}
	return digits
}

// lettersApart splits a word between digits and what is none: 3Mar is 3 and Mar.
func lettersApart(word string) (parts []string) {
	isDigit := func(c byte) bool { return c >= '0' && c <= '9' }
	from := 0
	for i := 1; i <= len(word); i++ {
		if i == len(word) || isDigit(word[i]) != isDigit(word[i-1]) {
			parts, from = append(parts, word[from:i]), i
		}
	}
	return parts
}

// shortMonths are the months as spreadsheets in English show them.
const shortMonths = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"

var (
	wholeAsFloat = regexp.MustCompile(`^-?(?:0|[1-9]\d*)[.,]0$`)
	twoDecimals  = regexp.MustCompile(`^-?(?:0|[1-9]\d*)[.,]0{2,}$`)
	shownDate    = regexp.MustCompile(`^(?:\d{1,2}-(?:` + shortMonths + `)|(?:` + shortMonths + `)-\d{2})$`) // 3-5 and 5-03, once a spreadsheet had them
	groupedInts  = regexp.MustCompile(`^-?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3}){2,})$`)
	rounded      = regexp.MustCompile(`^[1-9]\d{14}0+$`)              // a spreadsheet keeps fifteen digits
	displayed    = regexp.MustCompile(`^-?\d[.,]\d{1,14}E\+\d{2,3}$`) // as spreadsheets do, and hardly anybody else
)

// looksWholeAsFloat, looksGrouped, looksRounded and looksDisplayed are the expressions above, asked only where a text's last characters fit.

func looksWholeAsFloat(text string) bool {
	return (strings.HasSuffix(text, ".0") || strings.HasSuffix(text, ",0")) && wholeAsFloat.MatchString(text)
}

func looksGrouped(text string) bool {
	at := len(text) - len(",000")
	return at > 0 && (text[at] == ',' || text[at] == '.') && groupedInts.MatchString(text)
}

func looksRounded(text string) bool {
	return len(text) > 15 && text[len(text)-1] == '0' && rounded.MatchString(text)
}

func looksDisplayed(text string) bool {
	return strings.Contains(text, "E+") && displayed.MatchString(text)
}

// number finds numbers that a spreadsheet or a program for data wrote in its own way where a text is meant. A whole number with .0 behind it is that number
// in fields that hold codes; an expression says exactly what it means. Where both writings may be meant the text stays, and is noted.
func (st *step) number(text string) (string, noteSet, *flaw) {
	switch {
	case st.kind != Text:
	case st.pairKind == PairNumber && looksDisplayed(text), st.pairKind == PairText && digitsLost(text):
		return text, 0, numberRounded
	case looksWholeAsFloat(text) && st.isCode() && st.expr == nil:
		return text[:len(text)-2], removedDecimals, nil
	case st.pairKind != PairText || st.place == fieldPlace && !st.isCode():
	case st.isCode() && (twoDecimals.MatchString(text) || shownDate.MatchString(text)):
		return text, shownNumber, nil
	case looksWholeAsFloat(text), looksGrouped(text), looksRounded(text):
		return text, shownNumber, nil
	}
	return text, 0, nil
}

// barePassword says why a password may not be the one that its person has. It is never changed, since every character of it counts.
func barePassword(text string) (noteSet, *flaw) {
	_, armoured := TextFormula(text)
	switch {
	case armoured:
		return 0, newFlaw(CodePasswordArmour, `is written ="…", and nobody can tell whether that belongs to it`)
	case IsCellError(text):
		return 0, cellError(text)
	case looksDisplayed(text):
		return 0, numberRounded
	case text[0] == '\'' && spreadsheetChanges(text[1:]):
		return keptApostrophe, nil
	}
	return 0, nil
}
