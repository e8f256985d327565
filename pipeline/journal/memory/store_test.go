package memory_test

import (
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
	"importer/pipeline/journal/memory"
)

func TestMemoryStore(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Open {
		return func(t *testing.T) (journal.Store, bool) { return memory.New(), false }
	})
}
