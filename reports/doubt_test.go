package reports

import (
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// An attempt that certainly had no effect says nothing about the one before it, which ended in doubt.
func TestAFreeAttemptAfterADoubtIsInDoubt(t *testing.T) {
	row := source.Row{Number: 3, Line: 4}
	for doubted, want := range map[bool]journal.Status{false: journal.Unsent, true: journal.InDoubt} {
		state := journal.RowState{Record: journal.Record{Kind: journal.NotRegistered, Row: 3, Attempt: 2, Code: "rate_limited"}, Doubted: doubted}
		if got := reported(row, state); got.Status != want {
			t.Errorf("doubted %v: %s, want %s", doubted, got.Status, want)
		}
	}
}
