package mapping

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"importer/mapping/problem"
)

// maxShown is how many runes of a plain value are shown.
const maxShown = 40

// Mask returns what may be shown of a value of field f, whether the value is right or wrong: e-mail addresses as
// "j***@example.com", telephone numbers as "***67", dates by their shape ("##/##/####"), other personal values by their
// first letter ("J***"), plain values cut at 40 runes, hidden ones not at all. Control characters come out escaped.
func Mask(f Field, value string) string {
	return mask(f.Kind(), f.Privacy(), value)
}

func mask(k Kind, p Privacy, value string) string {
	switch {
	case p == Hidden || value == "":
		return ""
	case p == Plain:
		return Escape(value, maxShown)
	case k == EmailAddress:
		return maskEmail(value)
	case k == Phone:
		return maskPhone(value)
	case k == CalendarDate:
		return maskDate(value)
	}
	return firstRune(value) + "***"
}

// maskEmail keeps the first letter and the domain. Without a single clear domain there is nothing but the first letter.
func maskEmail(s string) string {
	at := strings.LastIndexByte(s, '@')
	if at < 0 || strings.IndexByte(s[:at], '@') >= 0 || strings.ContainsAny(s[at:], " ,;<>\"") {
		return firstRune(s) + "***"
	}
	if at == 0 {
		return "***" + Escape(s, maxShown)
	}
	return firstRune(s) + "***" + Escape(s[at:], maxShown)
}

// maskPhone keeps the last two digits of what has at least six, so that a short number is not shown whole.
func maskPhone(s string) string {
	digits := onlyDigits(s)
	if len(digits) < 6 {
		return "***"
	}
	return "***" + digits[len(digits)-2:]
}

// maskDate keeps the shape: digits become #, letters become x.
func maskDate(s string) string {
	shape := strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return '#'
		case strings.ContainsRune(" -/.:,T", r):
			return r
		}
		return 'x'
	}, s)
	return Escape(shape, maxShown)
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return Escape(s[:n], 1)
}

// Escape returns s for showing on one line of a terminal or a report: cut after limit runes (with "…"), control and
// invisible characters and broken UTF-8 written as \u escapes. It does not mask.
func Escape(s string, limit int) string {
	plain := len(s) <= limit // of printable ASCII, as most are: nothing is copied
	for i := 0; plain && i < len(s); i++ {
		plain = ' ' <= s[i] && s[i] <= '~'
	}
	if plain {
		return s
	}
	var b strings.Builder
	count := 0
	for _, r := range s {
		if count == limit {
			b.WriteString("…")
			break
		}
		count++
		if problem.IsControl(r) || problem.IsInvisible(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
