package runs

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"importer/mapping/job"
	"importer/mapping/problem"
)

var updateKeys = flag.Bool("update-keys", false, "rewrite the table of keys in docs/mapping.md")

// TestJobKeysAreDocumented holds the table of keys in docs/mapping.md to the code; every key stands in an example there, but those under `input`,
// which have a page of their own.
func TestJobKeysAreDocumented(t *testing.T) {
	t.Parallel()
	const path = "../../../../docs/mapping.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	cell := strings.NewReplacer("|", `\|`, "<", "&lt;").Replace
	want := "| key | meaning |\n| --- | --- |\n"
	examples := strings.Join(regexp.MustCompile("(?s)```yaml\n.*?```").FindAllString(page, -1), "\n")
	for _, k := range job.Keys(jobOptions()) {
		want += "| `" + k.Name + "` | " + cell(k.Doc) + " |\n"
		name := k.Name[strings.LastIndexByte(k.Name, '.')+1:]
		if !strings.HasPrefix(k.Name, "input.") && !regexp.MustCompile(`\b`+name+`:`).MatchString(examples) {
			t.Errorf("no example uses the key %s", k.Name)
		}
	}
	before, rest, found := strings.Cut(page, "<!-- keys -->\n")
	table, after, closed := strings.Cut(rest, "<!-- end -->")
	if !found || !closed {
		t.Fatal("the page has no table of keys")
	}
	if *updateKeys {
		if err := os.WriteFile(path, []byte(before+"<!-- keys -->\n"+want+"<!-- end -->"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if table != want {
		t.Errorf("(-page +code; -update-keys rewrites)\n%s", gocmp.Diff(table, want))
	}
}

// TestJobFileValuesAreChecked: a value that its option would refuse is a problem of the job file, at its place there.
func TestJobFileValuesAreChecked(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"limits: {workers: 0}":        `1:19: workers: "0" is not a number of workers`,
		"limits: {workers: 1.5}":      `1:19: workers: "1.5" is not a number of workers`,
		"limits: {max_errors: 101%}":  `1:22: max_errors: `,
		"limits: {max_errors: -1}":    `1:22: max_errors: `,
		"limits: {max_errors: 1.5}":   `1:22: max_errors: `,
		"limits: {timeout: -3s}":      `1:19: timeout: "-3s" is not a duration`,
		"limits: {timeout: 30}":       `1:19: timeout: "30" is not a duration`,
		"limits: {rate: often}":       `1:16: rate: `,
		"run: {skip_rows: many}":      `1:18: skip_rows: "many" is not a number of rows`,
		"run: {max_rows: -1}":         `1:17: max_rows: "-1" is not a number of rows`,
		"run: {fresh: yes}":           `1:14: fresh: "yes" is neither true nor false`,
		"run: {progress: fancy}":      `1:17: progress: "fancy" is none of auto, bar, plain, none`,
		"run: {log_format: xml}":      `1:19: log_format: "xml" is none of text, json`,
		"run: {wait: soon}":           `1:13: wait: "soon" is not a duration`,
		"run: {metrics: list.csv}":    `1:16: metrics: "list.csv" does not end in .prom`,
		"sample: none":                `1:9: sample: "none" is not a number of rows`,
		"on_duplicate: newest":        `1:15: on_duplicate: "newest" is none of first, last, reject`,
		"again: [exists, all]":        `1:17: again: "all" is none of exists, rejected`,
		"again: [created]":            `1:9: again: "created" is none of exists, rejected`,
		"sort: sponsor_first":         `1:7: sort: "sponsor_first" is none of sponsors_first`,
		"identity: [phone, emial]":    `1:19: identity: unknown field "emial"`,
		"identity: [password]":        `1:12: identity: it cannot be the field "password"`,
		"input: {quote: twice}":       `1:16: quote: "twice" is none of double, backslash`,
		"input: {quotes: lose}":       `1:17: quotes: "lose" is none of strict, loose, none`,
		"input: {line_ends: cr}":      `1:20: line_ends: "cr" is none of lf, any`,
		"input: {ragged: drop}":       `1:17: ragged: "drop" is none of invalid, pad, merge`,
		"input: {header_row: 0}":      `1:21: header_row: "0" is not a line of the input`,
		"input: {columns: [A, '']}":   `1:22: a column needs a name`,
		"input: {columns: [A, B, A]}": `1:25: column "A" is named twice`,
	} {
		_, err := job.Parse("job.yaml", []byte(source), jobOptions(), nil)
		if err == nil || problem.KindOf(err) != problem.Input || !strings.HasPrefix(err.Error(), "job.yaml:"+want) || len(problem.All(err)) != 1 {
			t.Errorf("%s: got %v, want %s", source, err, want)
		}
	}
}

// TestOptionsPage holds docs/options.md to the table of options.
func TestOptionsPage(t *testing.T) {
	t.Parallel()
	const path = "../../../../docs/options.md"
	cell := strings.NewReplacer("|", `\|`, "<", "&lt;").Replace
	code := func(s string) string {
		if s == "" {
			return ""
		}
		return "`" + cell(s) + "`"
	}
	var b strings.Builder
	b.WriteString("# Options\n\nWhat can be said of a run, and where. A flag beats the environment variable, which beats the job file, which beats the default; a resumed\n" +
		"run also remembers what it was started with. `importer run --help` shows the same. This page is printed from the program's own table.\n" +
		"\nCommands that read no job file (`resume`, `report`, `status`, `runs`, `settle`, `forget`, `purge`, `adopt`) do not know the journal that it names: give them\n" +
		"`--journal` or `IMPORTER_JOURNAL`.\n")
	for _, g := range Groups() {
		fmt.Fprintf(&b, "\n## %s\n\n| flag | variable | job file | default | meaning |\n|---|---|---|---|---|\n", cmp.Or(map[Group]string{Common: "Most used"}[g], string(g)))
		for _, o := range AllOptions() {
			if o.Group == g {
				fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", code(strings.TrimSpace("--"+o.Name+" "+o.Arg)), code(o.Variable()), code(o.Key), code(o.Default), cell(o.Doc))
			}
		}
	}
	page, err := os.ReadFile(path)
	if *updateKeys {
		err = os.WriteFile(path, []byte(b.String()), 0o644)
		page = []byte(b.String())
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(page), b.String()); diff != "" {
		t.Errorf("(-page +code; -update-keys rewrites)\n%s", diff)
	}
}
