package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"importer/mapping"
)

// writing finds out how the cells of chosen columns are written, and what the job file must say about it.
type writing struct {
	hints   []string  // countries that the list hints at
	columns []*column // all of the list
}

// write fills a choice's Spec for the column, or its Question where only a person knows how its cells are to be read.
func (w *writing) write(choice *Choice, c *column) {
	f := choice.Field
	if e := c.fields[f]; e != nil {
		choice.Score, choice.Reasons = min(e.score, 1), e.reasons
	} else if person, ok := twins[f]; ok {
		choice.Score, choice.Reasons = min(c.best(person), 1), nil
		choice.note("no column of its own: taken from the column of %s", person)
	}
	spec := &mapping.FieldSpec{Name: f.String(), Columns: []string{c.name}}
	switch f.Kind() {
	case mapping.CalendarDate:
		w.dates(choice, c, spec)
	case mapping.Phone:
		w.phones(choice, c, spec)
	case mapping.Bool, mapping.GenderWord, mapping.CountryCode, mapping.LanguageTag:
		w.words(choice, c, spec)
	default:
		choice.Spec = spec
	}
	w.noteGaps(choice, c)
}

// elsewhere reports a text that another column holds as well: where cells slipped aside, it is a name, say.
func (w *writing) elsewhere(c *column, text string) bool {
	return slices.ContainsFunc(w.columns, func(other *column) bool { return other != c && other.content.counts[text] > 0 })
}

// dates proposes the one way of writing that fits all cells, or asks.
func (w *writing) dates(choice *Choice, c *column, spec *mapping.FieldSpec) {
	d := datesOf(&c.content)
	ask := func(text string, ways ...dateFormat) {
		q := &Question{Field: choice.Field, Score: choice.Score, Text: text}
		for _, way := range ways {
			answer := *spec
			answer.Formats = way.formats()
			q.Answers = append(q.Answers, Answer{nameOf(way), answer})
		}
		choice.Question = q
	}
	switch {
	case d.of == 0:
		choice.Spec = spec
		choice.note("no date was seen: without `format`, dates are YYYY-MM-DD")
	case d.ambiguous():
		ask("day or month first? every sampled date fits both", d.fit...)
		choice.Seen = "dates with the day or the month first: both fit all of them"
	case len(d.fit) > 0:
		spec.Formats = d.fit[0].formats()
		choice.Seen = fmt.Sprintf("%s, all %d different ones", nameOf(d.fit[0]), d.of)
		if !askZone(choice, &c.content, spec) {
			choice.Spec = spec
		}
	case d.read == 0 && serials(&c.content):
		ask("are these the numbers by which Excel keeps days?", dateFormat{format: "excel"}, dateFormat{format: "excel1904"})
		choice.Seen = "whole numbers that may be days"
	case d.read > 0:
		w.partly(choice, c, spec, &d)
	default:
		choice.note("column %s: no known way of writing dates fits (years need four digits)", shown(c.name))
	}
}

// partly proposes several formats that fit all cells together. Where some cells fit none, it asks.
func (w *writing) partly(choice *Choice, c *column, spec *mapping.FieldSpec, d *dateFit) {
	spec.Formats = d.mixed
	if len(d.mixed) == 0 {
		spec.Formats = d.nearest.formats()
	}
	names := cmp.Or(strings.Join(spec.Formats, " or "), nameOf(d.nearest))
	choice.Seen = fmt.Sprintf("%s, all %d different ones", names, d.of)
	if d.read < d.of {
		choice.Seen = fmt.Sprintf("%s, %d of %d different ones, and nothing fits all", names, d.read, d.of)
	}
	other := *spec
	other.Formats = d.other
	switch {
	case len(d.other) > 0:
		choice.Question = &Question{Field: choice.Field, Score: choice.Score, Text: fmt.Sprintf("day or month first? both fit %d of %d different dates", d.read, d.of),
			Answers: []Answer{{names, *spec}, {strings.Join(d.other, " or "), other}}}
	case askZone(choice, &c.content, spec):
	case d.read == d.of, len(d.mixed) == 0 && d.read*10 >= d.of*9:
		choice.Spec = spec // the rows that it refuses are counted when it is tried
	default:
		choice.Seen = ""
		choice.Question = &Question{Field: choice.Field, Score: choice.Score, Text: fmt.Sprintf("is it %s? that fits %d of %d different dates, and nothing fits all", names, d.read, d.of),
			Answers: []Answer{{names, *spec}}}
	}
}

