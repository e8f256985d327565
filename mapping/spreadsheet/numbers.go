package spreadsheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	powered = regexp.MustCompile(`^([+-]?)(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,3})$`)
	plain   = regexp.MustCompile(`^[+-]?\d+(?:[.,]\d+)?$`)
	digits  = regexp.MustCompile(`^\d+$`)
	grouped = regexp.MustCompile(`^([+-]?[1-9]\d{0,2})(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['’]\d{3})+|(?: \d{3})+)([.,]\d+)?$`)
)

// scientific reports a number that is written with a power of ten now, or a text such as 12E4 that was taken for one.
func scientific(before, after string) bool {
	is, was := powered.FindStringSubmatch(after), powered.FindStringSubmatch(before)
	switch {
	case is == nil && was == nil, was != nil && is == nil && !plain.MatchString(after), is != nil && was == nil && !plain.MatchString(before):
		return false
	}
	old, errOld := strconv.ParseFloat(strings.Replace(before, ",", ".", 1), 64)
	now, errNow := strconv.ParseFloat(strings.Replace(after, ",", ".", 1), 64)
	if errOld != nil || errNow != nil {
		return false
	}
	slack := math.Abs(old) * 1e-12
	if is != nil { // half a unit of the last digit that is shown
		exponent, _ := strconv.Atoi(is[4]) // at most three digits
		slack = max(slack, 0.5*math.Pow10(exponent-len(is[3]))*(1+1e-9))
	}
	return math.Abs(old-now) <= slack
}

// rounded reports a number of more than the fifteen digits that a spreadsheet keeps whose others are zeros now.
func rounded(before, after string) bool {
	before, after = strings.TrimPrefix(before, "+"), strings.TrimPrefix(after, "+")
	if len(before) <= 15 || len(before) != len(after) || !digits.MatchString(before) || !digits.MatchString(after) || strings.Trim(after[15:], "0") != "" {
		return false
	}
	old, _ := strconv.ParseInt(before[:15], 10, 64) // fifteen digits fit
	now, _ := strconv.ParseInt(after[:15], 10, 64)
	return now == old || now == old+1 && before[15] >= '5'
}

// number says how a number was written in another way; 0 where it is another number, no number, or one to which something was added that a program
// would not add: zeros in front, a +.
func number(before, after string) Damage {
	zeros, plus := leadingZeros(before), strings.HasPrefix(before, "+")
	if leadingZeros(after) > zeros || strings.HasPrefix(after, "+") && !plus || !sameNumber(before, after) {
		return 0
	}
	switch {
	case zeros > leadingZeros(after):
		return Zeros
	case plus && !strings.HasPrefix(after, "+"):
		return Plus
	case grouped.MatchString(after) != grouped.MatchString(before):
		if strings.Contains(before, " ") {
			return 0 // a person wrote it without blanks
		}
		return Grouped
	}
	return Decimals
}

// leadingZeros is how many zeros a number begins with that it does not need.
func leadingZeros(s string) int {
	s = strings.TrimLeft(s, "+-")
	n := len(s) - len(strings.TrimLeft(s, "0"))
	if n > 0 && (n == len(s) || s[n] < '0' || s[n] > '9') {
		n-- // 0, 0.5
	}
	return n
}

// sameNumber reports whether two texts can be read as one number.
func sameNumber(before, after string) bool {
	for _, was := range readings(before) {
		for _, is := range readings(after) {
			if was == is {
				return true
			}
		}
	}
	return false
}

// readings are the numbers that a text can be, in one way of writing them: 1,234 is 1234 and 1.234.
func readings(s string) (list []string) {
	if plain.MatchString(s) {
		list = append(list, canonical(strings.Replace(s, ",", ".", 1)))
	}
	if parts := grouped.FindStringSubmatch(s); parts != nil {
		whole := strings.TrimSuffix(s, parts[2])
		list = append(list, canonical(strings.NewReplacer(",", "", ".", "", "'", "", "’", "", " ", "").Replace(whole)+strings.Replace(parts[2], ",", ".", 1)))
	}
	return list
}

// canonical is a decimal number without +, zeros that it does not need, and an empty fraction.
func canonical(s string) string {
	sign := ""
	if s = strings.TrimPrefix(s, "+"); strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}

// plusLost reports a telephone number without its +, whatever stands between its digits.
func plusLost(before, after string) bool {
	onlyDigits := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= '0' && r <= '9':
				return r
			case strings.ContainsRune(" -/().", r):
				return -1
			}
			return 'x'
		}, s)
	}
	was, isPlus := strings.CutPrefix(before, "+")
	is := onlyDigits(after)
	return isPlus && digits.MatchString(is) && onlyDigits(was) == is
}
