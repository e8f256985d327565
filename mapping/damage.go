package mapping

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// texture is how freely a text may be written: what is damage in a name can be meant in a note.
type texture uint8

const (
	unchecked texture = iota // never looked at: passwords, and what is no text
	codeText                 // numbers and names of systems: anything in ASCII may be meant
	freeText                 // words of any kind
	nameText                 // names of people and places
)

// textureOf says how the texts of a standard field are written.
func textureOf(f Field) texture {
	switch f {
	case FirstName, LastName, AddressFirstName, AddressLastName, AddressLocality, AddressState:
		return nameText
	case DisplayName, Nickname, Organization, Title, Salutation, AddressLine, AddressPremise:
		return freeText
	case Password, NoField:
		return unchecked
	}
	switch f.Kind() {
	case Text:
		return codeText
	case CountryCode, LanguageTag, GenderWord: // words, from which values are read
		return freeText
	}
	return unchecked
}

// harm is one kind of damage that a text can have taken on its way into the list.
type harm struct {
	bad    *flaw
	repair func(string) (string, bool) // the text without it, where nobody can doubt what that is; nil where it is lost
	in     func(string, texture) bool  // whether a text has it
}

// harmsOf lists the kinds, those first whose repair shows what others made of it. It is never changed.
var harmsOf = []harm{
	{encoded("was decoded twice: UTF-8 that was read as another encoding"), undoubled, looksDoubled},
	{encoded("holds control characters where windows-1252 has letters and quotes"), withoutC1, func(s string, _ texture) bool { return strings.ContainsFunc(s, isC1) }},
	{certain("holds HTML entities, such as &amp;"), withoutEntities, func(s string, _ texture) bool { return hasEntities(s) }},
	{certain("is written as in the head of an e-mail, such as =?UTF-8?Q?=3D?="), withoutMailWords, func(s string, _ texture) bool { return hasMailWords(s) }},
	{certain("holds backslash escapes, such as \\u0041 or \\'"), withoutEscapes, hasEscapes},
	{certain("is percent-encoded, as in addresses of pages (%20)"), withoutPercents, hasPercents},
	{lost("holds the mark U+FFFD in place of a character that could not be decoded", encodingHint), nil,
		func(s string, _ texture) bool { return strings.Contains(s, "\ufffd") }},
	{lost("holds a question mark in place of a letter", "fix the export: the letter was lost when the list was written in an encoding that lacks it; or fix the value in the list"), nil, hasLostLetters},
	{lost("holds markup, such as <b>", "take the markup out of the list; if the cell stands for nothing, list it under `empty`"), nil, hasMarkup},
	{lost("holds parts of letters that were decoded wrong, and nobody can tell which", encodingHint), nil, looksHalfDoubled},
	{lost("holds a sign where a letter was, or letters of another script read as Western ones", encodingHint), nil, hasStraySigns},
	{lost("holds a + between letters, which may stand for a blank, an encoded letter or a second person", "fix the export, or the value in the list"), nil, hasPlus},
	{lost("holds a character without meaning to others (private use)", "fix the value in the list"), nil, func(s string, _ texture) bool { return strings.ContainsFunc(s, isPrivate) }},
}

const encodingHint = "if the whole list looks so, say its encoding in the job file, such as `input: {encoding: windows-1252}`; otherwise fix the export, or the value in the list"

func lost(message, hint string) *flaw { return newFlaw(CodeTextDamaged, message).withHint(hint) }

// encoded is a flaw that an encoding named wrongly makes of a list that is right.
func encoded(message string) *flaw {
	bad := newFlaw(CodeTextDamaged, message)
	return bad.withHint(bad.hint + "; if the job file sets input.encoding, that may be the wrong one")
}

func certain(message string) *flaw { return newFlaw(CodeTextDamaged, message) }

// maxRepairs is how many kinds of damage may lie upon each other.
const maxRepairs = 6

// findDamage returns what is wrong with a text, nil when it looks whole.
func findDamage(s string, t texture) *harm {
	if t == unchecked || !suspicious(s) {
		return nil
	}
	for i := range harmsOf {
		if harmsOf[i].in(s, t) {
			return &harmsOf[i]
		}
	}
	return nil
}

// repaired returns a text without the damage that can be taken back for certain, and whether there was some. What is left of
// damage stays: findDamage finds it.
func repaired(s string, t texture) (string, bool) {
	did := false
	for range maxRepairs {
		found := findDamage(s, t)
		if found == nil || found.repair == nil {
			break
		}
		whole, ok := found.repair(s)
		if !ok || whole == s {
			break
		}
		s, did = whole, true
	}
	return s, did
}

