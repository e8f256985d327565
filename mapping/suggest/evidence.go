package suggest

import (
	"fmt"
	"slices"

	"importer/mapping"
)

// weighContent adds what the cells say to what the name says, for every field that either suggests.
func weighContent(c *column) {
	if c.content.rows == 0 {
		return
	}
	if c.content.filled == 0 {
		for _, e := range c.fields {
			e.add(-0.1, "every sampled cell is empty")
		}
		return
	}
	for _, s := range signs {
		if c.fields[s.field] == nil && s.seen(&c.content) {
			c.of(s.field)
		}
	}
	for _, f := range mapping.Fields() {
		if e := c.fields[f]; e != nil {
			weigh(c, f, e)
		}
	}
}

// sign is what makes cells look like a field, and how sure it makes it.
type sign struct {
	field  mapping.Field
	points Score
	what   string // what the cells are, for the reason
	seen   func(*content) bool
}

// signs are what makes cells look like a field, whatever the name; of one field's, the first that is seen counts. None makes it Certain, but
// for what cannot be mistaken.
var signs = []sign{
	{mapping.Email, 0.84, emailAddresses, func(c *content) bool { return c.emails >= 0.9 }},
	{mapping.PhoneNumber, 0.82, phoneNumbers, func(c *content) bool { return c.international >= 0.8 }},
	{mapping.PhoneNumber, 0.5, phoneNumbers, func(c *content) bool { return c.phones >= 0.9 && c.digits < 0.9 && c.distinct() > 0.5 }},
	{mapping.BirthDate, 0.45, "dates", func(c *content) bool { return c.dateLike >= 0.9 && bornThen(c) }},
	{mapping.Gender, 0.7, genders, func(c *content) bool { return longest(c) > 2 && bothGenders(c) }},
	{mapping.Gender, 0.4, genders, bothGenders},
	{mapping.Country, 0.7, countries, func(c *content) bool { return longest(c) > 3 && severalWords(mapping.Country, c, 3, 3*maxListed) }},
	{mapping.Country, 0.4, countries, func(c *content) bool { return severalWords(mapping.Country, c, 3, 3*maxListed) }},
	{mapping.Language, 0.6, languages, func(c *content) bool { return longest(c) > 3 && severalWords(mapping.Language, c, 2, 60) }},
	{mapping.PostalCode, 0.6, "codes of one country's shape", func(c *content) bool { return postalCountry(c) != "" && c.distinct() > 0.2 }},
	{mapping.Salutation, 0.7, "forms of address", func(c *content) bool { return shareOfSalutations(c) >= 0.95 }},
}

// What cells are, for reasons.
const (
	emailAddresses = "e-mail addresses"
	phoneNumbers   = "telephone numbers"
	genders        = "words for genders"
	countries      = "countries"
	languages      = "languages"
)

// severalWords reports cells that are nearly all words of the field's kind: at least so many different ones, and at most.
func severalWords(f mapping.Field, c *content, least, most int) bool {
	u := wordsAs(f, c)
	return u.share >= 0.98 && least <= len(u.values) && len(u.values) <= most
}

func bothGenders(c *content) bool {
	u := wordsAs(mapping.Gender, c)
	return u.share >= 0.98 && 2 <= len(u.values) && len(u.values) <= 8 && spells(u, "male") && spells(u, "female") && !spells(u, "true")
}

// fewCells is below how many cells a few that are wrong say little against a column's name.
const fewCells = 20

// weigh adds the cells' evidence for f, or holds it against f.
func weigh(c *column, f mapping.Field, e *evidence) {
	seen := &c.content
	if i := slices.IndexFunc(signs, func(s sign) bool { return s.field == f && s.seen(seen) }); i >= 0 {
		alone := signs[i].points
		if e.score == 0 && c.score >= Certain && c.is != addressLine { // lists call e-mail addresses `Address` too
			alone = min(alone, 0.6)
		}
		// Alone the cells make the field as sure as they can; beside a name they confirm it.
		gain := max(alone-e.score, min(0.25, 1-e.score))
		if e.score == 0 {
			gain = alone
		}
		e.add(gain, "the cells look like it: "+signs[i].what)
		return
	}
	switch f.Kind() {
	case mapping.EmailAddress:
		if few := seen.filled < fewCells && e.named >= Certain && seen.emails >= 0.5 && seen.emails < 0.9; few {
			e.limit(Certain, "only "+percent(seen.emails, emailAddresses))
			return
		}
		atLeast(e, seen.emails, 0.9, emailAddresses)
	case mapping.Phone:
		atLeast(e, seen.phones, 0.8, phoneNumbers)
	case mapping.CalendarDate:
		if d := datesOf(seen); d.read == 0 && serials(seen) {
			e.limit(0.6, "the cells are whole numbers, as Excel keeps days")
		} else if d.of > 0 {
			atLeast(e, float64(d.read)/float64(d.of), 0.9, "dates in one way of writing")
		}
	case mapping.Bool:
		if seen.dateLike > 0.5 {
			e.limit(0.3, percent(seen.dateLike, "dates"))
		} else {
			atLeast(e, wordsAs(f, seen).share, 0.98, "words for yes or no")
		}
	case mapping.GenderWord:
		atLeast(e, wordsAs(f, seen).share, 0.9, genders)
	case mapping.CountryCode:
		atLeast(e, wordsAs(f, seen).share, 0.9, countries)
	case mapping.LanguageTag:
		atLeast(e, wordsAs(f, seen).share, 0.9, languages)
	default:
		weighText(c, f, e)
	}
}

