package profile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"importer/mapping"
)

// Masked returns the field as it may be kept in a file: with cells and values masked as the field's privacy asks, so that a person who has the list
// can still compare them, and nothing unescaped in it that acts on a terminal. The field of the argument is not changed.
func Masked(f Field, r mapping.Reading) Field {
	mask := func(text string) string { return escape(maskAs(r.Kind(), text)) }
	if r.Privacy() == mapping.Plain && (r.Kind() != mapping.Text || !f.Over && 2*f.Distinct <= f.Filled) {
		mask = escape // texts that repeat are words; others, such as remarks in a column of titles, may be about one person
	}
	f.Columns = slices.Clone(f.Columns)
	for i := range f.Columns {
		f.Columns[i] = escape(f.Columns[i])
	}
	f.Earliest, f.Latest = mask(f.Earliest), mask(f.Latest)
	f.Domains, f.Top = texts(f.Domains, escape), texts(f.Top, mask)
	f.Odd = slices.Clone(f.Odd)
	for i := range f.Odd {
		f.Odd[i].Text = escape(f.Odd[i].Text)
	}
	if f.Usual != nil {
		usual := *f.Usual
		usual.Text = escape(usual.Text)
		f.Usual = &usual
	}
	f.Samples = slices.Clone(f.Samples)
	for i := range f.Samples {
		s := &f.Samples[i]
		if s.Before = mask(s.Before); s.Way != Refused {
			s.After = mask(s.After)
		}
	}
	return f
}

// texts are the counts with other texts.
func texts(list []Count, as func(string) string) []Count {
	list = slices.Clone(list)
	for i := range list {
		list[i].Text = as(list[i].Text)
	}
	return list
}

func escape(text string) string { return mapping.Escape(text, maxClip) }

// maskAs masks a text by the kind of its field, whether it is right or wrong.
func maskAs(k mapping.Kind, text string) string {
	switch k {
	case mapping.EmailAddress:
		return maskEmail(text)
	case mapping.Phone:
		return maskPhone(text)
	case mapping.CalendarDate:
		return maskDate(text)
	}
	return maskWords(text)
}

// maskWords keeps the first letter of every word: "J** O'N****, ###". Digits become #, other letters *, and all else stays.
func maskWords(text string) string {
	var b strings.Builder
	inside := false
	for _, r := range text {
		switch letter := isLetter(r); {
		case letter && inside:
			b.WriteByte('*')
		case isDigit(r):
			b.WriteByte('#')
			inside = true // what follows a digit is no word of its own
		default:
			b.WriteRune(r)
			inside = letter
		}
	}
	return b.String()
}

// maskEmail keeps the domain besides.
func maskEmail(text string) string {
	at := strings.LastIndexByte(text, '@')
	if at < 0 || strings.ContainsAny(text[at:], " ,;<>\"") || strings.Count(text, "@") > 1 {
		return maskWords(text)
	}
	return maskWords(text[:at]) + text[at:]
}

// maskPhone keeps the last two digits of at least six and, behind a +, the two that a calling code begins with. Letters become x.
func maskPhone(text string) string {
	total := 0
	for _, r := range text {
		if isDigit(r) {
			total++
		}
	}
	first := 0
	if strings.HasPrefix(strings.TrimLeft(text, " "), "+") && total >= 8 {
		first = 2
	}
	var b strings.Builder
	seen := 0
	for _, r := range text {
		switch {
		case isDigit(r):
			if seen++; seen <= first || total >= 6 && seen > total-2 {
				b.WriteRune(r)
			} else {
				b.WriteByte('#')
			}
		case isLetter(r):
			b.WriteByte('x')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// maskDate keeps four digits in a row that are a year. Other digits become #, letters x.
func maskDate(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		n := 0
		for i+n < len(text) && '0' <= text[i+n] && text[i+n] <= '9' {
			n++
		}
		switch {
		case n == 4 && (text[i:i+2] == "19" || text[i:i+2] == "20"):
			b.WriteString(text[i : i+n])
		case n > 0:
			b.WriteString(strings.Repeat("#", n))
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			if n = size; isLetter(r) || isDigit(r) {
				r = 'x'
			}
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}
