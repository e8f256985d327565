package suggest

import (
	"cmp"
	"slices"
	"strings"

	"importer/mapping"

	"golang.org/x/text/language"
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
		if international(text) {
			found.international++
		} else {
			national = append(national, text)
		}
	}
	found.national = len(national)
	if len(national) == 0 {
		return found
	}
	type tried struct {
		country string
		hinted  bool
		read    int
	}
	var all []tried
	for i, country := range append(slices.Clone(hints), commonCountries...) {
		if slices.ContainsFunc(all, func(t tried) bool { return t.country == country }) {
			continue
		}
		reads, ok := newReading(mapping.PhoneNumber, mapping.FieldSpec{Country: country})
		if !ok {
			continue
		}
		t := tried{country: country, hinted: i < len(hints)}
		for _, text := range national {
			if reads(text) {
				t.read++
			}
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, b tried) int {
		if a.hinted != b.hinted && near(a.read, b.read, len(national)) {
			if a.hinted {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.read, a.read)
	})
	if len(all) == 0 || all[0].read*10 < len(national)*8 {
		return found
	}
	best := all[0]
	found.country, found.read = best.country, best.read
	for _, t := range all[1:] {
		if near(best.read, t.read, len(national)) {
			found.rivals = append(found.rivals, t.country)
		}
	}
	found.backed = best.hinted || len(found.rivals) == 0 && len(national) >= 10
	return found
}

// near reports two counts out of n that do not tell two countries apart.
func near(a, b, n int) bool {
	d := a - b
	return max(d, -d)*20 <= n
}

// commonCountries are tried after those the list hints at. Their only use is to find rivals, and a country where nothing hints at
// one. Never changed.
var commonCountries = strings.Fields("US GB DE FR ES IT PT NL PL IE AT CH BE CA AU BR MX IN")

// countryHints returns the countries that the rest of the list speaks for, likeliest first: its country columns, the regions of its
// language tags, its international numbers, and the shape of its postal codes.
func countryHints(columns []*column) []string {
	votes := map[string]int{}
	phone, country := newPhoneRegion(), newReader(mapping.Country)
	for _, c := range columns {
		if c.best(mapping.Country) >= likelyPoints || c.best(mapping.AddressCountry) >= likelyPoints {
			for text, code := range wordsAs(mapping.Country, &c.content).values {
				iso := country(code)
				votes[iso.Text(mapping.Country)] += 4 * c.content.counts[text]
			}
		}
		if c.best(mapping.Language) >= likelyPoints {
			for _, text := range c.content.close() {
				if tag, err := language.Parse(text); err == nil {
					if region, sure := tag.Region(); sure == language.Exact {
						votes[region.String()] += c.content.counts[text]
					}
				}
			}
		}
		if c.content.international > 0 {
			for _, text := range c.content.close() {
				if region := phone(text); region != "" {
					votes[region] += c.content.counts[text]
				}
			}
		}
		if c.best(mapping.PostalCode) >= likelyPoints {
			votes[postalCountry(&c.content)] += c.content.filled
		}
	}
	delete(votes, "")
	var hints []string
	for country := range votes {
		hints = append(hints, country)
	}
	slices.SortFunc(hints, func(a, b string) int {
		if d := cmp.Compare(votes[b], votes[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return hints[:min(len(hints), 8)]
}

// newPhoneRegion returns a function from an international number to its country, "" when it is none.
func newPhoneRegion() func(string) string {
	read := newReader(mapping.PhoneNumber)
	return func(text string) string {
		if !strings.HasPrefix(text, "+") {
			return ""
		}
		customer := read(text)
		return customer.Phone(mapping.PhoneNumber).Region
	}
}

// postalShapes are the shapes of postal codes that one country alone has: 9 a digit, A a letter. Never changed.
var postalShapes = map[string]string{
	"9999 AA": "NL", "9999AA": "NL", "99-999": "PL", "9999-999": "PT", "A9A 9A9": "CA", "A99 A999": "IE", "A99 AA99": "IE", "99999-999": "BR",
	"AA9 9AA": "GB", "A9 9AA": "GB", "A99 9AA": "GB", "AA99 9AA": "GB", "AA9A 9AA": "GB", "A9A 9AA": "GB", "99999-9999": "US",
}

// postalCountry is the country whose postal codes most cells have the shape of; "" when there is none.
func postalCountry(c *content) string {
	votes := map[string]int{}
	texts := c.close()
	for _, text := range texts {
		if len(text) <= 10 {
			votes[postalShapes[shapeOf(text)]]++
		}
	}
	for country, n := range votes {
		if country != "" && n*10 >= len(texts)*6 {
			return country
		}
	}
	return ""
}

func shapeOf(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return '9'
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			return 'A'
		}
		return r
	}, text)
}
