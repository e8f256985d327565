package profile

// Field is what was read of one field. Filled, Empty and Invalid add up to the rows that were mapped.
type Field struct {
	Name    string   `json:"field"`   // as in the job file
	Columns []string `json:"columns"` // of the list

	Filled  int64 `json:"filled"`  // rows with a value
	Empty   int64 `json:"empty"`   // rows whose cell is blank or stands for nothing
	Invalid int64 `json:"invalid"` // rows whose cell has a fault

	Distinct int64  `json:"distinct"`                // different values
	Over     bool   `json:"distinct_more,omitempty"` // there are more than Distinct
	Shortest *Found `json:"shortest,omitempty"`      // value, in characters; nil without any
	Longest  *Found `json:"longest,omitempty"`

	Earliest  string  `json:"earliest,omitempty"` // of dates
	Latest    string  `json:"latest,omitempty"`
	Decades   []Count `json:"decades,omitempty"`   // of dates, the most frequent first, as all that follow
	Countries []Count `json:"countries,omitempty"` // of telephone numbers
	Domains   []Count `json:"domains,omitempty"`   // of e-mail addresses
	Top       []Count `json:"top,omitempty"`       // values; of a person's own texts only those that are many people's

	Changes    []Count  `json:"changes,omitempty"`    // what was made of cells, by the words of Way
	Usual      *Found   `json:"usual,omitempty"`      // the shape of nearly all cells; nil without one
	Odd        []Found  `json:"odd,omitempty"`        // shapes of the others
	OddMore    int64    `json:"odd_more,omitempty"`   // cells of further shapes
	Suspicious []Found  `json:"suspicious,omitempty"` // values that are sent and look wrong, by the words of Suspicion
	Notes      []Note   `json:"notes,omitempty"`      // what mapping did to cells, or saw in them, that is no fault
	Samples    []Sample `json:"samples,omitempty"`    // at most ten; one of each change first, then a second of each
}

// OddCells returns how many cells are written unlike nearly all others.
func (f Field) OddCells() int64 {
	n := f.OddMore
	for _, one := range f.Odd {
		n += one.Cells
	}
	return n
}

// SuspiciousCells returns how often a value looks wrong; one that does for two reasons counts twice.
func (f Field) SuspiciousCells() (n int64) {
	for _, one := range f.Suspicious {
		n += one.Cells
	}
	return n
}

// Place is where a row is.
type Place struct {
	Row  int64  `json:"row"`
	File string `json:"file,omitempty"`
	Line int64  `json:"line"`
}

// Count is how many cells have something in common.
type Count struct {
	Text  string `json:"text"`
	Cells int64  `json:"cells"`
	Least bool   `json:"at_least,omitempty"` // there may be more: the value was not followed from the first row on
}

// Found is how many cells have something in common, and where the first of them is.
type Found struct {
	Text       string `json:"text,omitempty"`
	Characters int    `json:"characters,omitempty"`
	Cells      int64  `json:"cells,omitempty"`
	First      Place  `json:"first,omitzero"` // zero of a hidden field
}

// Note is a note of mapping; see mapping.Note.
type Note struct {
	Code  string   `json:"code"`
	Cells int64    `json:"cells"`
	Seen  []string `json:"seen,omitempty"`
}

// Sample is a cell as it stands, and what was made of it.
type Sample struct {
	Place
	Way    Way    `json:"change"`
	Before string `json:"before"` // of an expression, its cells with + between them
	After  string `json:"after"`  // of a refused cell: the fault's code; of an emptied one: ""
}

// Way is what was made of a cell.
type Way string

// The ways, the most telling first: samples are chosen in this order.
const (
	Refused       Way = "refused"
	Emptied       Way = "emptied" // it has text, and nothing is sent
	Defaulted     Way = "default taken"
	Split         Way = "split"
	Computed      Way = "computed"
	Translated    Way = "translated"
	Reformatted   Way = "reformatted"        // a date
	International Way = "made international" // a national telephone number
	Rewritten     Way = "rewritten"          // otherwise
	Recased       Way = "case changed"
	Cleaned       Way = "cleaned" // blanks at the ends, characters that show nothing
	Unchanged     Way = "unchanged"
)

var ways = [...]Way{Refused, Emptied, Defaulted, Split, Computed, Translated, Reformatted, International, Rewritten, Recased, Cleaned, Unchanged}
