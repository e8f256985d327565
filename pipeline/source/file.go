package source

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Input names one input for Survey.
type Input struct {
	Path  string
	Title string // as people know it: "standard input"; "" is the path
	Sheet string // of a workbook, as Options.Sheet, for which it stands: so several sheets of one workbook are several inputs
	Bytes int64  // how many of the file's first bytes are the input, as of one that has grown since; 0: all
}

// File is one input as the survey found it.
type File struct {
	Input              // its Title is never empty
	Size        int64  // bytes on disk that are the input
	SHA256      string // of those bytes, in hex
	Format      string // one of Formats
	Encoding    string // one of Encodings, and none that asks for a byte order mark; empty for XLSX
	Doubt       *Doubt // what else it may be; nil where it is certain, or was set
	Compression string // "", Gzip, Zstd or Zip
	Delimiter   string // "" but for CSV and TSV
	Header      []string
	Lines       int64 // physical lines of the content
	NotUTF8     int64 // lines of the content with bytes that are not UTF-8
	FirstNot    int64 // the first of them
	Multibyte   int64 // lines of the content that are UTF-8 and not ASCII
	EmptyRows   int64 // lines of a CSV with delimiters and nothing else: they are no rows

	HiddenRows    int64        // rows of a sheet, behind its header, that hold something and are not shown
	Dates         []DateColumn // of a sheet, in the order of its columns
	HiddenColumns int64        // columns of a sheet, under its header, that are not shown

	format     *format
	dialect    dialect
	sheet      sheet
	json       jsonForm
	onlyCR     bool        // lines end with CR alone
	markLength int         // bytes of a UTF-8 byte order mark
	info       os.FileInfo // of the file at the survey
	headerEnd  int64       // its last line
	better     *Options    // with which an input can be read that cannot be read as it is; nil where none are known
	columns    []int       // for every cell of a row, its place in Set.Header; nil when that is the same place
}

// Comma is the character to write between cells in a file like the input: the delimiter, where it is one character that any program reads. 0 where
// that is not so.
func (f File) Comma() rune {
	if r, size := utf8.DecodeRuneInString(f.Delimiter); size == len(f.Delimiter) && (r == '\t' || r >= ' ' && r < utf8.RuneSelf) {
		return r
	}
	return 0
}

// delimiterForm is how Set.Digest keeps a delimiter; runs keep it.
func (f File) delimiterForm() string {
	if r, size := utf8.DecodeRuneInString(f.Delimiter); size == len(f.Delimiter) && (size > 0 || f.Delimiter == "") {
		if size == 0 {
			r = 0
		}
		return strconv.Itoa(int(r))
	}
	return strconv.Quote(f.Delimiter)
}

// Tabular reports whether the input has columns of its own, as CSV and sheets do, rather than names in every row.
func (f File) Tabular() bool { return f.format.tabular }

// Beside returns an error that says which other sheets the workbook has, where it was not said which one is the list; nil where there is no doubt.
// It is for callers who find that the columns are not those of the list that they expect.
func (f File) Beside() error {
	if f.sheet.name == "" || f.sheet.named || f.sheet.others == "" {
		return nil
	}
	return named(f.Title, unusable("name the sheet with the list: `input: {sheet: NAME}` in the job file, or --sheet", "this is sheet %q; %s", f.sheet.name, f.sheet.others))
}

// InPlace reports whether the offsets of rows are those of bytes in the content: it is read without being converted first.
func (f File) InPlace() bool { return f.Encoding == UTF8 || pageOf(f.Encoding) != nil }

// Summary returns one line for people: `customers.csv: CSV, ";" separated, windows-1252 (17 lines are not UTF-8, the first is 5), 12 columns`.
func (f File) Summary() string {
	parts := []string{f.Title + ": " + f.format.describe(&f)}
	encoding := f.Encoding
	if f.NotUTF8 > 0 {
		others := ""
		if f.Encoding != UTF8 && f.Multibyte > 0 {
			others = fmt.Sprintf("; %s like UTF-8", counted(f.Multibyte, "other looks", "others look"))
		}
		encoding += fmt.Sprintf(" (%s not UTF-8, the first is line %d%s)", counted(f.NotUTF8, "line is", "lines are"), f.FirstNot, others)
	}
	if encoding != "" {
		parts = append(parts, encoding)
	}
	if f.Compression != "" {
		parts = append(parts, f.Compression)
	}
	parts = append(append(parts, f.dialect.describe()...), f.json.describe()...)
	if f.EmptyRows > 0 {
		parts = append(parts, counted(f.EmptyRows, "line of nothing but delimiters", "lines of nothing but delimiters")+" left out")
	}
	return strings.Join(append(parts, counted(len(f.Header), "column", "columns")), ", ")
}

// form is the same for inputs whose bytes are read in the same way; empty for the usual one. Runs keep it (Set.Digest): it must not change.
func (f File) form() string {
	text := f.dialect.fingerprint()
	if f.dialect.noHeader {
		text += fmt.Sprintf(" columns %q", f.Header)
	}
	if f.EmptyRows > 0 {
		text += " without empty rows" // such lists were read with them once, under other numbers of rows
	}
	if f.sheet.name != "" {
		text += fmt.Sprintf(" sheet %q", f.sheet.name) + f.sheet.form(f.HiddenRows > 0)
	}
	return text + f.json.fingerprint()
}

// SkipsHidden reports whether the rows and columns of a sheet that are not shown are left out.
func (f File) SkipsHidden() bool { return f.sheet.skipHidden }

func counted[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
