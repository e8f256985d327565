package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// kind is what a cell looks like, as far as it tells persons from the names of columns.
type kind uint8

const (
	noKind      kind = iota // empty
	textKind                // anything else
	numberKind              // of five digits or more, or with a point
	booleanKind             // true or false
	emailKind               // this and those below are signs of a person: no column is called so
	phoneKind
	dateKind
	idKind // a UUID or a long hexadecimal number
)

var (
	// One address or several, plain, as mailto:, or in <> behind a name.
	emailLike  = regexp.MustCompile(`^(?:(?:[^@<>]*<|mailto:)?[^\s@"<>(),;:]+@[^\s@"<>(),;:]+\.[\pL\pN-]{2,}>?(?:[\s,;/|]+|$))+$`)
	phoneLike  = regexp.MustCompile(`^(?:\+|00?|\()[\d\s()./-]{6,20}$`)
	dateLike   = regexp.MustCompile(`^(?:\d{4}([-/.])\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?:[T ][\d:.,+Z -]*)?$`)
	idLike     = regexp.MustCompile(`^(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24,64})$`)
	numberLike = regexp.MustCompile(`^[-+]?(?:\d{5,}|\d+[.,]\d+)$`)
)

func kindOf(cell string) kind {
	cell = strings.Trim(cell, "=\"' \t\u00a0") // also within the signs that keep a spreadsheet from changing it
	switch {
	case cell == "":
		return noKind
	case len(cell) > 320:
		return textKind
	case emailLike.MatchString(cell):
		return emailKind
	case dateLike.MatchString(cell):
		return dateKind
	case idLike.MatchString(cell) && strings.ContainsAny(cell, "0123456789"):
		return idKind
	case phoneLike.MatchString(cell) && digitsIn(cell) >= 7:
		return phoneKind
	case numberLike.MatchString(cell):
		return numberKind
	case strings.EqualFold(cell, "true") || strings.EqualFold(cell, "false"):
		return booleanKind
	}
	return textKind
}

func digitsIn(s string) int {
	return len(s) - len(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s))
}

// commonKind is the kind of most cells of a column that are not empty; textKind where they differ.
func commonKind(rows []looked, column int) kind {
	var counts [idKind + 1]int
	filled := 0
	for _, row := range rows {
		if column < len(row.cells) {
			if k := kindOf(row.cells[column]); k != noKind {
				counts[k]++
				filled++
			}
		}
	}
	if filled == 0 {
		return noKind
	}
	for k := numberKind; k <= idKind; k++ {
		if counts[k]*2 > filled {
			return k
		}
	}
	return textKind
}

// isPerson reports whether the cells that should name the columns are those of a person. An e-mail address names no column. Another sign counts where the
// rows below have the same in that column, or nothing, and where there are none below, beside a second sign. Names of columns that are known speak against it.
func isPerson(cells []string, below []looked) bool {
	known, filled, signs, weak, noMail := 0, 0, 0, 0, false
	seen := map[kind]bool{}
	for i, cell := range cells {
		k := kindOf(cell)
		if k != noKind {
			filled++
		}
		if k == textKind && isColumnName(cell) {
			known++
		}
		most := commonKind(below, i)
		like := len(below) == 0 || most == k || most == noKind
		switch {
		case k >= emailKind && (like || k == emailKind):
			signs++
			seen[k] = true
		case most == emailKind && k == noKind:
			noMail = true
		case most == emailKind && isNoAddress(cell):
			seen[emailKind] = true
		case k == numberKind && like && digitsIn(cell) >= 9: // a number of a telephone or of a person, and of no year
			signs++
			seen[k] = true
		case (k == numberKind || k == booleanKind) && like:
			weak++
			seen[k] = true
		}
	}
	switch {
	case known >= 2 && known*2 >= filled:
		return false
	case seen[emailKind], known == 0 && (noMail || amongLike(cells, below)):
		return true
	case len(below) == 0:
		return signs >= 1 && len(seen) >= 2
	}
	return known*2 < filled && signs >= 2 || known == 0 && (signs >= 1 || weak >= 2)
}

