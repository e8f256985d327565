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
)

// File is one input as the survey found it.
type File struct {
	Path        string
	Name        string // for people: the path, or Options.Name
	Size        int64  // bytes on disk
	SHA256      string // of those bytes, in hex
	Format      string // CSV, TSV or JSONL
	Encoding    string // UTF8, Windows1252, UTF16LE or UTF16BE
	Compression string // "", Gzip or Zstd
	Delimiter   rune   // 0 for JSONL
	Header      []string
	Lines       int64 // physical lines of the content
	NotUTF8     int64 // lines of the content with bytes that are not UTF-8
	FirstNot    int64 // the first of them
	Multibyte   int64 // lines of the content that are UTF-8 and not ASCII

	markLength int // bytes of a UTF-8 byte order mark
	state      *state
	columns    []int // for every cell of a row, its place in Set.Header; nil when that is the same place
}

// Said returns one line for people: `customers.csv: CSV, ";" separated, windows-1252 (17 lines are not UTF-8, the first is 5), 12 columns`.
func (f File) Said() string {
	var b strings.Builder
	b.WriteString(f.Name + ": ")
	if f.Format == JSONL {
		b.WriteString("JSON lines")
	} else {
		b.WriteString("CSV, " + delimiterName(f.Delimiter) + " separated")
	}
	b.WriteString(", " + f.Encoding)
	if f.NotUTF8 > 0 {
		fmt.Fprintf(&b, " (%s not UTF-8, the first is line %d", counted(f.NotUTF8, "line is", "lines are"), f.FirstNot)
		if f.Encoding == Windows1252 && f.Multibyte > 0 {
			fmt.Fprintf(&b, "; %s like UTF-8", counted(f.Multibyte, "other looks", "others look"))
		}
		b.WriteString(")")
	}
	if f.Compression != "" {
		b.WriteString(", " + f.Compression)
	}
	b.WriteString(", " + counted(int64(len(f.Header)), "column", "columns"))
	return b.String()
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
