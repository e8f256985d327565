package mapping_test

import (
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"importer/mapping"
	"importer/mapping/job"
	"importer/mapping/problem"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden maps the rows of each testdata/*.txtar by its job file and compares with its last part.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 5 {
		t.Fatalf("%d golden files, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]*txtar.File{}
	for i := range archive.Files {
		parts[archive.Files[i].Name] = &archive.Files[i]
	}
	got := mapAll(t, parts)
	if *update {
		parts["want"].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(parts["want"].Data), got); diff != "" {
		t.Errorf("(-want +got; -update rewrites)\n%s", diff)
	}
}

// mapAll returns what the job makes of the rows, or why it can't.
func mapAll(t *testing.T, parts map[string]*txtar.File) string {
	open := func(name string) ([]byte, error) {
		if part, ok := parts[name]; ok {
			return part.Data, nil
		}
		return nil, os.ErrNotExist
	}
	var file *job.File
	if source, ok := parts["job.yaml"]; ok {
		var err error
		if file, err = job.Parse("job.yaml", source.Data, options(), open); err != nil {
			return details(t, err)
		}
	}
	records, err := csv.NewReader(strings.NewReader(string(parts["rows.csv"].Data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m, err := mapping.Compile(file.Spec(), records[0], mapping.Options{Today: mapping.Date{Year: 2026, Month: 11, Day: 21}})
	if err != nil {
		return details(t, file.Explain(err))
	}
	var b strings.Builder
	for i, cells := range records[1:] {
		fmt.Fprintf(&b, "row %d\n", i+1)
		customer, faults := m.Map(cells)
		writeCustomer(&b, customer)
		for _, f := range faults {
			fmt.Fprintf(&b, "  ! %s %s %q %s\n      hint: %s\n", f.Field, f.Code, f.Shown, f.Message, f.Hint)
		}
	}
	return b.String()
}

// options are the keys that a program may add to job files, of which some refuse texts. What a value must be is the program's business.
func options() []job.Option {
	var all []job.Option
	for key := range strings.FieldsSeq(`vendor base_url where on_duplicate on_shared on_invalid sort sample limits.rate limits.workers limits.max_errors limits.timeout
		input.delimiter input.encoding input.header_row input.sheet input.path run.out journal run.skip_rows run.max_rows run.progress run.log_format
		run.quiet run.json run.fresh run.dry_run run.sandbox run.sandbox_state run.show_keys run.wait run.exit_known run.on_end run.metrics`) {
		all = append(all, job.Option{Key: key, Doc: "what it means", Check: func(s string) error {
			if s == "many" || s == "5 percent" || s == "fancy" || s == "maybe" || s == "30" {
				return fmt.Errorf("%q is nothing that %s can be", s, key)
			}
			return nil
		}})
	}
	return append(all, job.Option{Key: "ok", List: true}, job.Option{Key: "identity", List: true}, job.Option{Key: "again", List: true}, job.Option{Key: "input.columns", List: true})
}

// details is what people see of the problems in err, a line end after each.
func details(t *testing.T, err error) string {
	t.Helper()
	text := ""
	for _, one := range problem.All(err) {
		p, ok := one.(*problem.Error)
		if !ok || p.Kind != problem.Input {
			t.Fatalf("no problem of the input: %v", one)
		}
		text += p.Detail() + "\n"
	}
	return text
}

func writeCustomer(b *strings.Builder, c mapping.Customer) {
	for _, f := range mapping.Fields() {
		if !c.Has(f) {
			continue
		}
		fmt.Fprintf(b, "  %s = %q", f, c.Text(f))
		if f.Kind() == mapping.Phone {
			p := c.Phone(f)
			fmt.Fprintf(b, " (+%d, %s, %s)", p.CountryCode, p.National, p.Region)
		}
		if f == mapping.BirthDate {
			fmt.Fprintf(b, " %+v", c.Birth())
		}
		b.WriteByte('\n')
	}
	kinds := map[mapping.PairKind]string{mapping.PairText: "text", mapping.PairNumber: "number", mapping.PairBool: "bool"}
	for _, p := range c.Metadata() {
		fmt.Fprintf(b, "  metadata %s = %q (%s)\n", p.Name, p.Text, kinds[p.Kind])
	}
	for _, p := range c.Wire() {
		fmt.Fprintf(b, "  wire %s = %q (%s)\n", p.Name, p.Text, kinds[p.Kind])
	}
}
