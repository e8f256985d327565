package rig

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var planted = flag.Bool("planted", false, "build the journal with bugs and see that the rig finds them (compiles a test binary for each)")

// edit is a change to one source file.
type edit struct{ file, from, to string }

// durability are bugs that only a power cut shows.
var durability = map[string][]edit{
	"synchronous=NORMAL": {{"sqlite/open.go", "PRAGMA synchronous = FULL;\n", "PRAGMA synchronous = NORMAL;\n"}},
	"synchronous=OFF":    {{"sqlite/open.go", "PRAGMA synchronous = FULL;\n", "PRAGMA synchronous = OFF;\n"}},
	"the name of the -wal file is left to the driver": {
		{"sqlite/store.go", "err = settleNames(path, opts.SyncFolder)", "err = nil"},
	},
	"a new journal gets its name before it is on the disk": {{"sqlite/create.go", "PRAGMA synchronous = FULL", "PRAGMA synchronous = OFF"}},
	"the names of new folders are not synced":              {{"folder.go", "\treturn sync(above)\n", "\treturn nil\n"}},
}

var lossText = regexp.MustCompile("was durable and is lost|cannot be opened")

// The rig fails for a journal that syncs less than it must.
func TestPowerCutsFindPlantedBugs(t *testing.T) {
	if !*planted {
		t.Skip("with -planted only: compiles the journal again for each bug")
	}
	for name, edits := range durability {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command("go", "test", "-overlay", overlay(t, edits), "importer/cmd/importer/rig", "-run", "^TestPowerCuts(AtBirth)?$", "-cuts", "600", "-seed", "5")
			out, err := cmd.CombinedOutput()
			if err == nil || !lossText.Match(out) {
				t.Errorf("not found: %v\n%s", err, out)
			}
		})
	}
}

// The bugs are planted in the code as it is now: a file that moved, or a line that changed, is found without compiling anything.
func TestPlantedBugsFitTheCode(t *testing.T) {
	for name, edits := range durability {
		t.Run(name, func(t *testing.T) { overlay(t, edits) })
	}
}

// overlay writes changed copies of files of the journal, and the list of them that the go command takes.
func overlay(t testing.TB, edits []edit) string {
	t.Helper()
	dir, replaced := t.TempDir(), map[string]string{}
	for i, e := range edits {
		path, err := filepath.Abs(filepath.Join("../../../pipeline/journal", e.file))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(text), e.from) != 1 {
			t.Fatalf("%s does not have %q once", e.file, e.from)
		}
		replaced[path] = filepath.Join(dir, fmt.Sprintf("%d.go", i))
		if err := os.WriteFile(replaced[path], []byte(strings.Replace(string(text), e.from, e.to, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replaced})
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "overlay.json"), list, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "overlay.json")
}
