package mapping

import "strings"

// numberRounded is the flaw of a text that [digitsLost] knows.
var numberRounded = newFlaw(CodeDigitsLost, "is a number that a spreadsheet has rounded, as in 1.23457E+11: the digits are gone")

// digitsLost reports whether the text is a number in scientific writing, as a spreadsheet shows long numbers in a narrow column and saves
// them: 1.23457E+11, 4,91702E+11, 1.2E11, 5E+11. Without a decimal point the + must be there: 5E11 may be an id.
func digitsLost(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.TrimPrefix(text, "-"), "E")
	if !found {
		mantissa, exponent, found = strings.Cut(strings.TrimPrefix(text, "-"), "e")
	}
	exponent, plus := strings.CutPrefix(exponent, "+")
	if !found || !isDigits(exponent, 3) {
		return false
	}
	whole, decimals, pointed := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	if !isDigits(whole, 3) {
		return false
	}
	if !pointed {
		return plus
	}
	return isDigits(decimals, 20) || decimals == "" && plus // 1.E+11 is how some programs show 1E+11
}

// isDigits reports whether the text is one to most ASCII digits.
func isDigits(text string, most int) bool {
	return text != "" && len(text) <= most && strings.Trim(text, "0123456789") == ""
}
