package faultproxy_test

import (
	"os"
	"testing"

	"importer/vendors/sandbox/faultproxy"
)

const page = "../../../docs/faults.md"

// TestDocs holds the page to the table.
func TestDocs(t *testing.T) {
	want := faultproxy.Markdown()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the table says; write it again with go test -run TestDocs -update", page)
	}
}

// TestTableIsOneAnswer: no fault at one position on one connection has two verdicts.
func TestTableIsOneAnswer(t *testing.T) {
	seen := map[faultproxy.Injection]bool{}
	for _, c := range faultproxy.Cells() {
		if seen[c.Injection] {
			t.Errorf("%v is there twice in the table", c.Injection)
		}
		seen[c.Injection] = true
	}
}
