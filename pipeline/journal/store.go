package journal

import (
	"context"
	"iter"
	"time"
)

// Store keeps runs, rows and attempts. SQLite is the default; Memory is for tests and measurements. Every Store passes the same
// conformance suite (journaltest). All methods are safe for concurrent use; Append calls of one run must come from one goroutine
// (see [Writer], which makes group commits of many).
type Store interface {
	// Begin records a new run and gives it its ID. The run is durable when Begin returns.
	Begin(ctx context.Context, r Run) (Run, error)
	// Finish records how a run ended. A later Resume of the run sets it to Running again.
	Finish(ctx context.Context, run int64, state RunState, at time.Time) error
	// Reopen sets an ended run to Running, to be gone on with.
	Reopen(ctx context.Context, run int64) error
	// Runs yields all runs, newest first.
	Runs(ctx context.Context) ([]Run, error)

	// Append adds records of one run, all or none, durably: when it returns nil no crash or power cut loses them. A record that the state
	// machine does not allow (a stale attempt, a second settling) makes the whole call fail with an error that wraps ErrFenced.
	// After any other error the store must be closed: nothing is known of what is durable, and nothing may be tried again.
	Append(ctx context.Context, run int64, recs []Record) error
	// Rows yields the state of every row that has one, in row order, from row `from` on.
	Rows(ctx context.Context, run int64, from int64) iter.Seq2[RowState, error]

	// Recent returns when requests were sent in an account since a moment, oldest first, at most max of the newest: limits hold across runs.
	Recent(ctx context.Context, account string, since time.Time, max int) ([]time.Time, error)

	// Index makes Imported know the rows that earlier runs of the account created. It is called once when a run starts.
	Index(ctx context.Context, account string) error
	// Imported looks an identity up among the rows created in the account by earlier runs (as of the last Index).
	Imported(ctx context.Context, account string, identity Digest) (Imported, bool, error)

	Close() error
}

// Imported is the earlier life of a person in an account.
type Imported struct {
	Run     int64
	RunName string
	Row     int64
	Content Digest
}

// Seen recognises a second row of the same person within one input, in bounded memory. Not safe for concurrent use.
type Seen interface {
	// First remembers that row has this identity and returns the first row that had it: row itself when it is new.
	First(identity Digest, row int64) (int64, error)
	Close() error
}
