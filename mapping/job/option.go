package job

import (
	"encoding/csv"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/problem"
)

// Option is one key of job files that the caller of [Load] knows. This package reads it and keeps its place; what it means is the caller's business.
// There are two kinds of keys besides: those of [ownKeys], which are about the mapping, and those of a field.
type Option struct {
	Key   string             // "where", or with the block it is in: "limits.rate"
	List  bool               // it takes a list of texts; otherwise one text
	Check func(string) error // what is wrong with a text, or with one of the list, behind the key: `"many" is no number`; nil takes any
	Doc   string             // for documentation, and as the hint where Check refuses a text without one of its own
}

// The options that this package looks at, where the caller knows them: they decide what is sent, see [File.Canonical].
const (
	keyVendor      = "vendor"
	keyBaseURL     = "base_url"
	keyWhere       = "where"        // a condition over row["Column"], compiled with the fields
	keyIdentity    = "identity"     // standard fields; two rows are one person when all of them are the same
	keyOnDuplicate = "on_duplicate" // which row of a person counts
	keyOnShared    = "on_shared"    // which row counts of different people with the same phone number or username
	keyOnInvalid   = "on_invalid"   // what happens to a row with an invalid value in a field that the vendor does not need
	keySort        = "sort"
	keyAgain       = "again"         // which rows are sent again though the vendor has answered the same row before
	keyColumns     = "input.columns" // the names of a list without a header: all different
)

// Key documents one key of job files.
type Key struct{ Name, Doc string }

// ownKeys are the top-level keys that are no options. It is never changed.
var ownKeys = []Key{
	{"extends", "another job file as the base, relative to this one"},
	{"settings", "the vendor's settings by its own names; no secrets"},
	{"fields", "where each standard field comes from"},
	{"wire", "fields of the vendor that the importer does not know, by the vendor's own names"},
	{"ignore", "columns that are neither mapped nor an error; * stands for any text, and a name covers all below it"},
	{"empty", "texts that stand for an empty cell in every field, such as n/a"},
	{"repair", "true repairs damaged texts where the repair is certain: UTF-8 decoded twice, HTML entities, escapes (default: false)"},
}

// fieldKeys are the keys of one member of `fields` or `wire`, and what those that take one text do with it. It is never changed.
var fieldKeys = []struct {
	Key
	set func(*mapping.FieldSpec, string)
}{
	{Key{"column", "the column it comes from"}, nil},
	{Key{"columns", "columns of which the first that is not empty counts"}, nil},
	{Key{"value", "a constant"}, func(s *mapping.FieldSpec, text string) { s.Value = &text }},
	{Key{"expr", `an expression over row["Column"]`}, func(s *mapping.FieldSpec, text string) { s.Expr = text }},
	{Key{"values", "what each text of a cell stands for; others are faults"}, nil},
	{Key{"default", "taken when the cell is empty"}, func(s *mapping.FieldSpec, text string) { s.Default = &text }},
	{Key{"empty", "texts that stand for an empty cell, besides those of the job; [] turns those off here"}, nil},
	{Key{"format", "how dates are written, such as DD/MM/YYYY, D MMM YYYY, excel, epoch_s or epoch_ms; or a list of such, of which a cell fits one"}, nil},
	{Key{"century", "the year from which two-digit years count, such as 1930, for formats with YY"}, func(s *mapping.FieldSpec, text string) { s.Century = text }},
	{Key{"time_zone", "where the dates were written that the list has as times in UTC, such as Europe/Berlin; UTC takes the days as they are written"},
		func(s *mapping.FieldSpec, text string) { s.TimeZone = text }},
	{Key{"country", "whose national telephone numbers these are"}, func(s *mapping.FieldSpec, text string) { s.Country = text }},
	{Key{"without_plus", "international or national: what digits are that begin with neither + nor 0, where both are possible (default: what the whole column says)"},
		func(s *mapping.FieldSpec, text string) { s.Plus = text }},
	{Key{"part", "first or last, where the cell holds a full name"}, func(s *mapping.FieldSpec, text string) { s.Part = text }},
	{Key{"from", "salutation, where the cell holds a form of address that says the gender"}, func(s *mapping.FieldSpec, text string) { s.From = text }},
	{Key{"generate", "password: make one of so many characters for each person whose row has none"}, func(s *mapping.FieldSpec, text string) { s.Generate = text }},
	{Key{"on_invalid", "reject the row when the value is invalid, or drop the field and send the row (default: what the job says)"},
		func(s *mapping.FieldSpec, text string) { s.OnInvalid = text }},
	{Key{"repair", "texts: true repairs damage where that is certain, false does not (default: what the job says)"},
		func(s *mapping.FieldSpec, text string) { s.Repair = text }},
	{Key{"take", "e-mail addresses: first, where a cell may hold several, or a name beside the address"}, func(s *mapping.FieldSpec, text string) { s.Take = text }},
	{Key{"type", "text, number or bool (metadata and wire only)"}, func(s *mapping.FieldSpec, text string) { s.Type = text }},
}

// Keys lists every key of job files, members of a field as "fields.<name>.column".
func Keys(options []Option) []Key {
	all := slices.Clone(ownKeys)
	for _, o := range options {
		all = append(all, Key{o.Key, o.Doc})
	}
	for _, k := range fieldKeys {
		all = append(all, Key{"fields.<name>." + k.Name, k.Doc})
	}
	return all
}

// parts returns the block that a key is in, "" for the top level, and its name there.
func parts(key string) (block, name string) {
	if block, name, ok := strings.Cut(key, "."); ok {
		return block, name
	}
	return "", key
}

// Option returns what the job file says under the key of an [Option]. It is false when the file does not say, or when there is no such option.
// A list comes as one record of CSV, which [SplitColumns] reads, at the place of its first text.
func (f *File) Option(key string) (Scalar, bool) {
	texts := f.texts(key)
	if len(texts) == 0 {
		return Scalar{}, false
	}
	if len(texts) == 1 && !f.lists[key] {
		return texts[0], true
	}
	return Scalar{JoinColumns(textsOf(texts)), texts[0].Pos}, true
}

// texts returns the texts of an option, none when the file does not say.
func (f *File) texts(key string) []Scalar {
	if f == nil {
		return nil
	}
	return f.options[key]
}

// text is Option without the place, for an option of one text.
func (f *File) text(key string) string {
	s, _ := f.Option(key)
	return s.Text
}

// JoinColumns writes names as one record of CSV, which [SplitColumns] reads.
func JoinColumns(names []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(names) // a strings.Builder does not fail
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// SplitColumns reads names that are written as one record of CSV. Space around a name goes.
func SplitColumns(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	names, err := r.Read()
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names, err
}

// IdentityField finds a standard field by which rows can be known to be of one person. The error has a hint.
func IdentityField(name string) (mapping.Field, error) {
	f, ok := mapping.ParseField(name)
	switch {
	case !ok:
		hint := "name standard fields, such as email, phone or username"
		if near, found := mapping.Nearest(name, mapping.FieldNames()); found {
			hint = "did you mean " + near + "?"
		}
		return f, problem.New(problem.Input, "unknown field "+quoted(name), hint)
	case f.Privacy() == mapping.Hidden:
		return f, problem.New(problem.Input, "it cannot be the field "+quoted(name), "take what tells people apart, such as email, phone or username")
	}
	return f, nil
}
