package pipeline

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/cenkalti/backoff/v5"

	"importer/pipeline/journal"
)

// tries is what the engine remembers of a row between attempts.
type tries struct {
	number  int       // of the last attempt; 0: none
	first   time.Time // when the first attempt's intent was written
	doubted bool      // an attempt ended in doubt: "already registered" is then probably our own doing
	repeats int       // attempts sent again after doubt, in this start
	asks    int       // questions about the row that got no answer
	waits   *backoff.ExponentialBackOff
	ready   time.Time // not before; zero: the row does not come again
}

// known walks the journal's states of the run beside its rows: both come in rising order of row number.
type known struct {
	next func() (journal.RowState, error, bool)
	stop func()
	at   journal.RowState
	end  bool
}

// openKnown starts reading what the journal knows of the run. Leaving the run ends the reading of rows, not this: it would look like a failure.
func (e *Engine) openKnown() *known {
	if !e.plan.Resume && e.prepared.FromOrigins+e.prepared.FromAccount == 0 {
		return &known{stop: func() {}, end: true}
	}
	next, stop := iter.Pull2(e.plan.Store.Rows(context.Background(), e.plan.Run.ID, 1))
	return &known{next: next, stop: stop}
}

// of returns the state of a row, the zero state where the journal has none.
func (k *known) of(row int64) (none journal.RowState, err error) {
	for !k.end && k.at.Row < row {
		s, err, more := k.next()
		if err != nil {
			return none, fmt.Errorf("reading the journal: %w", err)
		}
		k.at, k.end = s, !more
	}
	if !k.end && k.at.Row == row {
		return k.at, nil
	}
	return none, nil
}
