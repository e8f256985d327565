package mapping

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

const (
	setFormat     = "set the field's `format` to how the list writes dates, such as DD/MM/YYYY"
	yearAloneHint = "write the whole date in the list; without it, `on_invalid: drop` sends the row without the field where the vendor does not need it"
)

// foreign are other ways of writing dates, and what to do about each. Of those that fit, the first counts. It is never changed.
var foreign = []struct {
	fits *regexp.Regexp
	hint string
}{
	{regexp.MustCompile(`^\d{4}$`), "this seems to be a year alone: " + yearAloneHint},
	{regexp.MustCompile(`^(\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}|\pL+\.?[ -]\d{4})$`), "this seems to be month and year: " + yearAloneHint},
	{regexp.MustCompile(`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? .*\d{4}`), "the name of a weekday stands before the date: export the list again with dates as YYYY-MM-DD"},
	{regexp.MustCompile(`^\d{1,2}[-. ]+\pL{3,10}[-. ]+\d{2}$`), "the year has two digits: write it with four, or set a `format` with YY and `century: 1930`"},
	{regexp.MustCompile(`^(\d{1,2}[.]?[- ]\pL{3,9}|\pL{3,9}[- ]\d{1,2})$`), "a part of the date is missing, as where a spreadsheet has shortened it: export the list again with whole dates"},
	{regexp.MustCompile(`^(19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])$`), "if these are year, month and day without separators, set `format: YYYYMMDD`"},
	{regexp.MustCompile(`^(19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])\d{6}$`), "if these are year, month, day and time without separators, set `format: YYYYMMDDHHmmss`"},
	{regexp.MustCompile(`^(19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])\d{6}Z$`), "if these are year, month, day and time without separators, set `format: YYYYMMDDHHmmssZ`"},
	{regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}$`), "`format: YYYY-M-D` takes months and days of one digit or two"},
	{regexp.MustCompile(`^\d{4}/\d{1,2}/\d{1,2}$`), "if these are year, month and day, set `format: YYYY/M/D`"},
	{regexp.MustCompile(`^\d{4}\.\d{1,2}\.\d{1,2}$`), "if these are year, month and day, set `format: YYYY.M.D`"},
	{regexp.MustCompile(`^\d{4}年\d{1,2}月\d{1,2}日$`), "set `format: YYYY年M月D日`"},
}

// namedMonth is day, month and year with the name of the month.
var namedMonth = regexp.MustCompile(`^\d{1,2}[-. ]+\pL{3,10}[-. ]+\d{4}$`)

// wholeNumber is a number as databases and spreadsheets write days and moments.
var wholeNumber = regexp.MustCompile(`^(-?[1-9]\d{4,18})(?:[.,]\d+)?$`)

// likely is the flaw with what a text seems to be, or else with another hint; "" leaves the hint of the flaw.
func (f *flaw) likely(s, otherwise string) *flaw {
	hint, epoch := writingHint(s)
	switch hint = cmp.Or(hint, otherwise); {
	case digitsLost(s):
		return numberRounded
	case epoch:
		return newFlaw(CodeDateEpoch, f.message).withHint(hint)
	case hint != "":
		return f.withHint(hint)
	}
	return f
}

// writingHint says what a text seems to be that is no date in the field's format, and what to do about it; "" where it seems to be nothing that is known. Epoch
// reports a number that counts from 1970 in a unit that a format reads.
func writingHint(s string) (hint string, epoch bool) {
	if len(s) > 64 {
		return "", false
	}
	if dotNet.MatchString(s) {
		return "these are milliseconds since 1970, as programs write them: set `format: epoch_ms`", true
	}
	for _, f := range foreign {
		if f.fits.MatchString(s) {
			return f.hint, false
		}
	}
	number := wholeNumber.FindStringSubmatch(s)
	if number == nil {
		return "", false
	}
	n, err := strconv.ParseInt(number[1], 10, 64)
	switch {
	case err != nil:
		return "", false
	case 366 < n && n <= 99_999:
		return "if these are the numbers by which Excel keeps days, set `format: excel`", false
	case 0 < n && n < 100_000_000: // too few digits to be told from other numbers
		return "", false
	}
	return unitOf(n).hint(), unitOf(n) != finer
}

// eraHint says what a year seems to be that is not in the calendar of the vendors; "" where it seems to be nothing that is known.
func eraHint(d, today Date) string {
	switch {
	case today.Year > 0 && today.Year+543-120 <= d.Year && d.Year <= today.Year+543:
		return "the years seem to be of the Buddhist calendar, which is 543 ahead: write them in the list as vendors count them, such as 1990 for 2533"
	case 1300 <= d.Year && d.Year <= 1460:
		return "the years seem to be of the Islamic or the Persian calendar: write the dates in the list as vendors count them"
	}
	return ""
}

// plainDate is a cell with digits of other scripts, full-width signs and all kinds of dashes as those of ASCII.
func plainDate(cell string) string {
	if isASCII(cell) {
		return cell
	}
	return strings.Map(func(r rune) rune {
		switch {
		case 0x2010 <= r && r <= 0x2015 || r == 0x2212: // hyphens, dashes and minus
			return '-'
		case r == '：':
			return ':'
		}
		return r
	}, plainDigits(cell))
}
