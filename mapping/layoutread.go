package mapping

import (
	"fmt"
	"strings"
)

// read reads a whole text in the layout. The date exists.
func (l layout) read(s string) (Date, *flaw) {
	if l.serial != noCalendar {
		return readSerial(l.serial, s)
	}
	var d Date
	at := 0
	for i, p := range l.parts {
		n, ok := l.readPart(i, p, s[at:], &d)
		if !ok {
			return Date{}, l.misfit(s)
		}
		at += n
	}
	if at != len(s) {
		return Date{}, l.misfit(s)
	}
	if !d.Valid() {
		return Date{}, impossible(d)
	}
	return d, nil
}

// readPart reads one token at the beginning of s and returns how many bytes it took.
func (l layout) readPart(i int, p part, s string, d *Date) (n int, ok bool) {
	number := 0
	switch p.token {
	case tokenLiteral:
		return 1, s != "" && (s[0] == p.literal || p.quoted && s[0]|0x20 == p.literal|0x20)
	case tokenISOTime:
		return readISOTime(s)
	case tokenYear:
		d.Year, n = leadingNumber(s, 4)
		return n, n == 4
	case tokenMonth2:
		d.Month, n = leadingNumber(s, 2)
		return n, n == 2
	case tokenMonth:
		d.Month, n = leadingNumber(s, 2)
		return n, n > 0
	case tokenMonthName:
		dotted := i+1 < len(l.parts) && l.parts[i+1].literal == '.' && l.parts[i+1].token == tokenLiteral
		d.Month, n = readMonthName(s, dotted)
		return n, d.Month > 0
	case tokenOrdinal:
		d.Day, n = leadingNumber(s, 2)
		return n + readOrdinal(s[n:]), n > 0
	case tokenHalf:
		return 2, len(s) >= 2 && (s[0]|0x20 == 'a' || s[0]|0x20 == 'p') && s[1]|0x20 == 'm'
	case tokenDay2:
		d.Day, n = leadingNumber(s, 2)
		return n, n == 2
	case tokenDay:
		d.Day, n = leadingNumber(s, 2)
		return n, n > 0
	case tokenHour2:
		number, n = leadingNumber(s, 2)
		return n, n == 2 && number <= 24
	case tokenHour:
		number, n = leadingNumber(s, 2)
		return n, n > 0 && number <= 24
	case tokenMinute:
		number, n = leadingNumber(s, 2)
		return n, n == 2 && number < 60
	case tokenSecond:
		number, n = leadingNumber(s, 2)
		return n, n == 2 && number <= 60
	}
	return 0, false
}

// leadingNumber reads up to limit digits and says how many there were.
func leadingNumber(s string, limit int) (number, n int) {
	for n < limit && n < len(s) && '0' <= s[n] && s[n] <= '9' {
		number = number*10 + int(s[n]-'0')
		n++
	}
	return number, n
}

// readISOTime reads "", or T or a space with HH:mm, HH:mm:ss or HH:mm:ss.fraction, and then nothing, Z or ±HH:mm. The
// date stays the written one: a birth date knows no time zone.
func readISOTime(s string) (n int, ok bool) {
	if s == "" {
		return 0, true
	}
	if s[0] != 'T' && s[0] != 't' && s[0] != ' ' {
		return 0, false
	}
	n = 1
	two := func(limit int) bool {
		number, digits := leadingNumber(s[n:], 2)
		n += digits
		return digits == 2 && number <= limit
	}
	char := func(set string) bool {
		if n < len(s) && strings.IndexByte(set, s[n]) >= 0 {
			n++
			return true
		}
		return false
	}
	if !two(24) || !char(":") || !two(59) {
		return 0, false
	}
	if char(":") {
		if !two(60) {
			return 0, false
		}
		if char(".,") {
			_, digits := leadingNumber(s[n:], 9)
			if digits == 0 {
				return 0, false
			}
			n += digits
		}
	}
	if n == len(s) || char("Zz") {
		return n, true
	}
	if char(" ") && char("Zz") {
		return n, true
	}
	if !char("+-") || !two(23) {
		return 0, false
	}
	if char(":") || n < len(s) {
		return n, two(59)
	}
	return n, true
}

// impossible says which part of a well-formed date can't be.
func impossible(d Date) *flaw {
	switch {
	case d.Year < 1:
		return newFlaw(CodeDateImpossible, "has no year 0")
	case d.Month < 1 || d.Month > 12:
		return newFlaw(CodeDateImpossible, fmt.Sprintf("has no month %d", d.Month)).withHint("mend the date in the list, or the field's `format`: month and day may be swapped")
	}
	return newFlaw(CodeDateImpossible, fmt.Sprintf("that month has no day %d", d.Day))
}

// misfit says in what way a text is not written as the layout asks.
func (l layout) misfit(s string) *flaw {
	numbers, ok := splitNumbers(s)
	switch {
	case !ok:
	case len(numbers[2]) == 2 && len(numbers[0]) <= 2 && len(numbers[1]) <= 2:
		return dateTwoDigitYear
	case len(numbers[2]) == 4 && l.text == isoLayout.text:
		return ambiguous(numbers)
	}
	if l.text == isoLayout.text {
		bad := newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD")
		if days, n := leadingNumber(s, 5); n == 5 && (len(s) == 5 || s[5] == '.' || s[5] == ',') && days > 366 {
			return bad.withHint("if these are the numbers by which Excel keeps days, set `format: excel`")
		}
		return bad
	}
	return newFlaw(CodeDateInvalid, "is not written "+l.text).withHint(l.hint(numbers, ok))
}

// hint says what to change in the format when only the width of day or month is off.
func (l layout) hint(numbers [3]string, ok bool) string {
	if ok && strings.Contains(l.text, "DD") && (len(numbers[0]) == 1 || len(numbers[1]) == 1 || len(numbers[2]) == 1) {
		loose := strings.NewReplacer("DD", "D", "MM", "M").Replace(l.text)
		return fmt.Sprintf("DD and MM want two digits; `format: %s` takes one or two", loose)
	}
	return "mend the date in the list, or the field's `format`: " + l.text + " must fit every row"
}

// ambiguous looks at d/m/yyyy and m/d/yyyy: with both numbers up to 12 nobody can tell which one it is.
func ambiguous(numbers [3]string) *flaw {
	first, _ := leadingNumber(numbers[0], 2)
	second, _ := leadingNumber(numbers[1], 2)
	switch {
	case len(numbers[0]) > 2 || len(numbers[1]) > 2:
		return newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD")
	case first > 12:
		return newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD").withHint("if the list writes the day first, set `format: DD/MM/YYYY` with its own separators")
	case second > 12:
		return newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD").withHint("if the list writes the month first, set `format: MM/DD/YYYY` with its own separators")
	}
	return newFlaw(CodeDateAmbiguous, "may be two days: day first or month first")
}

// splitNumbers takes apart what looks like a date of three numbers with one kind of separator.
func splitNumbers(s string) (numbers [3]string, ok bool) {
	if at := strings.IndexAny(s, " T"); at > 0 {
		s = s[:at]
	}
	at := strings.IndexAny(s, "/.-")
	if at < 0 {
		return numbers, false
	}
	parts := strings.Split(s, s[at:at+1])
	if len(parts) != 3 {
		return numbers, false
	}
	for i, p := range parts {
		if _, n := leadingNumber(p, 4); n == 0 || n != len(p) {
			return numbers, false
		}
		numbers[i] = p
	}
	return numbers, true
}

var dateTwoDigitYear = newFlaw(CodeDateTwoDigitYear, "has a two-digit year")
