package job

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// scalarKey is one key that holds one text. The table below is all there is to know about it.
type scalarKey struct {
	block string // "" for the top level
	name  string
	check func(string) string // what is wrong with a text, as "takes …"; empty when nothing is
	of    func(*File) *Scalar
	doc   string
}

// Key documents one key of job files.
type Key struct{ Name, Doc string }

// scalarKeys is never changed.
var scalarKeys = []scalarKey{
	{"", "vendor", anyText, func(f *File) *Scalar { return &f.Vendor }, "the vendor's name, as `importer vendors` lists it"},
	{"", "base_url", anyText, func(f *File) *Scalar { return &f.BaseURL }, "replaces everything before the vendor's own path"},
	{"", "where", anyText, func(f *File) *Scalar { return &f.Where }, `which rows to take: a condition such as row["Country"] == "IE"; the others are skipped`},
	{"", "on_duplicate", oneOf("first", "last", "reject"), func(f *File) *Scalar { return &f.OnDuplicate }, "which row of a person counts: the first, the last, or none at all (reject)"},
	{"", "sort", oneOf("sponsors_first"), func(f *File) *Scalar { return &f.Sort }, "sponsors_first: rows wait until the row of their sponsor is registered"},
	{"", "sample", positive, func(f *File) *Scalar { return &f.Sample }, "send so many rows first, and go on only when a person says so"},
	{"limits", "rate", anyText, func(f *File) *Scalar { return &f.Limits.Rate }, "requests per time, such as 20/s or 20/s,2000/15m; none for no limit"},
	{"limits", "workers", positive, func(f *File) *Scalar { return &f.Limits.Workers }, "how many requests may be under way at once"},
	{"limits", "max_errors", threshold, func(f *File) *Scalar { return &f.Limits.MaxErrors }, "stop after so many failed rows: N or N%"},
	{"limits", "timeout", duration, func(f *File) *Scalar { return &f.Limits.Timeout }, "how long one attempt may take, such as 30s"},
	{"input", "format", anyText, func(f *File) *Scalar { return &f.Input.Format }, "csv, tsv, jsonl, json or xlsx; recognised when not set"},
	{"input", "delimiter", anyText, func(f *File) *Scalar { return &f.Input.Delimiter }, "what stands between cells; recognised when not set"},
	{"input", "encoding", anyText, func(f *File) *Scalar { return &f.Input.Encoding }, "such as utf-8 or windows-1252; recognised when not set"},
	{"input", "quote", oneOf("double", "backslash"), func(f *File) *Scalar { return &f.Input.Quote }, "how a quote in a quoted cell is written: twice (double), or after a backslash"},
	{"input", "quotes", oneOf("strict", "loose", "none"), func(f *File) *Scalar { return &f.Input.Quotes }, "loose: a quote inside a cell that does not begin with one is text; none: every quote is"},
	{"input", "comment", anyText, func(f *File) *Scalar { return &f.Input.Comment }, "the sign with which lines begin that are no rows, such as #"},
	{"input", "line_ends", oneOf("lf", "any"), func(f *File) *Scalar { return &f.Input.LineEnds }, "any: a carriage return alone ends a line too; recognised where all do"},
	{"input", "ragged", oneOf("invalid", "pad", "merge"), func(f *File) *Scalar { return &f.Input.Ragged }, "what a row with missing or surplus cells is: invalid, padded, or merged into the last column"},
	{"input", "header_row", positive, func(f *File) *Scalar { return &f.Input.HeaderRow }, "the line, or row of a sheet, with the names of the columns; those before it are left out"},
	{"input", "sheet", anyText, func(f *File) *Scalar { return &f.Input.Sheet }, "the worksheet, by name or by number; the first that is not hidden when not set"},
	{"run", "out", anyText, func(f *File) *Scalar { return &f.Run.Out }, "folder for the run folders"},
	{"run", "journal", anyText, func(f *File) *Scalar { return &f.Run.Journal }, "where the journal is kept, as a URL"},
	{"run", "skip_rows", count, func(f *File) *Scalar { return &f.Run.SkipRows }, "rows to leave out at the beginning"},
	{"run", "max_rows", count, func(f *File) *Scalar { return &f.Run.MaxRows }, "rows to take at most"},
	{"run", "progress", oneOf("auto", "bar", "plain", "none"), func(f *File) *Scalar { return &f.Run.Progress }, "auto, bar, plain or none"},
	{"run", "log_format", oneOf("text", "json"), func(f *File) *Scalar { return &f.Run.LogFormat }, "text or json"},
	{"run", "quiet", truth, func(f *File) *Scalar { return &f.Run.Quiet }, "show no progress"},
	{"run", "json", truth, func(f *File) *Scalar { return &f.Run.JSON }, "print the summary as JSON"},
	{"run", "fresh", truth, func(f *File) *Scalar { return &f.Run.Fresh }, "start over instead of going on with an unfinished run"},
	{"run", "dry_run", truth, func(f *File) *Scalar { return &f.Run.DryRun }, "do everything but send"},
	{"run", "sandbox", truth, func(f *File) *Scalar { return &f.Run.Sandbox }, "send to the built-in stand-in"},
	{"run", "show_keys", truth, func(f *File) *Scalar { return &f.Run.ShowKeys }, "show identities in clear"},
}

