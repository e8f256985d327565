package runs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// released is a folder with the journal of an earlier release, whose schema is older, among reports; and a service whose own journal is not there yet.
func released(t *testing.T) (s *Service, old, own string) {
	t.Helper()
	dir := t.TempDir()
	old, own = filepath.Join(dir, "reports", journalName), filepath.Join(dir, "state", journalName)
	for _, d := range []string{old, own} {
		if err := os.Mkdir(filepath.Dir(d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	copied(t, "../../../../pipeline/journal/sqlite/testdata/ad4313a.db", old)
	copied(t, "../../../../pipeline/journal/sqlite/testdata/ad4313a.key", keyBeside(old))
	return New(Config{Program: "importer", Dir: dir, State: filepath.Dir(own), Now: time.Now, LookupEnv: func(string) (string, bool) { return "", false }}), old, own
}

func copied(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func renamed(t *testing.T, from string) {
	t.Helper()
	if err := os.Rename(from, adopted(from)); err != nil {
		t.Fatal(err)
	}
}

// TestAdoptIsCompleted: stopped after any of its steps, the same call goes on, and ends as one that was not stopped.
func TestAdoptIsCompleted(t *testing.T) {
	t.Parallel()
	steps := []func(t *testing.T, s *Service, old, own string){
		func(t *testing.T, _ *Service, old, own string) { copied(t, keyBeside(old), keyBeside(own)) },
		func(t *testing.T, s *Service, old, own string) {
			if err := s.moveJournal(old, own); err != nil {
				t.Fatal(err)
			}
		},
		func(t *testing.T, _ *Service, old, _ string) { renamed(t, old) },
	}
	for done := range len(steps) + 1 {
		s, old, own := released(t)
		before, err := os.ReadFile(old)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps[:done] {
			step(t, s, old, own)
		}
		result, err := s.Adopt(t.Context(), AdoptRequest{Request: Request{Options: map[string]string{"out": "reports"}}})
		if err != nil || result.Runs == 0 || result.From != old || result.To != own || result.Kept != adopted(old) {
			t.Errorf("stopped after %d steps: %+v, %v", done, result, err)
			continue
		}
		if has, err := sqlite.Peek(own); err != nil || len(has) != result.Runs || !bytes.Equal(read(t, keyBeside(own)), read(t, adopted(keyBeside(old)))) {
			t.Errorf("stopped after %d steps: %d runs, %v", done, len(has), err)
		}
		if !bytes.Equal(before, read(t, adopted(old))) {
			t.Errorf("stopped after %d steps: the file that is kept has changed", done)
		}
		rest, _ := filepath.Glob(filepath.Join(filepath.Dir(old), "journal.*"))
		if len(rest) != 2 {
			t.Errorf("stopped after %d steps: left are %v", done, rest)
		}
		if _, err := s.Adopt(t.Context(), AdoptRequest{}); err == nil || !strings.Contains(err.Error(), "there is no journal at ") {
			t.Errorf("a second call: %v", err)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return data
}

// TestAdoptIsRefused: what is so is said, and the old journal stays one that the earlier version can use.
func TestAdoptIsRefused(t *testing.T) {
	t.Parallel()
	for want, prepare := range map[string]func(t *testing.T, s *Service, old, own string){
		"has runs of its own": func(*testing.T, *Service, string, string) {},
		"before it copied any": func(t *testing.T, _ *Service, old, own string) {
			copied(t, keyBeside(old), keyBeside(own))
		},
		"was taken over before, and has run ": func(t *testing.T, s *Service, old, own string) {
			if err := s.moveJournal(old, own); err != nil {
				t.Fatal(err)
			}
			store, err := sqlite.Open(old, sqlite.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if _, err := store.Begin(t.Context(), journal.Run{Name: "later", Account: "thanx a", Started: time.Now()}); err != nil {
				t.Fatal(err)
			}
		},
	} {
		s, old, own := released(t)
		prepare(t, s, old, own)
		ws, err := s.openWorkspace(location{out: filepath.Dir(own), url: own})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ws.store.Begin(t.Context(), journal.Run{Name: "another", Account: "pelcro b", Started: time.Now()}); err != nil {
			t.Fatal(err)
		}
		if err := ws.close(); err != nil {
			t.Fatal(err)
		}
		before := read(t, old)
		if _, err := s.Adopt(t.Context(), AdoptRequest{File: old}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if !bytes.Equal(before, read(t, old)) {
			t.Errorf("%s: the old journal has changed", want)
		}
	}
}
