package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// read reads a whole text in the layout. The date exists.
func (l layout) read(s string) (moment, *flaw) {
	switch {
	case l.serial != noCalendar:
		return readSerial(l.serial, s)
	case l.epoch != noUnit:
		return readEpoch(l.epoch, s)
	}
	var w written
	at := 0
	for i, p := range l.parts {
		n, ok := l.readPart(i, p, s[at:], &w)
		if !ok {
			return moment{}, l.misfit(s)
		}
		at += n
	}
	if at != len(s) {
		return moment{}, l.misfit(s)
	}
	if !w.date.Valid() {
		return moment{}, impossible(w.date)
	}
	return w.moment()
}

// written is what has been read of a text: a day and a time of day as they are written.
type written struct {
	date                 Date
	hour, minute, second int
	fraction             bool   // of a second, and not 0
	half                 byte   // 'a' or 'p' of AM and PM; 0: neither
	zone                 string // Z, UTC, an offset; "" is none
}

// moment is what the text says as a whole.
func (w *written) moment() (moment, *flaw) {
	if w.hour == 24 {
		return moment{}, newFlaw(CodeDateAmbiguous, "has the time 24:00, which may be the beginning or the end of that day").
			withHint("write the date without a time")
	}
	if w.second == 60 {
		return moment{}, newFlaw(CodeDateAmbiguous, "has a time with 60 seconds, which may be the end of that day or the beginning of the next").
			withHint("write the date without a time")
	}
	hour := w.hour
	switch {
	case w.half == 'a' && hour == 12:
		hour = 0
	case w.half == 'p' && hour < 12:
		hour += 12
	}
	m := moment{date: w.date, clock: time.Duration(hour)*time.Hour + time.Duration(w.minute)*time.Minute + time.Duration(w.second)*time.Second}
	if w.fraction {
		m.clock++ // how much it is does not matter
	}
	m.utc = w.zone != "" && strings.Trim(strings.ToUpper(w.zone), "ZUTCGM+-:0 ") == ""
	return m, nil
}

// readPart reads one token at the beginning of s and returns how many bytes it took.
func (l layout) readPart(i int, p part, s string, w *written) (n int, ok bool) {
	if tokenYear <= p.token && p.token <= tokenSecond {
		n, ok = l.readNumberToken(p.token, s, w)
		if p.token == tokenSecond && ok && !l.dotAfter(i) {
			fraction := fractionOfSecond.FindString(s[n:])
			w.fraction = strings.Trim(fraction, ".0") != ""
			n += len(fraction)
		}
		return n, ok
	}
	switch p.token {
	case tokenLiteral:
		if p.literal == ' ' && (i+1 == len(l.parts) || l.parts[i+1].literal != ' ') { // several blanks are one
			n = len(s) - len(strings.TrimLeft(s, " "))
			return n, n > 0
		}
		return 1, s != "" && (s[0] == p.literal || p.quoted && s[0]|0x20 == p.literal|0x20)
	case tokenISOTime:
		return readISOTime(s, w)
	case tokenMonthName:
		w.date.Month, n = readMonthName(s, l.dotAfter(i))
		return n, w.date.Month > 0
	case tokenOrdinal:
		w.date.Day, n = leadingNumber(s, 2)
		return n + readOrdinal(s[n:]), n > 0
	case tokenHalf:
		if len(s) < 2 || s[1]|0x20 != 'm' {
			return 0, false
		}
		w.half = s[0] | 0x20
		return 2, w.half == 'a' || w.half == 'p'
	case tokenZone:
		w.zone = zoneMark.FindString(s)
		return len(w.zone), w.zone != ""
	}
	return 0, false
}

// dotAfter reports a full stop in the layout behind part i.
func (l layout) dotAfter(i int) bool {
	return i+1 < len(l.parts) && l.parts[i+1].literal == '.' && l.parts[i+1].token == tokenLiteral
}

// numberTokens are the digits that each token of a number has, and the largest number; dates are checked as a whole.
var numberTokens = [...]struct{ least, most, limit int }{
	tokenYear: {4, 4, 9999}, tokenYear2: {2, 2, 99}, tokenMonth2: {2, 2, 99}, tokenMonth: {1, 2, 99}, tokenDay2: {2, 2, 99}, tokenDay: {1, 2, 99},
	tokenHour2: {2, 2, 24}, tokenHour: {1, 2, 24}, tokenMinute: {2, 2, 59}, tokenSecond: {2, 2, 60},
}

func (l layout) readNumberToken(t token, s string, w *written) (n int, ok bool) {
	want := numberTokens[t]
	number, n := leadingNumber(s, want.most)
	switch t {
	case tokenYear:
		w.date.Year = number
	case tokenYear2:
		w.date.Year = l.century + (number+100-l.century%100)%100
	case tokenMonth, tokenMonth2:
		w.date.Month = number
	case tokenDay, tokenDay2:
		w.date.Day = number
	case tokenHour, tokenHour2:
		w.hour = number
	case tokenMinute:
		w.minute = number
	case tokenSecond:
		w.second = number
	}
	return n, n >= want.least && number <= want.limit
}

// fractionOfSecond may follow seconds, where the layout has no full stop there itself.
var fractionOfSecond = regexp.MustCompile(`^\.\d{1,9}`)

