package reports

import (
	"context"
	"iter"
	"time"

	"importer/mapping/profile"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// Rows are the rows of a run, in ascending order of their numbers. Numbers may have gaps (a retry of chosen rows): rows that are
// not there are no part of the run. Next ends with io.EOF.
type Rows interface {
	Next() (source.Row, error)
	Close() error
}

// States say what happened to the rows of a run, as the methods of [journal.Store] do.
type States interface {
	Rows(ctx context.Context, run, from int64) iter.Seq2[journal.RowState, error]
	Counts(ctx context.Context, run int64) ([]journal.Count, error)
}

// RunData is what [Write] makes the reports of a run from.
type RunData struct {
	Folder      string // where the files go
	Run         journal.Run
	Sums        []string                            // SHA-256 of its inputs, in hex: the journal has none
	States      States                              // says what happened to the rows of the run
	Open        func(context.Context) (Rows, error) // the rows of the run from the start
	Format      Format
	Key         func(cells []string) string // identity as it may be shown, masked unless asked otherwise; may be nil, may return ""
	OK          []string                    // codes that count as success
	Hint        func(code string) string    // what to do about a code, one sentence; may be nil, may return ""
	HintLeftOut func(code string) string    // the same of a value that a row was sent without; nil: as Hint

	// Known reports whether an earlier run of the account, or an earlier start of this one, found the same of a row, and somebody heard of it; nil: nothing
	// is known of earlier runs.
	Known func(context.Context, journal.Record) (bool, error)

	// ExitKnown: rows that are known so fail the run too. Else it fails where there are others.
	ExitKnown bool
	// Again: a person asked for these rows to be sent again. Whatever fails is to be told, known or not.
	Again bool

	// Predicted: the run was only checked, nothing was sent. Rows without a state are ready to send: unsent, code [journal.CodeReady], nothing to fix.
	Predicted bool
	Faults    []CodeCount // what Summary.Faults is to be; only of a check
	// Messages are those of the first faults of the invalid rows, by code; only of a check.
	Messages map[string]*Messages
	LeftOut  *LeftOut        // the rows that would be sent without fields; only of a check
	Optional *OptionalFaults // what Summary.Optional is to be; only of a check
	Profile  []profile.Field // what Summary.Profile is to be, masked; only of a check

	// For the summary.
	NewColumns []string                     // columns that nothing maps and nobody ignores, as they may be shown
	Exit       ExitCode                     // how the run was stopped (too many, fatal, interrupted, internal …); ExitOK when it was not: the rest follows from the rows
	Meaning    string                       // what the exit code means, where more is known than the code says; may be empty
	RowsRead   int64                        // as the engine counted them when it reached the end of the input; 0 when it did not
	Pace       Pace                         // as the engine measured it; zero: taken from the journal
	Limits     string                       // as asked for: "20/s, 8 workers"; may be empty
	Next       func(failed int64) []Command // what to type next, most useful first, where so many rows are in the failed file; may be nil
}

// Format is how the input is written, so that the failed rows go back in the same format.
type Format struct {
	Header []string // original columns, in order
	JSONL  bool     // failed.jsonl instead of failed.csv
	Comma  rune     // delimiter; ',' when zero
	Secret []string // columns whose cells never leave the input; failed files hold SecretMarker instead
}

func (f Format) failedName() string {
	if f.JSONL {
		return FailedJSONLName
	}
	return FailedName
}

// Pace is how fast the last session of a run was.
type Pace struct {
	Duration time.Duration // wall time
	Rows     int64         // rows settled in it
	Requests int64         // requests sent in it
}

// Command is a command to type, and why.
type Command struct {
	Why  string `json:"why"`
	Type string `json:"type"`
}
