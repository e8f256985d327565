package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// only is the path of the first run's file of that name.
func (a *aviary) only(name string) string {
	found, _ := filepath.Glob(filepath.Join(a.dir, "reports", "*", name))
	if len(found) == 0 {
		a.t.Fatalf("no %s", name)
	}
	slices.Sort(found)
	rel, err := filepath.Rel(a.dir, found[0])
	if err != nil {
		a.t.Fatal(err)
	}
	return rel
}

// returned: cells of the list stand in failed.csv as they were, but for passwords.
func (a *aviary) returned(path string) {
	text, err := os.ReadFile(filepath.Join(a.dir, path))
	if err != nil {
		a.t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) < 5 {
		a.t.Fatalf("%d rows: %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if row[2] != "=Ada" || row[6] == "31/02/1985" && row[3] != "Stone\x1b]0;owned\x07" || row[13] != "+cmd|'/c calc'!A0" || row[14] != "@nick" || row[23] != "-2+3" || row[24] != "\x1b[31mred\u202e" {
			a.t.Errorf("altered: %q", row)
		}
		if row[16] != "[secret]" {
			a.t.Errorf("the password's cell holds something")
		}
		harmless(a.t, "failed.csv", row[25:])
	}
}

// doubted are the numbers of the rows in doubt, and a look at every cell of results.csv.
func (a *aviary) doubted() (rows []string) {
	file, err := os.Open(filepath.Join(a.dir, a.only("results.csv")))
	if err != nil {
		a.t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		a.t.Fatal(err)
	}
	for _, line := range lines[1:] {
		harmless(a.t, "results.csv", line)
		if line[3] == "in_doubt" {
			rows = append(rows, line[0])
		}
	}
	return rows
}

func harmless(t *testing.T, file string, cells []string) {
	t.Helper()
	for _, cell := range cells {
		if trimmed := strings.TrimLeft(cell, " "); trimmed != "" && strings.ContainsRune("=+-@\t\r\n", rune(trimmed[0])) {
			t.Errorf("%s: a spreadsheet would run %q", file, cell)
		}
		if strings.ContainsAny(cell, "\x1b\a\u009b\u202e") {
			t.Errorf("%s: %q would act on a terminal", file, cell)
		}
	}
}

// search looks through every file that was left.
func (a *aviary) search(when string) {
	_ = filepath.WalkDir(a.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || a.given[e.Name()] && filepath.Dir(path) == a.dir {
			return nil //nolint:nilerr // a file that has gone meanwhile holds nothing
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil //nolint:nilerr // the same
		}
		name := e.Name()
		a.mu.Lock()
		a.looked[name] = true
		a.mu.Unlock()
		if name == "stdin" {
			return nil // the list, as it came
		}
		a.look(name+" "+when, text, !strings.Contains(name, "failed"))
		if !strings.Contains(name, "failed") && !strings.Contains(name, "journal") && bytes.ContainsAny(text, "\x1b\a\u202e") {
			a.hit(name + " " + when + ": an escape sequence")
		}
		return nil
	})
}

func (a *aviary) look(where string, text []byte, private bool) {
	folded := bytes.ToLower(text)
	needles := a.secret
	if private {
		needles = slices.Concat(needles, a.private)
	}
	for _, n := range needles {
		if n.in(text, folded) {
			a.hit(fmt.Sprintf("%s: %q as %s", where, n.of, n.as))
		}
	}
}

func (a *aviary) hit(what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.hits[what] = true
}

// everywhere: files of all these names, or endings, were looked through.
func (a *aviary) everywhere(names ...string) {
	for _, name := range names {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(a.looked)), func(have string) bool { return strings.HasSuffix(have, name) }) {
			a.t.Errorf("%s was not looked through: %v", name, slices.Sorted(maps.Keys(a.looked)))
		}
	}
}

// permissions: files are their owner's alone (0600), and so are folders (0700).
func (a *aviary) permissions() {
	err := filepath.WalkDir(filepath.Join(a.dir, "reports"), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm() != want {
			a.t.Errorf("%s has mode %04o, want %04o", e.Name(), info.Mode().Perm(), want)
		}
		return err
	})
	if err != nil {
		a.t.Error(err)
	}
}

// needle is one writing of a canary.
type needle struct {
	of, as string
	fold   bool // in any case
	text   []byte
}

func (n needle) in(text, folded []byte) bool {
	if n.fold {
		return bytes.Contains(folded, n.text)
	}
	return bytes.Contains(text, n.text)
}

// needlesOf are the writings of a canary: in clear in any case, in hex in any case, for a URL, as a JSON string, and in base64 wherever in a text
// it begins.
func needlesOf(canary string) []needle {
	lower := func(s string) []byte { return []byte(strings.ToLower(s)) }
	quoted, _ := json.Marshal(canary)
	twice, _ := json.Marshal(string(quoted[1 : len(quoted)-1]))
	all := []needle{
		{canary, "clear text", true, lower(canary)}, {canary, "hex", true, lower(hex.EncodeToString([]byte(canary)))},
		{canary, "query text", true, lower(url.QueryEscape(canary))}, {canary, "path text", true, lower(url.PathEscape(canary))},
		{canary, "JSON", true, lower(string(quoted[1 : len(quoted)-1]))}, {canary, "HTML", true, lower(html.EscapeString(canary))},
		{canary, "JSON in HTML", true, lower(html.EscapeString(string(quoted[1 : len(quoted)-1])))}, {canary, "JSON in JSON", true, lower(string(twice[1 : len(twice)-1]))},
	}
	for _, coding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for _, value := range []string{canary, strings.ToLower(canary)} {
			for shift := range 3 {
				text := coding.EncodeToString([]byte(strings.Repeat("x", shift) + value))
				from, to := (shift*8+5)/6, len(text)-1 // what touches its neighbours says nothing
				all = append(all, needle{canary, "base64", false, []byte(text[from:to])})
			}
		}
	}
	return all
}
