package source

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"importer/mapping/problem"
)

var update = flag.Bool("update", false, "write the golden files again")

// TestGolden reads the inputs of each archive in testdata as one set, in the archive's order, and compares all that people get to
// see of it with the archive's last file, "want".
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			inputs, want := archive.Files[:len(archive.Files)-1], &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the last file is not want")
			}
			got := describe(t, inputs)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}

func describe(t *testing.T, files []txtar.File) string {
	dir := t.TempDir()
	var paths []string
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	var b strings.Builder
	set, err := Survey(context.Background(), inputs(paths), Options{})
	if err != nil {
		for _, err := range problem.All(err) {
			fmt.Fprintf(&b, "%s\n", strings.ReplaceAll(withHint(err), dir+"/", ""))
		}
		return b.String()
	}
	for _, f := range set.Files {
		fmt.Fprintf(&b, "%s\n", strings.TrimPrefix(f.Summary(), dir+"/"))
	}
	fmt.Fprintf(&b, "columns: %s\n", strings.Join(set.Header, " | "))
	for _, r := range readAll(t, set) {
		fmt.Fprintf(&b, "\n%s %d @%d %d:%d\n", files[r.Input].Name, r.Number, r.Line, r.Offset, r.End)
		if r.Broken == nil {
			fmt.Fprintf(&b, "  %q\n", r.Cells)
			continue
		}
		fmt.Fprintf(&b, "  %s\n  hint: %s\n", error(r.Broken), r.Broken.Hint)
		fmt.Fprintf(&b, "  failed.csv: %q\n", r.Broken.Fit(len(set.Header)))
	}
	return b.String()
}
