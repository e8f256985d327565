package rig

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// book is what the journal says between two lives.
type book struct {
	run  journal.Run // the first of the journal; zero when there is none
	runs int
	rows map[int64]journal.RowState
	open int // rows whose intent nothing follows
}

// readJournal reads a copy of the journal, so that the next life finds the files as the last one left them.
func readJournal(t testing.TB, out string) book {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"journal.db", "journal.db-wal"} {
		data, err := os.ReadFile(filepath.Join(out, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return bookOf(t, filepath.Join(dir, "journal.db"), sqlite.Options{})
}

func bookOf(t testing.TB, path string, o sqlite.Options) book {
	t.Helper()
	store, err := sqlite.Open(path, o)
	if err != nil {
		t.Fatalf("the journal cannot be opened: %v", err)
	}
	defer store.Close()
	runs, err := store.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := book{rows: map[int64]journal.RowState{}, runs: len(runs)}
	if len(runs) == 0 {
		return b
	}
	b.run = runs[len(runs)-1]
	for st, err := range store.Rows(t.Context(), b.run.ID, 1) {
		if err != nil {
			t.Fatal(err)
		}
		b.rows[st.Row] = st
		if st.Kind == journal.Intent {
			b.open++
		}
	}
	return b
}
