package mapping

import "strings"

// What the words of a form of address say, folded, in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.
// What means one thing here and another there is left out: "Fr." is Frau and Father, "D." Don and Dona. Never changed.
var (
	maleWords = words(`mr mister sir master herr herrn hr m monsieur sr senor don senhor exmo
		sig signor signore dottore dhr heer meneer mijnheer pan szanowny geehrter lieber`)
	femaleWords = words(`mrs ms miss madam maam dame lady frau fraulein frl mme madame mlle mademoiselle sra senora srta senorita
		senhora exma dona dna da sigra signa sigina signora signorina sigrina dottssa dottoressa drssa profssa
		mevr mevrouw mw mej mejuffrouw juffrouw pani panna szanowna geehrte liebe`)
	otherWords = words("divers") // the third entry of German civil status
	noGender   = words("mx")     // a form of address that tells none on purpose
	// besides says nothing about gender, and stands beside words that do.
	besides = words(`dr prof ing dipl dipling mag med phil jur rer nat hc mult sehr de den the dear dott doctor professor arch avv rev san sz`)
)

// readSalutation tells the gender by a form of address such as "Mrs", "Herr Dr." or "Pani". Every word must be known, and
// what they say must agree.
func readSalutation(s string) (value, *flaw) {
	if len(s) > 100 {
		return value{}, salutationUnknown
	}
	said := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, isSalutationSpace) {
		switch w = foldWord(w); {
		case w == "" || besides[w]:
		case maleWords[w]:
			said["male"] = true
		case femaleWords[w]:
			said["female"] = true
		case otherWords[w]:
			said["other"] = true
		case noGender[w]:
			said["unknown"] = true
		default:
			return value{}, salutationUnknown
		}
	}
	switch len(said) {
	case 0:
		return value{}, salutationSilent
	case 1:
		for word := range said {
			return value{text: word}, nil
		}
	}
	return value{}, salutationBoth
}

// isSalutationSpace splits at spaces, strokes and commas; full stops belong to their words.
func isSalutationSpace(r rune) bool { return r == ' ' || r == '/' || r == ',' || r == '&' || r == '+' }

const salutationHint = "say what it means, such as `values: {Fr.: female, Dr.: unknown}`; all other cells are still read as forms of address"

var (
	salutationUnknown = newFlaw(CodeGenderUnknown, "is no form of address that is known here").withHint(salutationHint)
	salutationSilent  = newFlaw(CodeGenderUnknown, "is a title that tells no gender").withHint(salutationHint)
	salutationBoth    = newFlaw(CodeGenderUnknown, "is a form of address for more than one person").withHint(salutationHint)
)
