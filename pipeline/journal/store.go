package journal

import (
	"cmp"
	"context"
	"iter"
	"slices"
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
	// Reopen sets an ended run to Running, to be continued.
	Reopen(ctx context.Context, run int64) error
	// Runs yields all runs, newest first.
	Runs(ctx context.Context) ([]Run, error)

	// Bind says by which key the store's digests are made: see [Key.Check]. The first call is for good; a later one with another value fails with
	// ErrOtherKey, since under another key nobody would be recognised.
	Bind(ctx context.Context, check Digest) error
	// Amend replaces what the journal has of a run's inputs, and its note, by those of r, and leaves no trace of what was there; all else of r does not
	// count. The run may be under way. It is how values go that earlier versions kept and none may keep.
	Amend(ctx context.Context, r Run) error
	// Rename gives an account another name, which may be known already: then the two are one from now on. Nothing of either may be under way.
	Rename(ctx context.Context, account, name string) error

	// Append adds records of one run, all or none, durably: when it returns nil no crash or power cut loses them. A record that the state
	// machine does not allow (a stale attempt, a second settling) makes the whole call fail with a *[FencedError], which says the record and
	// wraps ErrFenced; the store stays usable. After any other error nothing is known of what is durable, and nothing may be tried again:
	// the error wraps ErrStorage, every later call fails with it, and the store is to be closed. A context that is done before the call
	// begins makes it fail with the context's error, and nothing is recorded; a commit under way is not interrupted.
	Append(ctx context.Context, run int64, recs []Record) error
	// Rows yields the state of every row that has one, in row order, from row `from` on (inclusive). It holds no lock while a row is yielded
	// and may be used while records are appended: each row is shown as it stood at some moment after the call. An error ends it.
	Rows(ctx context.Context, run int64, from int64) iter.Seq2[RowState, error]
	// Row returns the state of one row; false when it has none.
	Row(ctx context.Context, run, row int64) (RowState, bool, error)
	// Counts returns how many rows are settled, by status and code, ordered by status, then code; rows not settled are not counted.
	Counts(ctx context.Context, run int64) ([]Count, error)

	// Recent returns when requests were sent in an account since a moment, oldest first, at most max of the newest: limits hold across runs.
	Recent(ctx context.Context, account string, since time.Time, max int) ([]time.Time, error)

	// Index makes Imported know the rows that the account's runs have created so far (status Created, whatever the code; not Exists), and Known
	// those that they settled as Exists, Rejected, Invalid or Duplicate.
	// It is called once when a run starts, and costs time only for runs that changed since the last call.
	Index(ctx context.Context, account string) error
	// Imported looks an identity up among the rows created in the account, as of the last Index of this store (none: nobody is known). Where several runs created the person the
	// newest is returned. A run that is continued finds its own rows here too: the caller passes over a hit whose Run is its own.
	Imported(ctx context.Context, account string, identity Digest) (Imported, bool, error)

	// Claimed looks up who sent a value that a vendor takes from one person only, as of the last Index: of several rows the first that was created,
	// else the first that exists or is in doubt. Rows of purged runs stay known, with an empty RunName.
	Claimed(ctx context.Context, account string, claim Digest) (Claimed, bool, error)

	// Known says what the account's runs found of rows with this content that they did not create, as of the last Index of this store: one finding a
	// status, the newest first. The zero content is no row's. An account of which nothing is known costs nothing.
	Known(ctx context.Context, account string, content Digest) ([]Known, error)

	// Purgeable returns the runs that Purge may delete, oldest first: the complete and superseded ones that began, sent and ended before a moment. Runs with
	// a row in doubt (settled so, in flight or uncertain) are kept: without them the row would be sent as if it had never been sent. But a superseded
	// run goes all the same where a later run of the account has each such person too: in doubt as well, or with the vendor's answer.
	Purgeable(ctx context.Context, before time.Time) (runs []int64, err error)
	// Purge deletes runs that Purgeable has named, with all their rows, and returns how many. Who was created by a purged run stays known to Imported, and
	// what it found of others to Known (both with an empty RunName). None of them may be under way: the caller has held their accounts' locks since
	// before it called Purgeable.
	Purge(ctx context.Context, runs []int64) (purged int, err error)
	// Holding returns the runs, oldest first, that Forget would change.
	Holding(ctx context.Context, account string, identity Digest) (runs []int64, err error)
	// Forget deletes what there is of a person, in one account or, when it is "", in all: digests, vendor IDs and messages. A claim counts as an
	// identity of the rows that sent it, also where only Claimed still names their person. The rows keep their numbers, statuses and codes; Imported,
	// Known and Claimed do not know the person any more.
	Forget(ctx context.Context, account string, identity Digest) (Forgotten, error)

	// Seen returns a new, empty Seen of the store's own kind.
	Seen() (Seen, error)

	// Close releases the store. No other call may be under way.
	Close() error
}

// Forgotten says where a person was forgotten.
type Forgotten struct {
	Rows   int64 // of runs
	Purged int64 // what Imported, Known and Claimed had of purged runs: one for each answer
}

// Count is the number of settled rows with a status and code.
type Count struct {
	Status Status
	Code   string
	Rows   int64
}

// SortCounts brings counts into the order of Counts.
func SortCounts(counts []Count) {
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
	})
}

// Imported is the row by which an earlier run created a person in an account.
type Imported struct {
	Run     int64
	RunName string
	Row     int64
	Content Digest
}

// Claimed is the row that sent a claim.
type Claimed struct {
	Run      int64
	RunName  string
	Row      int64
	Identity Digest
	Created  bool // the vendor registered it
}

// Known is what runs of an account found of rows with the same content that they did not create.
type Known struct {
	Status  Status // Exists, Rejected, Invalid or Duplicate
	Code    string
	Run     int64  // the newest that found it so
	RunName string // "" where that is purged
	Row     int64  // there
	First   int64  // the first run that found it so; after a ruling that made the index again the first that is not purged
}

// Found reports whether Known keeps a status: a row was settled without being created, and the row alone says why.
func (s Status) Found() bool { return s == Exists || s == Rejected || s == Invalid || s == Duplicate }

// SortKnown brings findings into the order of Known.
func SortKnown(list []Known) {
	slices.SortFunc(list, func(a, b Known) int {
		return cmp.Or(cmp.Compare(b.Run, a.Run), cmp.Compare(b.Row, a.Row), cmp.Compare(a.Status, b.Status))
	})
}

// Seen recognises a second row of the same person within one input, in bounded memory. Not safe for concurrent use.
type Seen interface {
	// Find returns the first row that had this identity; 0 when none had.
	Find(identity Digest) (int64, error)
	// First remembers that row has this identity and returns the first row that had it: row itself when it is new.
	// The zero identity is nobody's: it is always new.
	First(identity Digest, row int64) (int64, error)
	Close() error
}

// seenMap is a Seen in memory, about 50 bytes an identity.
type seenMap map[Digest]int64

// NewSeenMap returns an empty Seen that keeps everything in memory: for tests and measurements.
func NewSeenMap() Seen { return seenMap{} }

func (s seenMap) Find(identity Digest) (int64, error) { return s[identity], nil }

func (s seenMap) First(identity Digest, row int64) (int64, error) {
	if identity == (Digest{}) {
		return row, nil
	}
	if first, ok := s[identity]; ok {
		return first, nil
	}
	s[identity] = row
	return row, nil
}

func (s seenMap) Close() error { return nil }
