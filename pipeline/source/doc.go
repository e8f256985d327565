// Package source reads inputs: customer lists in CSV, JSONL, JSON arrays or Excel workbooks, packed or not, in UTF-8, UTF-16 or windows-1252, as one
// sequence of rows in bounded memory. (A workbook is held whole, up to 512 MiB unpacked.) For people, docs/formats.md says the same with examples.
//
// [Survey] comes first: it reads every input once, takes the digest of its bytes, recognises compression, encoding, format and delimiter, finds the
// columns, and returns all that makes an input unusable at once, before anything is sent. [Set.Open] comes next, as often as wanted: each [Reader]
// begins at the first row and ends with [ErrChanged] if the bytes are no longer those of the survey. Standard input is copied to a file with [Spool]
// before all that.
//
//	                                                              ┌► recordFinder ─► csvRows, gocsv ────────► Row     (CSV)
//	file ─► rawFile ─► text: gzip, zstd, zip; UTF-16 to UTF-8 ────┼► jsonLines ─┐
//	        counts,    expansion limits                           └► jsonArray ─┴► jsonRows: flattener ─────► Row     (JSON)
//	        hashes ──► faults, excelize ─────────────────────────────────────────► sheetRows ───────────────► Row     (XLSX)
//
// # Parts
//
// The tables: formats (formats.go) and compressions (compress.go). The survey: survey.go, text_counts.go, match_columns.go; what it finds: file.go, set.go.
// Reading: reader.go, raw.go, text.go, encoding.go, utf16.go, zip.go; records.go finds records. Each format has its prefix: csv_, json_, xlsx_.
//
// # To add to it
//
// A format is one file that makes a format, and one line in formats. A compression is one function and one line in compressions. A dialect of CSV is a
// matter of dialect and syntax.
//
// # Rows and broken rows
//
// A record that cannot be read as a row is a [Row] with Broken set, and reading goes on. The record finder tells where CSV records end by physical lines
// and the number of quotes, before any cell is looked at; so a stray quote costs its own line and not the rest of the file:
//
//   - A record ends at the first line end where the number of quotes so far is even. It has at most [Limits].Record bytes and
//     Limits.Lines lines.
//   - Where such an end is not found, or quotes are not where they belong, the record's first physical line is the broken row, and
//     reading resumes at the second.
//   - A well-quoted record with the wrong number of cells is one broken row over all its lines; unless its second physical line by itself is a
//     row of the header's width: then a stray quote ran on into it, and the first line alone is broken.
//   - So too where the record has the right number of cells, but every line of it has, quotes aside, as many cells as the header, and
//     these are enough not to be chance (enoughLikeRows). Two stray quotes in one column make such a record.
//   - Blank lines are no rows. Every byte of the content belongs to exactly one row, the header, a line before it, a comment, or a blank line.
//   - A row whose bytes are not in the input's encoding, or that holds a NUL, or a carriage return outside quotes, is broken.
//   - A comment that holds a carriage return with anything but comments after it is a broken row: a row may hide there. So is one over Limits.Record.
//   - Cells are never altered: no trimming, line ends inside quotes stay as they are. Names in the header lose the space around them.
//
// Cells are split here, rather than by encoding/csv, because that turns CRLF inside quotes into LF, and accepts what this package must
// refuse: a NUL, bytes that are no text, a record that a stray quote made of several rows. The tests hold both to the same reading of all else.
//
// Options name the dialect of a CSV where it cannot be seen: quotes, comments, carriage returns as line ends, lines before the header, no header, ragged
// rows. In no dialect does a record that a stray quote made of several rows pass for one row. Set.Digest holds the dialect, so that a run is resumed only
// over rows that are read as they were.
//
// An element of a JSON array that is no row is broken; what is no JSON ends the survey with an error, since where the next element begins cannot be known.
//
// A sheet's XML is looked through once for what the texts of its cells do not show (xlsx_check.go): errors, formulas that were never computed, numbers of
// which the program has kept 15 digits only, cells merged over rows. Such rows are broken. A row's Line is its number in the sheet; it has no Offset and End.
//
// # What is recognised
//
// Encoding: as set; else a byte order mark; else UTF-16 by the place of its NULs; else UTF-8 where all of the content is UTF-8; else
// windows-1252 where lines that are not UTF-8 are at least twenty times as many as lines that are UTF-8 beyond ASCII; else UTF-8, and
// the rows that are not are broken. JSON is UTF-8 unless something earlier in this list says otherwise.
//
// Format: a workbook by its parts; as set; else by the ending of the file's name, under that of a compression or of the member of a .zip, or a JSON array
// where the first characters are [ and then { or ]; else JSONL where the first character is {; else CSV.
//
// Delimiter: as set; else by a first line sep=; else of comma, semicolon, tab and bar the one that most of the first hundred records have as often
// as the header.
//
// # Held by tests
//
// testdata/corpus has CSV oddities, JSON parsing cases and naughty strings; go test -run Corpus -v prints how many are read as the reference says, refused, and
// silently misread (none). TestAgainstPython compares every dialect with Python's csv module, as many documents as -csvcases says; FuzzCSV with encoding/csv.
// FuzzWorkbook wants -fuzzminimizetime 10x: coverage of a workbook differs from one reading to the next.
package source
