package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPoliciesPage runs every example of docs/policies.md: each yaml block, on top of the one with the vendor where it names none, over the csv block
// before it. The lines of the text block after it must be said.
func TestPoliciesPage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../docs/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	base, list, job, ran := "", "", "", 0
	for _, block := range regexp.MustCompile("(?s)```(csv|yaml|text)\n(.*?)```").FindAllStringSubmatch(string(data), -1) {
		kind, text := block[1], block[2]
		switch {
		case kind == "csv":
			list = text
		case kind == "yaml" && strings.Contains(text, "vendor:"):
			base, job = text, text
		case kind == "yaml":
			job = base + text
		default:
			runExample(t, job, list, strings.Split(strings.TrimSpace(text), "\n"))
			ran++
		}
	}
	if ran < 6 {
		t.Errorf("only %d examples", ran)
	}
}

func runExample(t *testing.T, job, list string, want []string) {
	t.Helper()
	args := []string{"check", "--job", "job.yaml", "list.csv"}
	if strings.Contains(job, "sample:") {
		args = []string{"run", "--sandbox", "--sandbox-latency", "0s", "--rate", "none", "--job", "job.yaml", "list.csv"}
	}
	env, stdout, stderr := testEnvironment(t, args...)
	for name, text := range map[string]string{"job.yaml": job, "list.csv": list} {
		if err := os.WriteFile(filepath.Join(env.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(env)
	said := stdout.String() + stderr.String()
	for _, line := range want {
		if !strings.Contains(said, line+"\n") {
			t.Errorf("%s\ndoes not say %q:\n%s", job, line, said)
		}
	}
}
