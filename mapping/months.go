package mapping

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// readMonthName reads a month's name at the beginning of s, in whatever case and with or without accents. A full stop behind
// it belongs to it, unless the layout asks for one there.
func readMonthName(s string, dotted bool) (month, n int) {
	n = strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if n < 0 {
		n = len(s)
	}
	if n == 0 || n > 24 {
		return 0, 0
	}
	month, _ = strconv.Atoi(monthWords("").Of(normalWord(s[:n]))) // 0 when it is no month
	if month == 0 {
		month = 1 + slices.Index(romanMonths, strings.ToUpper(s[:n]))
	}
	if month > 0 && !dotted && n < len(s) && s[n] == '.' {
		n++
	}
	return month, n
}

// romanMonths are the months as Poland, Hungary and Russia number them: 3.V.1990. It is never changed.
var romanMonths = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// readOrdinal reads what may follow the number of a day: 1st, 2nd, 3rd, 4th, 1er, 1º, 1ª, 1°.
func readOrdinal(s string) (n int) {
	for _, mark := range []string{"st", "nd", "rd", "th", "er", "re", "º", "ª", "°"} {
		if len(s) >= len(mark) && strings.EqualFold(s[:len(mark)], mark) {
			return len(mark)
		}
	}
	return 0
}

// MonthOf returns the month of a name or its short form in eight languages, in whatever case and with or without accents: 5 for May, mai, MAI. 0 for
// what is no month.
func MonthOf(name string) int {
	month, n := readMonthName(name, true)
	if n != len(name) {
		return 0
	}
	return month
}
