package mapping

import (
	"fmt"
	"slices"
	"strings"
)

// layout is a `format`, taken apart: a fixed way of writing dates.
//
// Tokens: YYYY, MM (two digits), M (one or two), DD, D, and HH, H, mm, ss for a time of day, which is read and dropped.
// All other characters stand for themselves; letters must be T. Two-digit years (YY) are refused: they'd be guesses.
// Month names (MMM, MMMM) are not read yet: [tokenMonthName] is where they'd go.
type layout struct {
	text  string
	parts []part
}

// part is one token of a layout, or one literal character.
type part struct {
	token   token
	literal byte
}

type token uint8

const (
	tokenLiteral   token = iota
	tokenYear            // YYYY
	tokenMonth2          // MM
	tokenMonth           // M
	tokenMonthName       // MMM, MMMM
	tokenDay2            // DD
	tokenDay             // D
	tokenHour2           // HH
	tokenHour            // H
	tokenMinute          // mm
	tokenSecond          // ss
	tokenISOTime         // what may follow the day in ISO 8601: nothing, or T or a space and a time with or without zone
)

// tokens are tried in this order: longer ones first. It is never changed.
var tokens = []struct {
	text  string
	token token
}{
	{"YYYY", tokenYear},
	{"MMMM", tokenMonthName}, {"MMM", tokenMonthName}, {"MM", tokenMonth2}, {"M", tokenMonth},
	{"DD", tokenDay2}, {"D", tokenDay},
	{"HH", tokenHour2}, {"H", tokenHour}, {"mm", tokenMinute}, {"ss", tokenSecond},
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

func parseLayout(format string) (layout, *layoutProblem) {
	if len(format) > maxFormat {
		return layout{}, &layoutProblem{"is too long", "write it like DD/MM/YYYY"}
	}
	l := layout{text: format}
	for rest := format; rest != ""; {
		p, n, problem := nextPart(rest, format)
		if problem != nil {
			return layout{}, problem
		}
		l.parts = append(l.parts, p)
		rest = rest[n:]
	}
	return l, l.check()
}

func nextPart(rest, format string) (part, int, *layoutProblem) {
	for _, t := range tokens {
		if !strings.HasPrefix(rest, t.text) {
			continue
		}
		if t.token == tokenMonthName {
			return part{}, 0, &layoutProblem{"has a month name, which is not read yet", "translate the column with an expr, or write months as numbers (MM)"}
		}
		return part{token: t.token}, len(t.text), nil
	}
	c := rest[0]
	switch {
	case strings.HasPrefix(rest, "YY"):
		return part{}, 0, &layoutProblem{"has a two-digit year", "years need four digits (YYYY): nobody can tell 1925 from 2025"}
	case c == 'T' || ' ' <= c && c < 0x7F && !isLetter(c) && !('0' <= c && c <= '9'):
		return part{literal: c}, 1, nil
	}
	return part{}, 0, &layoutProblem{fmt.Sprintf("has %q, which is no token", firstRune(rest)), layoutHint(format)}
}

// layoutHint offers what is probably meant by formats in other programs' writing.
func layoutHint(format string) string {
	upper := strings.ToUpper(format)
	if strings.IndexByte(format, '%') >= 0 {
		upper = strings.NewReplacer("%Y", "YYYY", "%M", "MM", "%D", "DD").Replace(upper)
	}
	if upper != format {
		if _, problem := parseLayout(upper); problem == nil {
			return fmt.Sprintf("did you mean %q?", upper)
		}
	}
	return "use YYYY, MM or M, DD or D, and HH, mm, ss for a time, which is dropped"
}

// check makes sure that a layout gives one year, one month and one day, and that no digit can belong to two tokens.
func (l layout) check() *layoutProblem {
	count := map[token]int{}
	for i, p := range l.parts {
		kind := p.token
		switch kind {
		case tokenMonth2:
			kind = tokenMonth
		case tokenDay2:
			kind = tokenDay
		}
		count[kind]++
		open := p.token == tokenMonth || p.token == tokenDay || p.token == tokenHour
		if open && i+1 < len(l.parts) && l.parts[i+1].token != tokenLiteral {
			return &layoutProblem{"has no separator after a number of one or two digits", "use MM and DD where numbers touch"}
		}
	}
	missing := slices.IndexFunc([]token{tokenYear, tokenMonth, tokenDay}, func(t token) bool { return count[t] == 0 })
	if missing >= 0 {
		return &layoutProblem{"has no " + []string{"year", "month", "day"}[missing], layoutHint(l.text)}
	}
	for _, t := range []token{tokenYear, tokenMonth, tokenDay} {
		if count[t] > 1 {
			return &layoutProblem{"names a part of the date twice", "write it like DD/MM/YYYY"}
		}
	}
	return nil
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
