// Package job reads job files: the YAML that says which vendor a list goes to, how its columns become customer fields,
// and how the run is to be made.
//
//	extends: base.yaml        # another job file as the base, relative to this one
//	vendor: distinct
//	base_url: https://…       # replaces everything before the vendor's own path
//	settings: {name: value}   # not secret; named as the vendor names them
//	fields: {email: E-mail, phone: {column: Mobile, country: IE}}
//	wire: {vendorField: {column: X, type: number}}
//	ignore: [Internal Id]
//	empty: [n/a, "-"]         # texts that stand for an empty cell
//	limits: {rate: 20/s, workers: 8, max_errors: 5%, timeout: 30s}
//	ok: [exists]              # codes that count as success
//	input: {format: csv, delimiter: ";", encoding: windows-1252, quote: double, quotes: strict, comment: "#", line_ends: lf,
//	        ragged: invalid, header_row: 1, sheet: List, columns: [E-mail, Name]}
//	run: {out: reports, journal: sqlite://j.db, skip_rows: 0, max_rows: 10, progress: auto, quiet: false,
//	      json: false, log_format: text, fresh: false, dry_run: false, sandbox: false, show_keys: false}
//
// Reading is strict: an unknown key, a wrong type, a key set twice are problems. All problems are found at once and
// reported as [mapping.Problems], each with file, line, column and the source line. Every scalar keeps its place as a
// [Scalar], so that whoever looks at it later (a vendor at its settings, a limiter at its rate) can point at it too: see
// [File.Problem] and [File.Explain].
//
// A scalar is the text that was written: 007, +353861234567, NO, 2026-01-02 and 1.50 lose nothing. null is no value.
// Anchors, aliases and merge keys work within a file; tags, and more than one document, are refused.
//
// With `extends`, the base is read first: fields, wire members and settings merge by name (the extending file wins and
// replaces a field as a whole), ignore and empty lists add up, and every other key of the extending file replaces the base's.
//
// All methods work on a nil *File, which is the job file that says nothing.
package job
