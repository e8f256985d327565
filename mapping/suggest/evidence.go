package suggest

import (
	"fmt"

	"importer/mapping"
)

// weighContent adds what the cells say to what the name says, for every field that either speaks for.
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
	for _, f := range contentFields {
		if byContent(c, f) > 0 && c.fields[f] == nil {
			c.of(f)
		}
	}
	for _, f := range mapping.Fields() {
		if e := c.fields[f]; e != nil {
			weigh(c, f, e)
		}
	}
}

// contentFields can be recognised by cells alone.
var contentFields = []mapping.Field{mapping.Email, mapping.PhoneNumber, mapping.BirthDate, mapping.Gender, mapping.Country, mapping.Language, mapping.PostalCode, mapping.Salutation}

// byContent says how sure the cells alone make a field, whatever the name: never Certain, but for what cannot be mistaken.
func byContent(c *column, f mapping.Field) Score {
	seen := &c.content
	switch f {
	case mapping.Email:
		if seen.emails >= 0.9 {
			return 0.84
		}
	case mapping.PhoneNumber:
		switch {
		case seen.international >= 0.8:
			return 0.82
		case seen.phones >= 0.9 && seen.digits < 0.9 && seen.distinct() > 0.5:
			return 0.5
		}
	case mapping.BirthDate:
		if seen.dateLike >= 0.9 && bornThen(seen) {
			return 0.45
		}
	case mapping.Gender:
		if u := wordsAs(f, seen); u.share >= 0.98 && len(u.values) >= 2 && len(u.values) <= 8 && spells(u, "male") && spells(u, "female") && !spells(u, "true") {
			if longest(seen) > 2 {
				return 0.7
			}
			return 0.4
		}
	case mapping.Country:
		if u := wordsAs(f, seen); u.share >= 0.98 && len(u.values) >= 3 {
			if longest(seen) > 3 {
				return 0.7
			}
			return 0.4
		}
	case mapping.Language:
		if u := wordsAs(f, seen); u.share >= 0.98 && len(u.values) >= 2 && longest(seen) > 3 && len(u.values) <= 60 {
			return 0.6
		}
	case mapping.PostalCode:
		if postalCountry(seen) != "" && seen.distinct() > 0.2 {
			return 0.6
		}
	case mapping.Salutation:
		if shareOfSalutations(seen) >= 0.95 {
			return 0.7
		}
	}
	return 0
}

// weigh adds the cells' evidence for f, or holds it against f.
func weigh(c *column, f mapping.Field, e *evidence) {
	seen := &c.content
	if alone := byContent(c, f); alone > 0 {
		if e.score == 0 && c.score >= Certain && c.is != addressLine { // lists call e-mail addresses `Address` too
			alone = min(alone, 0.6)
		}
		// Alone the cells make the field as sure as they can; beside a name they confirm it.
		gain := max(alone-e.score, min(0.25, 1-e.score))
		if e.score == 0 {
			gain = alone
		}
		e.add(gain, "the cells look like it: "+saidOf(f))
		return
	}
	against := func(top Score, what string, share float64) {
		e.limit(top, fmt.Sprintf("%.0f %% of the sampled cells are %s", share*100, what))
	}
	switch f.Kind() {
	case mapping.EmailAddress:
		atLeast(e, seen.emails, 0.9, "e-mail addresses")
	case mapping.Phone:
		atLeast(e, seen.phones, 0.8, "telephone numbers")
	case mapping.CalendarDate:
		if d := datesOf(seen); d.read == 0 && serials(seen) {
			e.limit(0.6, "the cells are whole numbers, as Excel keeps days")
		} else if d.of > 0 {
			atLeast(e, float64(d.read)/float64(d.of), 0.9, "dates in one way of writing")
		}
	case mapping.Bool:
		u := wordsAs(f, seen)
		switch {
		case seen.dateLike > 0.5:
			against(0.3, "dates", seen.dateLike)
		case u.share < 0.98:
			atLeast(e, u.share, 0.98, "words for yes or no")
		}
	case mapping.GenderWord:
		atLeast(e, wordsAs(f, seen).share, 0.9, "words for genders")
	case mapping.CountryCode:
		atLeast(e, wordsAs(f, seen).share, 0.9, "countries")
	case mapping.LanguageTag:
		atLeast(e, wordsAs(f, seen).share, 0.9, "languages")
	default:
		weighText(c, f, e)
	}
}

