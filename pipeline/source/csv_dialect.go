package source

import "fmt"

// The settings that say how a CSV is written where that cannot be seen, as Options has them. An empty setting is the first of each group.
const (
	QuoteDouble    = "double"    // a quote inside quotes is written twice
	QuoteBackslash = "backslash" // or after a backslash; a backslash and a delimiter that are text have one before them too

	QuotesStrict = "strict" // a quote inside a cell that does not begin with one breaks the row
	QuotesLoose  = "loose"  // it is text
	QuotesNone   = "none"   // every quote is text, also at the start of a cell
	QuotesLine   = "line"   // every record is one quoted cell, whose text is the record

	RaggedInvalid = "invalid" // a row with fewer or more cells than the header is broken
	RaggedPad     = "pad"     // missing cells at its end are empty
	RaggedMerge   = "merge"   // surplus cells belong to the last column, with the delimiters between them

	LineEndsLF  = "lf"  // LF and CRLF
	LineEndsAny = "any" // LF, CRLF and CR alone; recognised where a content has no LF at all
)

// dialect is how one CSV is written, besides its delimiter and encoding. The zero dialect is RFC 4180's with a header on the first line.
type dialect struct {
	quotes    string // Quotes…, "" is strict
	backslash bool
	comment   byte   // a line that begins with it is no record; 0 for no comments
	anyEnd    bool   // CR alone ends a line
	ragged    string // Ragged…, "" is invalid
	skip      int64  // physical lines before the header, or before the first row where there is none
	noHeader  bool
	separator bool // the first line was sep=…
	trailing  bool // the header ends with a delimiter, and every row must
	surplus   int  // how many more delimiters than one
}

// dialectOf is what the options say of it, and the line ends of f.
func dialectOf(f *File, o Options) dialect {
	d := dialect{
		quotes: o.Quotes, backslash: o.Quote == QuoteBackslash, comment: byte(o.Comment), ragged: o.Ragged, skip: o.skipped(),
		anyEnd: o.LineEnds == LineEndsAny || o.LineEnds == "" && f.onlyCR, noHeader: len(o.Columns) > 0,
	}
	if d.quotes == QuotesStrict {
		d.quotes = ""
	}
	if d.ragged == RaggedInvalid {
		d.ragged = ""
	}
	return d
}

// describe lists what is other than usual, for people.
func (d dialect) describe() (parts []string) {
	add := func(when bool, text string) {
		if when {
			parts = append(parts, text)
		}
	}
	add(d.separator, "after a sep= line")
	add(!d.noHeader && d.skip > 0 && !(d.separator && d.skip == 1), fmt.Sprintf("header on line %d", d.skip+1))
	add(d.noHeader && d.skip > 0 && !(d.separator && d.skip == 1), fmt.Sprintf("rows after line %d, columns as set", d.skip))
	add(d.noHeader && (d.skip == 0 || d.separator && d.skip == 1), "no header")
	add(d.anyEnd, "lines end with CR too")
	add(d.quotes == QuotesLoose, "loose quotes")
	add(d.quotes == QuotesNone, "no quotes")
	add(d.quotes == QuotesLine, "each line in quotes")
	add(d.backslash, "quotes by backslash")
	add(d.comment != 0, fmt.Sprintf("comments after %q", string(rune(d.comment))))
	add(d.trailing && d.surplus == 0, "a delimiter at the end of every row")
	add(d.surplus > 0, fmt.Sprintf("%d delimiters at the end of every row", d.surplus+1))
	add(d.ragged == RaggedPad, "short rows padded")
	add(d.ragged == RaggedMerge, "surplus cells merged")
	return parts
}

// fingerprint is the same for the same dialect, and empty for the zero one. Runs keep it: what is written for a dialect may not change.
func (d dialect) fingerprint() string {
	if d == (dialect{}) {
		return ""
	}
	text := fmt.Sprintf(" {quotes:%s backslash:%t comment:%d anyEnd:%t ragged:%s skip:%d noHeader:%t separator:%t trailing:%t}",
		d.quotes, d.backslash, d.comment, d.anyEnd, d.ragged, d.skip, d.noHeader, d.separator, d.trailing)
	if d.surplus > 0 {
		text += fmt.Sprintf(" surplus:%d", d.surplus)
	}
	return text
}
