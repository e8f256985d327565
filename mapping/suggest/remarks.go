package suggest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"importer/mapping"
)

// seenWords lists a column's few different words with their counts. What is not understood is counted, not shown: a cell that slipped
// into the wrong column may hold anything.
func seenWords(c *column, u *understood) string {
	if len(c.content.counts) == 0 {
		return ""
	}
	if len(c.content.counts) > 12 {
		return strconv.Itoa(len(c.content.counts)) + " different words"
	}
	texts := slices.Clone(c.content.order)
	slices.SortStableFunc(texts, func(a, b string) int { return c.content.counts[b] - c.content.counts[a] })
	var parts []string
	others := 0
	for _, text := range texts {
		if _, known := u.values[text]; !known {
			others += c.content.counts[text]
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %d", mapping.Escape(text, 24), c.content.counts[text]))
	}
	if others > 0 {
		parts = append(parts, fmt.Sprintf("others %d", others))
	}
	return strings.Join(parts, ", ")
}

// unknownWords lists the words that are not understood, as far as they are words of the column and no value of a person: no addresses, no numbers,
// nothing that fewer than five rows have, or fewer than one in fifty, nothing that another column holds too, and nothing of a column in which no word is
// understood.
func (w *writing) unknownWords(c *column, u *understood) string {
	var shown []string
	for _, text := range u.unknown {
		if n := c.content.counts[text]; n >= 5 && n*50 >= c.content.filled && len(u.values) > 0 && !strings.ContainsAny(text, "@0123456789") && !w.elsewhere(c, text) {
			shown = append(shown, text)
		}
	}
	if hidden := len(u.unknown) - len(shown); hidden > 0 || len(shown) == 0 {
		return strings.TrimPrefix(list(shown, 5)+fmt.Sprintf(", and %d that are not shown here", hidden), ", and ")
	}
	return list(shown, 5)
}

// noteGaps reports empty cells where the field is required, and treats placeholders as empty cells.
func (w *writing) noteGaps(choice *Choice, c *column) {
	if spec := choice.Spec; spec != nil && len(spec.Columns) == 1 {
		if texts := placeholdersIn(choice.Field, &c.content); len(texts) > 0 {
			spec.Empty = texts
			choice.note("these cells count as empty: %s", list(texts, 12))
		}
		noteValues(choice, &c.content)
	}
	empty := c.content.rows - c.content.filled
	for text, n := range c.content.blanks {
		if wordValue(choice.Field, text) {
			empty -= n
		}
	}
	if choice.Required && empty > 0 {
		choice.note("%d of %d sampled rows have none, and the vendor requires it", empty, c.content.rows)
	}
}

// wordValue reports a placeholder that is a value of the field as well: NA is Namibia.
func wordValue(f mapping.Field, text string) bool {
	if f.Kind() != mapping.CountryCode && f.Kind() != mapping.LanguageTag {
		return false
	}
	reads, _ := newReading(f, mapping.FieldSpec{})
	return reads(text)
}

// noteValues says of placeholders that are values of the field that they are read.
func noteValues(choice *Choice, c *content) {
	for _, text := range slices.Sorted(maps.Keys(c.blanks)) {
		if strings.HasPrefix(text, "#") {
			choice.note("%s is an error of a spreadsheet, and its rows are refused: look where it comes from; where it stands for nothing, add empty: [%s]", text, scalar(text))
		}
		if wordValue(choice.Field, text) {
			choice.note("%s is a value here, and not nothing; where it means nothing, add empty: [%s]", text, scalar(text))
		}
	}
}

// placeholdersIn are the cells that stand for nothing, sorted. Some of these words are names of people, so free text keeps them.
func placeholdersIn(f mapping.Field, c *content) []string {
	if f == mapping.Password {
		return nil
	}
	var texts []string
	for text := range c.blanks {
		if strings.HasPrefix(text, "#") { // an error of a spreadsheet: there was something
			continue
		}
		word := strings.IndexFunc(text, unicode.IsLetter) >= 0 && !strings.ContainsAny(text, "/()#@")
		if word && (f.Kind() == mapping.Text || f.Kind() == mapping.GenderWord) || wordValue(f, text) {
			continue
		}
		texts = append(texts, text)
	}
	if f.Kind() == mapping.CalendarDate {
		for _, text := range c.order {
			if mapping.StandsForNoDate(text) && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	slices.Sort(texts)
	return texts
}

func list(texts []string, limit int) string {
	var parts []string
	for i, text := range texts {
		if i == limit {
			parts = append(parts, fmt.Sprintf("and %d more", len(texts)-limit))
			break
		}
		parts = append(parts, mapping.Escape(text, 24))
	}
	return strings.Join(parts, ", ")
}
