// Package source reads inputs: customer lists in CSV, JSONL, JSON arrays or Excel workbooks, packed or not, in any usual encoding, as one
// sequence of rows in bounded memory. (A workbook is held whole, up to 512 MiB unpacked.) For users, docs/formats.md says the same with examples.
//
// [Survey] comes first: it reads every input once, takes the digest of its bytes, recognises compression, encoding, format and delimiter, finds the
// columns, and returns all that makes an input unusable at once, before anything is sent. [Set.Open] comes next, as often as wanted: each [Reader]
// begins at the first row and ends with [ErrChanged] if the bytes are no longer those of the survey. Standard input is copied to a file with [Spool]
// before that.
//
//	                                                              ┌► recordFinder ─► csvRows, gocsv ────────► Row     (CSV)
//	file ─► rawFile ─► text: gzip, zstd, zip; UTF-16 to UTF-8 ────┼► jsonLines ─┐
//	        counts,    expansion limits                           └► jsonArray ─┴► jsonRows: flattener ─────► Row     (JSON)
//	        hashes ──► faults, excelize ─────────────────────────────────────────► sheetRows ───────────────► Row     (XLSX)
//
// A new format is one file that makes a format, and one line in formats. A new compression is one function and one line in compressions. A new
// dialect of CSV is a member of dialect, and its rules are in syntax. A new encoding is a line in charsets; one that a list may be in without saying so is
// one in candidates. A kind of file that is no list is a line in the tables of foreign_kinds.go.
//
// # Rows and broken rows
//
// A record that cannot be read as a row is a [Row] with Broken set, and reading continues. The end of a CSV record is found by physical lines and the
// number of quotes, before any cell is looked at; so a stray quote costs its own line and not the rest of the file:
//
//   - A record ends at the first line end where the number of quotes so far is even. It has at most [Limits].Record bytes and Limits.Lines lines.
//   - Where such an end is not found, or quotes are not where they belong, the record's first physical line is the broken row, and
//     reading resumes at the second.
//   - A well-quoted record with the wrong number of cells is one broken row over all its lines; unless its second physical line by itself is a
//     row of the header's width: then a stray quote ran on into it, and only the first line is broken. The same holds where the number of cells is
//     right, but every line by itself looks like a row (enoughLikeRows).
//   - Blank lines are no rows, nor are lines of nothing but delimiters. Every byte of the content belongs to exactly one row, the header, a line before it, a comment, or such a line.
//   - Cells are never altered: no trimming, line ends inside quotes stay as they are. Names in the header lose the space around them.
//
// Cells are split here, rather than by encoding/csv, because that turns CRLF inside quotes into LF, and accepts what this package must
// refuse: a NUL, bytes that are no text, a record that a stray quote made of several rows. In no dialect does such a record pass for one row.
//
// # What is recognised
//
// Encoding: as set; else a byte order mark; else UTF-16 or UTF-32 by the place of its NULs; else UTF-8, but for a few stray rows. What is something else is
// read once more as evidence: windows-1252, where nothing else is likely that reads it differently; else File.Encoding is the likeliest, and File.Doubt names
// the others: nothing of such an input should be sent. A content that changes its encoding midway is refused (checkJoined). JSON is UTF-8 unless a
// setting, a mark or its NULs say otherwise.
//
// An encoding of one byte a character is decoded cell by cell, so that offsets are those of the file. In others a second byte may be that of a delimiter:
// the content is converted before it is split.
//
// Format: a workbook by its parts; as set; else by the ending of the file's name, under that of a compression or of the member of a .zip, or a JSON array
// where the first characters are [ and then { or ]; else JSONL where the first character is {; else CSV.
//
// Delimiter: as set; else by a first line sep=; else by the first records: a usual one (delimiterOf), or a rare one in its place or around it
// (rareDelimiter).
//
// # What is refused with a setting
//
// The header is judged by the records below it (judgeHeader): whether its cells are a person's (isPerson), whether another line has the names of the
// columns (headerAmong), whether the rows are written in a way that only a setting reads (csv_misfit.go). Nothing of that is guessed: the error names the
// setting as it can be pasted, and shows no cell; and [Advised] returns it, for a proposal. Rows that are nobody are found while reading (again).
//
// # Tests
//
// testdata/corpus has CSV oddities, JSON parsing cases and naughty strings; go test -run Corpus -v prints how many are read as the reference says, refused, and
// silently misread (none). TestAgainstPython compares every dialect with Python's csv module, as many documents as -csvcases says; FuzzCSV with encoding/csv.
// FuzzWorkbook wants -fuzzminimizetime 10x: coverage of a workbook differs from one reading to the next.
package source
