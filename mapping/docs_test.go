package mapping_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"importer/mapping"
	"importer/mapping/job"
)

// docPath is the page whose examples and tables these tests hold to the code. -update rewrites both.
const docPath = "../docs/mapping.md"

// block is one fenced block of the page.
type block struct {
	kind       string // what stands behind the fence: yaml, csv or text
	text       string
	start, end int // bytes of its text within the page
	line       int
}

var fence = regexp.MustCompile("(?m)^```([a-z]*)\n((?:[^`\n].*\n|\n)*)```$")

func blocksOf(page string) []block {
	var all []block
	for _, at := range fence.FindAllStringSubmatchIndex(page, -1) {
		all = append(all, block{page[at[2]:at[3]], page[at[4]:at[5]], at[4], at[5], strings.Count(page[:at[4]], "\n")})
	}
	return all
}

func readDoc(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(docPath)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// TestDocExamples runs every example of the page: a job file, rows, and what comes of them. A job file that is not followed
// by rows must be whole by itself, or be followed by what is wrong with it.
func TestDocExamples(t *testing.T) {
	page := readDoc(t)
	blocks := blocksOf(page)
	rewritten, last, examples := "", 0, 0
	for i, b := range blocks {
		if b.kind != "yaml" {
			continue
		}
		parts := []string{b.text}
		next := i + 1
		if next < len(blocks) && blocks[next].kind == "csv" {
			parts = append(parts, blocks[next].text)
			next++
		}
		got := outcomeOf(t, b.line, parts)
		if next == len(blocks) || blocks[next].kind != "text" {
			if len(parts) == 2 || got != "" {
				t.Errorf("line %d: nothing says what comes of it: %s", b.line, got)
			}
			continue
		}
		examples++
		want := blocks[next]
		rewritten += page[last:want.start] + got
		last = want.end
		if diff := cmp.Diff(want.text, got); diff != "" && !*update {
			t.Errorf("line %d (-page +code; -update rewrites)\n%s", want.line, diff)
		}
	}
	if examples < 15 {
		t.Errorf("only %d examples", examples)
	}
	if *update {
		if err := os.WriteFile(docPath, []byte(rewritten+page[last:]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// outcomeOf says what comes of a job file and rows: customers, faults and notes, or what is wrong with the job.
func outcomeOf(t *testing.T, line int, parts []string) string {
	t.Helper()
	file, err := job.Parse("job.yaml", []byte(parts[0]), options(), func(string) ([]byte, error) { return []byte("fields: {email: E-mail}\n"), nil })
	if err != nil {
		return details(t, err)
	}
	if len(parts) == 1 {
		return ""
	}
	reader := csv.NewReader(strings.NewReader(parts[1]))
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	m, err := mapping.Compile(file.Spec(), records[0], mapping.Options{Today: mapping.Date{Year: 2026, Month: 11, Day: 21}})
	if err != nil {
		return details(t, file.Explain(err))
	}
	if study := m.Study(); study != nil {
		for _, cells := range records[1:] {
			study.See(cells)
		}
		study.Conclude(mapping.WholeOfList)
	}
	var b strings.Builder
	for i, cells := range records[1:] {
		fmt.Fprintf(&b, "row %d\n", i+1)
		customer, faults := m.Map(cells)
		writeCustomer(&b, customer)
		for _, f := range faults {
			fmt.Fprintf(&b, "  ! %s %s: %s\n      %s\n", f.Field, f.Code, f.Message, f.Hint)
		}
	}
	for _, n := range m.Notes() {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	return b.String()
}

// tables are the parts of the page that are made from the code, between <!-- name --> and <!-- end -->.
func tables() map[string]string {
	table := func(head string, rows [][]string) string {
		cells := strings.Split(head, " | ")
		text := "| " + head + " |\n|" + strings.Repeat(" --- |", len(cells)) + "\n"
		for _, row := range rows {
			text += "| " + strings.Join(row, " | ") + " |\n"
		}
		return text
	}
	code := func(s string) string { return "`" + s + "`" }
	cell := strings.NewReplacer("|", `\|`, "<", "&lt;").Replace
	var fields, functions, codes, notes [][]string
	for _, f := range mapping.Fields() {
		fields = append(fields, []string{code(f.String()), f.Kind().String(), cell(f.Doc())})
	}
	for _, f := range mapping.Functions() {
		functions = append(functions, []string{code(f.Usage), cell(f.Doc)})
	}
	for _, c := range mapping.Codes() {
		codes = append(codes, []string{code(c.Name), cell(c.Hint)})
	}
	for _, c := range mapping.NoteCodes() {
		notes = append(notes, []string{code(c.Name), cell(c.Hint)})
	}
	return map[string]string{
		"fields":    table("field | kind | meaning", fields),
		"functions": table("function | result", functions),
		"codes":     table("code | what to do", codes),
		"notes":     table("note | meaning", notes),
	}
}

// TestDocTables holds the page's lists of fields, functions and codes to the code.
func TestDocTables(t *testing.T) {
	page := readDoc(t)
	for name, want := range tables() {
		begin := "<!-- " + name + " -->\n"
		from := strings.Index(page, begin)
		to := strings.Index(page[max(from, 0):], "<!-- end -->")
		if from < 0 || to < 0 {
			t.Errorf("the page has no part %s", begin)
			continue
		}
		from, to = from+len(begin), from+to
		if page[from:to] == want {
			continue
		}
		if !*update {
			t.Errorf("%s (-page +code; -update rewrites)\n%s", name, cmp.Diff(page[from:to], want))
			continue
		}
		page = page[:from] + want + page[to:]
	}
	if *update {
		if err := os.WriteFile(docPath, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDocShowsAll: every key of a field, every function, every code of a fault and every note stands in an example.
func TestDocShowsAll(t *testing.T) {
	jobs, results := "", ""
	for _, b := range blocksOf(readDoc(t)) {
		switch b.kind {
		case "yaml":
			jobs += b.text
		case "text":
			results += b.text
		}
	}
	for _, k := range job.Keys(nil) { // those of the program's options are looked for where it declares them
		name := k.Name[strings.LastIndexByte(k.Name, '.')+1:]
		if !regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `:`).MatchString(jobs) {
			t.Errorf("no example uses the key %s", k.Name)
		}
	}
	for _, f := range mapping.Functions() {
		if !strings.Contains(jobs, f.Name+"(") {
			t.Errorf("no example calls %s", f.Usage)
		}
	}
	for _, c := range append(mapping.Codes(), mapping.NoteCodes()...) {
		if !strings.Contains(results, " "+c.Name) {
			t.Errorf("no example shows %s", c.Name)
		}
	}
}