// amongLike reports whether cells that no word says to name columns have a bare number where all rows below have one, or what comes again in its place in
// two of them.
func amongLike(cells []string, below []looked) bool {
	for i, cell := range cells {
		same, numbers := 0, 0
		for _, row := range below {
			if i >= len(row.cells) {
				continue
			}
			if row.cells[i] == cell && !slices.Equal(row.cells, cells) {
				same++
			}
			if bareNumber.MatchString(row.cells[i]) {
				numbers++
			}
		}
		isNumber := bareNumber.MatchString(cell) && !yearLike.MatchString(cell) && numbers == len(below)
		if !blankCell(cell) && len(cells) > 1 && (same >= 2 || isNumber && numbers >= 2) {
			return true
		}
	}
	return false
}

var (
	bareNumber = regexp.MustCompile(`^\d{1,12}$`)
	yearLike   = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// noAnswer is what stands where a person gave no e-mail address.
var noAnswer = regexp.MustCompile(`(?i)^(?:n\.?/?a\.?|-+|\?+|none|null|nil|\\N|unknown|kein[e]?|unbekannt|keine angabe|sans|inconnu|ninguno|desconocido|nessuno|geen|#N/?[AV]!?)$`)

// isNoAddress reports whether a cell above e-mail addresses names no column, but is a damaged address or stands for none.
func isNoAddress(cell string) bool {
	cell = strings.TrimSpace(cell)
	return noAnswer.MatchString(cell) || strings.ContainsRune(cell, '@') && !isColumnName(cell) || strings.Contains(strings.ToLower(cell), "(at)")
}

// placeholders are names for the columns of a list without a header, and for people what each seems to hold.
func placeholders(rows []looked) (names []string, holds string) {
	var seem []string
	for i := range rows[0].cells {
		most := commonKind(rows, i)
		name := map[kind]string{emailKind: "email", phoneKind: "phone", dateKind: "date"}[most]
		if name == "" {
			name = columnNumber(i)
		} else if slices.Contains(names, name) {
			name = fmt.Sprintf("%s %d", name, i+1)
		}
		names = append(names, name)
		seem = append(seem, fmt.Sprintf("%d: %s", i+1, []string{"nothing", "text", "numbers", "true or false", "e-mail addresses", "telephone numbers", "dates", "ids"}[most]))
	}
	return names, strings.Join(seem, "; ")
}

// columnNumber names a column that has no name.
func columnNumber(i int) string { return fmt.Sprintf("column %d", i+1) }

// isColumnName reports whether a cell has a word that lists have in the names of their columns.
func isColumnName(cell string) bool {
	return slices.ContainsFunc(nameWords(cell), func(word string) bool { return columnWords()[word] })
}

// isMailName reports whether a column is called an e-mail address.
func isMailName(name string) bool {
	return slices.ContainsFunc(nameWords(name), func(word string) bool { return word == "email" || word == "mail" })
}

// isNameOfPeople reports whether a column is called a name, which no number is.
func isNameOfPeople(name string) bool {
	people := strings.Fields("name first last firstname lastname surname forename fullname vorname nachname nom prénom prenom nombre apellido nome cognome voornaam achternaam")
	return slices.ContainsFunc(nameWords(name), func(word string) bool { return slices.Contains(people, word) })
}

// mailInPlace reports whether cells have an e-mail address where the rows below have theirs.
func mailInPlace(cells []string, below []looked) bool {
	for i, cell := range cells {
		if kindOf(cell) == emailKind && commonKind(below, i) == emailKind {
			return true
		}
	}
	return false
}

// nameWords are the words of a column's name, in lower case: those of firstName and of first_name are first and name.
func nameWords(cell string) []string {
	if len(cell) > 200 {
		return nil
	}
	var b strings.Builder
	lower := false
	for _, r := range cell {
		if unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}

// columnWords are words by which a line is known to name columns, in the languages of package suggest's lexicon. That lexicon says which field a column
// is; this only has to know some column of nearly every list.
var columnWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(`
		email mail mailadresse correo courriel epost mailaddress emailaddress
		name names first last firstname lastname surname fullname forename username userid uid id nr number
		vorname nachname familienname anrede kunde kundennummer benutzername
		nom prénom prenom nombre apellido apellidos nome cognome sobrenome voornaam achternaam imię nazwisko
		phone telephone mobile cell tel telefon handy telefono teléfono telefone téléphone celular móvil mobil telefoon
		birthday birthdate birth dob geburtsdatum geburtstag naissance nacimiento nascita nascimento geboortedatum
		address street city zip postcode postal country state adresse straße strasse plz ort stadt land rue ville pays dirección ciudad indirizzo città
		gender sex geschlecht title status company firma language sprache newsletter password created date datum fecha`) {
		words[word] = true
	}
	return words
})
