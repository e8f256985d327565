package runs

import (
	"encoding/csv"
	"errors"
	"maps"
	"strconv"
	"strings"

	"importer/mapping/job"
	"importer/pipeline/source"
)

// InputOptions say how inputs are written, where that is not recognised: the `input` block of a job file.
type InputOptions struct {
	source.Options
	delimiter string // as written: it is judged when the inputs are looked at
	comment   string
}

func inputOptions() []Option {
	at := func(of func(*source.Options) *string) func(*Options, string) error {
		return text(func(o *Options) *string { return of(&o.Input.Options) })
	}
	return group(Format, []Option{
		{Name: "format", Arg: strings.Join(source.Formats(), "|"), Values: source.Formats(), Doc: "format of the input (default: recognised)", Key: "input.format", set: at(func(o *source.Options) *string { return &o.Format })},
		{Name: "delimiter", Arg: "CHARS", Doc: "characters between cells, such as ; or ||, or tab, SOH, \\x01 (default: recognised)", Key: "input.delimiter", set: text(func(o *Options) *string { return &o.Input.delimiter })},
		{Name: "encoding", Arg: "NAME", Doc: "encoding of the input, such as windows-1252, iso-8859-2 or gbk (default: recognised where it is certain)", Key: "input.encoding", set: at(func(o *source.Options) *string { return &o.Encoding })},
		{Name: "quote", Arg: "double|backslash", Doc: "how a quote in a quoted cell is written (default: double)", Key: "input.quote",
			Values: []string{source.QuoteDouble, source.QuoteBackslash}, set: at(func(o *source.Options) *string { return &o.Quote })},
		{Name: "quotes", Arg: "strict|loose|none|line", Doc: "loose: quotes inside cells are text; none: every quote is; line: each line is one quoted cell (default: strict)", Key: "input.quotes",
			Values: []string{source.QuotesStrict, source.QuotesLoose, source.QuotesNone, source.QuotesLine}, set: at(func(o *source.Options) *string { return &o.Quotes })},
		{Name: "comment", Arg: "CHAR", Doc: "character that begins comment lines", Key: "input.comment", set: text(func(o *Options) *string { return &o.Input.comment })},
		{Name: "line-ends", Arg: "lf|any", Doc: "any: a carriage return alone ends a line too; recognised where all lines end so", Key: "input.line_ends",
			Values: []string{source.LineEndsLF, source.LineEndsAny}, set: at(func(o *source.Options) *string { return &o.LineEnds })},
		{Name: "ragged", Arg: "invalid|pad|merge", Doc: "rows with missing or surplus cells: refused, padded, or merged into the last column (default: invalid)", Key: "input.ragged",
			Values: []string{source.RaggedInvalid, source.RaggedPad, source.RaggedMerge}, set: at(func(o *source.Options) *string { return &o.Ragged })},
		{Name: "header-row", Arg: "N", Doc: "line, or row of a sheet, with the column names; lines before it are skipped", Key: "input.header_row",
			set: number(func(o *Options) *int { return &o.Input.HeaderRow }, 1, 0, "a line of the input")},
		{Name: "columns", Arg: "NAME,...", Doc: "column names of a list that has no header, or with header_row instead of those in it", Key: "input.columns", List: true, set: setColumns},
		{Name: "path", Arg: "NAME.NAME", Doc: "members that lead to the list in a JSON input, such as data.items or users.*; . where each object is a row (default: recognised)", Key: "input.path",
			set: at(func(o *source.Options) *string { return &o.Path })},
		{Name: "sheet", Arg: "NAME|N|*,...", Doc: "worksheet, by name or number (default: the first that is not hidden); several are read one after the other, * means all that are not hidden",
			Key: "input.sheet", List: true, set: at(func(o *source.Options) *string { return &o.Sheet })},
		{Name: "hidden", Arg: "read|skip", Doc: "hidden and filtered rows and hidden columns of a worksheet: read, or left out (default: read)", Key: "input.hidden",
			Values: []string{source.HiddenRead, source.HiddenSkip}, set: at(func(o *source.Options) *string { return &o.Hidden })},
	})
}

// InputOptionNames returns the names of the options that say how the input is written.
func InputOptionNames() []string {
	var names []string
	for _, o := range inputOptions() {
		names = append(names, o.Name)
	}
	return names
}

func setColumns(o *Options, s string) (err error) {
	if o.Input.Columns, err = job.SplitColumns(s); err != nil {
		return errors.New("the names cannot be read; write them with commas between them, and those with commas in quotes")
	}
	return nil
}

// of returns the options for an input. What cannot be a delimiter or a comment is left to source to refuse.
func (i InputOptions) of() source.Options {
	o := i.Options
	o.Delimiter, o.Comment = source.ReadDelimiter(i.delimiter), characterOf(i.comment)
	return o
}

// characterOf reads a comment character.
func characterOf(text string) rune {
	if text == "" {
		return 0
	}
	runes := []rune(text)
	if len(runes) != 1 {
		return -1
	}
	return runes[0]
}

// inputYAML is the `input` block that says the same as the given options, for a job file; empty where they say nothing.
func (p precedence) inputYAML() string {
	var lines []string
	for _, o := range inputOptions() {
		value, from, _ := p.find(o)
		if from < byEnvironment || value == "" {
			continue
		}
		key := strings.TrimPrefix(o.Key, "input.")
		texts, err := job.SplitColumns(value)
		switch {
		case o.List && err != nil:
		case o.Name == "columns" || o.List && len(texts) > 1:
			for i, text := range texts {
				texts[i] = strconv.Quote(text)
			}
			lines = append(lines, "  "+key+": ["+strings.Join(texts, ", ")+"]")
		case o.List:
			lines = append(lines, "  "+key+": "+strconv.Quote(texts[0]))
		default:
			if _, err := strconv.Atoi(value); err != nil {
				value = strconv.Quote(value)
			}
			lines = append(lines, "  "+key+": "+value)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "\ninput:\n" + strings.Join(lines, "\n") + "\n"
}

// advised returns the precedence with the options that a list can be read with and was not, as if they had been given.
func (p precedence) advised(was, better source.Options) precedence {
	given := maps.Clone(p.given)
	if given == nil {
		given = map[string]string{}
	}
	put := func(name, was, now string) {
		if now != was {
			given[name] = now
		}
	}
	put("delimiter", was.Delimiter, better.Delimiter)
	put("quotes", was.Quotes, better.Quotes)
	put("columns", joinColumns(was.Columns), joinColumns(better.Columns))
	put("sheet", was.Sheet, better.Sheet)
	put("path", was.Path, better.Path)
	if better.HeaderRow != was.HeaderRow {
		given["header-row"] = strconv.Itoa(better.HeaderRow)
	}
	p.given = given
	return p
}

// joinColumns is what setColumns reads.
func joinColumns(names []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if len(names) > 0 {
		_ = w.Write(names) // a strings.Builder takes everything
	}
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}
