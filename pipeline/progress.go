package pipeline

import (
	"sync/atomic"
	"time"

	"importer/pipeline/journal"
)

// Counts holds one number per status; the sum of all is the number of rows read.
type Counts = journal.Counts

// Progress is a snapshot of a run.
type Progress struct {
	Read     int64     // rows read so far
	Counts   Counts    // rows settled, by status; durable in the journal
	Requests int64     // requests sent, probes and repeats included
	InFlight int64     // requests on the wire now
	Waiting  int64     // rows waiting to be sent again
	HeldTill time.Time // all workers wait until then; zero when they don't
	Held     string    // why, for people: "vendor asks to wait (429)", "vendor is failing (connection_refused)"
	Draining bool
}

// tally is the live side of Progress: one writer or many, any number of readers.
type tally struct {
	read     atomic.Int64
	counts   [journal.Unsent + 1]atomic.Int64
	requests atomic.Int64
	inFlight atomic.Int64
	waiting  atomic.Int64
	draining atomic.Bool
}

func (t *tally) settled(s journal.Status) { t.counts[s].Add(1) }

func (t *tally) snapshot() Progress {
	p := Progress{
		Read: t.read.Load(), Requests: t.requests.Load(), InFlight: t.inFlight.Load(),
		Waiting: t.waiting.Load(), Draining: t.draining.Load(),
	}
	for i := range t.counts {
		p.Counts[i] = t.counts[i].Load()
	}
	return p
}
