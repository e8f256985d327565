package suggest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"importer/mapping"
)

// The floors. The tuned files must stay above what the package promises; the held-back ones a little below what was measured on
// them, so that a change for the worse is seen.
const (
	tunedPrecision, tunedRecall = 0.98, 0.98
	heldPrecision, heldRecall   = 0.97, 0.96
)

// headerFile is one file of testdata/headers: a real product's header row, and the field that each column is. Lines are
// "column => field"; comments name the product and the page. What doc.go says of streets holds for the labels.
type headerFile struct {
	name   string
	held   bool
	header []string
	want   map[pair]bool
}

type pair struct {
	column string
	field  mapping.Field
}

// score counts pairs of column and field.
type score struct{ files, columns, right, wrong, missed int }

func (s *score) precision() float64 { return float64(s.right) / float64(max(1, s.right+s.wrong)) }
func (s *score) recall() float64    { return float64(s.right) / float64(max(1, s.right+s.missed)) }

// TestHeaders measures what is mapped by names alone, without any row, for every field that a person or an address has.
func TestHeaders(t *testing.T) {
	var tuned, held score
	for _, file := range readHeaders(t) {
		total := &tuned
		if file.held {
			total = &held
		}
		total.files++
		total.columns += len(file.header)
		got := proposedPairs(Propose(NewSample(file.header), Options{Fields: personFields()}))
		for p := range got {
			if file.want[p] {
				total.right++
				continue
			}
			total.wrong++
			if !file.held {
				t.Logf("%s: %q is not %s", file.name, p.column, p.field)
			}
		}
		for p := range file.want {
			if !got[p] {
				total.missed++
				if !file.held && testing.Verbose() {
					t.Logf("%s: %q is %s, and was not mapped", file.name, p.column, p.field)
				}
			}
		}
	}
	for _, set := range []struct {
		name              string
		score             *score
		precision, recall float64
	}{{"tuned", &tuned, tunedPrecision, tunedRecall}, {"held back", &held, heldPrecision, heldRecall}} {
		s := set.score
		t.Logf("%s: %d files, %d columns: %d right, %d wrong, %d missed: precision %.3f, recall %.3f",
			set.name, s.files, s.columns, s.right, s.wrong, s.missed, s.precision(), s.recall())
		if s.precision() < set.precision || s.recall() < set.recall {
			t.Errorf("%s: below the floors of %.3f and %.3f", set.name, set.precision, set.recall)
		}
	}
	if tuned.files+held.files < 60 || held.files*3 < tuned.files+held.files-2 {
		t.Errorf("%d files tuned and %d held back: at least 60 are wanted, a third of them held back", tuned.files, held.files)
	}
}

// personFields are all fields but those of an address that a person has as well: one column serves both.
func personFields() []Want {
	var wants []Want
	for _, f := range mapping.Fields() {
		if _, twin := twins[f]; !twin {
			wants = append(wants, Want{Field: f})
		}
	}
	return wants
}

// proposedPairs lists the columns that each mapped field draws on.
func proposedPairs(p *Proposal) map[pair]bool {
	pairs := map[pair]bool{}
	for _, c := range p.Choices {
		one := Proposal{Choices: []Choice{c}, header: p.header}
		for name := range one.used() {
			pairs[pair{name, c.Field}] = true
		}
	}
	return pairs
}

func readHeaders(t *testing.T) []headerFile {
	t.Helper()
	held := strings.Fields(withoutComments(read(t, "testdata/holdout.txt")))
	paths, err := filepath.Glob("testdata/headers/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var files []headerFile
	for _, path := range paths {
		text := read(t, path)
		file := headerFile{name: filepath.Base(path), want: map[pair]bool{}}
		file.held = slices.Contains(held, file.name)
		if !strings.Contains(text, "# source: ") {
			t.Errorf("%s names no source", file.name)
		}
		for line := range strings.Lines(withoutComments(text)) {
			at := strings.LastIndex(line, " =>")
			if at < 0 {
				t.Fatalf("%s: no => in %q", file.name, line)
			}
			column, name := line[:at], strings.TrimSpace(line[at+3:])
			file.header = append(file.header, column)
			if name == "" {
				continue
			}
			f, ok := mapping.ParseField(name)
			if !ok {
				t.Fatalf("%s: no field %q", file.name, name)
			}
			file.want[pair{column, f}] = true
		}
		files = append(files, file)
	}
	return files
}

func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "# ") && strings.TrimSpace(line) != "" {
			b.WriteString(line)
		}
	}
	return b.String()
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
