package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"importer/mapping/problem"
)

// Options says how inputs are read where that is not left to what they show of themselves. The zero Options recognises everything.
type Options struct {
	Format    string                   // "" (recognised), or one of Formats; for every input
	Delimiter string                   // "" (recognised), or the characters between cells, as ReadDelimiter returns them; CSV only
	Encoding  string                   // "" (recognised), or one of Encodings or their other names
	Quote     string                   // "" or QuoteDouble, or QuoteBackslash; this and all down to Columns are for CSV and TSV only
	Quotes    string                   // "" or QuotesStrict, or QuotesLoose, QuotesNone or QuotesLine
	Comment   rune                     // 0, or the one ASCII character with which comments begin
	Ragged    string                   // "" or RaggedInvalid, or RaggedPad or RaggedMerge
	LineEnds  string                   // "" (recognised), LineEndsLF or LineEndsAny
	HeaderRow int                      // the physical line, or row of a sheet, with the names of the columns; lines before it are left out. 0 is the first that is not blank
	Columns   []string                 // the names of the columns of a list that has no header, or, with HeaderRow, instead of those in it; nil where it has one. For CSV, TSV and sheets
	Sheet     string                   // a worksheet's name, or its number among the visible ones, 1-based; "" is the first visible one. Several with commas between them, as in CSV, or AllSheets
	Hidden    string                   // "" or HiddenRead, or HiddenSkip: whether rows and columns of a sheet that are not shown are read
	Path      string                   // the members that lead to the list in a JSON input, such as data.items; PathWhole says that each object is a row; "" finds out
	Ignore    []string                 // columns that the job ignores, as in a job file: where a JSON input has too many columns, they are left out
	Kept      func(column string) bool // which of the ignored columns are needed all the same; nil: none
	Limits    Limits
}

// setting is one of the Options that do not hold for every format. Its key is that under `input` in a job file.
type setting struct {
	key   string
	set   bool
	value string
	known []string // what the value may be; nil where that is not a choice
}

func (o Options) settings() []setting {
	choice := func(key, value string, known ...string) setting { return setting{key, value != "", value, known} }
	return []setting{
		choice("quote", o.Quote, QuoteDouble, QuoteBackslash),
		choice("quotes", o.Quotes, QuotesStrict, QuotesLoose, QuotesNone, QuotesLine),
		{key: "comment", set: o.Comment != 0},
		choice("ragged", o.Ragged, RaggedInvalid, RaggedPad, RaggedMerge),
		choice("line_ends", o.LineEnds, LineEndsLF, LineEndsAny),
		{key: "header_row", set: o.HeaderRow > 0},
		{key: "columns", set: len(o.Columns) > 0},
		{key: "sheet", set: o.Sheet != ""},
		{key: "path", set: o.Path != ""},
		choice("hidden", o.Hidden, HiddenRead, HiddenSkip),
	}
}

// skipped is how many lines, or rows of a sheet, come before the header; where Columns stand for it, before the first row: that of the header
// itself is left out too.
func (o Options) skipped() int64 {
	if len(o.Columns) > 0 {
		return int64(o.HeaderRow)
	}
	return int64(max(o.HeaderRow, 1)) - 1
}

const maxHeaderRow = 10_000

