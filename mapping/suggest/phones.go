package suggest

import (
	"slices"
	"strings"

	"importer/mapping"
)

// phoneFit is how a column's telephone numbers are written.
type phoneFit struct {
	international int            // numbers that are read without a country
	plusLost      int            // numbers that are international once they have their + again; none where they may be national ones too
	national      int            // the others
	countries     []string       // ISO codes in whose writing most of the national ones are read, or at least half, likeliest first; none where no country's is right
	reads         map[string]int // how many of the national ones each reads
	read          int            // how many of the national ones the first reads, where it reads most
	backed        bool           // something else in the list hints at the first, or no other country comes close
}

// phonesOf finds the country of national numbers. All that read about as many of them as the best one does come into question: the
// hinted ones first, likeliest first.
func phonesOf(c *content, hints []string) phoneFit {
	international, _ := newReading(mapping.PhoneNumber, mapping.FieldSpec{})
	national := slices.DeleteFunc(slices.Clone(c.examined()), international)
	found := phoneFit{international: len(c.examined()) - len(national)}
	national = slices.DeleteFunc(national, func(text string) bool { return strings.HasPrefix(text, "#") }) // errors of a spreadsheet
	hints = append(slices.Clone(hints), countryWords("others").Items("common")...)
	common := len(hints) - len(countryWords("others").Items("common"))
	if lost := lostPlus(national, hints); len(lost) > 0 {
		found.plusLost = len(lost)
		national = slices.DeleteFunc(national, func(text string) bool { return slices.Contains(lost, text) })
	}
	found.national = len(national)
	var countries []string
	reads := map[string]int{}
	most := 0
	for _, country := range hints {
		read, ok := phoneReading(mapping.FieldSpec{Country: country}, national)
		if _, tried := reads[country]; tried || !ok {
			continue
		}
		countries = append(countries, country)
		reads[country] = countOf(national, read)
		most = max(most, reads[country])
	}
	if most == 0 || most*10 < len(national)*8 {
		found.countries = slices.DeleteFunc(countries, func(country string) bool { return reads[country]*2 < len(national) || most == 0 })
		found.reads = reads
		return found
	}
	found.reads = reads
	found.countries = slices.DeleteFunc(countries, func(country string) bool { return !near(most, reads[country], len(national)) })
	first := found.countries[0]
	found.read = reads[first]
	found.backed = slices.Contains(hints[:common], first) || len(found.countries) == 1 && len(national) >= 10
	return found
}

// fewestLost is how many numbers at least must have lost their +, so that it is no accident that each is right with one.
const fewestLost = 3

// lostPlus returns the texts that are international numbers without their +: all that begin with neither + nor 0, where nearly all are numbers with a
// + in front, and no country in question writes all of them in its own way.
func lostPlus(texts, countries []string) []string {
	lost := slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		text = strings.TrimLeft(text, "( ")
		return strings.HasPrefix(text, "0") || strings.HasPrefix(text, "+")
	})
	restored, _ := newReading(mapping.PhoneNumber, mapping.FieldSpec{Plus: "international"})
	if right := countOf(lost, restored); right < fewestLost || right*10 < len(lost)*9 {
		return nil
	}
	for _, country := range countries {
		m, ok := phoneMapper(mapping.FieldSpec{Country: country}, lost)
		if ok && countOf(lost, readsOf(m)) == len(lost) && !slices.ContainsFunc(m.Notes(), func(n mapping.Note) bool { return n.Code == mapping.NotePlus }) {
			return nil
		}
	}
	return lost
}

// phoneReading is newReading for telephone numbers, after a study of the texts that are to be read.
func phoneReading(spec mapping.FieldSpec, texts []string) (reads func(string) bool, ok bool) {
	m, ok := phoneMapper(spec, texts)
	return readsOf(m), ok
}

func phoneMapper(spec mapping.FieldSpec, texts []string) (*mapping.Mapper, bool) {
	spec.Name, spec.Columns = mapping.PhoneNumber.String(), []string{"cell"}
	m, err := mapping.Compile(mapping.Spec{Fields: []mapping.FieldSpec{spec}}, []string{"cell"}, mapping.Options{})
	if err != nil {
		return nil, false
	}
	rows := make([][]string, len(texts))
	for i, text := range texts {
		rows[i] = []string{text}
	}
	study(m, rows)
	return m, true
}

// study lets a mapper look at rows as if they were the whole list.
func study(m *mapping.Mapper, rows [][]string) {
	s := m.Study()
	if s == nil {
		return
	}
	for _, cells := range rows {
		if s.See(cells) {
			break
		}
	}
	s.Conclude(mapping.WholeOfList)
}

func readsOf(m *mapping.Mapper) func(string) bool {
	return func(text string) bool {
		_, faults := m.Map([]string{text})
		return len(faults) == 0
	}
}