// atLeast limits the score where fewer cells than wanted are what they should be.
func atLeast(e *evidence, share, wanted float64, what string) {
	switch {
	case share >= wanted:
	case share >= 0.5:
		e.limit(0.6, fmt.Sprintf("only %.0f %% of the sampled cells are %s", share*100, what))
	default:
		e.limit(0.2, fmt.Sprintf("%.0f %% of the sampled cells are %s", share*100, what))
	}
}

// weighText holds against a field of free text what its cells cannot be.
func weighText(c *column, f mapping.Field, e *evidence) {
	seen := &c.content
	if seen.hashes >= 0.5 {
		e.limit(0, "the cells are hashes or keys, not what people type")
		return
	}
	switch f {
	case mapping.FirstName, mapping.LastName, mapping.AddressFirstName, mapping.AddressLastName, mapping.DisplayName, mapping.Nickname, mapping.Salutation, mapping.Title, mapping.AddressLocality:
		switch {
		case seen.emails > 0.2 && f != mapping.DisplayName:
			e.limit(0.2, "many cells are e-mail addresses")
		case seen.lettered < 0.6:
			e.limit(0.3, "many cells have no letters")
		case seen.dateLike > 0.5 || seen.webs > 0.5:
			e.limit(0.2, "the cells are dates or links")
		}
		if (f == mapping.Title || f == mapping.Salutation) && len(seen.order) > 0 {
			titleOrSalutation(c, f, e)
		}
	case mapping.Username:
		if seen.emails >= 0.5 {
			e.limit(0.6, "the cells are e-mail addresses")
		}
	case mapping.PostalCode, mapping.AddressPostalCode:
		if seen.emails > 0.2 || seen.dateLike > 0.5 || longest(seen) > 20 || seen.digits == 0 && postalCountry(seen) == "" && digitless(seen) > 0.5 {
			e.limit(0.2, "the cells are no postal codes")
		} else if evenDigits(seen) {
			e.add(min(0.25, 1-e.score), "the cells are short numbers of one length")
		}
	case mapping.LegacyID:
		if seen.distinct() < 0.9 && seen.filled >= 10 {
			e.limit(0.4, "the cells repeat, so they are no numbers of persons")
		}
	case mapping.AddressPremise:
		if noStreet(seen) {
			e.limit(0.3, "the cells are no streets")
		}
	case mapping.AddressLine:
		if seen.emails > 0.2 || seen.dateLike > 0.5 || seen.filled > 0 && longest(seen) > 60 {
			e.limit(0.3, "the cells are no numbers or names of houses")
		} else if share := streetsWithNumbers(seen); share >= 0.5 {
			e.limit(0.6, fmt.Sprintf("%.0f %% of the sampled cells hold words beside the number", share*100))
		}
	case mapping.AddressState:
		if u := stateOfAccount(seen); u {
			e.limit(0.1, "the cells say whether an account is active")
		}
	case mapping.Position:
		if !legs(seen) {
			e.limit(0.3, "the cells are no legs of a genealogy")
		}
	case mapping.Password:
		if seen.filled >= 10 && seen.distinct() < 0.2 {
			e.limit(0.5, "most cells are the same")
		}
	}
}

func saidOf(f mapping.Field) string {
	switch f {
	case mapping.Gender:
		return "words for genders"
	case mapping.PostalCode:
		return "codes of one country's shape"
	case mapping.Salutation:
		return "forms of address"
	}
	switch f.Kind() {
	case mapping.CountryCode:
		return "countries"
	case mapping.EmailAddress:
		return "e-mail addresses"
	}
	return f.Kind().String() + "s"
}
