package runs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline/source"
)

// TestListsPage wants each code and key that docs/lists.md names to be one of the program's, and each setting in it to be sound.
func TestListsPage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../../docs/lists.md")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, c := range append(mapping.Codes(), source.Codes()...) {
		codes[c.Name] = true
	}
	notes, err := os.ReadFile("../../../../docs/mapping.md") // whose tables a test of package mapping holds to the code
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\|").FindAllSubmatch(notes, -1) {
		codes[string(c[1])] = true
	}
	keys := map[string]bool{}
	for _, key := range job.Keys(jobOptions()) {
		keys[key.Name[strings.LastIndexByte(key.Name, '.')+1:]] = true
	}
	known := 0
	for _, word := range regexp.MustCompile("`([a-z]+(?:_[a-z]+)+)`").FindAllStringSubmatch(string(text), -1) {
		if !codes[word[1]] && !keys[word[1]] && word[1] != "password_is_hash" && word[1] != "password_is_mask" { // package vendors has these two
			t.Errorf("%s is no code and no key", word[1])
		}
		known++
	}
	for _, setting := range regexp.MustCompile("`(?:input: )?\\{?([a-z_]+): [^`]*`").FindAllStringSubmatch(string(text), -1) {
		if !keys[setting[1]] && setting[1] != "password" {
			t.Errorf("%s: there is no such key", setting[0])
		}
		known++
	}
	if known < 60 {
		t.Errorf("the page names %d codes and settings", known)
	}
	for _, link := range regexp.MustCompile(`\]\(([a-z]+\.md)#([^)]+)\)`).FindAllStringSubmatch(string(text), -1) {
		page, err := os.ReadFile(filepath.Join("../../../../docs", link[1]))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(page), -1) {
			found = found || anchorOf(heading[1]) == link[2]
		}
		if !found {
			t.Errorf("%s has no heading for #%s", link[1], link[2])
		}
	}
}

// anchorOf is the anchor that code forges make of a heading.
func anchorOf(heading string) string {
	heading = strings.ToLower(strings.ReplaceAll(heading, " ", "-"))
	return regexp.MustCompile(`[^\pL\pN_-]`).ReplaceAllString(heading, "")
}
