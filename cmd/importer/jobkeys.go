package main

import (
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/job"
)

// jobKeys are the keys of the job file that say the same as a knob. They have the knob's rules and its text.
var jobKeys = map[string]string{
	"vendor": "vendor", "base-url": "base_url", "ok": "ok",
	"where": "where", "identity": "identity", "on-duplicate": "on_duplicate", "sort": "sort", "sample": "sample",
	"rate": "limits.rate", "workers": "limits.workers", "max-errors": "limits.max_errors", "timeout": "limits.timeout",
	"format": "input.format", "delimiter": "input.delimiter", "encoding": "input.encoding", "quote": "input.quote", "quotes": "input.quotes",
	"comment": "input.comment", "line-ends": "input.line_ends", "ragged": "input.ragged", "header-row": "input.header_row",
	"columns": "input.columns", "sheet": "input.sheet",
	"out": "run.out", "journal": "run.journal", "skip-rows": "run.skip_rows", "max-rows": "run.max_rows", "progress": "run.progress",
	"log-format": "run.log_format", "quiet": "run.quiet", "json": "run.json", "fresh": "run.fresh", "dry-run": "run.dry_run",
	"sandbox": "run.sandbox", "show-keys": "run.show_keys",
}

// jobOptions are the knobs that a job file may set.
func jobOptions() []job.Option {
	var options []job.Option
	for _, k := range runKnobs() {
		if key, ok := jobKeys[k.name]; ok {
			options = append(options, job.Option{
				Key: key, List: slices.Contains([]string{"ok", "identity", "columns"}, k.name), Check: k.check, Doc: k.doc,
			})
		}
	}
	return options
}

// check says what is wrong with a text for the knob. What only the reader of the input judges is judged here, where the place is known.
func (k knob) check(s string) error {
	switch k.name {
	case "columns":
		return nil // each is a name as it stands
	case "quote", "quotes", "line-ends", "ragged":
		if words := strings.Split(k.arg, "|"); !slices.Contains(words, s) {
			return fmt.Errorf("%q is none of %s", mapping.Escape(s, 40), strings.Join(words, ", "))
		}
	}
	return k.set(&knobs{}, s)
}
