package suggest

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/wordlist"
)

func glued(text string) string { return strings.ReplaceAll(text, " ", "") }

// TestWordFiles reads every file of words/: words are normalized, and nothing contradicts itself.
func TestWordFiles(t *testing.T) {
	paths, err := fs.Glob(wordFiles, "words/*.txt")
	if want := []string{"words/cells.txt", "words/columns.txt", "words/countries.txt", "words/fields.txt"}; err != nil || !slices.Equal(paths, want) {
		t.Fatalf("files %v, %v", paths, err)
	}
	for _, name := range []string{"fields", "columns"} {
		for _, s := range wordlist.Must(wordFiles, "words/"+name+".txt") {
			for _, key := range s.Keys {
				for _, text := range s.Items(key) {
					if normalized := glued(normal(text)); normalized != glued(text) { // names are cut between letters and digits
						t.Errorf("%s: [%s] %s has %q, which is normalized to %q", name, s.Name, key, text, normalized)
					}
				}
			}
		}
	}
	l := theLexicon()
	for joined, phrases := range l.phrases {
		points := map[int]Score{}
		surely := mapping.NoField
		for _, p := range phrases { // "email" and "e mail" are one
			m := l.meanings[p.meaning]
			if before, twice := points[p.meaning]; twice && before != p.points {
				t.Errorf("%q is sure and likely under %s%s", joined, m.field, m.is)
			}
			points[p.meaning] = p.points
			if p.points < surePoints || m.field == mapping.NoField {
				continue
			}
			if surely != mapping.NoField && surely != m.field {
				t.Errorf("%q is surely %s and surely %s", joined, surely, m.field)
			}
			surely = m.field
		}
	}
	for i, m := range l.meanings {
		for _, w := range m.soft {
			if slices.Contains(m.not, w) {
				t.Errorf("%q costs %s%s nothing, and rules it out", w, m.field, m.is)
			}
		}
		if m.field != mapping.NoField && slices.IndexFunc(l.meanings, func(o meaning) bool { return o.field == m.field }) != i {
			t.Errorf("%s has two sections", m.field)
		}
	}
	for _, is := range []string{fullName, addressLine, secondLine, birthDay, birthMonth, birthYear, optOut} {
		if !slices.ContainsFunc(l.meanings, func(m meaning) bool { return m.is == is }) {
			t.Errorf("words/fields.txt lacks %q", is)
		}
	}
	for _, w := range l.words.Items("turning") {
		if l.words.Has("harmless", w) {
			t.Errorf("%q is harmless, and turns the meaning", w)
		}
	}
	for _, cost := range l.places.Keys {
		if points, err := strconv.ParseFloat(cost, 64); err != nil || points < 0 || points >= 1 {
			t.Errorf("%q is no cost", cost)
		}
	}
	for least, s := range map[int]*wordlist.Section{35: cellWords("yes or no"), 5: cellWords("subscriptions"), 50: cellWords("genders"), 15: countryWords("postal codes"), 40: l.places} {
		count := 0
		for _, key := range s.Keys {
			for _, word := range s.Items(key) {
				count++
				s.Of(word) // which refuses a word under two keys
			}
		}
		if count < least {
			t.Errorf("the list %q is short", s.Name)
		}
	}
	for _, lang := range countryWords("languages").Keys {
		if countryWords("languages").Of(countryWords("languages").Items(lang)[0]) != lang {
			t.Errorf("the language of %s is another's", lang)
		}
	}
}
