package vendors

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Length checks that a text has from least to most characters (runes).
func Length(least, most int) Check {
	return Check{
		Code: "length_wrong", Doc: strconv.Itoa(least) + " to " + strconv.Itoa(most) + " characters",
		Hint: "fix the cell: the vendor takes " + strconv.Itoa(least) + " to " + strconv.Itoa(most) + " characters",
		OK: func(_ *Input, text string) bool {
			n := utf8.RuneCountInString(text)
			return n >= least && n <= most
		},
	}
}

// OneOf checks that a value is one of those listed.
func OneOf(values ...string) Check {
	list := strings.Join(values, ", ")
	return Check{
		Code: "value_not_allowed", Doc: "one of " + list, Hint: "use one of " + list + ", or translate with `values`",
		OK: func(_ *Input, text string) bool { return slices.Contains(values, text) },
	}
}

const alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// AlphanumericAnd checks that a text consists of ASCII letters, digits and the extra characters; words say so.
func AlphanumericAnd(extra, words string) Check {
	return Check{
		Code: "characters_not_allowed", Doc: words, Hint: "fix the cell: the vendor takes " + words,
		OK: func(_ *Input, text string) bool { return strings.Trim(text, alphanumeric+extra) == "" },
	}
}
