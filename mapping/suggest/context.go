package suggest

import (
	"slices"
	"strings"

	"importer/mapping"
)

// byOtherColumns settles what a name means beside the others in the header.
func byOtherColumns(columns []*column) {
	names := columnWords("names")
	first, last := certain(columns, mapping.FirstName), certain(columns, mapping.LastName)
	for _, c := range columns {
		if first != nil && last == nil && !c.duplicate && strings.EqualFold(c.name, "sn") {
			c.raise(mapping.LastName, 0.9, "beside the given name, it is the surname as directories (LDAP) call it")
			weighText(c, mapping.LastName, c.of(mapping.LastName))
		}
		if c.is != fullName || c.score < Certain || c.duplicate {
			continue
		}
		bare := bareName(c.named.words)
		switch {
		case first != nil && last == nil && names.Has("family name", bare):
			points := Score(0.6)
			if bare != "name" || slices.ContainsFunc(first.named.words, func(w string) bool { return names.Has("given names", w) }) {
				points = 0.9
			}
			c.raise(mapping.LastName, points, "beside the given name, it is the family name")
		case last != nil && first == nil && names.Has("given name", bare):
			c.raise(mapping.FirstName, 0.92, "beside the family name, it is the given name")
		case last != nil && first == nil && bare == "name":
			points := Score(0.7)
			if c.content.filled > 0 && c.content.spaced < 0.3 {
				points = 0.85
			}
			c.raise(mapping.FirstName, points, "beside the family name, it is the given name")
		case c.content.emails >= 0.5:
		default:
			c.raise(mapping.DisplayName, 0.62, "a full name may be shown to others")
		}
	}
	titles(columns)
	firstAndLast(columns)
}

// firstAndLast reads two columns called First and Last, of which each alone may be anything.
func firstAndLast(columns []*column) {
	var first, last []*column
	for _, c := range columns {
		switch {
		case c.duplicate || len(c.fields) > 0:
		case bareName(c.named.words) == "first":
			first = append(first, c)
		case bareName(c.named.words) == "last":
			last = append(last, c)
		}
	}
	if len(first) != 1 || len(last) != 1 {
		return
	}
	for f, c := range map[mapping.Field]*column{mapping.FirstName: first[0], mapping.LastName: last[0]} {
		e := c.of(f)
		e.add(0.92, "First and Last are side by side, as the parts of a name")
		e.named = e.score
		weighText(c, f, e)
	}
}

// titles separates the two uses of `Title` apart where a job has a column of its own.
func titles(columns []*column) {
	job := slices.ContainsFunc(columns, func(c *column) bool { return c.best(mapping.Title) >= Certain && c.named.has("job") })
	if !job {
		return
	}
	for _, c := range columns {
		if bareName(c.named.words) == "title" && c.best(mapping.Title) < 1 && c.best(mapping.Title) > 0 {
			c.of(mapping.Title).limit(0.6, "the job has a column of its own")
			c.raise(mapping.Salutation, 0.62, "beside a job title, it may be the form of address")
		}
	}
}

// bareName is the one word of a name that is not harmless; "" when there are more.
func bareName(words []string) string {
	bare := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return columnWords("words").Has("harmless", w) })
	if len(bare) != 1 {
		return ""
	}
	return bare[0]
}

// certain is a column that is the field for certain by now; nil when there is none.
func certain(columns []*column, f mapping.Field) *column {
	for _, c := range columns {
		if !c.duplicate && c.best(f) >= Certain {
			return c
		}
	}
	return nil
}

// twins are the fields of an address that a person has too. Without a column of their own they are what the person's are.
var twins = map[mapping.Field]mapping.Field{
	mapping.AddressFirstName:  mapping.FirstName,
	mapping.AddressLastName:   mapping.LastName,
	mapping.AddressEmail:      mapping.Email,
	mapping.AddressPhone:      mapping.PhoneNumber,
	mapping.AddressPostalCode: mapping.PostalCode,
	mapping.AddressCountry:    mapping.Country,
}
