package source

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var csvCases = flag.Int("csvcases", 6000, "documents that TestAgainstPython compares")

// script reads documents as JSON and answers with the records that Python's csv module reads, null where it refuses the document.
const script = `
import csv, io, json, sys
out = []
for d in json.load(sys.stdin):
    how = dict(delimiter=d["delimiter"], strict=True, doublequote=True)
    if d["backslash"]: how["escapechar"] = "\\"
    if d["none"]: how["quoting"] = csv.QUOTE_NONE
    def read(text): return [r for r in csv.reader(io.StringIO(text, newline=""), **how) if r]
    try:
        if d["line"]: out.append([r for [line] in read(d["text"]) for r in read(line) or [[""]]])
        else: out.append(read(d["text"]))
    except (csv.Error, ValueError): out.append(None)
json.dump(out, sys.stdout)
`

type document struct {
	Text      string `json:"text"`
	Delimiter string `json:"delimiter"`
	Backslash bool   `json:"backslash"`
	None      bool   `json:"none"`
	Line      bool   `json:"line"`
	dialect   dialect
}

// TestAgainstPython holds every dialect to Python's csv module, a parser written in C that shares nothing with encoding/csv: small documents of the
// characters that matter, from a fixed seed. Where this reader reads all of a document, Python reads the same. Where quotes are loose or none and CR ends lines,
// as they always are for Python, and no backslash is there, each refuses what the other does. A text formula with a delimiter or a line end inside, ="a,b", is one
// cell here and several there: that is the one thing in which they may differ.
func TestAgainstPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here to compare with")
	}
	random := rand.New(rand.NewPCG(1, 2))
	dialects := []dialect{{}, {anyEnd: true}, {backslash: true}, {quotes: QuotesLoose, anyEnd: true}, {quotes: QuotesLoose, backslash: true, anyEnd: true}, {quotes: QuotesNone, anyEnd: true}, {quotes: QuotesLine}}
	documents := make([]document, *csvCases)
	for i := range documents {
		d := &documents[i]
		d.dialect = dialects[i%len(dialects)]
		d.Line = d.dialect.quotes == QuotesLine
		d.Delimiter, d.Backslash, d.None = []string{",", ";", "\t", "§"}[random.IntN(4)], d.dialect.backslash, d.dialect.quotes == QuotesNone
		letters := []string{"a", "b ", d.Delimiter, d.Delimiter, `"`, `"`, `""`, "\n", "\r\n", "é", `"` + d.Delimiter + `"`, `="`, `="a"` + d.Delimiter}
		if d.dialect.anyEnd {
			letters = append(letters, "\r")
		}
		if d.Backslash {
			letters = append(letters, `\`, `\"`, `\\`, `\`+d.Delimiter)
		}
		for range random.IntN(16) {
			d.Text += letters[random.IntN(len(letters))]
		}
		if d.Line {
			for _, line := range strings.FieldsFunc(d.Text, func(r rune) bool { return r == '\n' || r == '\r' }) {
				d.Text = strings.Replace(d.Text, line, `"`+strings.ReplaceAll(line, `"`, `""`)+`"`, 1)
			}
		}
	}
	question, err := json.Marshal(documents)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", script)
	cmd.Stdin = bytes.NewReader(question)
	answer, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs [][][]string
	if err := json.Unmarshal(answer, &theirs); err != nil {
		t.Fatal(err)
	}
	read, refused, wide := 0, 0, 0
	for i, d := range documents {
		ours, whole := recordsOf(t, d)
		switch {
		case whole && slices.ContainsFunc(ours, d.hasWideFormula):
			wide++
		case whole && !slices.EqualFunc(ours, theirs[i], slices.Equal):
			t.Errorf("%+v: %q, and %q for Python", d, ours, theirs[i])
		case !whole && theirs[i] != nil && d.dialect.anyEnd && !d.Backslash && d.dialect.quotes != "":
			t.Errorf("%+v is refused, and %q for Python", d, theirs[i])
		case whole:
			read++
		default:
			refused++
		}
	}
	t.Logf("%d documents in %d dialects: %d read alike, %d refused, %d with a wide text formula", len(documents), len(dialects), read, refused, wide)
	if read < len(documents)/10 || refused < len(documents)/10 || wide == 0 || wide > len(documents)/50 {
		t.Error("the documents are too much alike")
	}
}

// hasWideFormula reports whether a record has a text formula with a delimiter or a line end inside.
func (d document) hasWideFormula(cells []string) bool {
	return slices.ContainsFunc(cells, func(cell string) bool {
		return strings.HasPrefix(cell, `="`) && strings.ContainsAny(cell, d.Delimiter+"\r\n")
	})
}

// recordsOf reads all records of a document; whole is false where one of them is broken.
func recordsOf(t *testing.T, d document) (all [][]string, whole bool) {
	t.Helper()
	f := File{Format: CSV, Encoding: UTF8, Delimiter: d.Delimiter, dialect: d.dialect}
	records := newCSVRows(&f, strings.NewReader(d.Text), Limits{}.withDefaults())
	whole = true
	for {
		cells, err := records.Read()
		switch _, broken := err.(*Broken); {
		case err == io.EOF:
			return all, whole
		case broken:
			whole = false
		case err != nil:
			t.Fatal(err)
		default:
			all = append(all, cells)
		}
	}
}
