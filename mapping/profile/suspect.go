package profile

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Suspicion is why a value looks wrong that is sent all the same.
type Suspicion string

// The suspicions, in the order in which they are told.
const (
	Markup       Suspicion = "html_markup"
	Entity       Suspicion = "html_entity"
	DoubleUTF8   Suspicion = "double_encoded"
	Replacement  Suspicion = "replacement_character"
	Nothing      Suspicion = "word_for_nothing"
	LeadingMark  Suspicion = "leading_mark"
	VeryLong     Suspicion = "very_long"
	EmailInName  Suspicion = "email_in_name"
	DigitsInName Suspicion = "digits_in_name"
	CapitalName  Suspicion = "capitals_in_name"
)

var suspicions = [...]Suspicion{Markup, Entity, DoubleUTF8, Replacement, Nothing, LeadingMark, VeryLong, EmailInName, DigitsInName, CapitalName}

// Means says what a suspicion is, behind a number of values.
func (s Suspicion) Means() string {
	switch s {
	case Markup:
		return "with HTML tags"
	case Entity:
		return "with HTML entities (&amp;)"
	case DoubleUTF8:
		return "encoded twice (Ã© for é)"
	case Replacement:
		return "with a lost character (U+FFFD)"
	case Nothing:
		return "like null or n/a"
	case LeadingMark:
		return "beginning with = or '"
	case VeryLong:
		return "very long"
	case EmailInName:
		return "with @"
	case DigitsInName:
		return "with digits"
	case CapitalName:
		return "in CAPITALS"
	}
	return string(s)
}

// How long a text is that is very long, in characters.
const (
	longName = 60
	longText = 300
)

// suspects counts suspicious values.
type suspects [len(suspicions)]Found

func (s *suspects) note(at Place, why Suspicion) {
	one := &s[slices.Index(suspicions[:], why)]
	if one.Cells++; one.Cells == 1 || at.Row < one.First.Row {
		one.First = at
	}
}

// list are the suspicions that there are.
func (s *suspects) list() (list []Found) {
	for i, one := range s {
		if one.Cells > 0 {
			one.Text = string(suspicions[i])
			list = append(list, one)
		}
	}
	return list
}

// look counts a value under all that is suspicious in it.
func (s *suspects) look(at Place, value string, isName bool) {
	marks := marksOf(value)
	if value[0] == '=' || value[0] == '\'' {
		s.note(at, LeadingMark)
	}
	if len(value) <= maxNothing && meansNothing(value) {
		s.note(at, Nothing)
	}
	if marks&(hasLess|hasAnd|hasOther) != 0 {
		s.lookAtText(at, value, marks)
	}
	most := longText
	if isName {
		most = longName
	}
	if len(value) > most && utf8.RuneCountInString(value) > most {
		s.note(at, VeryLong)
	}
	if !isName {
		return
	}
	if marks&hasAt != 0 {
		s.note(at, EmailInName)
	}
	if marks&hasDigit != 0 {
		s.note(at, DigitsInName)
	}
	if marks&hasUpper != 0 && marks&hasLower == 0 && inCapitals(value) {
		s.note(at, CapitalName)
	}
}

func (s *suspects) lookAtText(at Place, value string, marks marks) {
	if marks&hasLess != 0 && hasTag(value) {
		s.note(at, Markup)
	}
	if marks&hasAnd != 0 && hasEntity(value) {
		s.note(at, Entity)
	}
	if marks&hasOther == 0 {
		return
	}
	if strings.ContainsRune(value, utf8.RuneError) {
		s.note(at, Replacement)
	}
	if isDoubleUTF8(value) {
		s.note(at, DoubleUTF8)
	}
}

// marks are the kinds of bytes in a value.
type marks uint8

const (
	hasUpper marks = 1 << iota
	hasLower
	hasDigit
	hasLess
	hasAnd
	hasAt
	hasOther // beyond ASCII
)

func marksOf(value string) (m marks) {
	for i := range len(value) {
		switch c := value[i]; {
		case 'a' <= c && c <= 'z':
			m |= hasLower
		case 'A' <= c && c <= 'Z':
			m |= hasUpper
		case '0' <= c && c <= '9':
			m |= hasDigit
		case c == '<':
			m |= hasLess
		case c == '&':
			m |= hasAnd
		case c == '@':
			m |= hasAt
		case c >= utf8.RuneSelf:
			m |= hasOther
		}
	}
	return m
}

// inCapitals reports a name of at least three letters, all of them capitals: shorter ones are initials.
func inCapitals(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters >= 3
}

// hasTag reports a <, a / perhaps, a letter and further on a >.
func hasTag(value string) bool {
	for {
		at := strings.IndexByte(value, '<')
		if at < 0 {
			return false
		}
		value = strings.TrimPrefix(value[at+1:], "/")
		if value != "" && isLetter(rune(value[0])) && strings.IndexByte(value, '>') > 0 {
			return true
		}
	}
}

// hasEntity reports &word; and &#number;.
func hasEntity(value string) bool {
	for {
		at := strings.IndexByte(value, '&')
		if at < 0 {
			return false
		}
		value = value[at+1:]
		end := strings.IndexByte(value, ';')
		if end >= 2 && end <= 10 && strings.Trim(strings.TrimPrefix(value[:end], "#"), entityLetters) == "" {
			return true
		}
	}
}

const entityLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// isDoubleUTF8 reports text whose letters, taken as bytes of windows-1252, are UTF-8 again.
func isDoubleUTF8(value string) bool {
	var bytes []byte
	for _, r := range value {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
			bytes = append(bytes, b)
		case r < 0x100:
			bytes = append(bytes, byte(r))
		default:
			return false
		}
	}
	return utf8.Valid(bytes)
}

// maxNothing is the length of the longest word for nothing.
const maxNothing = 9

// meansNothing reports words that people write into cells to say that there is nothing. None of them is a name, a country or a language.
func meansNothing(value string) bool {
	if strings.Trim(value, "-–—_.?*/ ") == "" {
		return true
	}
	return slices.ContainsFunc(wordsForNothing[:], func(word string) bool { return strings.EqualFold(value, word) })
}

var wordsForNothing = [...]string{"null", "(null)", "[null]", "<null>", "\\n", "n/a", "#n/a", "n.a.", "nil", "none", "nan", "undefined", "(blank)", "(empty)", "tbd", "xxx"}
