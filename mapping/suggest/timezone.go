package suggest

import (
	"fmt"
	"slices"

	"importer/mapping"
)

// timeZones are tried where days were shifted to UTC; one of those that have had the same clocks for long stands for all of them. It is never changed.
var timeZones = []string{"Europe/Berlin", "Europe/London", "Europe/Athens", "Europe/Moscow", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"}

// askZone asks in which time zone the days were midnight, where some cells are times in UTC that may belong to the next day. It reports whether there are such
// cells.
func askZone(choice *Choice, c *content, spec *mapping.FieldSpec) bool {
	plain, _ := newReading(choice.Field, mapping.FieldSpec{Formats: spec.Formats})
	anyZone, ok := newReading(choice.Field, mapping.FieldSpec{Formats: spec.Formats, TimeZone: "UTC"})
	shifted := slices.DeleteFunc(slices.Clone(c.order), func(text string) bool { return plain(text) || !anyZone(text) })
	if !ok || len(shifted) == 0 {
		return false
	}
	q := &Question{Field: choice.Field, Score: choice.Score,
		Text: fmt.Sprintf("%d of %d different dates are times in UTC that belong to the next day in other time zones: in which one was it midnight?", len(shifted), len(c.order))}
	add := func(zone, text string) {
		answer := *spec
		answer.TimeZone = zone
		q.Answers = append(q.Answers, Answer{text, answer})
	}
	for _, zone := range timeZones {
		if n := midnights(choice.Field, spec.Formats, zone, shifted); 10*n >= 9*len(shifted) {
			add(zone, fmt.Sprintf("%d of them are midnight there", n))
		}
	}
	if len(q.Answers) == 0 {
		add(timeZones[0], "for example: name the one in which the list was written")
	}
	add("UTC", "the day as it is written")
	choice.Question = q
	return true
}

// midnights is how many of the texts are midnights in the time zone.
func midnights(f mapping.Field, formats []string, zone string, texts []string) (n int) {
	spec := mapping.FieldSpec{Name: f.String(), Columns: []string{"cell"}, Formats: formats, TimeZone: zone}
	m, err := mapping.Compile(mapping.Spec{Fields: []mapping.FieldSpec{spec}}, []string{"cell"}, mapping.Options{})
	if err != nil {
		return 0
	}
	for _, text := range texts {
		if _, faults := m.Map([]string{text}); len(faults) == 0 {
			n++
		}
	}
	for _, note := range m.Notes() {
		if note.Code == mapping.NoteTimeDropped {
			n -= int(note.Cells)
		}
	}
	return n
}