// suspicious is false for what most cells hold: plain ASCII without marks that begin an escape, or letters with accents that stand alone.
func suspicious(s string) bool {
	before := false
	for i := range len(s) {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			before = false
			if suspects[c] || c == '\'' && i > 0 && s[i-1] == c {
				return true
			}
		case !utf8.RuneStart(c):
		case before || c == 0xC2 || c == 0xE2 || c == 0xCB || c >= 0xEE: // two letters beside each other; C1 controls and symbols; private use, U+FFFD and beyond
			return true
		case c == 0xC3 && i+1 < len(s) && (s[i+1] == 0x97 || s[i+1] == 0xB7): // × and ÷
			return true
		default:
			before = true
			if r, _ := utf8.DecodeRuneInString(s[i:]); isHalfLead(r) {
				return true
			}
		}
	}
	return false
}

// suspects are the ASCII characters that damage is made of. It is never changed.
var suspects = [utf8.RuneSelf]bool{'&': true, '\\': true, '%': true, '<': true, '?': true, '=': true, '+': true}

func isC1(r rune) bool { return 0x80 <= r && r <= 0x9F }

func isPrivate(r rune) bool { return unicode.Is(unicode.Co, r) || r == 0xFFFC || r&0xFFFE == 0xFFFE }

// withoutC1 reads C1 controls as windows-1252, which gave them their bytes.
func withoutC1(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	known := true
	whole := strings.Map(func(r rune) rune {
		if !isC1(r) {
			return r
		}
		meant := windows1252.DecodeByte(byte(r))
		known = known && meant != r
		return meant
	}, s)
	return whole, known
}

// hasLostLetters reports ? between letters, and in names also behind one, and words of nothing else.
func hasLostLetters(s string, t texture) bool {
	if t == codeText || !strings.Contains(s, "?") || looksLikeLink(s) {
		return false
	}
	all := []rune(s)
	for i, r := range all {
		if r != '?' {
			continue
		}
		behind := i > 0 && unicode.IsLetter(all[i-1])
		ahead := i+1 < len(all) && unicode.IsLetter(all[i+1])
		if behind && ahead && (t == nameText || unicode.IsLower(all[i+1]) || !unicode.IsLower(all[i-1])) || t == nameText && (behind || ahead) {
			return true
		}
	}
	return slices.ContainsFunc(strings.Fields(s), func(w string) bool { return len(w) > 1 && strings.Trim(w, "?") == "" && (t == nameText || len(w) > 3) })
}

// looksLikeLink reports addresses of pages, in which marks of all kinds have a meaning.
func looksLikeLink(s string) bool { return strings.Contains(s, "://") || strings.HasPrefix(s, "www.") }

// hasPlus reports a + between letters of a name, as in forms and in UTF-7.
func hasPlus(s string, t texture) bool {
	if t != nameText {
		return false
	}
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '+' && (isLetter(s[i-1]) || s[i-1] >= utf8.RuneSelf) && (isLetter(s[i+1]) || s[i+1] >= utf8.RuneSelf) {
			return true
		}
	}
	return false
}

// hasStraySigns reports a name in which a sign stands in the place of a letter (M¸ller, Bj÷rk, J”rg), as a text does that was read in another encoding than it
// was written in, or four letters with accents in a row (Èâàíîâ), which no language of Europe writes and Cyrillic read as windows-1252 is made of.
func hasStraySigns(s string, t texture) bool {
	if t != nameText {
		return false
	}
	all, run := []rune(s), 0
	for i, r := range all {
		if run++; r < 0xC0 || r > 0xFF || r == 0xD7 || r == 0xF7 {
			run = 0
		}
		if last := all[i+1-min(run, 4) : i+1]; run >= 4 && last[0] != last[1] && last[2] != last[3] { // jäääär and õõää are words of Estonia
			return true
		}
		before, ahead := i > 0 && unicode.IsLetter(all[i-1]), i+1 < len(all) && unicode.IsLetter(all[i+1])
		switch {
		case r < utf8.RuneSelf:
		case unicode.In(r, unicode.Sm, unicode.Sc, unicode.No) && (before || ahead), unicode.Is(unicode.Sk, r) && r != '´' && before && ahead,
			unicode.Is(unicode.So, r) && before && ahead, strings.ContainsRune("”“†…‹›•¡¿¶§", r) && before && ahead, strings.ContainsRune("‚„‡‰", r) && before:
			return true
		}
	}
	return false
}
