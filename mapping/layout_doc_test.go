package mapping

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/language/display"
)

// TestDocNamesFormats: the page names every token of date formats, every other format and every language that is read.
func TestDocNamesFormats(t *testing.T) {
	page, err := os.ReadFile("../docs/mapping.md")
	if err != nil {
		t.Fatal(err)
	}
	named := func(word string) {
		if !strings.Contains(string(page), "`"+word+"`") {
			t.Errorf("the page does not name `%s`", word)
		}
	}
	for _, token := range tokens {
		named(token.text)
	}
	for format := range epochFormats {
		named(format)
	}
	for format := range serialFormats {
		named(format)
	}
	for _, word := range append(append([]string{}, nameParts...), sources...) {
		named(word)
	}
	for _, l := range nameLanguages {
		base, _ := l.Base()
		if name := display.English.Languages().Name(base); !strings.Contains(string(page), name) {
			t.Errorf("the page does not name %s", name)
		}
	}
}
