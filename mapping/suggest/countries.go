package suggest

import (
	"strings"

	"golang.org/x/text/language"

	"importer/mapping"
)

// countryHints returns the countries that the list hints at, likeliest first: its country columns, the regions and languages of its
// language column, its international numbers, the endings of its e-mail addresses, and the shape of its postal codes.
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
			for text, tag := range wordsAs(mapping.Language, &c.content).values {
				votes[regionOf(tag)] += c.content.counts[text]
			}
		}
		if c.best(mapping.PostalCode) >= likelyPoints {
			votes[postalCountry(&c.content)] += 2 * c.content.filled
		}
		for _, text := range c.content.examined() {
			if c.content.international > 0 {
				votes[phone(text)] += c.content.counts[text]
			}
			if c.content.emails > 0.5 {
				votes[domainCountry(text)] += c.content.counts[text]
			}
		}
	}
	delete(votes, "")
	hints := byCount(votes)
	return hints[:min(len(hints), 8)]
}

// regionOf is the country that a language tag names, or hints at; "" for none.
func regionOf(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	if region, confidence := t.Region(); confidence == language.Exact {
		return region.String()
	}
	base, _ := t.Base()
	return countryWords("languages").Of(base.String())
}

// domainCountry is the country whose ending an e-mail address has; "" for none.
func domainCountry(address string) string {
	dot := strings.LastIndexByte(address, '.')
	if dot < 0 || len(address)-dot != 3 {
		return ""
	}
	ending := strings.ToLower(address[dot+1:])
	if ending == "uk" {
		return "GB"
	}
	region, err := language.ParseRegion(ending)
	if err != nil || countryWords("others").Has("open domains", ending) || !region.IsCountry() || !strings.EqualFold(region.String(), ending) {
		return ""
	}
	return region.String()
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

// postalCountry is the country whose postal codes most cells have the shape of; "" when there is none.
func postalCountry(c *content) string {
	votes := map[string]int{}
	texts := c.examined()
	for _, text := range texts {
		if len(text) <= 10 {
			votes[countryWords("postal codes").Of(shapeOf(text))]++
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

// near reports two counts out of n that are too close to choose between two countries.
func near(a, b, n int) bool {
	d := a - b
	return max(d, -d)*20 <= n
}
