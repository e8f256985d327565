package mapping

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout is a `format`, taken apart: a fixed way of writing dates.
//
// Tokens: YYYY, MM (two digits), M (one or two), MMM or MMMM (a month's name, short or full, in the languages of [monthWords]),
// DD, D, Do (1st, 1er, 1º), and HH, H, mm, ss, A (AM or PM), Z (Z, UTC, +02:00) for a time of day, which decides the day only where it is in UTC.
// YY is a year of two digits, which needs a century. All other characters stand for themselves. Letters that are no token must be T, or a character
// of Chinese, Japanese or Korean such as 年, or be in quotes: D 'de' MMMM 'de' YYYY.
// The words excel and excel1904 (serial.go), epoch_s and epoch_ms (epoch.go) are formats of their own. YYYY-MM-DD alone is isoLayout.
type layout struct {
	text  string
	parts []part

	century int      // the first year that two digits can stand for; 0: none
	serial  calendar // of excel and excel1904, which have no parts
	epoch   unit     // of epoch_s and epoch_ms, which have none either
}

// part is one token of a layout, or one literal character.
type part struct {
	token   token
	literal byte
	quoted  bool // a letter in quotes: its case does not count
}

type token uint8

const (
	tokenLiteral   token = iota // a character that stands for itself
	tokenYear                   // YYYY
	tokenYear2                  // YY
	tokenMonth2                 // MM
	tokenMonth                  // M
	tokenDay2                   // DD
	tokenDay                    // D
	tokenHour2                  // HH
	tokenHour                   // H
	tokenMinute                 // mm
	tokenSecond                 // ss, the last of the numbers
	tokenMonthName              // MMM, MMMM
	tokenOrdinal                // Do
	tokenHalf                   // A
	tokenZone                   // Z
	tokenISOTime                // what may follow the day in ISO 8601: nothing, or T or a space and a time with or without zone
)

// tokens are tried in this order: longer ones first. It is never changed.
var tokens = []struct {
	text  string
	token token
}{
	{"YYYY", tokenYear}, {"YY", tokenYear2},
	{"MMMM", tokenMonthName}, {"MMM", tokenMonthName}, {"MM", tokenMonth2}, {"M", tokenMonth},
	{"DD", tokenDay2}, {"Do", tokenOrdinal}, {"D", tokenDay},
	{"HH", tokenHour2}, {"H", tokenHour}, {"mm", tokenMinute}, {"ss", tokenSecond}, {"A", tokenHalf}, {"Z", tokenZone},
}

// isoLayout is the layout of fields without a `format`.
var isoLayout = layout{
	text: "YYYY-MM-DD",
	parts: []part{
		{token: tokenYear}, {literal: '-'}, {token: tokenMonth2}, {literal: '-'}, {token: tokenDay2}, {token: tokenISOTime},
	},
}

// layoutProblem is what is wrong with a format: its message follows the format's text.
type layoutProblem struct{ message, hint string }

// maxFormat is the longest format, in bytes.
const maxFormat = 64

// formatWords are the formats that are words, for hints.
var formatWords = []string{"excel", "excel1904", "epoch_s", "epoch_ms"}

// parseLayout takes a format apart. Century is the first year that two digits can stand for; 0: none.
func parseLayout(format string, century int) (layout, *layoutProblem) {
	if len(format) > maxFormat {
		return layout{}, &layoutProblem{"is too long", "write it like DD/MM/YYYY"}
	}
	if format == isoLayout.text {
		return isoLayout, nil
	}
	l := layout{text: format, century: century, serial: serialFormats[format], epoch: epochFormats[format]}
	if l.serial != noCalendar || l.epoch != noUnit {
		return l, nil
	}
	for rest := format; rest != ""; {
		parts, n, problem := nextParts(rest, format)
		if problem != nil {
			return layout{}, problem
		}
		l.parts = append(l.parts, parts...)
		rest = rest[n:]
	}
	return l, l.check()
}

// nextParts reads one token, one literal character or one text in quotes, and says how many bytes that took.
func nextParts(rest, format string) ([]part, int, *layoutProblem) {
	for _, t := range tokens {
		if strings.HasPrefix(rest, t.text) {
			return []part{{token: t.token}}, len(t.text), nil
		}
	}
	c := rest[0]
	switch {
	case c == '\'':
		return quotedParts(rest)
	case c == 'T' || ' ' <= c && c < 0x7F && !isLetter(c) && !('0' <= c && c <= '9'):
		return []part{{literal: c}}, 1, nil
	}
	if r := firstRune(rest); isIdeograph(r) {
		return literals(r, false), len(r), nil
	}
	return nil, 0, &layoutProblem{fmt.Sprintf("has %q, which is no token", firstRune(rest)), layoutHint(format)}
}

