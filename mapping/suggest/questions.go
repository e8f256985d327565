package suggest

import (
	"fmt"

	"importer/mapping"
)

// ask makes a question of the columns that may be the field.
func (a *assignment) ask(choice *Choice, w *writing) {
	f := choice.Field
	if f == mapping.FirstName || f == mapping.LastName {
		a.askName(choice)
		if choice.Question != nil {
			return
		}
	}
	if len(choice.Candidates) == 0 {
		switch f {
		case mapping.Newsletter:
			a.askOptOut(choice)
		case mapping.BirthDate:
			a.askParts(choice)
		case mapping.Gender:
			a.askGender(choice)
		}
		if choice.Question == nil {
			a.askNamed(choice, w)
		}
		return
	}
	choice.Score = choice.Candidates[0].Score
	q := &Question{Field: f, Score: choice.Score, Text: fmt.Sprintf("which column is %s (%s)?", f, f.Doc())}
	for _, candidate := range choice.Candidates {
		tried := Choice{Want: choice.Want}
		c := a.columns[candidate.Column]
		w.write(&tried, c)
		if f == mapping.AddressPremise && c.isLine() {
			choice.note("column %s seems to hold the number of the house as well, which belongs to %s", shown(c.name), mapping.AddressLine)
		}
		switch {
		case tried.Spec != nil:
			q.Answers = append(q.Answers, Answer{fmt.Sprintf("%s (%.2f)", mapping.Escape(candidate.Name, 60), candidate.Score), *tried.Spec})
			q.Answers = append(q.Answers, takeFirst(f, c, *tried.Spec)...)
		case tried.Question != nil:
			q.Answers = append(q.Answers, tried.Question.Answers...)
		}
	}
	if len(q.Answers) > 0 {
		choice.Question = q
	}
}

// askNamed asks about a column whose name says the field, though its cells do not: it is never left out in silence. Hashes and masks are no passwords,
// whatever their column is called: that is said where they are left over.
func (a *assignment) askNamed(choice *Choice, w *writing) {
	f := choice.Field
	for _, c := range a.columns {
		if _, taken := a.taken[c.at]; taken || !c.isNamed(f) || c.content.hashes >= 0.5 || c.content.masks >= 0.5 {
			continue
		}
		tried := Choice{Want: choice.Want}
		w.write(&tried, c)
		text := fmt.Sprintf("column %s has the name of %s, but %s: is it?", shown(c.name), f, c.against(f))
		plain := mapping.FieldSpec{Name: f.String(), Columns: []string{c.name}}
		switch {
		case tried.Question != nil:
			choice.Question = &Question{Field: f, Text: text, Score: c.best(f), Answers: tried.Question.Answers}
		case tried.Spec != nil:
			plain = *tried.Spec
			fallthrough
		default:
			choice.question(c.best(f), text, append([]Answer{{"rows whose cell cannot be read are refused", plain}}, takeFirst(f, c, plain)...)...)
		}
		choice.Notes = append(choice.Notes, tried.Notes...)
		return
	}
}

// takeFirst returns the answer that reads the first address of a cell, where that reads more of a column of addresses.
func takeFirst(f mapping.Field, c *column, plain mapping.FieldSpec) []Answer {
	if f.Kind() != mapping.EmailAddress {
		return nil
	}
	plain.Take = "first"
	one, _ := newReading(f, mapping.FieldSpec{})
	first, _ := newReading(f, mapping.FieldSpec{Take: plain.Take})
	read, more := 0, 0
	for _, text := range c.content.order {
		if first(text) {
			if read++; !one(text) {
				more++
			}
		}
	}
	if more == 0 {
		return nil
	}
	return []Answer{{fmt.Sprintf("reads the first address of a cell: %d of %d different cells", read, len(c.content.order)), plain}}
}

func (c *Choice) note(format string, args ...any) {
	c.Notes = append(c.Notes, fmt.Sprintf(format, args...))
}

// question sets a question with one answer.
func (c *Choice) question(score Score, text string, answers ...Answer) {
	c.Score, c.Question = score, &Question{Field: c.Field, Score: score, Text: text, Answers: answers}
}

