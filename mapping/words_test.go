package mapping

import (
	"io/fs"
	"strings"
	"testing"

	"importer/mapping/wordlist"
)

// TestWordFiles reads every file of words/: what is needed is there, no word stands under two keys that exclude each other, and words that are
// looked up normalized are normalized.
func TestWordFiles(t *testing.T) {
	paths, err := fs.Glob(wordFiles, "words/*.txt")
	if err != nil || len(paths) != 11 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		for _, s := range wordlist.Must(wordFiles, path) {
			if strings.Contains("words/months.txt words/names.txt words/families.txt words/phones.txt words/salutations.txt", path) {
				for _, key := range s.Keys {
					for _, w := range s.Items(key) {
						if normalWord(w) != w {
							t.Errorf("%s: %q is not normalized", path, w)
						}
					}
				}
			}
			if path == "words/names.txt" || path == "words/families.txt" || path == "words/addresses.txt" || path == "words/providers.txt" {
				continue
			}
			for _, key := range s.Keys {
				for _, w := range s.Items(key) {
					s.Of(w) // which refuses a word under two keys
				}
			}
		}
	}
	names, known := nameWords(), domainTypos()
	for _, w := range names.Items("pairs") {
		if names.Has("pairs or links", w) {
			t.Errorf("%q names more than one person, and not always", w)
		}
	}
	for _, w := range names.Items("opening") {
		if names.Has("linking", w) {
			t.Errorf("%q joins given names, and never does", w)
		}
	}
	for _, ending := range known.Items("no endings") {
		if known.Has("endings of others", ending) {
			t.Errorf(".%s exists and does not", ending)
		}
	}
	for _, p := range known.providers {
		if !known.Has("big", p.name) && len(p.name) < 5 {
			t.Errorf("%s is too short a name to tell slips by", p.name)
		}
	}
	for name, code := range map[string]string{"Hellas": "", "Éire": "IE", "Korea, Republic of": "KR", "Iran, Islamic Republic of": "IR", "Lao People's Democratic Republic": "LA", "EE. UU.": "US"} {
		if v, _ := readCountry(name); v.text != code {
			t.Errorf("%s is %q, want %q", name, v.text, code)
		}
	}
}