// quotedParts reads letters in quotes, which are literal.
func quotedParts(rest string) ([]part, int, *layoutProblem) {
	word, _, ok := strings.Cut(rest[1:], "'")
	if !ok || word == "" {
		return nil, 0, &layoutProblem{"has a quote that is not closed, or nothing in quotes", "write words between quotes, as in D 'de' MMMM 'de' YYYY"}
	}
	if word == "Z" || word == "UTC" || word == "GMT" {
		return []part{{token: tokenZone}}, len(word) + 2, nil
	}
	for i := range len(word) {
		if c := word[i]; c < ' ' || c >= 0x7F || '0' <= c && c <= '9' {
			return nil, 0, &layoutProblem{fmt.Sprintf("has %q in quotes", firstRune(word[i:])), "only plain letters and marks may be in quotes"}
		}
	}
	return literals(word, true), len(word) + 2, nil
}

// literals are the bytes of a text that stands for itself; the case of quoted letters does not count.
func literals(text string, quoted bool) (parts []part) {
	for i := range len(text) {
		parts = append(parts, part{literal: text[i], quoted: quoted && isLetter(text[i])})
	}
	return parts
}

// isIdeograph reports a character such as 年, 月, 日 or 년, which stands for itself.
func isIdeograph(char string) bool {
	r, _ := utf8.DecodeRuneInString(char)
	return unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r)
}

// layoutHint offers what is probably meant by formats in other programs' writing.
func layoutHint(format string) string {
	if near, ok := Nearest(format, formatWords); ok && len(format) >= 4 {
		return fmt.Sprintf("did you mean %q?", near)
	}
	upper := strings.ToUpper(format)
	if strings.IndexByte(format, '%') >= 0 {
		upper = strings.NewReplacer("%Y", "YYYY", "%M", "MM", "%D", "DD").Replace(upper)
	}
	if upper != format {
		if _, problem := parseLayout(upper, 0); problem == nil {
			return fmt.Sprintf("did you mean %q?", upper)
		}
	}
	return layoutUsage
}

const layoutUsage = "use YYYY, MM, M or MMM, DD, D or Do, and HH, mm, ss for a time; or excel, epoch_s, epoch_ms; words go in quotes, as in D 'de' MMMM"

// check makes sure that a layout gives one year, one month and one day, and that no digit can belong to two tokens.
func (l layout) check() *layoutProblem {
	count := map[token]int{}
	for i, p := range l.parts {
		kind := p.token
		switch kind {
		case tokenYear2:
			kind = tokenYear
		case tokenMonth2, tokenMonthName:
			kind = tokenMonth
		case tokenDay2, tokenOrdinal:
			kind = tokenDay
		}
		count[kind]++
		open := p.token == tokenMonth || p.token == tokenDay || p.token == tokenOrdinal || p.token == tokenHour // its ordinal may be left out
		next := part{}
		if i+1 < len(l.parts) {
			next = l.parts[i+1]
		}
		literal := next.token == tokenLiteral && isLetter(next.literal)
		if p.token == tokenMonthName && (literal || next.token == tokenHalf || next.token == tokenZone) || p.token == tokenOrdinal && (literal || next.token == tokenMonthName || next.token == tokenZone) {
			return &layoutProblem{"has letters next to letters", "put a space between them"}
		}
		if p.token == tokenZone && i+1 < len(l.parts) && (next.token != tokenLiteral || isLetter(next.literal) || next.literal == ':') {
			return &layoutProblem{"has something behind the time zone that may belong to it", "put a space between them, or Z at the end"}
		}
		if open && next.token != tokenLiteral && next.token != tokenMonthName && next.token != tokenHalf && next.token != tokenZone {
			return &layoutProblem{"has no separator after a number of one or two digits", "use MM and DD where numbers touch"}
		}
	}
	for i, t := range []token{tokenYear, tokenMonth, tokenDay} {
		if count[t] == 0 {
			return &layoutProblem{"has no " + []string{"year", "month", "day"}[i], layoutHint(l.text)}
		}
	}
	if l.short() && l.century == 0 {
		return &layoutProblem{"has a two-digit year, and no `century` says which years those are",
			"nobody can tell 1925 from 2025: write YYYY, or add the year from which the two digits count, such as `century: 1930` for 1930 to 2029"}
	}
	if count[tokenYear] > 1 || count[tokenMonth] > 1 || count[tokenDay] > 1 {
		return &layoutProblem{"names a part of the date twice", "write it like DD/MM/YYYY"}
	}
	return nil
}

// short reports a year of two digits.
func (l layout) short() bool {
	return slices.ContainsFunc(l.parts, func(p part) bool { return p.token == tokenYear2 })
}

// isLetter reports letters of ASCII.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
