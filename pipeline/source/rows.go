package source

import (
	"bytes"
	_ "embed" // codes.txt
	"fmt"
	"slices"
	"strings"

	"importer/mapping/problem"
)

// Row is one record of the input as read. Its slices are its own: a Row may be kept.
type Row struct {
	Number int64    // 1 for the first data row; counts across several inputs of one run
	Input  int      // which input of the run, 0-based
	Line   int64    // physical line on which the record starts in its input, 1-based
	Offset int64    // byte offset of the record's first byte in its input, after decompression (and, where File.InPlace is false, conversion to UTF-8)
	End    int64    // byte offset just after the record, in the same measure
	Cells  []string // one per header cell, in header order, valid UTF-8; nil when Broken is set
	Flaws  []Flaw   // cells that cannot be read for certain, in the order of their columns; nil for most rows
	Broken *Broken  // set when the record could not be read as a row
}

// Broken says why a record could not be read. It is one `invalid` row of the run; reading continues after it.
type Broken struct {
	Code    string   // stable reason, one of the Code constants
	Message string   // what was wrong, with the column where known; no cell contents
	Hint    string   // what to do
	Cells   []string // what could be read of it, valid UTF-8, in header order where as many as the header; else as found, or nil. See Fit
	Raw     string   // its physical text without the line end, valid UTF-8, at most 4 KiB
}

// The stable reasons of a broken row, as Broken.Code has them.
const (
	CodeRagged       = "ragged_row"         // not as many cells as the header
	CodeQuote        = "bad_quote"          // a quote inside an unquoted cell, after a closing quote, or never closed
	CodeTooLong      = "row_too_long"       // more bytes or lines than Limits.Record or Limits.Lines
	CodeCellTooLong  = "cell_too_long"      // a cell over Limits.Cell
	CodeTooMany      = "too_many_columns"   // more cells than Limits.Columns
	CodeEncoding     = "bad_encoding"       // bytes that are no text in the input's encoding
	CodeControl      = "control_character"  // a NUL, or a carriage return outside quotes
	CodeJSON         = "bad_json"           // not one JSON object
	CodeDuplicateKey = "duplicate_json_key" // a member, or its flattened name, twice in one object
	CodeTooDeep      = "json_too_deep"      // nested deeper than Limits.Depth
	CodeCellError    = "cell_error"         // a cell of a sheet that holds an error, or nothing that can be read for certain
	CodeUnknown      = "unknown_column"     // a member that the survey did not see
	CodeHeaderAgain  = "repeated_header"    // the names of the columns once more
	CodeHeaderOther  = "other_header"       // the names of other columns, or a row below such
	CodeTotal        = "total_row"          // a total of the rows above
)

// Hints that several messages share.
const (
	hintNUL        = "remove the character, which no text has"
	hintEncoding   = "set the list's encoding, or type these characters again"
	hintStrayUTF8  = "save the list as UTF-8, with this row in it as the others are"
	hintStrayQuote = "close or remove the quote on this line"
	hintObject     = "a row is one JSON object"
)

//go:embed codes.txt
var codesFile string

// Codes returns every code that a [Broken] row can have, with its hint. A row may carry a more exact one.
func Codes() []problem.Code { return problem.ReadCodes(codesFile) }

func broken(code, hint, format string, args ...any) *Broken {
	return &Broken{Code: code, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

func lineTooLong(l Limits, hint string) *Broken {
	return broken(CodeTooLong, hint, "the line has more than %d bytes", l.Record)
}

func tooManyColumns(most int) *Broken {
	return broken(CodeTooMany, "put cells that contain the delimiter in quotes", "the row has more than %d cells", most)
}

// Error makes a *Broken travel through readers that know only errors.
func (b *Broken) Error() string { return b.Code + ": " + b.Message }

// Fit returns the broken row as exactly width cells, for failed.csv: its cells where it has that many, else its physical text in
// the first cell and nothing in the others, so that a ragged row fed back as it is never passes for a whole one.
func (b *Broken) Fit(width int) []string {
	if len(b.Cells) == width {
		return slices.Clone(b.Cells)
	}
	out := make([]string, width)
	if width > 0 {
		out[0] = b.Raw
	}
	return out
}

// rawText makes Broken.Raw of a record's bytes: without the line end, at most maxRaw bytes. They are of the code page, but for a
// stray row of UTF-8; where that is nil, those that are not UTF-8 are windows-1252.
func rawText(b []byte, page *codePage) string {
	b = trimLineEnd(b)
	if len(b) > maxRaw {
		b = b[:maxRaw]
	}
	s := string(b)
	if page != nil && !looksUTF8(s) {
		s, _ = page.decode(s)
	}
	s = readableUTF8(s)
	if len(s) > maxRaw {
		s = strings.ToValidUTF8(s[:maxRaw], "")
	}
	return s
}

// trimLineEnd cuts LF, CRLF, or at the end of the text a lone CR.
func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte{'\n'}), []byte{'\r'})
}
