package journal_test

import (
	"path/filepath"
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
)

func TestMemoryStore(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Open {
		return func(t *testing.T) (journal.Store, bool) { return journal.NewMemory(), false }
	})
}

func TestSQLiteStore(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Open {
		path := filepath.Join(t.TempDir(), "out", "journal.db")
		return func(t *testing.T) (journal.Store, bool) {
			s, err := journal.OpenSQLite(path, journal.SQLiteOptions{Chunk: 2})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			return s, true
		}
	})
}
