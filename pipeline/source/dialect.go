package source

import "fmt"

// The settings that say how a CSV is written where that cannot be seen, as Options has them. An empty setting is the first of each group.
const (
	QuoteDouble    = "double"    // a quote inside quotes is written twice
	QuoteBackslash = "backslash" // or after a backslash, which also stands before itself and before the delimiter

	QuotesStrict = "strict" // a quote inside a cell that does not begin with one breaks the row
	QuotesLoose  = "loose"  // it is text
	QuotesNone   = "none"   // every quote is text, also at the start of a cell

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
	comment   byte   // a record that begins with it is none; 0 for no comments
	anyEnd    bool   // CR alone ends a line
	ragged    string // Ragged…, "" is invalid
	skip      int64  // physical lines before the header, or before the first row where there is none
	noHeader  bool
	separator bool // the first line was sep=…
	trailing  bool // the header ends with a delimiter, and every row must
}

// dialectOf is what the options say of it.
func dialectOf(o Options) dialect {
	d := dialect{
		quotes: o.Quotes, backslash: o.Quote == QuoteBackslash, comment: byte(o.Comment), anyEnd: o.LineEnds == LineEndsAny,
		ragged: o.Ragged, noHeader: len(o.Columns) > 0,
	}
	if d.quotes == QuotesStrict {
		d.quotes = ""
	}
	if d.ragged == RaggedInvalid {
		d.ragged = ""
	}
	if o.HeaderRow > 0 {
		d.skip = int64(o.HeaderRow) - 1
	}
	return d
}

// said lists what is other than usual, for people.
func (d dialect) said() (parts []string) {
	add := func(when bool, text string) {
		if when {
			parts = append(parts, text)
		}
	}
	add(d.separator, "after a sep= line")
	add(!d.noHeader && d.skip > 0 && !(d.separator && d.skip == 1), fmt.Sprintf("header on line %d", d.skip+1))
	add(d.noHeader, "no header")
	add(d.anyEnd, "lines end with CR too")
	add(d.quotes == QuotesLoose, "loose quotes")
	add(d.quotes == QuotesNone, "no quotes")
	add(d.backslash, "quotes by backslash")
	add(d.comment != 0, fmt.Sprintf("comments after %q", string(rune(d.comment))))
	add(d.trailing, "a delimiter at the end of every row")
	add(d.ragged == RaggedPad, "short rows padded")
	add(d.ragged == RaggedMerge, "surplus cells merged")
	return parts
}

// fingerprint is the same for the same dialect, and empty for the zero one.
func (d dialect) fingerprint() string {
	if d == (dialect{}) {
		return ""
	}
	return fmt.Sprintf(" %+v", d)
}

// checkDialect returns what is wrong with the settings of the dialect.
func (o Options) checkDialect() error {
	for _, s := range []struct {
		key, value string
		known      []string
	}{
		{"quote", o.Quote, []string{QuoteDouble, QuoteBackslash}},
		{"quotes", o.Quotes, []string{QuotesStrict, QuotesLoose, QuotesNone}},
		{"ragged", o.Ragged, []string{RaggedInvalid, RaggedPad, RaggedMerge}},
		{"line_ends", o.LineEnds, []string{LineEndsLF, LineEndsAny}},
	} {
		if !oneOf(s.value, s.known) {
			return &Error{Message: fmt.Sprintf("%s %q is unknown", s.key, s.value), Hint: "say " + orList(s.known)}
		}
	}
	c := o.Comment
	switch {
	case c != 0 && (c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'):
		return &Error{Message: fmt.Sprintf("%q cannot begin a comment", c), Hint: "a comment begins with one sign of ASCII, such as #"}
	case c != 0 && c == o.Delimiter:
		return &Error{Message: fmt.Sprintf("%q is both comment and delimiter", c), Hint: "change one of them"}
	case o.Delimiter == '\\' && o.Quote == QuoteBackslash:
		return &Error{Message: "a backslash is both delimiter and quote", Hint: "change one of them"}
	case o.Quote == QuoteBackslash && o.Quotes == QuotesNone:
		return &Error{Message: "there is no quote: backslash where quotes are none", Hint: "leave one of the two out"}
	case o.HeaderRow < 0 || o.HeaderRow > maxHeaderRow:
		return &Error{Message: fmt.Sprintf("header_row %d is out of range", o.HeaderRow), Hint: fmt.Sprintf("it is a line's number, 1 to %d", maxHeaderRow)}
	case o.HeaderRow > 0 && len(o.Columns) > 0:
		return &Error{Message: "a list with a header_row has its columns' names there", Hint: "leave header_row or columns out"}
	}
	if problems := headerProblems(o.Columns, 0); len(problems) > 0 {
		return fmt.Errorf("columns: %w", problems[0])
	}
	return nil
}

const maxHeaderRow = 10_000

func oneOf(s string, known []string) bool {
	for _, k := range known {
		if s == k {
			return true
		}
	}
	return s == ""
}

// orList is "a, b or c".
func orList(words []string) string {
	text := words[0]
	for i, w := range words[1:] {
		if i == len(words)-2 {
			text += " or " + w
		} else {
			text += ", " + w
		}
	}
	return text
}
