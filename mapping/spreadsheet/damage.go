package spreadsheet

import (
	"strings"
	"unicode"

	"importer/mapping"
)

// Damage is one way in which a spreadsheet changes a cell. The zero Damage is none.
type Damage uint8

// The kinds of damage.
const (
	Zeros      Damage = iota + 1 // 00107 to 107
	Plus                         // +353861234567 to 353861234567
	Scientific                   // 353861234567 to 3.53861E+11
	Rounded                      // 4111111111111111 to 4111111111111110
	Decimals                     // 107 to 107.0, 1.5 to 1,5
	Grouped                      // 1234567 to 1,234,567
	Dates                        // 1990-05-15 to 5/15/1990, 3/4 to 4-Mar
	Letters                      // Zoë to ZoÃ« or Zo?
	Truth                        // true to TRUE or WAHR
	Errors                       // =1+x to #NAME?
	Space                        // white space at the ends, or of another kind
	Moved                        // cells of one column are in other rows: it was sorted alone. [Of] never says so: it shows in a column only
)

var names = [...]string{"", "leading zeros lost", "the + lost", "written with a power of ten", "long numbers rounded", "numbers rewritten", "thousands set apart",
	"dates rewritten", "letters garbled", "true and false rewritten", "error values in place of the text", "white space changed",
	"moved to other rows"}

// String says what happened to the cells, such as "leading zeros lost".
func (d Damage) String() string {
	if int(d) >= len(names) {
		return ""
	}
	return names[d]
}

// Harmless reports damage that no reader of the list takes for another value: mapping trims every cell.
func (d Damage) Harmless() bool { return d == Space }

// Of says how a cell was damaged; false where the texts are the same, or differ in a way that no program's saving explains. Where several kinds come
// together, the first in the order of the constants is named, after [Space], [Errors], [Truth] and [Letters], which exclude the others.
func Of(before, after string) (Damage, bool) {
	if before == after {
		return 0, false
	}
	before, after = plainSpace(before), plainSpace(after)
	if before == after {
		return Space, true
	}
	if before == "" || after == "" { // filled in, or emptied: a person did that
		return 0, false
	}
	for _, kind := range []struct {
		damage Damage
		is     func(before, after string) bool
	}{{Errors, errorValue}, {Truth, truth}, {Letters, letters}, {Scientific, scientific}, {Rounded, rounded}} {
		if kind.is(before, after) {
			return kind.damage, true
		}
	}
	if d := number(before, after); d != 0 {
		return d, true
	}
	if plusLost(before, after) {
		return Plus, true
	}
	if dates(before, after) {
		return Dates, true
	}
	return 0, false
}

// plainSpace is a text without white space at its ends, and with one blank for each stretch of it inside.
func plainSpace(s string) string {
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
	})
	return strings.Join(fields, " ")
}

// errorValue recognises what a spreadsheet shows in place of a formula that it cannot compute, or of a number that does not fit its column.
func errorValue(before, after string) bool {
	if len(after) > 1 && strings.Trim(after, "#") == "" {
		return strings.Trim(before, "#") != ""
	}
	return mapping.IsCellError(after)
}

// truthWords are the words that spreadsheets of several languages show for true and false.
var truthWords = map[string]bool{
	"TRUE": true, "WAHR": true, "VRAI": true, "VERO": true, "VERDADERO": true, "VERDADEIRO": true, "WAAR": true, "PRAWDA": true, "SANT": true, "SAND": true, "TOSI": true,
	"FALSE": false, "FALSCH": false, "FAUX": false, "FALSO": false, "ONWAAR": false, "FAŁSZ": false, "FALSKT": false, "FALSK": false, "EPÄTOSI": false,
}

func truth(before, after string) bool {
	was, known := truthWords[strings.ToUpper(before)]
	is, written := truthWords[after] // in capitals
	return known && written && was == is
}