func nameOf(way dateFormat) string { return cmp.Or(way.format, "YYYY-MM-DD") }

// phones proposes the country whose national writing most numbers fit, or asks.
func (w *writing) phones(choice *Choice, c *column, spec *mapping.FieldSpec) {
	call := phonesOf(&c.content, w.hints)
	if call.plusLost > 0 {
		spec.Plus = "international"
		choice.note("%d numbers without + are right with one in front, and national ones in no country: a spreadsheet takes the + away", call.plusLost)
	}
	switch {
	case c.content.filled == 0:
		choice.Spec = spec
		choice.note("no number was seen: national numbers need a `country`")
	case call.national == 0:
		choice.Spec = spec
		choice.Seen = "international numbers"
		if call.plusLost > 0 {
			choice.Seen = fmt.Sprintf("%d international numbers, %d that lost their +", call.international, call.plusLost)
		}
	case call.backed:
		spec.Country = call.countries[0]
		choice.Spec = spec
		choice.Seen = fmt.Sprintf("%d international numbers, %d national ones of which %d are right in %s", call.international, call.national, call.read, spec.Country)
	case call.international >= 9*call.national:
		choice.Spec = spec
		choice.Seen = fmt.Sprintf("%d international numbers; %d others fit no country", call.international, call.national)
	default:
		choice.Question = &Question{Field: choice.Field, Score: choice.Score, Text: "of which country are the national numbers?"}
		for _, country := range call.countries[:min(4, len(call.countries))] {
			answer := *spec
			answer.Country = country
			choice.Question.Answers = append(choice.Question.Answers, Answer{fmt.Sprintf("of %s, which reads %d of %d different ones", country, call.reads[country], call.national), answer})
		}
		if call.read == 0 {
			text := fmt.Sprintf("add `country` with its two letters; without it, only the %d international ones are read", call.international)
			if call.international == 0 {
				text = "add `country` with its two letters; without it, every number is refused"
			}
			choice.Question.Answers = append(choice.Question.Answers, Answer{text, *spec})
		}
		choice.Seen = fmt.Sprintf("%d national numbers, and nothing says of which country", call.national)
	}
}

// words proposes `values` where the cells are not the words that the importer reads by itself.
func (w *writing) words(choice *Choice, c *column, spec *mapping.FieldSpec) {
	u := wordsAs(choice.Field, &c.content)
	if u.needed && len(u.values) <= maxListed {
		spec.Values = u.values
	}
	// One word or nothing: a person who did not tick the box did not want the newsletter.
	if choice.Field == mapping.Newsletter && len(c.content.counts) == 1 && c.content.filled < c.content.rows && len(c.content.blanks) == 0 && len(u.values) == 1 {
		spec.Values = map[string]string{"": "false"}
		for text, word := range u.values {
			spec.Values[text] = word
			if reads, _ := newReading(choice.Field, mapping.FieldSpec{}); reads(text) && word == text {
				spec.Values[text] = "true"
			}
		}
		if spec.Values[c.content.order[0]] != "true" {
			spec.Values = nil
		}
	}
	spec.Values = canonical(choice.Field, spec.Values)
	choice.Spec = spec
	choice.Seen = seenWords(c, &u)
	if len(u.unknown) > 0 {
		choice.note("not understood, and refused until listed under values: %s", w.unknownWords(c, &u))
	}
}

// canonical writes each value as the importer would.
func canonical(f mapping.Field, values map[string]string) map[string]string {
	read := newReader(f)
	for text, word := range values {
		customer := read(word)
		if c := customer.Text(f); c != "" {
			values[text] = c
		}
	}
	return values
}

// commas is the share of texts that are written "Last, First".
func commas(c *content) float64 {
	return c.share(func(text string) bool {
		before, after, ok := strings.Cut(text, ",")
		return ok && strings.TrimSpace(before) != "" && strings.TrimSpace(after) != ""
	})
}

// cellOf is an expression for a column's cell.
func cellOf(name string) string { return "row[" + strconv.Quote(name) + "]" }

// shown is a column's name for a comment.
func shown(name string) string { return `"` + mapping.Escape(name, 60) + `"` }