// check returns what is wrong with the options themselves; l has its defaults.
func (o Options) check(l Limits) error {
	switch {
	case min(l.Cell, l.Record, l.Columns, l.Lines, l.Depth) < 0 || min(l.Expansion, l.Expanded) < 0 || l.Record > maxRecord:
		return unusable("limits are positive, and a record is at most 1 GiB", "a limit is out of range: %+v", l)
	case o.Format != "" && !slices.Contains(Formats(), o.Format):
		return unusable("use "+orList(Formats()), "unknown format %q", o.Format)
	case o.Encoding != "" && encodingNamed(o.Encoding) == "":
		return unusable("use "+orList(Encodings()), "unknown encoding %q", o.Encoding)
	}
	if err := checkDelimiter(o.Delimiter); err != nil {
		return err
	}
	for _, s := range o.settings() {
		if s.set && s.known != nil && !slices.Contains(s.known, s.value) {
			return unusable("use "+orList(s.known), "%s %q is unknown", s.key, s.value)
		}
	}
	c := o.Comment
	switch {
	case c != 0 && (c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'):
		return unusable("a comment begins with one ASCII character, such as #", "%q cannot begin a comment", c)
	case c != 0 && strings.HasPrefix(o.Delimiter, string(c)):
		return unusable("change one of them", "%q is both comment and delimiter", c)
	case strings.Contains(o.Delimiter, `\`) && o.Quote == QuoteBackslash:
		return unusable("change one of them", "a backslash is both delimiter and quote")
	case o.Quote == QuoteBackslash && (o.Quotes == QuotesNone || o.Quotes == QuotesLine):
		return unusable("leave one of the two out", "quote: backslash and quotes: %s exclude each other", o.Quotes)
	case o.HeaderRow < 0 || o.HeaderRow > maxHeaderRow:
		return unusable(fmt.Sprintf("it is a line's number, 1 to %d", maxHeaderRow), "header_row %d is out of range", o.HeaderRow)
	}
	if err := checkPath(o.Path); err != nil {
		return err
	}
	if problems := problem.All(checkNames(o.Columns, 0)); len(problems) > 0 {
		return failed(problems[0], "", "columns")
	}
	return nil
}

// checkUsed returns an error for every setting that applies to none of the inputs: one without effect would mislead.
func (o Options) checkUsed(files []File) error {
	var problems []error
	for _, s := range o.settings() {
		applies := func(f File) bool { return slices.Contains(f.format.settings, s.key) }
		without := slices.IndexFunc(files, func(f File) bool { return !applies(f) })
		switch {
		case !s.set || without < 0:
		case s.key == "columns":
			problems = append(problems, unusable("leave it out", "columns is set, and rows in %s name their own", files[without].format.noun))
		case !slices.ContainsFunc(files, applies):
			var nouns []string
			for _, f := range formats() {
				if slices.Contains(f.settings, s.key) {
					nouns = append(nouns, f.noun)
				}
			}
			problems = append(problems, unusable("leave it out", "%s is set, and no input is %s", s.key, orList(slices.Compact(nouns))))
		}
	}
	return errors.Join(problems...)
}

// orList is "a, b or c".
func orList(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Limits bounds what one input may ask of the machine. A zero member means its default.
// Record and Lines also decide where a broken record ends, and so the numbers of the rows after it.
type Limits struct {
	Cell      int   // bytes of one cell, UTF-8; default that of Record: what is mapped has a limit of its own, and nothing else reads it
	Record    int   // bytes of one record with its line end; default 1 MiB
	Columns   int   // cells of one record, and columns of all JSON rows together; default 2,000
	Lines     int   // physical lines of one record; default 1,000
	Depth     int   // levels of nesting of one JSON row; default 16
	Expansion int64 // decompressed bytes for each compressed byte, counted beyond the first 16 MiB; default 200
	Expanded  int64 // decompressed bytes of one input; default 1 TiB
}

const (
	expansionFree = 16 << 20 // decompressed bytes that Limits.Expansion never refuses
	maxRecord     = 1 << 30  // the largest Limits.Record: offsets within a record are ints
	maxName       = 1024     // bytes of one column's name
	maxRaw        = 4 << 10  // bytes of Broken.Raw
)

func (l Limits) withDefaults() Limits {
	return Limits{
		Cell:      cmp.Or(l.Cell, l.Record, 1<<20),
		Record:    cmp.Or(l.Record, 1<<20),
		Columns:   cmp.Or(l.Columns, 2000),
		Lines:     cmp.Or(l.Lines, 1000),
		Depth:     cmp.Or(l.Depth, 16),
		Expansion: cmp.Or(l.Expansion, 200),
		Expanded:  cmp.Or(l.Expanded, 1<<40),
	}
}

// unpacked returns how many bytes a file of that size may become.
func (l Limits) unpacked(size int64) int64 {
	if size > 0 && l.Expansion > l.Expanded/size {
		return l.Expanded
	}
	return min(l.Expanded, expansionFree+l.Expansion*size)
}