// otherKeys are the top-level keys that hold more than one text. It is never changed.
var otherKeys = []Key{
	{"extends", "another job file as the base, relative to this one"},
	{"settings", "the vendor's settings by its own names; no secrets"},
	{"fields", "where each standard field comes from"},
	{"wire", "fields of the vendor that the importer does not know, by the vendor's own names"},
	{"ignore", "columns that are neither mapped nor an error"},
	{"empty", "texts that stand for an empty cell in every field, such as n/a"},
	{"ok", "codes that count as success"},
	{"identity", "standard fields that make two rows one person, all together; the vendor's own when not set"},
}

// fieldKeys are the keys of one member of `fields` or `wire`. It is never changed.
var fieldKeys = []Key{
	{"column", "the column it comes from"},
	{"columns", "columns of which the first that is not empty counts"},
	{"value", "a constant"},
	{"expr", `an expression over row["Column"]`},
	{"values", "what each text of a cell stands for; others are faults"},
	{"default", "taken when the cell is empty"},
	{"empty", "texts that stand for an empty cell, besides those of the job; [] turns those off here"},
	{"format", "how dates are written, such as DD/MM/YYYY, D MMM YYYY or excel"},
	{"country", "whose national telephone numbers these are"},
	{"part", "first or last, where the cell holds a full name"},
	{"from", "salutation, where the cell holds a form of address that tells the gender"},
	{"type", "text, number or bool (metadata and wire only)"},
}

// Keys lists every key of job files, blocks as "limits.rate", members of a field as "fields.<name>.column".
func Keys() []Key {
	all := slices.Clone(otherKeys)
	for _, k := range scalarKeys {
		all = append(all, Key{strings.TrimPrefix(k.block+"."+k.name, "."), k.doc})
	}
	all = append(all, Key{"input.columns", "names of the columns of a list that has no header"})
	for _, k := range fieldKeys {
		all = append(all, Key{"fields.<name>." + k.Name, k.Doc})
	}
	return all
}

// flag is the name of the flag that says the same.
func (k scalarKey) flag() string { return strings.ReplaceAll(k.name, "_", "-") }

// keysOf lists the names allowed in a block, "" for the top level.
func keysOf(block string) []string {
	var names []string
	if block == "" {
		for _, k := range otherKeys {
			names = append(names, k.Name)
		}
		names = append(names, "limits", "input", "run")
	}
	for _, k := range scalarKeys {
		if k.block == block {
			names = append(names, k.name)
		}
	}
	if block == "input" {
		names = append(names, "columns")
	}
	return names
}

func anyText(s string) string {
	if s == "" {
		return "takes a text that is not empty"
	}
	return ""
}

func positive(s string) string {
	if n, err := strconv.ParseInt(s, 10, 32); err != nil || n < 1 {
		return "takes a whole number from 1"
	}
	return ""
}

func count(s string) string {
	if n, err := strconv.ParseInt(s, 10, 64); err != nil || n < 0 {
		return "takes a whole number from 0"
	}
	return ""
}

func truth(s string) string {
	if s != "true" && s != "false" {
		return "takes true or false"
	}
	return ""
}

func duration(s string) string {
	if d, err := time.ParseDuration(s); err != nil || d <= 0 {
		return "takes a time with its unit, such as 30s or 2m"
	}
	return ""
}

// threshold takes N or N%, where N% is at most 100%.
func threshold(s string) string {
	number, percent := strings.CutSuffix(s, "%")
	n, err := strconv.ParseFloat(number, 64)
	whole := number != "" && strings.Trim(number, "0123456789") == ""
	decimal := percent && strings.Trim(number, "0123456789.") == ""
	if err != nil || !(whole || decimal) || percent && n > 100 {
		return "takes a number of rows or a share of them, such as 100 or 5%"
	}
	return ""
}

func oneOf(words ...string) func(string) string {
	return func(s string) string {
		if slices.Contains(words, s) {
			return ""
		}
		return "takes " + strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
	}
}
