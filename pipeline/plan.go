package pipeline

import (
	"cmp"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/limit"
	"importer/pipeline/source"
	"importer/vendors"
)

// Rows is the input as the engine reads it: a *source.Reader, or a choice of its rows. Next returns io.EOF after the last row;
// any other error ends the run. Rows come in rising order of Number.
type Rows interface {
	Next() (source.Row, error)
}

type rowsFunc func() (source.Row, error)

// Next returns the next row.
func (f rowsFunc) Next() (source.Row, error) { return f() }

// Choose returns the rows of in for which take is true: those a retry is about.
func Choose(in Rows, take func(row int64) bool) Rows {
	return rowsFunc(func() (source.Row, error) {
		for {
			row, err := in.Next()
			if err != nil || take(row.Number) {
				return row, err
			}
		}
	})
}

// Span returns at most max rows of in (0: all) after skipping the first skip rows.
func Span(in Rows, skip, max int64) Rows {
	read := int64(0) // also the skipped ones
	return rowsFunc(func() (source.Row, error) {
		for max == 0 || read < skip+max {
			row, err := in.Next()
			if read++; err != nil || read > skip {
				return row, err
			}
		}
		return source.Row{}, io.EOF
	})
}

// ClosingRows are Rows that are closed after use.
type ClosingRows interface {
	Rows
	Close() error
}

// Reporter gets rows once their status is durable in the journal, in commit order, from one goroutine. The records are of kind
// Settle and carry the masked Key. An error stops the run (the journal stays true; reports can be written from it later).
type Reporter interface {
	Settled(recs []journal.Record) error
}

// Plan is everything one run needs. All members without a remark are required.
type Plan struct {
	Rows      Rows
	Mapper    *mapping.Mapper
	Account   *vendors.Account
	Transport http.RoundTripper
	Store     journal.Store
	Run       journal.Run // as returned by Store.Begin, or found and reopened
	Key       *journal.Key
	Seen      journal.Seen // empty; owned by the caller
	Reporter  Reporter     // may be nil

	Policy Policy                      // zero: every person's first row, in input order
	Again  func() (ClosingRows, error) // opens Rows again from the start: for policies that look ahead, and where earlier runs left doubts
	Order  *ahead.Order                // what an earlier engine of this plan found (Prepared.Order); nil: it is found where the policy needs it

	Resume     bool                             // continue with what the journal knows of Run
	Fresh      bool                             // a person asked for a fresh start: doubts that earlier runs left are ignored
	Origins    func(source.Row) []Origin        // the rows of earlier runs that a row comes from; nil: none
	Resend     func(journal.RowState) bool      // whether a person allows a row that is in doubt when the run reaches it to be sent again, once; may be nil
	Unheard    func(run int64) bool             // whether nobody got a report of what a run found: its answers are asked for again; nil: somebody did of all
	SendAgain  []journal.Status                 // Exists, Rejected: rows to which an earlier run got this answer are sent again; others are skipped
	IdentityOf func(journal.Run) (string, bool) // by which fields an earlier run identified people (Policy.IdentityNames); may be nil

	Sender  Sender                          // nil: the vendor gets the rows
	Limiter limit.Limiter                   // made for Options.Limits; nil: one of this process
	OnPanic func(what string, stack []byte) // called at a panic; may be nil

	Options                  // settings with defaults
	Rand    *rand.Rand       // source of jitter; used under a lock
	Now     func() time.Time // what is written down as the time; waits always use package time
}

// Options are the settings of a run. The zero value of each means its default.
type Options struct {
	Workers    int             // requests in flight at most; 1–1024; default 8
	Limits     []vendors.Limit // hold over every window, together; none: as fast as it goes
	MaxErrors  Threshold       // stops the run when too many rows fail that did not fail in earlier runs; zero: never
	Timeout    time.Duration   // deadline of one attempt; default 30 s
	Grace      time.Duration   // how long requests in flight may take after Drain; default 30 s
	InDoubt    DoubtPolicy     // what to do with rows whose outcome is unknown
	Patience   Patience        // with a vendor that keeps failing
	MaxRetries int             // how often a row in doubt is sent again where a repeat is safe; default 4
}

// DoubtPolicy says what happens to a row whose request left and whose fate is unknown.
type DoubtPolicy uint8

const (
	DoubtByVendor DoubtPolicy = iota // sent again where the vendor refuses or absorbs a repeat, else held
	DoubtHold                        // always held, for a person to look up
	DoubtRetry                       // always sent again: may register a person twice where the vendor takes repeats
)

// Patience says how long a failing vendor is waited for.
type Patience struct {
	Failures int           // failures in a row, over all workers, after which all workers pause; default 10
	First    time.Duration // first pause; default 1 s; doubles, with full jitter
	Longest  time.Duration // longest pause; default 1 min
	GiveUp   time.Duration // without one good answer for so long, the run stops; default 10 min
}

func (o Options) withDefaults() Options {
	o.Workers = cmp.Or(o.Workers, 8)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Grace = cmp.Or(o.Grace, 30*time.Second)
	o.MaxRetries = cmp.Or(o.MaxRetries, 4)
	o.Patience.Failures = cmp.Or(o.Patience.Failures, 10)
	o.Patience.First = cmp.Or(o.Patience.First, time.Second)
	o.Patience.Longest = cmp.Or(o.Patience.Longest, time.Minute)
	o.Patience.GiveUp = cmp.Or(o.Patience.GiveUp, 10*time.Minute)
	return o
}