// askName offers to take a full name apart, and says how many of the sampled names that can be done with.
func (a *assignment) askName(choice *Choice) {
	for _, c := range a.columns {
		by, taken := a.taken[c.at]
		if !c.mayBeFullName() || taken && by != mapping.DisplayName {
			continue
		}
		part := "first"
		if choice.Field == mapping.LastName {
			part = "last"
		}
		answer := mapping.FieldSpec{Name: choice.Field.String(), Columns: []string{c.name}, Part: part}
		if c.content.filled > 0 && c.content.spaced == 0 {
			text := fmt.Sprintf("column %s holds single words: is it the %s?", shown(c.name), choice.Field.Doc())
			choice.question(0.5, text, Answer{"each cell as it is", mapping.FieldSpec{Name: choice.Field.String(), Columns: []string{c.name}}})
			return
		}
		reads, _ := newReading(choice.Field, mapping.FieldSpec{Part: part})
		points, how := Score(0.5), fmt.Sprintf("%d of %d different names can be told apart; the others are refused", countOf(c.content.order, reads), len(c.content.order))
		if commas(&c.content) > 0.8 {
			points, how = 0.75, `written "Last, First"; `+how
		}
		choice.question(points, fmt.Sprintf("column %q holds full names: is this %s in it?", mapping.Escape(c.name, 60), choice.Field.Doc()), Answer{how, answer})
		return
	}
}

// mayBeFullName reports a column that is called a full name, or a name that is shown and is mostly of several words; no column of addresses.
func (c *column) mayBeFullName() bool {
	called := c.is == fullName && c.score >= Certain
	shown := c.best(mapping.DisplayName) >= Certain && c.content.spaced >= 0.5
	return (called || shown) && !c.duplicate && c.content.emails < 0.5
}

// askGender offers to derive the gender from the form of address, where some of them say it.
func (a *assignment) askGender(choice *Choice) {
	for _, c := range a.columns {
		if c.best(mapping.Salutation) < Certain || c.duplicate || len(c.content.order) == 0 {
			continue
		}
		spec := mapping.FieldSpec{Name: choice.Field.String(), Columns: []string{c.name}, From: "salutation"}
		reads, _ := newReading(choice.Field, mapping.FieldSpec{From: spec.From})
		known := countOf(c.content.order, reads)
		if known == 0 {
			continue
		}
		how := fmt.Sprintf("%d of %d different ones say it; the others are refused until listed under values", known, len(c.content.order))
		choice.question(0.6, fmt.Sprintf("column %q holds forms of address: is the gender to be derived from them?", mapping.Escape(c.name, 60)), Answer{how, spec})
		return
	}
}

// askOptOut offers an opt-out column as its own opposite.
func (a *assignment) askOptOut(choice *Choice) {
	c := a.known(optOut)
	if c == nil {
		return
	}
	spec := mapping.FieldSpec{Name: choice.Field.String(), Columns: []string{c.name}, Values: canonical(choice.Field, wordsAs(choice.Field, &c.content).values)}
	opposite := map[string]string{"true": "false", "false": "true"}
	for text, word := range spec.Values {
		spec.Values[text] = opposite[word]
	}
	if len(spec.Values) == 0 {
		spec.Values = opposite
	}
	if c.content.rows > c.content.filled {
		spec.Values[""] = "true"
	}
	text := fmt.Sprintf("column %q says who does not want mail: is everybody else to get the newsletter?", mapping.Escape(c.name, 60))
	choice.question(0.6, text, Answer{"the opposite of it", spec})
}

// askParts offers to put a birth date together from columns for its parts.
func (a *assignment) askParts(choice *Choice) {
	year, month, day := a.known(birthYear), a.known(birthMonth), a.known(birthDay)
	if year == nil || month == nil || day == nil {
		return
	}
	y, m, d := cellOf(year.name), cellOf(month.name), cellOf(day.name)
	expr := fmt.Sprintf(`trim(%s) == "" ? "" : join("-", %s, padLeft(trim(%s), 2, "0"), padLeft(trim(%s), 2, "0"))`, y, y, m, d)
	choice.question(0.75, "are there columns for day, month and year of birth, all in numbers?",
		Answer{"put together", mapping.FieldSpec{Name: choice.Field.String(), Expr: expr}})
}

// known is the column that clearly has a meaning that is no field; nil when there is none, or several.
func (a *assignment) known(is string) *column {
	var found *column
	for _, c := range a.columns {
		if c.is != is || c.score < Certain || c.duplicate {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}
