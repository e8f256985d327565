package runs

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// TestUnkeyedIsAmended opens a journal of an earlier release: afterwards it has no digest of an input but keyed ones, however often it is opened, and a run is
// still found by its list.
func TestUnkeyedIsAmended(t *testing.T) {
	t.Parallel()
	s, old, _ := released(t)
	before := runsIn(t, old)
	var was [][]byte
	for range 2 {
		ws, err := s.openWorkspace(location{kind: oldPlace, url: old, out: filepath.Dir(old)})
		if err != nil {
			t.Fatal(err)
		}
		now, err := ws.store.Runs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range now {
			want := ws.key.Input(before[i].Input)
			if !bytes.Equal(r.Input, want[:]) {
				t.Errorf("run %d: its input is %x", r.ID, r.Input)
			}
			for j, in := range r.Inputs {
				if in.Digest != ws.inputDigest(before[i].Inputs[j].Digest) || in.Path != before[i].Inputs[j].Path || in.Size != before[i].Inputs[j].Size {
					t.Errorf("run %d: %+v", r.ID, in)
				}
				plain, _ := hex.DecodeString(before[i].Inputs[j].Digest)
				was = append(was, []byte(before[i].Inputs[j].Digest), plain)
			}
			was = append(was, before[i].Input)
		}
		if err := ws.close(); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(old)
	if err != nil || len(was) < 10 {
		t.Fatal(len(was), err)
	}
	for _, sum := range was {
		if len(sum) > 0 && bytes.Contains(file, sum) {
			t.Errorf("%x is still in the file", sum)
		}
	}
}

func runsIn(t *testing.T, path string) []journal.Run {
	t.Helper()
	copied(t, path, path+".copy")
	store, err := sqlite.Open(path+".copy", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	runs, err := store.Runs(context.Background())
	if err != nil || len(runs) == 0 {
		t.Fatal(len(runs), err)
	}
	return runs
}

// TestTextsAreMoved: a note of an earlier version has the text of a condition. It goes into the run's folder, and with it where that is gone.
func TestTextsAreMoved(t *testing.T) {
	t.Parallel()
	const text = `row["mail"] != "ann@example.com"`
	dir := t.TempDir()
	s := New(Config{Program: "importer", Dir: dir, State: filepath.Join(dir, "state"), Now: time.Now, LookupEnv: func(string) (string, bool) { return "", false }})
	place := location{kind: ownPlace, url: filepath.Join(dir, "state", journalName), out: "reports"}
	ws, err := s.openWorkspace(place)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"there", "gone"} {
		note := `{"version": 1, "job_digest": "", "inputs": null, "asked": {"where": ` + quotedJSON(t, text) + `, "rate": "5/s"}, "added": 7}`
		if _, err := ws.store.Begin(t.Context(), journal.Run{Name: name, Folder: filepath.Join(dir, "reports", name), Account: "thanx", Note: []byte(note)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "reports", "there"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := ws.close(); err != nil {
		t.Fatal(err)
	}
	if ws, err = s.openWorkspace(place); err != nil {
		t.Fatal(err)
	}
	defer ws.close()
	runs, err := ws.store.Runs(t.Context())
	if err != nil || len(runs) != 2 {
		t.Fatal(len(runs), err)
	}
	for _, r := range runs {
		n, err := noteOf(r)
		if err != nil || n.Asked["where"] != "" || n.Asked["rate"] != "5/s" || n.Kept["where"] == "" || !strings.Contains(string(r.Note), `"added":7`) {
			t.Errorf("%s: %s, %v", r.Name, r.Note, err)
		}
		err = ws.fill(r, &n, nil)
		if there := r.Name == "there"; (err == nil) != there || there && n.Asked["where"] != text {
			t.Errorf("%s: %v, %v", r.Name, n.Asked, err)
		}
		if err := ws.fill(r, &n, map[string]string{"where": text}); err != nil || n.Asked["where"] != text {
			t.Errorf("%s, given again: %v", r.Name, err)
		}
	}
	for _, name := range []string{place.url, place.url + "-wal"} {
		if file, err := os.ReadFile(name); err == nil && bytes.Contains(file, []byte("ann@example.com")) {
			t.Errorf("%s still has the text", name)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "reports", "there", askedName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

func quotedJSON(t *testing.T, text string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(quoted)
}
