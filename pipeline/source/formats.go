package source

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
)

// The formats, as File.Format and Options.Format have them.
const (
	CSV   = "csv"
	TSV   = "tsv" // CSV with tabs
	JSONL = "jsonl"
	JSON  = "json" // one array of objects
	XLSX  = "xlsx" // one sheet of a workbook
)

// formats is the table of formats: all that depends on the format of an input is here, or in the file that makes the entry. The first is
// that of a text that looks like no other.
func formats() []format {
	return []format{
		csvFormat(CSV, ".csv"),
		csvFormat(TSV, ".tsv", ".tab"),
		jsonFormat(JSONL, "JSON lines", newLines, beginsObject, ".jsonl", ".ndjson"),
		jsonFormat(JSON, "JSON array", newArray, beginsArray, ".json"),
		xlsxFormat(),
	}
}

// format is one way in which lists are written.
type format struct {
	name     string
	noun     string               // in messages: "no input is a workbook"
	endings  []string             // of the names of its files, in lower case; the usual one first
	settings []string             // which of Options.settings apply to it
	tabular  bool                 // has columns of its own, rather than names in every row
	describe func(f *File) string // one input for people: `CSV, ";" separated`

	// holds recognises the format by a file as it is on disk; nil for a text. A file that is no text is neither unpacked nor decoded.
	holds func(raw *rawFile) bool
	// begins recognises the format of a text by its first characters; named says that the file's name has one of the endings. Where it is nil, only
	// the name or the setting counts.
	begins func(start []byte, named bool) bool

	// survey finds the columns (File.Header), and what is wrong with the input. content is the beginning of a text in UTF-8 or windows-1252: all
	// of it, or more than a record may have; and the whole of a file that is no text.
	survey func(ctx context.Context, f *File, content []byte, o Options, l Limits) error
	// open begins to read at the first data row. It must not close t.
	open func(ctx context.Context, f *File, t *text, l Limits) (rows, error)
}

// rows reads one input.
type rows interface {
	// next returns the next row with everything but Number and Input; io.EOF at the end.
	next() (Row, error)
}

// Formats lists the names of the formats, as Options.Format takes them.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// Endings lists the endings, such as .csv, that tell lists from other files by their names, and those, such as .gz, that may follow.
func Endings() (lists, packed []string) {
	for _, f := range formats() {
		lists = append(lists, f.endings...)
	}
	for _, c := range compressions() {
		packed = append(packed, c.ending)
	}
	return lists, packed
}

// IsList reports whether a file is a list by its name.
func IsList(name string) bool {
	lists, _ := Endings()
	_, ending, packed := splitName(name)
	if foreignName(name) != nil {
		return false
	}
	return packed != nil && packed.archive || slices.Contains(lists, ending)
}

// TrimEndings returns a file's name without the endings of lists, of .txt, and of compressions.
func TrimEndings(name string) string {
	lists, _ := Endings()
	inner, ending, _ := splitName(name)
	if ending == ".txt" || slices.Contains(lists, ending) {
		inner = strings.TrimSuffix(inner, ending)
	}
	return name[:len(inner)]
}

// formatOf finds the format of a text: as set, else by the name of its file, else by its first characters.
func formatOf(table []format, name string, start []byte, setting string) (*format, error) {
	if setting != "" {
		f := &table[slices.IndexFunc(table, func(f format) bool { return f.name == setting })]
		if f.holds != nil {
			return nil, unusable("leave the format unset", "it is not %s", f.noun)
		}
		return f, nil
	}
	_, ending, _ := splitName(name)
	hasName := func(f format) bool { return slices.Contains(f.endings, ending) }
	if i := slices.IndexFunc(table, func(f format) bool { return f.holds == nil && f.begins == nil && hasName(f) }); i >= 0 {
		return &table[i], nil
	}
	start = bytes.TrimLeft(start, space)
	i := slices.IndexFunc(table, func(f format) bool { return f.begins != nil && f.begins(start, hasName(f)) })
	if i < 0 && ending == ".json" {
		return nil, unusable("export the list again; where it is no JSON in spite of its name, write input: {format: csv} in the job file", "its name says JSON, and it begins with neither [ nor {")
	}
	return &table[max(i, 0)], nil
}

// checkNotJSON refuses JSON under the name of a CSV.
func checkNotJSON(head []byte, o Options) error {
	start := bytes.TrimLeft(head, space)
	if o.Format != "" || !jsonBegins.Match(start[:min(len(start), 1000)]) {
		return nil
	}
	format := JSON
	if start[0] == '{' {
		format = JSONL
	}
	return unusable("write input: {format: "+format+"} in the job file, or rename the file so that it ends with ."+format, "this is JSON under the name of a CSV")
}

// jsonBegins is how an object with members begins, or an array of them, and no line of CSV.
var jsonBegins = regexp.MustCompile(`^(?:\[\s*)?\{\s*"(?:[^"\\\r\n]|\\.)*"\s*:`)
