package mapping

import "strings"

// readSalutation reads the gender from a form of address such as "Mrs", "Herr Dr." or "Pani". Every word must be known, and
// what they say must agree.
func readSalutation(s string) (value, *flaw) {
	if len(s) > 100 {
		return value{}, salutationUnknown
	}
	said := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, isSalutationSpace) {
		w = normalWord(w)
		if w == "" {
			continue
		}
		switch gender := salutationWords("").Of(w); gender {
		case "":
			return value{}, salutationUnknown
		case "silent": // says nothing about it
		default:
			said[gender] = true
		}
	}
	switch len(said) {
	case 0:
		return value{}, newFlaw(CodeGenderUnknown, "is a title that says no gender").withHint(salutationHint)
	case 1:
		for word := range said {
			return value{text: word}, nil
		}
	}
	return value{}, newFlaw(CodeGenderUnknown, "is a form of address for more than one person").withHint(salutationHint)
}

// isSalutationSpace splits at spaces, strokes and commas; full stops belong to their words.
func isSalutationSpace(r rune) bool { return r == ' ' || r == '/' || r == ',' || r == '&' || r == '+' }

const salutationHint = "say what it means, such as `values: {Fr.: female, Dr.: unknown}`; all other cells are still read as forms of address"

var salutationUnknown = newFlaw(CodeGenderUnknown, "is no form of address that is known here").withHint(salutationHint)
