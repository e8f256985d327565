package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline/source"
)

// reading is how inputs are written, where that is not recognised; it is what `input` in the job file says.
type reading struct {
	options   source.Options
	delimiter string // as written: it is judged when the inputs are looked at
	comment   string
}

// inputKnobs are the knobs about how the input is written.
func inputKnobs() []knob {
	at := func(of func(*source.Options) *string) func(*knobs, string) error {
		return text(func(k *knobs) *string { return of(&k.options) })
	}
	return []knob{
		{name: "format", arg: strings.Join(source.Formats(), "|"), doc: "of the input, where it is not recognised", set: at(func(o *source.Options) *string { return &o.Format })},
		{name: "delimiter", arg: "CHAR", doc: "between cells, where it is not recognised", set: text(func(k *knobs) *string { return &k.reading.delimiter })},
		{name: "encoding", arg: "NAME", doc: "of the input, where it is not recognised: utf-8, windows-1252, utf-16", set: at(func(o *source.Options) *string { return &o.Encoding })},
		{name: "quote", arg: "double|backslash", doc: "how a quote in a quoted cell is written (default: double)", set: at(func(o *source.Options) *string { return &o.Quote })},
		{name: "quotes", arg: "strict|loose|none", doc: "loose takes quotes inside cells for text, none every quote (default: strict)", set: at(func(o *source.Options) *string { return &o.Quotes })},
		{name: "comment", arg: "CHAR", doc: "sign with which lines begin that are no rows", set: text(func(k *knobs) *string { return &k.reading.comment })},
		{name: "line-ends", arg: "lf|any", doc: "any takes a carriage return alone for the end of a line; recognised where all are such", set: at(func(o *source.Options) *string { return &o.LineEnds })},
		{name: "ragged", arg: "invalid|pad|merge", doc: "rows with missing or surplus cells: refused, padded, or merged into the last column (default: invalid)", set: at(func(o *source.Options) *string { return &o.Ragged })},
		{name: "header-row", arg: "N", doc: "line, or row of a sheet, with the names of the columns; those before it are left out", set: setHeaderRow},
		{name: "columns", arg: "NAME,...", doc: "names of the columns of a list that has no header", set: setColumns},
		{name: "sheet", arg: "NAME|N", doc: "worksheet, by name or by number (default: the first that is not hidden)", set: at(func(o *source.Options) *string { return &o.Sheet })},
	}
}

// inputKnobNames are the names of the knobs about how the input is written.
func inputKnobNames() []string {
	var names []string
	for _, k := range inputKnobs() {
		names = append(names, k.name)
	}
	return names
}

func setHeaderRow(k *knobs, s string) error {
	if s == "" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no line of the input; write a whole number from 1", mapping.Escape(s, 40))
	}
	k.options.HeaderRow = n
	return nil
}

func setColumns(k *knobs, s string) (err error) {
	if k.options.Columns, err = job.SplitColumns(s); err != nil {
		return errors.New("the names cannot be read; write them with commas between them, and those with commas in quotes")
	}
	return nil
}

// of returns the options for an input. What is no single character is left to source to refuse.
func (r reading) of() source.Options {
	o := r.options
	o.Delimiter, o.Comment = characterOf(r.delimiter), characterOf(r.comment)
	return o
}

// characterOf reads a delimiter or comment sign.
func characterOf(text string) rune {
	switch text {
	case "":
		return 0
	case "tab", `\t`:
		return '\t'
	}
	runes := []rune(text)
	if len(runes) != 1 {
		return -1
	}
	return runes[0]
}

// yaml is the `input` block that says the same as the flags of the command, for a job file; empty where they say nothing.
func (l layering) yaml() string {
	var lines []string
	for _, k := range inputKnobs() {
		value, from, _ := l.find(k)
		if from < byEnv || value == "" {
			continue
		}
		name := strings.ReplaceAll(k.name, "-", "_")
		if k.name == "columns" {
			columns, err := job.SplitColumns(value)
			if err != nil {
				continue
			}
			for i, c := range columns {
				columns[i] = strconv.Quote(c)
			}
			lines = append(lines, "  "+name+": ["+strings.Join(columns, ", ")+"]")
			continue
		}
		lines = append(lines, "  "+name+": "+strconv.Quote(value))
	}
	if len(lines) == 0 {
		return ""
	}
	return "\ninput:\n" + strings.Join(lines, "\n") + "\n"
}
