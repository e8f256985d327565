package suggest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"importer/mapping"
)

// The vendor that takes addresses wants the house and the street in fields of their own: address.line is the number or name of the
// house, address.premise the street. Most lists hold both in one cell, and nothing here takes them apart.

// lineCost is what it costs a column, as a street, that it holds the number of the house too: it is asked about, never mapped.
const lineCost Score = 0.36

// streets settles which columns are streets, which are lines with street and number, and whether a bare number is the house's.
func streets(columns []*column) {
	for _, c := range columns {
		if score := c.best(mapping.AddressPremise); score >= Certain && score < 1 {
			if why := whyLine(columns, c); why != "" {
				c.is, c.score = addressLine, score
				c.of(mapping.AddressPremise).limit(score-lineCost, why)
			}
		}
	}
	for i, c := range columns {
		if i > 0 && columns[i-1].isStreet() && columnWords("names").Has("house number", strings.Join(c.named.words, "")) && !c.duplicate {
			c.raise(mapping.AddressLine, 0.85, "right behind the street, it is the number of the house")
			weighText(c, mapping.AddressLine, c.of(mapping.AddressLine))
		}
		if c.isLine() && !c.duplicate && !noStreet(&c.content) {
			c.raise(mapping.AddressPremise, c.score-lineCost, "it holds a street and, by its name, the number of the house too")
		}
	}
}

// whyLine says why a column that is called a street holds the number too; "" when nothing says so.
func whyLine(columns []*column, c *column) string {
	if share := streetsWithNumbers(&c.content); share >= 0.3 {
		return fmt.Sprintf("%.0f %% of the sampled cells hold a number beside the street", share*100)
	}
	second := append(slices.Clone(c.named.words), "2")
	if slices.ContainsFunc(columns, func(o *column) bool { return slices.Equal(o.named.words, second) }) {
		return "beside a second line, it is the first line of an address"
	}
	return ""
}

// isLine reports a column that by its name holds street and number in one.
func (c *column) isLine() bool { return c.is == addressLine && c.score >= Certain }

// isStreet reports a column with a street in it, alone or with the number.
func (c *column) isStreet() bool { return c.best(mapping.AddressPremise) >= Certain || c.isLine() }

// noStreet reports cells that are no streets, with or without a number.
func noStreet(seen *content) bool {
	return seen.filled > 0 && (seen.lettered < 0.5 || seen.emails > 0.2 || seen.dateLike > 0.5)
}

// states holds against a state that nothing else in the header is about an address: it may be anything's.
func states(columns []*column) {
	if lives(columns) {
		return
	}
	for _, c := range columns {
		if e := c.fields[mapping.AddressState]; e != nil && e.score < 1 {
			e.limit(0.5, "no other column is about an address")
		}
	}
}

// lives reports a header with a street, a town or a postal code.
func lives(columns []*column) bool {
	fields := []mapping.Field{mapping.AddressLocality, mapping.PostalCode, mapping.AddressPostalCode}
	return slices.ContainsFunc(columns, func(c *column) bool { return !c.duplicate && c.isStreet() }) ||
		slices.ContainsFunc(fields, func(f mapping.Field) bool { return certain(columns, f) != nil })
}

// blockFields are about one address and must come from one: the billing street and the shipping town are no address.
var blockFields = []mapping.Field{mapping.AddressLine, mapping.AddressPremise, mapping.AddressLocality, mapping.AddressState, mapping.PostalCode, mapping.Country, mapping.AddressPostalCode, mapping.AddressCountry}

// oneAddress holds against a column that it belongs to another address than the likeliest street or town.
func oneAddress(columns []*column) {
	home := homeOf(columns)
	if home == nil {
		return
	}
	for _, c := range columns {
		if c.named.place() == "" || c.named.place() == home.named.place() {
			continue
		}
		for _, f := range blockFields {
			if e := c.fields[f]; e != nil && e.score < 1 {
				e.limit(0.6, "it belongs to another address than the street")
			}
		}
	}
}

// homeOf is the likeliest street, line or town; nil when there is none.
func homeOf(columns []*column) *column {
	if ranked := rank(columns, mapping.AddressPremise); len(ranked) > 0 && ranked[0].isStreet() {
		return ranked[0]
	}
	for _, f := range []mapping.Field{mapping.AddressLocality, mapping.PostalCode} {
		if ranked := rank(columns, f); len(ranked) > 0 && ranked[0].best(f) >= Certain {
			return ranked[0]
		}
	}
	return nil
}

// streetsWithNumbers is the share of texts with a digit and a word of three letters or more: "Hill Street 5", and not "12 a".
func streetsWithNumbers(c *content) float64 {
	return c.share(func(text string) bool {
		return strings.ContainsAny(text, "0123456789") && slices.ContainsFunc(strings.FieldsFunc(text, notLetter), isWord)
	})
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func isWord(letters string) bool { return utf8.RuneCountInString(letters) >= 3 }
