package source

import (
	"fmt"
	"strings"
)

// The formats, as File.Format has them.
const (
	CSV   = "csv"
	TSV   = "tsv" // CSV with tabs
	JSONL = "jsonl"
	JSON  = "json" // one array of objects
	XLSX  = "xlsx" // one sheet of a workbook
)

// File is one input as the survey found it.
type File struct {
	Path        string
	Name        string // for people: the path, or Options.Name
	Size        int64  // bytes on disk
	SHA256      string // of those bytes, in hex
	Format      string // CSV, TSV, JSONL, JSON or XLSX
	Encoding    string // UTF8, Windows1252, UTF16LE or UTF16BE; empty for XLSX
	Compression string // "", Gzip, Zstd or Zip
	Delimiter   rune   // 0 but for CSV and TSV
	Header      []string
	Lines       int64 // physical lines of the content
	NotUTF8     int64 // lines of the content with bytes that are not UTF-8
	FirstNot    int64 // the first of them
	Multibyte   int64 // lines of the content that are UTF-8 and not ASCII

	inner      string // the name that tells the format: the file's own, or that of the archive's member
	dialect    dialect
	sheet      sheet
	onlyCR     bool // lines end with CR alone
	markLength int  // bytes of a UTF-8 byte order mark
	state      *state
	columns    []int // for every cell of a row, its place in Set.Header; nil when that is the same place
}

// Tabular reports whether the input has columns of its own, as CSV and sheets do, rather than members of rows.
func (f File) Tabular() bool { return f.Format != JSONL && f.Format != JSON }

// Said returns one line for people: `customers.csv: CSV, ";" separated, windows-1252 (17 lines are not UTF-8, the first is 5), 12 columns`.
func (f File) Said() string {
	parts := []string{f.Name + ": " + f.kind()}
	if f.Encoding != "" {
		parts = append(parts, f.Encoding+f.doubts())
	}
	if f.Compression != "" {
		parts = append(parts, f.Compression)
	}
	if f.Tabular() {
		parts = append(parts, f.dialect.said()...)
	}
	return strings.Join(append(parts, counted(int64(len(f.Header)), "column", "columns")), ", ")
}

func (f File) kind() string {
	switch f.Format {
	case JSONL:
		return "JSON lines"
	case JSON:
		return "JSON array"
	case XLSX:
		return "Excel, " + f.sheet.said()
	}
	return "CSV, " + delimiterName(f.Delimiter) + " separated"
}

// doubts says how many lines do not speak for the encoding.
func (f File) doubts() string {
	if f.NotUTF8 == 0 {
		return ""
	}
	text := fmt.Sprintf(" (%s not UTF-8, the first is line %d", counted(f.NotUTF8, "line is", "lines are"), f.FirstNot)
	if f.Encoding == Windows1252 && f.Multibyte > 0 {
		text += fmt.Sprintf("; %s like UTF-8", counted(f.Multibyte, "other looks", "others look"))
	}
	return text + ")"
}

// form is the same for inputs whose bytes are read in the same way; empty for the usual one.
func (f File) form() string {
	text := f.dialect.fingerprint()
	if f.dialect.noHeader {
		text += fmt.Sprintf(" columns %q", f.Header)
	}
	if f.Format == XLSX {
		text += fmt.Sprintf(" sheet %q", f.sheet.name)
	}
	return text
}

func delimiterName(d rune) string {
	if d == '\t' {
		return "tab"
	}
	return fmt.Sprintf("%q", string(d))
}

func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
