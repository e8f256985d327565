package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"importer/pipeline/journal"
)

// LeftOutCount is how many rows were sent without one field for one reason: what was left out was invalid, or somebody else's.
type LeftOutCount struct {
	Field   string   `json:"field"`
	Code    string   `json:"code"`
	Count   int64    `json:"count"`
	Hint    string   `json:"hint"`
	Samples []Sample `json:"samples"` // the first three
}

// LeftOut counts rows that are sent without fields. Its size is that of the job, not of the list. The zero LeftOut is ready to use.
type LeftOut struct {
	rows   int64
	fields map[string]int64
	kinds  map[journal.LeftOut]*LeftOutCount
}

// Add counts a row without fields; one that lacks none is not counted.
func (l *LeftOut) Add(at Sample, fields []journal.LeftOut) {
	if len(fields) == 0 {
		return
	}
	if l.kinds == nil {
		l.fields, l.kinds = map[string]int64{}, map[journal.LeftOut]*LeftOutCount{}
	}
	l.rows++
	for _, f := range fields {
		l.fields[f.Field]++
		kind := l.kinds[f]
		if kind == nil {
			kind = &LeftOutCount{Field: f.Field, Code: f.Code}
			l.kinds[f] = kind
		}
		kind.Count++
		if len(kind.Samples) < samplesPerCode {
			kind.Samples = append(kind.Samples, at)
		}
	}
}

// counts returns the fields with their reasons, the most frequent first.
func (l *LeftOut) counts(hint func(code string) string) []LeftOutCount {
	var list []LeftOutCount
	for _, kind := range l.kinds {
		if hint != nil {
			kind.Hint = hint(kind.Code)
		}
		list = append(list, *kind)
	}
	slices.SortFunc(list, func(a, b LeftOutCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Code, b.Code))
	})
	return list
}

// Share returns how many rows there are, and how many of them lack each field.
func (l *LeftOut) Share() OptionalRows {
	share := OptionalRows{Rows: l.rows, Fields: []FieldRows{}}
	for field, rows := range l.fields {
		share.Fields = append(share.Fields, FieldRows{field, rows})
	}
	slices.SortFunc(share.Fields, func(a, b FieldRows) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Field, b.Field)) })
	return share
}

// OptionalFaults is what the choice of `on_invalid` comes to in a check: two sets of rows whose only faults are in fields that the vendor does not need.
type OptionalFaults struct {
	Rejected OptionalRows `json:"rejected"` // invalid; dropping the fields would send them
	More     int64        `json:"more"`     // how many rows more would be sent then: rows may become duplicates of these, and rows whom these sponsor are sent
	Dropped  OptionalRows `json:"dropped"`  // ready without the fields; rejecting would make them invalid
}

// OptionalRows are rows, and how many of them lack each field; a row can lack several.
type OptionalRows struct {
	Rows   int64       `json:"rows"`
	Fields []FieldRows `json:"fields"`
}

// FieldRows is how many rows lack a field.
type FieldRows struct {
	Field string `json:"field"`
	Rows  int64  `json:"rows"`
}

// Choice says what each choice of `on_invalid` wins, in sentences; none where it makes no difference.
func (s Summary) Choice() (sentences []string) {
	if s.Optional == nil {
		return nil
	}
	if r := s.Optional.Rejected; r.Rows > 0 {
		are, they := number(r.Rows)
		sentences = append(sentences, fmt.Sprintf("%s invalid only because of optional fields: %s; with on_invalid: drop %s sent without them%s.", are, r, they, s.Optional.inAll()))
	}
	if r := s.Optional.Dropped; r.Rows > 0 {
		are, they := number(r.Rows)
		they, _, _ = strings.Cut(they, " ")
		sentences = append(sentences, fmt.Sprintf("%s ready to be sent without optional fields: %s; with on_invalid: reject %s would be invalid.", are, r, they))
	}
	return sentences
}

// inAll says how many rows more would be sent where that is another number than that of the rows themselves.
func (o *OptionalFaults) inAll() string {
	switch {
	case o.More == o.Rejected.Rows:
		return ""
	case o.More < 0:
		return fmt.Sprintf("; in all %s less, because of what they have in common with other rows", Plural(-o.More, "row"))
	}
	return fmt.Sprintf("; in all %s more, because of what they have in common with other rows", Plural(o.More, "row"))
}

// number is how sentences about n rows begin and go on: "412 rows are", "they are".
func number(n int64) (are, they string) {
	if n == 1 {
		return "1 row is", "it is"
	}
	return Plural(n, "row") + " are", "they are"
}

// String lists the fields: "phone 398, birth_date 20".
func (r OptionalRows) String() string {
	parts := make([]string, len(r.Fields))
	for i, f := range r.Fields {
		parts[i] = Shown(f.Field) + " " + Grouped(f.Rows)
	}
	return strings.Join(parts, ", ")
}
