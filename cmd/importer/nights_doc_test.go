package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNightsPage holds the tables of docs/nights.md to the program: events of log records, metrics, exit codes.
func TestNightsPage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/nights.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, code := range []string{"0", "1", "2", "3", "4", "5", "6", "64", "65", "74", "75"} {
		if !strings.Contains(page, "\n| "+code+" | ") {
			t.Errorf("exit code %s is not in the table", code)
		}
	}
	for pattern, folder := range map[string]string{`\babout\("(\w+)"`: "internal/terminal", `"(importer_\w+[a-z])"`: "internal/notify"} {
		found := map[string]bool{}
		files, _ := filepath.Glob(folder + "/*.go")
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(source), -1) {
				found[name[1]] = true
			}
		}
		if len(found) < 10 {
			t.Errorf("only %d names in %s: fix the pattern", len(found), folder)
		}
		for name := range found {
			if !strings.Contains(page, "`"+name+"`") && !strings.Contains(page, "`"+name+"{") {
				t.Errorf("%s of %s is not on the page", name, folder)
			}
		}
	}
}
