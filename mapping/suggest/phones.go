package suggest

import (
	"slices"

	"importer/mapping"
)

// calling is how a column's telephone numbers are written.
type calling struct {
	international int      // numbers that are read without a country
	national      int      // the others
	country       string   // ISO code in whose writing most of the national ones are read; "" when there is none
	read          int      // how many of the national ones it reads
	rivals        []string // other countries that read nearly as many
	backed        bool     // something else in the list speaks for the country, or no other country comes close
}

// phonesOf finds the country of national numbers: of the hinted countries (most likely first) the one that reads most of them.
func phonesOf(c *content, hints []string) calling {
	var found calling
	international, _ := newReading(mapping.PhoneNumber, mapping.FieldSpec{})
	var national []string
	for _, text := range c.close() {
		if !international(text) {
			national = append(national, text)
		}
	}
	found.international = len(c.close()) - len(national)
	found.national = len(national)
	if len(national) == 0 {
		return found
	}
	found.choose(national, hints)
	return found
}

// choose takes, of the countries that read about as many of the numbers as the best one does, the first: the hinted ones come
// first, likeliest first.
func (found *calling) choose(national, hints []string) {
	var countries []string
	reads := map[string]int{}
	most := 0
	for _, country := range append(slices.Clone(hints), countryWords().common...) {
		read, ok := newReading(mapping.PhoneNumber, mapping.FieldSpec{Country: country})
		if _, tried := reads[country]; tried || !ok {
			continue
		}
		countries = append(countries, country)
		reads[country] = countOf(national, read)
		most = max(most, reads[country])
	}
	if most*10 < len(national)*8 {
		return
	}
	for _, country := range countries {
		switch {
		case !near(most, reads[country], len(national)):
		case found.country == "":
			found.country, found.read = country, reads[country]
		default:
			found.rivals = append(found.rivals, country)
		}
	}
	found.backed = slices.Contains(hints, found.country) || len(found.rivals) == 0 && len(national) >= 10
}

// near reports two counts out of n that do not tell two countries apart.
func near(a, b, n int) bool {
	d := a - b
	return max(d, -d)*20 <= n
}
