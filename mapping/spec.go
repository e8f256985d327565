package mapping

import "importer/mapping/problem"

// Spec is what a job file says about making customers of rows: `fields`, `wire` and `ignore`.
type Spec struct {
	Fields []FieldSpec // in job-file order; empty means: every header cell that is a standard field's name maps to it
	Wire   []FieldSpec // Name is the vendor's own name
	Ignore []string    // columns that are neither mapped nor an error
	Empty  []string    // cell texts that stand for an empty cell in every field, such as "n/a"; trimmed, upper and lower case count

	Repair bool // damaged texts are repaired where the repair is certain, in every field that does not say otherwise

	Where   string // which rows to take: a condition over row["Column"]; "" takes all. Its columns count as mapped
	WhereAt Pos    // where it is written in the job file
}

// FieldSpec says where one field's value comes from. Exactly one of Columns, Expr or Value is the source.
type FieldSpec struct {
	Name     string            // a standard field's name, "metadata.<key>", or (under wire) the vendor's name
	Columns  []string          // the first non-empty one counts; `column: X` is one of them
	Expr     string            // expression over row["Column"]; see Functions
	Value    *string           // a constant
	Values   map[string]string // cell text -> value text; a cell that is not listed is a fault; "" stands for an empty cell
	Default  *string           // taken when the source gives the empty text
	Empty    []string          // cell texts that stand for an empty cell, besides Spec.Empty; not nil but of no length: not even those
	Formats  []string          // dates: DD/MM/YYYY and the like, excel, excel1904, epoch_s, epoch_ms; a cell is read in the one that fits
	Century  string            // dates: the year from which years of two digits count, such as 1930
	TimeZone string            // dates: where midnight is meant by times in UTC, such as Europe/Berlin; "" refuses them where the day depends on it
	Country  string            // phones: ISO code in whose writing national numbers are read
	Plus     string            // phones: what digits without + are, "international" or "national", where they may be both; "": what the column says
	Part     string            // names: "first" or "last", where the cell holds a full name
	Repair   string            // texts: "true" repairs damage where that is certain, "false" does not; "": as the job says
	Take     string            // e-mail addresses: "first", where a cell may hold several, or a name beside one
	From     string            // gender: "salutation", where the cell holds a form of address
	Type     string            // wire and metadata only: text (default), number, bool

	Generate  string // password: how many characters the one has that is made for a person without; the source may be left out then
	OnInvalid string // "reject" or "drop": what happens to a row whose value is invalid; "": what the job says

	Where Pos          // the field's key, for messages
	At    map[Part]Pos // where its parts are, as far as that is known
}

// Part is a part of a FieldSpec: a key of the job file and, for columns, values, empty and format, the text that is one of several.
type Part struct{ Key, Item string }

// Pos is a place in a job file; the zero Pos is nowhere.
type Pos struct {
	File         string
	Line, Column int // 1-based; Column counts runes
}

// Problem makes an error of kind [problem.Input] at the place. Message and hint are lower case without full stop; the hint may be empty.
func (p Pos) Problem(message, hint string) *problem.Error {
	return &problem.Error{Kind: problem.Input, File: p.File, Line: int64(p.Line), Column: p.Column, Message: message, Fix: hint}
}

// String returns "file:line:column", leaving out what is not known.
func (p Pos) String() string { return p.Problem("", "").Position() }

// at is where a part is written in the job file, or else the field.
func (s *FieldSpec) at(key, item string) Pos {
	if pos, ok := s.At[Part{key, item}]; ok {
		return pos
	}
	return s.Where
}
