package source

import "fmt"

// Options says how inputs are read where that is not left to what they show of themselves. The zero Options recognises everything.
type Options struct {
	Format    string   // "" (recognised), or one of the constants; for every input
	Delimiter rune     // 0 (recognised) or one ASCII character; CSV only
	Encoding  string   // "" (recognised), "utf-8", "windows-1252", "utf-16le", "utf-16be" or "utf-16" (by its byte order mark)
	Quote     string   // "" or QuoteDouble, or QuoteBackslash; this and all down to Columns are for CSV and TSV only
	Quotes    string   // "" or QuotesStrict, or QuotesLoose or QuotesNone
	Comment   rune     // 0, or the one ASCII sign with which lines begin that are no rows
	Ragged    string   // "" or RaggedInvalid, or RaggedPad or RaggedMerge
	LineEnds  string   // "" (recognised), LineEndsLF or LineEndsAny
	HeaderRow int      // the physical line, or row of a sheet, with the names of the columns; lines before it are left out. 0 is the first that is not blank
	Columns   []string // the names of the columns of a list that has no header; nil where it has one. For CSV, TSV and sheets
	Sheet     string   // a worksheet's name, or its number among the visible ones, 1-based; "" is the first visible one
	Name      string   // shown to people instead of the path, when there is one input: "standard input"
	Limits    Limits
}

// Limits bounds what one input may ask of the machine. A zero member means its default.
// Record and Lines also decide where a broken record ends, and so the numbers of the rows after it.
type Limits struct {
	Cell      int   // bytes of one cell, UTF-8; default 256 KiB
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
	or := func(n *int, standard int) {
		if *n == 0 {
			*n = standard
		}
	}
	or(&l.Cell, 256<<10)
	or(&l.Record, 1<<20)
	or(&l.Columns, 2000)
	or(&l.Lines, 1000)
	or(&l.Depth, 16)
	if l.Expansion == 0 {
		l.Expansion = 200
	}
	if l.Expanded == 0 {
		l.Expanded = 1 << 40
	}
	return l
}

// check returns what is wrong with the options themselves; l has its defaults.
func (o Options) check(l Limits) error {
	if l.Cell < 0 || l.Record < 0 || l.Columns < 0 || l.Lines < 0 || l.Depth < 0 || l.Expansion < 0 || l.Expanded < 0 || l.Record > maxRecord {
		return &Error{Message: fmt.Sprintf("a limit is out of range: %+v", l), Hint: "limits are positive, and a record is at most 1 GiB"}
	}
	switch o.Format {
	case "", CSV, TSV, JSONL, JSON, XLSX:
	default:
		return &Error{Message: fmt.Sprintf("unknown format %q", o.Format), Hint: "say csv, tsv, jsonl, json or xlsx"}
	}
	if o.Encoding != "" && encodingNamed(o.Encoding) == "" {
		return &Error{Message: fmt.Sprintf("unknown encoding %q", o.Encoding), Hint: "say utf-8, windows-1252, utf-16, utf-16le or utf-16be"}
	}
	if err := o.checkDelimiter(); err != nil {
		return err
	}
	return o.checkDialect()
}

func (o Options) checkDelimiter() error {
	if d := o.Delimiter; d != 0 && (d != '\t' && d < ' ' || d >= 0x7f || d == '"') {
		return &Error{Message: fmt.Sprintf("%q cannot separate cells", d), Hint: "the delimiter is one ASCII character, such as a comma, a semicolon, a tab or |"}
	}
	return nil
}