func percent(share float64, what string) string {
	return fmt.Sprintf("%.0f %% of the sampled cells are %s", share*100, what)
}

// atLeast limits the score where fewer cells than wanted are what they should be.
func atLeast(e *evidence, share, wanted float64, what string) {
	switch {
	case share >= wanted:
	case share >= 0.5:
		e.limit(0.6, "only "+percent(share, what))
	default:
		e.limit(0.2, percent(share, what))
	}
}

// contradictions are what the cells of free text cannot be; nil fields: of any. Of one field's, the first that is seen counts.
var contradictions = []struct {
	fields []mapping.Field
	top    Score
	why    string
	seen   func(*content) bool
}{
	{nil, 0, "the cells are hashes or keys, not what people type", func(c *content) bool { return c.hashes >= 0.5 }},
	{[]mapping.Field{mapping.Password}, 0, "the cells are masks, not what people type", func(c *content) bool { return c.masks >= 0.5 }},
	{nameFields[1:], 0.2, "many cells are e-mail addresses", func(c *content) bool { return c.emails > 0.2 }},
	{nameFields, 0.3, "many cells have no letters", func(c *content) bool { return c.lettered < 0.6 }},
	{nameFields, 0.2, "the cells are dates or links", func(c *content) bool { return c.dateLike > 0.5 || c.webs > 0.5 }},
	{[]mapping.Field{mapping.Username}, 0.6, "the cells are e-mail addresses", func(c *content) bool { return c.emails >= 0.5 }},
	{postalFields, 0.2, "the cells are no postal codes", noPostalCode},
	{[]mapping.Field{mapping.LegacyID}, 0.4, "the cells repeat, so they are no numbers of persons", repeated},
	{[]mapping.Field{mapping.AddressPremise}, 0.3, "the cells are no streets", noStreet},
	{[]mapping.Field{mapping.AddressLine}, 0.3, "the cells are no numbers or names of houses", noHouse},
	{[]mapping.Field{mapping.AddressState}, 0.1, "the cells say whether an account is active", stateOfAccount},
	{[]mapping.Field{mapping.Position}, 0.3, "the cells are no legs of a genealogy", noLegs},
	{[]mapping.Field{mapping.Password}, 0.5, "most cells are the same", func(c *content) bool { return c.filled >= 10 && c.distinct() < 0.2 }},
}

var (
	// Names and words about people and towns. Only the first is an e-mail address in some lists.
	nameFields = []mapping.Field{mapping.DisplayName, mapping.FirstName, mapping.LastName, mapping.AddressFirstName, mapping.AddressLastName,
		mapping.Nickname, mapping.Salutation, mapping.Title, mapping.AddressLocality}
	postalFields = []mapping.Field{mapping.PostalCode, mapping.AddressPostalCode}
)

func noPostalCode(c *content) bool {
	return c.emails > 0.2 || c.dateLike > 0.5 || longest(c) > 20 || c.digits == 0 && postalCountry(c) == "" && digitless(c) > 0.5
}

func repeated(c *content) bool { return c.distinct() < 0.9 && c.filled >= 10 }

func noHouse(c *content) bool {
	return c.emails > 0.2 || c.dateLike > 0.5 || c.filled > 0 && longest(c) > 60
}

// weighText holds against a field of free text what its cells cannot be.
func weighText(c *column, f mapping.Field, e *evidence) {
	seen := &c.content
	for _, x := range contradictions {
		if (x.fields == nil || slices.Contains(x.fields, f)) && x.seen(seen) {
			e.limit(x.top, x.why)
			return
		}
	}
	switch f {
	case mapping.Title, mapping.Salutation:
		titleOrSalutation(c, f, e)
	case mapping.PostalCode, mapping.AddressPostalCode:
		if evenDigits(seen) {
			e.add(min(0.25, 1-e.score), "the cells are short numbers of one length")
		}
	case mapping.AddressLine:
		if share := streetsWithNumbers(seen); share >= 0.5 {
			e.limit(0.6, fmt.Sprintf("%.0f %% of the sampled cells hold words beside the number", share*100))
		}
	}
}
