package wordlist

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

func TestParse(t *testing.T) {
	t.Parallel()
	sections, err := Parse("# comment\nloose: a b, c,\n\td\r\n\n[one: two]\nempty:\nkey: x: y, #z\n  # w\n")
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, s := range sections {
		got += "[" + s.Name + "]"
		for _, key := range s.Keys {
			got += fmt.Sprintf(" %s=%q", key, s.Items(key))
		}
	}
	if want := `[] loose=["a b" "c" "d"][one: two] empty=[] key=["x: y" "#z" "# w"]`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s := sections[0]; !s.Has("loose", "a b") || s.Has("loose", "a") {
		t.Error("the set is wrong")
	}
	if s := sections[1]; s.Of("x: y") != "key" || s.Of("x") != "" || s.Has("empty", "x: y") {
		t.Error("the keys are wrong")
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a: x\na: y":          `line 2: key "a" is there twice`,
		"a: x, y,\n  z, x":    `line 2: "x" is there twice`,
		"[a]\n[b]\n[a]":       `line 3: section "a"`,
		"[a":                  `line 1: section "a"`,
		"# c\n  x":            "line 2: the line continues nothing",
		"a: x\n[b]\n  y":      "line 3: the line continues nothing",
		"x":                   "line 1: no key",
		": x":                 "line 1: no key",
		"a: x\r\n\n\nb: y\nc": "line 5: no key",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// TestMustPanics: what is embedded is the program's own.
func TestMustPanics(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"good.txt": {Data: []byte("a: x\nb: x\n")}, "bad.txt": {Data: []byte("x")}}
	for what, call := range map[string]func(){
		"no file":           func() { Must(files, "none.txt") },
		"a mistake":         func() { Must(files, "bad.txt") },
		"no key":            func() { Must(files, "good.txt")[0].Items("c") },
		"no key of a set":   func() { Must(files, "good.txt")[0].Has("c", "x") },
		"an item in a pair": func() { Must(files, "good.txt")[0].Of("x") },
		"no section":        func() { Lazy(files, "good.txt")("s") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", what)
				}
			}()
			call()
		}()
	}
}
