package mapping

import (
	"strings"
	"unicode/utf8"

	"importer/mapping/problem"
)

// maxPhone is the longest text taken for a number, in bytes.
const maxPhone = 64

// phoneText returns a cell in plain characters, and without the decimals of a spreadsheet, or why it holds no number. It refuses what
// libphonenumber would search a number in: letters (vanity numbers, two numbers, remarks). Extensions and further numbers are told apart, since
// they are the commonest reasons.
func phoneText(cell string) (text string, noted noteSet, bad *flaw) {
	if len(cell) > utf8.UTFMax*maxPhone {
		return "", 0, phoneTooLong
	}
	text = plainDigits(cell)
	if len(text) > maxPhone {
		return "", 0, phoneTooLong
	}
	if digitsLost(text) {
		return "", 0, numberRounded
	}
	if whole, ok := withoutDecimals(text); ok {
		text, noted = whole, removedDecimals
	} else if endsInDecimal(text) {
		return "", 0, phoneDecimals
	}
	return text, noted, checkPhoneText(text)
}

// plainDigits writes the decimal digits of every script as 0 to 9, and the full-width signs around digits as plain ones.
func plainDigits(text string) string {
	if isASCII(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case r == 0x3000:
			return ' '
		case strings.ContainsRune("＋－（）．／", r):
			return r - 0xFEE0
		}
		return digitOf(r)
	}, text)
}

// withoutDecimals takes off the .0 or ,00 of a column that a spreadsheet or a data frame kept as decimal numbers. The digits before are one
// unbroken run: in 01.23.45.67.00 and 030.1234.0 the dots stand between the digits of a number.
func withoutDecimals(text string) (string, bool) {
	at := strings.IndexAny(text, ".,")
	if at < 0 || !isDigits(strings.TrimPrefix(text[:at], "+"), maxPhone) || strings.Trim(text[at+1:], "0") != "" || at == len(text)-1 {
		return text, false
	}
	return text[:at], at >= leastDigits
}

// endsInDecimal reports a number with its only point before one last digit, or before zeros: one that was kept as a decimal number and then put behind an
// area code (0171 1234567.0), or a second number's last digit. Few digits before the point are an extension, as Germans write it: 030 1234.0.
func endsInDecimal(text string) bool {
	at := strings.IndexAny(text, ".,")
	if at < 0 {
		return false
	}
	head, tail := text[:at], text[at+1:]
	if !isDigits(tail, 1) && !(isDigits(tail, maxPhone) && strings.Trim(tail, "0") == "") {
		return false
	}
	return len(onlyDigits(head)) >= leastWhole || len(head) >= leastDigits && isDigits(head[len(head)-leastDigits:], leastDigits)
}

// leastWhole is how many digits a national number has that needs no further one.
const leastWhole = 9

// leastDigits is how many digits a text begins with at least where further ones can be told from it.
const leastDigits = 5

func checkPhoneText(text string) *flaw {
	digits := 0
	for i, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '+' && strings.Trim(text[:i], "( ") == "":
		case strings.ContainsRune(" ()-./\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u202f\u2009", r):
		case problem.IsControl(r) && (digits < leastDigits || len(onlyDigits(text[i:])) < leastDigits):
			return controlFlaw(r)
		case problem.IsInvisible(r):
			return newFlaw(CodePhoneInvalid, "holds an invisible character")
		case digits >= leastDigits:
			return strangePhone(text[i:])
		default:
			return phoneCharacter
		}
	}
	if digits == 0 {
		return newFlaw(CodePhoneInvalid, "has no digits")
	}
	return nil
}

// strangePhone says what follows the digits of a number.
func strangePhone(rest string) *flaw {
	digits := len(onlyDigits(rest))
	word := normalWord(strings.TrimLeft(rest, " ;,.:"))
	if end := strings.IndexAny(rest, "0123456789"); end > 0 {
		word = normalWord(strings.TrimLeft(rest[:end], " ;,.:"))
	}
	switch {
	case digits >= 7 || digits > 0 && phoneWords("").Has("another", word):
		return phoneTwo
	case phoneWords("").Has("extension", word):
		return phoneExtension
	case digits > 0 && word == "" && strings.ContainsRune("#,;~*", rune(rest[0])):
		return phoneExtension
	}
	return phoneCharacter
}
