package mapping

import (
	"strings"
	"sync"

	"importer/mapping/problem"
)

// checkPhoneText refuses what libphonenumber would search a number in: letters (vanity numbers, two numbers, remarks).
// Extensions and further numbers are told apart, since they are the commonest reasons.
func checkPhoneText(text string) *flaw {
	if len(text) > maxPhone {
		return phoneTooLong
	}
	digits := 0
	for i, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '+' && strings.Trim(text[:i], "( ") == "":
		case strings.ContainsRune(" ()-./\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u202f\u2009", r):
		case problem.IsControl(r):
			return controlFlaw(r)
		case problem.IsInvisible(r):
			return phoneInvisible
		case digits >= 5:
			return strangePhone(text[i:])
		default:
			return phoneCharacter
		}
	}
	if digits == 0 {
		return phoneNoDigits
	}
	return nil
}

// extensionWords begin extensions in eight languages, folded. Made on first use and never changed.
var extensionWords = sync.OnceValue(func() map[string]bool { return readWords("phones")[0].Set("extension") })

// strangePhone says what follows the digits of a number.
func strangePhone(rest string) *flaw {
	digits := len(onlyDigits(rest))
	word := foldWord(strings.TrimLeft(rest, " ;,.:"))
	if end := strings.IndexAny(rest, "0123456789"); end > 0 {
		word = foldWord(strings.TrimLeft(rest[:end], " ;,.:"))
	}
	switch {
	case digits >= 7:
		return phoneSeveral
	case extensionWords()[word]:
		return phoneExtension
	case digits > 0 && word == "" && strings.ContainsRune("#,;~*", rune(rest[0])):
		return phoneExtension
	}
	return phoneCharacter
}
