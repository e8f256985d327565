package runs

import (
	"context"
	"slices"

	"importer/pipeline/journal"
)

// guarded is a journal that takes intents only while the account's lock is where it was: without it another importer may send to the account.
type guarded struct {
	journal.Store
	lock *journal.Lock
}

// Append is that of journal.Store.
func (g guarded) Append(ctx context.Context, run int64, recs []journal.Record) error {
	if slices.ContainsFunc(recs, func(r journal.Record) bool { return r.Kind == journal.Intent }) {
		if err := g.lock.Check(); err != nil {
			return err
		}
	}
	return g.Store.Append(ctx, run, recs)
}

// guardedStore is the journal for a run that sends.
func (ws *workspace) guardedStore() journal.Store {
	if ws.held == nil {
		return ws.store
	}
	return guarded{ws.store, ws.held}
}
