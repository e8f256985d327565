package runs

import (
	"context"

	"importer/pipeline/journal"
)

// resends reports whether the person's word to send rows in doubt again holds for a row: for the doubt that an earlier run left, not for one that
// this run has added since.
func (x *execution) resends(ctx context.Context, row int64) bool {
	s, _, err := x.workspace.store.Row(ctx, x.run.ID, row)
	return err == nil && s.Kind == journal.Settle && s.Status == journal.InDoubt && s.Code == codeHeld
}
