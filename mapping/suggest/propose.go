package suggest

import "importer/mapping"

// Score says how sure a proposal is: from 0 to 1.
type Score float64

// The thresholds.
const (
	Certain  Score = 0.80 // from here on a column is mapped
	Possible Score = 0.35 // from here on it is written as a comment
)

// Reason is one piece of evidence and what it adds to a score, or takes away.
type Reason struct {
	Points Score
	Text   string // lower case, no full stop; never a personal value
}

// Want is a standard field that the vendor can use.
type Want struct {
	Field    mapping.Field
	Required bool
}

// Setting is one setting of the vendor, to be listed in the file.
type Setting struct {
	Name     string
	Doc      string
	Env      string // environment variable that gives it; "" when only the job file does
	Secret   bool   // never written, only named with its variable
	Required bool
	Default  string
	Values   []string // the allowed ones; empty: any
	Value    string   // when given, the setting is written with it instead of as a comment
}

// Options are what a proposal needs to know besides the sample.
type Options struct {
	Vendor   string       // written as `vendor:`; left out when empty
	Input    string       // name of the file, for the first comment
	Fields   []Want       // what the vendor can use; nil means every standard field, none required
	Metadata bool         // the vendor takes metadata.<key>
	Settings []Setting    // in the order in which they are to be listed
	Ignored  []string     // patterns of columns that were left out of the header already, to be ignored
	Today    mapping.Date // birth dates after it are no birth dates; the zero Date checks nothing
}

// Candidate is a column that may be a field, and why.
type Candidate struct {
	Column  int    // position in the header, 0-based
	Name    string // as in the header, trimmed
	Score   Score
	Reasons []Reason // name evidence, then content evidence, then contradictions
}

// Choice is what is proposed for one field. At most one of Spec and Question is set; with neither, no column looks like the field.
type Choice struct {
	Want
	Spec       *mapping.FieldSpec // as it will be written in the file; nil = not mapped
	Score      Score              // of the mapped column, or of the best that was not mapped
	Reasons    []Reason           // why
	Seen       string             // what the cells look like, in a few words; "" without a sample
	Candidates []Candidate        // the others that were considered, best first; all of them when nothing is mapped
	Question   *Question          // what a person has to decide
	Refused    int                // sampled rows that Spec would refuse for this field
	Notes      []string           // further remarks, each a line
}

// Question is one thing only a person knows. Its first answer is the likeliest.
type Question struct {
	Field   mapping.Field
	Text    string // a sentence that ends with a question mark
	Score   Score  // of the likeliest answer
	Answers []Answer
}

// Answer is one way of mapping the field.
type Answer struct {
	Text string // what it means, for the prompt
	Spec mapping.FieldSpec
}

// Leftover is a column that no field takes.
type Leftover struct {
	Column int    // of a pattern, the first that it stands for; -1 where that is not in the header
	Name   string // as in the header, trimmed; or a pattern with *
	Why    string // what it seems to be; "" when it is not known
}

// Proposal is a mapping proposed for a header. It is for one goroutine at a time.
type Proposal struct {
	Choices []Choice   // one per wanted field, in catalogue order
	Ignore  []Leftover // in header order; names that are in the header twice are listed once
	opts    Options
	header  []string
	rows    int
}
