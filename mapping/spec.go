package mapping

// Spec is what a job file says about making customers of rows: `fields`, `wire` and `ignore`.
type Spec struct {
	Fields []FieldSpec // in job-file order; empty means: every header cell that is a standard field's name maps to it
	Wire   []FieldSpec // Name is the vendor's own name
	Ignore []string    // columns that are neither mapped nor an error
}

// FieldSpec says where one field's value comes from. Exactly one of Columns, Expr or Value is the source.
type FieldSpec struct {
	Name    string            // a standard field's name, "metadata.<key>", or (under wire) the vendor's name
	Columns []string          // the first non-empty one counts; `column: X` is one of them
	Expr    string            // expression over row["Column"]; see docs
	Value   *string           // a constant
	Values  map[string]string // cell text -> value text; a cell that is not listed is a fault
	Default *string           // taken when the source gives the empty text
	Format  string            // dates: DD/MM/YYYY and the like
	Country string            // phones: ISO code in whose writing national numbers are read
	Type    string            // wire and metadata only: text (default), number, bool
	Where   Pos               // for messages
}

// Pos is a place in a job file; the zero Pos is nowhere.
type Pos struct {
	File         string
	Line, Column int // 1-based
}
