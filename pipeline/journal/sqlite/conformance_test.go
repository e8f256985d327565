package sqlite_test

import (
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
	"importer/pipeline/journal/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestSQLiteStore(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Open {
		path := filepath.Join(t.TempDir(), "out", "journal.db")
		return func(t *testing.T) (journal.Store, bool) {
			s, err := sqlite.Open(path, sqlite.Options{Chunk: 2})
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