// leadingNumber reads up to limit digits and says how many there were.
func leadingNumber(s string, limit int) (number, n int) {
	for n < limit && n < len(s) && '0' <= s[n] && s[n] <= '9' {
		number = number*10 + int(s[n]-'0')
		n++
	}
	return number, n
}

// isoTime is T or a space with HH:mm, HH:mm:ss or HH:mm:ss.fraction, and then nothing, Z, UTC or ±HH:mm.
var isoTime = regexp.MustCompile(`^[Tt ]([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d{1,9}))?)?( ?(?:[Zz]|UTC|GMT)| ?[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$`)

// zoneMark is what the token Z reads.
var zoneMark = regexp.MustCompile(`^(?:[Zz]|(?:UTC|GMT)?[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?|UTC|GMT)`)

// readISOTime reads nothing, or a time of day to the end of s.
func readISOTime(s string, w *written) (n int, ok bool) {
	if s == "" {
		return 0, true
	}
	found := isoTime.FindStringSubmatch(s)
	if found == nil {
		return 0, false
	}
	w.hour, _ = leadingNumber(found[1], 2)
	w.minute, _ = leadingNumber(found[2], 2)
	w.second, _ = leadingNumber(found[3], 2)
	w.fraction = strings.Trim(found[4], "0") != ""
	w.zone = found[5]
	return len(s), true
}

// impossible says which part of a well-formed date can't be.
func impossible(d Date) *flaw {
	switch {
	case d.Year < 1:
		return newFlaw(CodeDateImpossible, "has no year 0")
	case d.Month == 0 && d.Day == 0:
		return newFlaw(CodeDateImpossible, "is a year alone: day and month are 0").withHint(yearAloneHint)
	case d.Month < 1 || d.Month > 12:
		return newFlaw(CodeDateImpossible, fmt.Sprintf("has no month %d", d.Month)).
			withHint("fix the date in the list, or the field's `format`: month and day may be swapped")
	}
	return newFlaw(CodeDateImpossible, fmt.Sprintf("that month has no day %d", d.Day))
}

// misfit says in what way a text is not written as the layout asks.
func (l layout) misfit(s string) *flaw {
	numbers, ok := splitNumbers(s)
	switch {
	case !ok:
	case !l.short() && len(numbers[2]) == 2 && len(numbers[0]) <= 2 && len(numbers[1]) <= 2:
		return newFlaw(CodeDateTwoDigitYear, "has a two-digit year")
	case len(numbers[2]) == 4 && l.text == isoLayout.text:
		return ambiguous(numbers, threeNumbers.FindStringSubmatch(s)[2])
	}
	otherwise := ""
	named := slices.ContainsFunc(l.parts, func(p part) bool { return p.token == tokenMonthName })
	switch {
	case !named && namedMonth.MatchString(s):
		otherwise = "if these are day, month and year, set a `format` such as `D MMM YYYY`, with the list's own separators"
	case l.text != isoLayout.text:
		otherwise = l.hint(numbers, ok)
	}
	return newFlaw(CodeDateInvalid, "is not written "+l.text).likely(s, otherwise)
}

// hint says what to change in the format when only the width of day or month is off.
func (l layout) hint(numbers [3]string, ok bool) string {
	if ok && strings.Contains(l.text, "DD") && (len(numbers[0]) == 1 || len(numbers[1]) == 1 || len(numbers[2]) == 1) {
		loose := strings.NewReplacer("DD", "D", "MM", "M").Replace(l.text)
		return fmt.Sprintf("DD and MM want two digits; `format: %s` takes one or two", loose)
	}
	return "fix the date in the list, or the field's `format`: " + l.text + " must fit every row"
}

const dayOrMonthFirst = "may be two days: day first or month first"

// ambiguous looks at d/m/yyyy and m/d/yyyy: with both numbers up to 12 nobody can tell which one it is.
func ambiguous(numbers [3]string, separator string) *flaw {
	first, _ := leadingNumber(numbers[0], 2)
	second, _ := leadingNumber(numbers[1], 2)
	switch {
	case first == 0 && second == 0:
		year, _ := leadingNumber(numbers[2], 4)
		return impossible(Date{Year: year})
	case len(numbers[0]) > 2 || len(numbers[1]) > 2:
		return newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD")
	case first > 12:
		return newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD").withHint("if the list writes the day first, set `format: " + writtenAs(numbers, "DD", "MM", separator) + "`")
	case second > 12:
		return newFlaw(CodeDateInvalid, "is not written YYYY-MM-DD").withHint("if the list writes the month first, set `format: " + writtenAs(numbers, "MM", "DD", separator) + "`")
	}
	return newFlaw(CodeDateAmbiguous, dayOrMonthFirst)
}

// writtenAs is the format of such a date with the list's own separators; numbers of one digit want D and M.
func writtenAs(numbers [3]string, first, second, separator string) string {
	if len(numbers[0]) == 1 || len(numbers[1]) == 1 {
		first, second = first[:1], second[:1]
	}
	return first + separator + second + separator + "YYYY"
}

var threeNumbers = regexp.MustCompile(`^(\d{1,4})([/.-])(\d{1,4})([/.-])(\d{1,4})(?:[ T]|$)`)

// splitNumbers takes apart what looks like a date of three numbers with one kind of separator.
func splitNumbers(s string) (numbers [3]string, ok bool) {
	found := threeNumbers.FindStringSubmatch(s)
	if found == nil || found[2] != found[4] {
		return numbers, false
	}
	return [3]string{found[1], found[3], found[5]}, true
}
