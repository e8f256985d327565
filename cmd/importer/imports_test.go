package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"strings"
	"testing"
)

// layers says what each package of the house must not import, directly or through others, and why. The linter's depguard rules say the same
// of direct imports; this test also sees the ways round.
var layers = []struct{ from, to, why string }{
	{"importer/mapping/...", "importer/vendors/...", "mapping is the ground floor: it knows no vendor"},
	{"importer/mapping/...", "importer/pipeline/...", "mapping is the ground floor: it knows no engine"},
	{"importer/mapping/...", "importer/reports", "mapping is the ground floor"},
	{"importer/vendors/...", "importer/pipeline/...", "a vendor says what one attempt means, not who makes it"},
	{"importer/vendors/...", "importer/reports", "a vendor does not know who reads the result"},
	{"importer/vendors", "importer/vendors/*", "the idea of a vendor knows no single vendor"},
	{"importer/pipeline/...", "importer/vendors/*", "the engine knows what a vendor is, but no single vendor"},
	{"importer/pipeline/...", "importer/reports", "reports are views of the journal; the journal does not know them"},
	{"importer/pipeline/source", "importer/vendors", "reading an input needs no vendor"},
	{"importer/pipeline/journal", "importer/vendors", "the journal keeps what it is told"},
	{"importer/pipeline/journal", "importer/pipeline/journal/*", "engines know the journal, never the other way"},
	{"importer/pipeline", "importer/pipeline/journal/*", "which engine keeps the journal is chosen above"},
	{"importer/reports", "importer/pipeline/journal/*", "reports read any journal"},
	{"importer/reports", "importer/vendors/*", "reports show what the journal holds"},
	{"importer/vendors/sandbox", "importer/mapping", "the sandbox decodes for itself, or it would agree with our mistakes"},
	{"importer/vendors/*/standin", "importer/vendors", "a stand-in shares no type with the client, or it would agree with our mistakes"},
	{"importer/mapping/...", "importer/cmd/...", "commands are wired from above"},
	{"importer/vendors/...", "importer/cmd/...", "commands are wired from above"},
	{"importer/pipeline/...", "importer/cmd/...", "commands are wired from above"},
	{"importer/reports", "importer/cmd/...", "commands are wired from above"},
	{"importer/cmd/importer/internal/runs", "importer/cmd/importer/internal/terminal", "the application knows no front end"},
	{"importer/cmd/importer/internal/runs", "importer/cmd/importer/internal/notify", "the application tells nobody how a run ended: a front end does"},
	{"importer/cmd/importer/internal/terminal", "importer/cmd/importer/internal/notify", "front ends know nothing of one another"},
	{"importer/cmd/importer/internal/notify", "importer/cmd/importer/internal/terminal", "what tells other programs serves any front end"},
	{"importer/cmd/importer/internal/runs", "github.com/spf13/cobra", "the application knows no command line"},
	{"importer/cmd/importer/internal/runs", "github.com/schollz/progressbar/v3", "the application draws nothing"},
	{"importer/cmd/importer/internal/runs", "golang.org/x/term", "the application knows no terminal"},
}

func TestImportDirections(t *testing.T) {
	t.Parallel()
	deps := listDeps(t)
	for _, rule := range layers {
		used := false
		for pkg, imports := range deps {
			if !matches(rule.from, pkg) {
				continue
			}
			used = true
			for _, imp := range imports {
				if imp != pkg && matches(rule.to, imp) && !inside(rule.from, imp) {
					t.Errorf("%s depends on %s: %s", pkg, imp, rule.why)
				}
			}
		}
		if !used {
			t.Errorf("rule for %s matches no package: fix the rule", rule.from)
		}
	}
}

// TestTopLevel holds the folder list an outsider sees.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("git", "-C", "../..", "ls-files").Output()
	if err != nil {
		t.Skipf("not in a git checkout: %v", err)
	}
	allowed := map[string]bool{"go.mod": true, "go.sum": true, "cmd": true, "pipeline": true, "mapping": true, "vendors": true,
		"samples": true, "reports": true, "README.md": true, "docs": true}
	for file := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(strings.TrimSpace(file), "/")
		if !allowed[top] && !strings.HasPrefix(top, ".") {
			t.Errorf("%s: %q does not belong at the top level", strings.TrimSpace(file), top)
		}
	}
}

func listDeps(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Deps", "importer/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	deps := map[string][]string{}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Deps       []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return deps
		} else if err != nil {
			t.Fatal(err)
		}
		deps[p.ImportPath] = p.Deps
	}
}

// matches knows "a/b" (that package), "a/..." (it and all below) and patterns with * for one path element.
func matches(pattern, pkg string) bool {
	if root, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == root || strings.HasPrefix(pkg, root+"/")
	}
	ok, err := path.Match(pattern, pkg)
	return ok && err == nil
}

// inside reports whether pkg is covered by the rule's own side: a package may import its own family.
func inside(from, pkg string) bool {
	return strings.HasSuffix(from, "/...") && from != "importer/..." && matches(from, pkg)
}
