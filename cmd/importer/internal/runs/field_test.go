package runs

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"importer/mapping"
	"importer/mapping/problem"
	"importer/pipeline/source"
)

var updateField = flag.Bool("update-field", false, "rewrite testdata/field/*/want.txt")

// TestField reads lists as people have them, one folder of testdata/field for each kind, and compares value by value with its want.txt. That file
// begins with what the kind is, and has commands, each with what came of it:
//
//	$ check JOB INPUT… [--OPTION=VALUE…]   every row as it is mapped: its fields, or its faults; then the notes
//	$ run JOB INPUT… [--OPTION=VALUE…]     the same as far as a run is refused before its first row; nothing is sent
//	$ init VENDOR INPUT [--OPTION=VALUE…]  the job file that is proposed
//
// -update-field rewrites what came of the commands.
func TestField(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/field/*/want.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d folders, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			t.Parallel()
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			after := fieldRetold(t, filepath.Dir(path), string(before))
			if *updateField {
				if err := os.WriteFile(path, []byte(after), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(before), after); diff != "" {
				t.Errorf("(-want +got; -update-field rewrites)\n%s", diff)
			}
		})
	}
}

// fieldRetold runs the commands of a want.txt, and returns its text with what comes of them now.
func fieldRetold(t *testing.T, dir, text string) string {
	t.Helper()
	about, _, _ := strings.Cut(text, "\n$ ")
	var b strings.Builder
	b.WriteString(strings.TrimRight(about, "\n") + "\n")
	commands := 0
	for line := range strings.Lines(text) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		commands++
		b.WriteString("\n" + line)
		came := fieldCommand(t, dir, strings.Fields(command))
		if at, err := filepath.Abs(dir); err == nil {
			came = strings.ReplaceAll(came, at+string(filepath.Separator), "")
		}
		b.WriteString(came)
	}
	if commands == 0 {
		t.Fatal("no commands")
	}
	return b.String()
}

// fieldCommand returns what comes of one command, each line indented.
func fieldCommand(t *testing.T, dir string, words []string) string {
	t.Helper()
	given, options := []string{}, map[string]string{}
	for _, word := range words[1:] {
		if option, ok := strings.CutPrefix(word, "--"); ok {
			name, value, _ := strings.Cut(option, "=")
			options[name] = value
			continue
		}
		given = append(given, word)
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	service := New(Config{
		Program: "importer", Dir: absolute, State: t.TempDir(), LookupEnv: noEnvironment, Stdin: strings.NewReader(""), Nonce: func() string { return "field" },
		Now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) },
	})
	var b strings.Builder
	switch words[0] {
	case "init":
		options["vendor"] = given[0]
		proposed, err := service.Propose(t.Context(), ProposeRequest{Request: Request{Options: options}, File: given[1]})
		fieldProblems(t, &b, err)
		for line := range strings.Lines(string(proposed.YAML)) {
			b.WriteString(strings.TrimRight("  | "+line, "\n ") + "\n")
		}
	case "check", "run":
		purpose := forChecking
		if words[0] == "run" {
			purpose = forSending
		}
		options["job"], options["sandbox"] = given[0], "true"
		fieldRows(t, &b, service, Request{Options: options}, plan{purpose: purpose, inputs: service.inputsOf(given[1:])})
	default:
		t.Fatalf("unknown command %q", words[0])
	}
	return b.String()
}

// fieldRows writes every row as it is mapped.
func fieldRows(t *testing.T, b *strings.Builder, service *Service, r Request, p plan) {
	t.Helper()
	setup, err := service.call(r).setUp(t.Context(), p)
	if err != nil {
		fieldProblems(t, b, err)
		return
	}
	defer func() {
		if err := setup.close(); err != nil {
			t.Error(err)
		}
	}()
	reader, err := setup.set.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, f := range setup.set.Files {
		if f.HiddenRows+f.HiddenColumns > 0 {
			fmt.Fprintf(b, "  hidden: %d rows, %d columns, left out: %v\n", f.HiddenRows, f.HiddenColumns, f.SkipsHidden())
		}
	}
	for _, doubt := range setup.inDoubt(encodingOfList) {
		fmt.Fprintf(b, "  in doubt: %v\n      hint: %s\n", doubt, problem.Hint(doubt))
		fieldSamples(b, doubt)
	}
	for row, err := range source.All(reader) {
		if err != nil {
			t.Fatal(err)
		}
		fieldRow(t, b, setup.mapper, row)
	}
	for _, note := range setup.mapper.Notes() {
		fmt.Fprintf(b, "  note: %s\n", note)
	}
}

func fieldRow(t *testing.T, b *strings.Builder, m *mapping.Mapper, row source.Row) {
	t.Helper()
	fmt.Fprintf(b, "  row %d line %d:", row.Number, row.Line)
	if row.Broken != nil {
		fmt.Fprintf(b, " ! %s: %s\n      hint: %s\n", row.Broken.Code, row.Broken.Message, row.Broken.Hint)
		return
	}
	var unread []mapping.Unread
	for _, flaw := range row.Flaws {
		unread = append(unread, mapping.Unread(flaw))
	}
	if takes, fault := m.TakesUnread(row.Cells, unread); fault != nil || !takes {
		fmt.Fprintf(b, " left out %v\n", fault)
		return
	}
	customer, faults := m.MapUnread(row.Cells, unread)
	for _, f := range mapping.Fields() {
		if customer.Has(f) && f.Privacy() != mapping.Hidden {
			fmt.Fprintf(b, " %s=%q", f, customer.Text(f))
		}
	}
	for _, p := range customer.Metadata() {
		fmt.Fprintf(b, " metadata.%s=%q", p.Name, p.Text)
	}
	for _, p := range customer.Wire() {
		fmt.Fprintf(b, " wire.%s=%q", p.Name, p.Text)
	}
	b.WriteString("\n")
	for _, f := range faults {
		quotesNoCell(t, row, f)
		fmt.Fprintf(b, "    ! %s %s: %s (%s)\n      hint: %s\n", f.Field, f.Code, f.Message, f.Shown, f.Hint)
	}
}

// quotesNoCell: messages and hints are counted and kept as they are, so they hold no value; what a spreadsheet or a program writes in place of one is none.
func quotesNoCell(t *testing.T, row source.Row, f mapping.Fault) {
	t.Helper()
	for _, cell := range row.Cells {
		nobodys := strings.HasPrefix(cell, "#") || mapping.StandsForNoDate(cell)
		if cell == "1.23457E+11" {
			continue // the example that the message of such numbers has
		}
		if len(cell) > 4 && (strings.Contains(f.Message, cell) || !nobodys && strings.Contains(f.Hint, cell)) {
			t.Errorf("row %d: the message or hint of %s quotes the cell: %s, %s", row.Number, f.Code, f.Message, f.Hint)
		}
	}
}

// fieldProblems writes what a person sees of problems of the whole input or of the job file.
func fieldProblems(t *testing.T, b *strings.Builder, err error) {
	t.Helper()
	if errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for _, one := range problem.All(err) {
		text := one.Error()
		var p *problem.Error
		if errors.As(one, &p) {
			text = p.Detail()
		}
		for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
			b.WriteString("  refused: " + line)
		}
		fieldSamples(b, one)
	}
}

// fieldSamples writes the words of the list that are shown beside a problem.
func fieldSamples(b *strings.Builder, err error) {
	if p, ok := errors.AsType[*problem.Error](err); ok {
		for _, line := range p.Samples {
			b.WriteString("      sample: " + line + "\n")
		}
	}
}
