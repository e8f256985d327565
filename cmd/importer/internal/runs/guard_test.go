package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
)

// TestGuarded: without the lock of its account, or with another file in its place, a run takes no intent, so that nothing is sent. What was sent is still
// written down.
func TestGuarded(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(path string) error{
		"removed":      os.Remove,
		"folder moved": func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+"-moved") },
		"another's":    func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600)) },
		"a link to itself": func(path string) error {
			return errors.Join(os.Rename(path, path+".moved"), os.Symlink(path+".moved", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "locks", "account.lock")
			lock, err := journal.Acquire(journal.Holder{}, path)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = lock.Release() }()
			store := memory.New()
			run, err := store.Begin(t.Context(), journal.Run{Name: "run"})
			if err != nil {
				t.Fatal(err)
			}
			ws := &workspace{store: store, held: lock}
			guard := ws.guardedStore()
			intent := func(row int64) error {
				return guard.Append(t.Context(), run.ID, []journal.Record{{Kind: journal.Intent, Row: row, Attempt: 1}})
			}
			if err := intent(1); err != nil {
				t.Fatal(err)
			}
			if err := harm(path); err != nil {
				t.Skip(err)
			}
			if err := intent(2); !errors.Is(err, journal.ErrStorage) || problem.Hint(err) == "" {
				t.Errorf("an intent without the lock: %v", err)
			}
			if _, known, err := store.Row(context.Background(), run.ID, 2); known || err != nil {
				t.Errorf("the intent was recorded: %v", err)
			}
			if err := guard.Append(t.Context(), run.ID, []journal.Record{{Kind: journal.Settle, Row: 1, Attempt: 1, Status: journal.Created}}); err != nil {
				t.Errorf("an outcome: %v", err)
			}
		})
	}
}
