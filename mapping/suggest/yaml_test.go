package suggest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/job"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// compiled parses a proposal with the job reader and fits it to the header.
func compiled(header []string, text []byte) (*job.File, error) {
	file, err := job.Parse("proposal.yaml", text, []job.Option{{Key: "vendor"}}, nil)
	if err != nil {
		return nil, err
	}
	_, err = mapping.Compile(file.Spec(), header, mapping.Options{})
	return file, err
}

// FuzzScalar writes odd column names and reads them back.
func FuzzScalar(f *testing.F) {
	for _, name := range []string{
		"NO", "on", "y", "~", "null", "007", "0x1F", "1e3", ".5", "12:30", "a: b", "a #b", "# a", "- a", "? a", "[a", "{a}", "a,b", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a",
		"'a'", `"a"`, `a\b`, "a\tb", "a\nb", "Straße", "日本", "é", "\u00a0", "a\u2028b", "\U0001F600", "\u200bx", "\ufeff", "=", "<<", "a ", "2026-01-02", "-", "--", "---", "...", "\x7f", "\x00", "\u0085", "a'b",
		"[0]", "Has \"quotes\"", "E-mail 1 - Value", "true", "NULL", "+353861234567", "\ue000", "\U000E0001", "\uffff",
	} {
		f.Add(name, "x")
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		// Names and cells are trimmed before they are written.
		name, value = mapping.Trim(strings.ToValidUTF8(name, "")), mapping.Trim(strings.ToValidUTF8(value, ""))
		if name == "" || len(name) > 200 || len(value) > 200 {
			return
		}
		text := "fields:\n  email: {column: " + scalar(name) + ", values: " + pairs(map[string]string{value: "a@example.com"}) + "}\nignore:\n  - " + scalar(name) + "\n"
		file, err := job.Parse("x.yaml", []byte(text), []job.Option{{Key: "vendor"}}, nil)
		if err != nil {
			t.Fatalf("%q: %v\n%s", name, err, text)
		}
		spec := file.Spec()
		if got := spec.Fields[0].Columns[0]; got != name {
			t.Errorf("column %q came back as %q", name, got)
		}
		if _, ok := spec.Fields[0].Values[value]; !ok {
			t.Errorf("value %q came back as %q", value, spec.Fields[0].Values)
		}
		if got := spec.Ignore[0]; got != name {
			t.Errorf("ignored %q came back as %q", name, got)
		}
	})
}

// FuzzPropose holds proposals for hostile headers and cells to their promise: they parse, and they compile against the header.
func FuzzPropose(f *testing.F) {
	f.Add("email\x1fname", "a@b.de\x1fX", uint8(3))
	f.Add("Vorname\x1fName\x1fStraße\x1fHausnr.\x1f\x1f", "a\x1fb, c\x1fd\x1f1", uint8(20))
	f.Add("email\x1femail\x1fE-Mail\x1f_import_row\x1f \x1f: \x1f- ", "\x1f", uint8(0))
	f.Add("phone\x1fcountry\x1fdob\x1fsex", "0151 23456789\x1fDE\x1f01.02.1990\x1fm", uint8(40))
	f.Add(`"quo"te"`+"\x1f\\\x1f\nline\x1f'x'", "NO\x1fon", uint8(2))
	f.Add("Name\x1f#\x1f\u2028", "Doe, Jane", uint8(9))
	f.Fuzz(func(t *testing.T, header, row string, rows uint8) {
		names := strings.Split(strings.ToValidUTF8(header, "?"), "\x1f")
		if len(names) > 60 || len(header) > 1000 || len(row) > 1000 { // a line of a job file has at most 16 KiB, six for each byte that is escaped
			return
		}
		s := NewSample(names)
		for range rows {
			s.Add(strings.Split(strings.ToValidUTF8(row, "?"), "\x1f"))
		}
		p := Propose(s, Options{Vendor: "distinct", Settings: []Setting{{Name: "x", Doc: header, Required: true}, {Name: "y", Value: row}}})
		text := p.YAML()
		file, err := job.Parse("x.yaml", text, []job.Option{{Key: "vendor"}}, nil)
		if err != nil {
			t.Fatalf("header %q: %v\n%s", names, err, text)
		}
		spec := file.Spec()
		if len(spec.Fields) == 0 {
			return // a header that uses standard names takes over, and may name one twice
		}
		if _, err := mapping.Compile(spec, names, mapping.Options{}); err != nil {
			t.Fatalf("header %q: %v\n%s", names, err, text)
		}
		for _, q := range p.Questions() {
			if err := p.Settle(q.Field, q.Answers[0].Spec); err != nil {
				t.Fatalf("the proposed answer for %s: %v", q.Field, err)
			}
		}
		if _, err := compiled(names, p.YAML()); err != nil {
			t.Fatalf("after the answers: %v\n%s", err, p.YAML())
		}
	})
}

// TestGolden holds whole proposals, as people see them, for lists with rows: testdata/lists/*.csv give *.yaml.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/lists/*.csv")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no lists: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var s *Sample
			for line := range strings.Lines(read(t, path)) {
				cells := strings.Split(strings.TrimRight(line, "\n"), ";")
				if s == nil {
					s = NewSample(cells)
					continue
				}
				s.Add(cells)
			}
			p := Propose(s, Options{Vendor: "distinct", Input: filepath.Base(path), Fields: distinctLike(), Settings: []Setting{
				{Name: "apiKey", Doc: "the key", Env: "DISTINCT_API_KEY", Secret: true, Required: true},
				{Name: "experienceValue", Doc: "the experience", Required: true},
			}})
			text := p.YAML()
			if _, err := compiled(s.header, text); err != nil {
				t.Errorf("the proposal does not work: %v", err)
			}
			golden := strings.TrimSuffix(path, ".csv") + ".yaml"
			if *update {
				if err := os.WriteFile(golden, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(read(t, golden), string(text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// distinctLike is a vendor's choice of fields, some of them required.
func distinctLike() []Want {
	return []Want{
		{mapping.FirstName, true}, {mapping.LastName, false}, {mapping.Email, true}, {mapping.TermsAccepted, true}, {mapping.Newsletter, true},
		{mapping.PhoneNumber, false}, {mapping.BirthDate, true}, {mapping.Language, true}, {mapping.Country, false}, {mapping.Gender, false},
		{mapping.AddressLine, false}, {mapping.AddressPremise, false}, {mapping.PostalCode, false}, {mapping.Salutation, false}, {mapping.Title, false}, {mapping.Password, false}, {mapping.Username, false},
	}
}

// TestWideHeader is about time and memory: 5,000 columns, each of them something.
func TestWideHeader(t *testing.T) {
	var header, row []string
	for i := range 5000 {
		header = append(header, fmt.Sprintf("%s %d", []string{"E-Mail", "Birth date", "Phone", "Country", "x"}[i%5], i))
		row = append(row, []string{"a@example.com", "01.02.1990", "+353861234567", "Irland", "y"}[i%5])
	}
	s := NewSample(header)
	for range 30 {
		s.Add(row)
	}
	if _, err := compiled(header, Propose(s, Options{}).YAML()); err != nil {
		t.Error(err)
	}
}
