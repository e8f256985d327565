package journal

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
)

// Batch bounds of a Writer.
const (
	maxBatch = 1024 // records of one commit
	maxQueue = 4096 // records queued before Put waits
)

// WriterOptions are the callbacks of a Writer; each may be nil. They run on the committer's goroutine, one at a time, and hold up the next
// commit: they must be quick, and must not call Close, Intend or Put.
type WriterOptions struct {
	// OnDurable gets the records of each durable commit, in commit order. The slice is the Writer's own: valid during the call only.
	OnDurable func(recs []Record)
	// OnFail is called once, when the store has failed: nothing more will be durable, so nothing more may be sent.
	OnFail func(err error)
	// OnRefused gets a record handed over by Put that the state machine refused (a bug of the caller).
	// Close returns the first such error too.
	OnRefused func(rec Record, err error)
}

// Writer makes group commits of one run's records: while one batch becomes durable the next is gathered, so that the cost of a commit is
// shared by all workers. One goroutine commits; Close ends it. All methods are safe for concurrent use.
//
// Order: records become durable in the order in which they were handed over. A worker that settles a row and then intends the next one
// knows that the settling is durable once Intend returns: after a crash at most one row per worker is in doubt.
type Writer struct {
	store Store
	run   int64
	opts  WriterOptions

	mu      sync.Mutex
	work    sync.Cond // the committer waits: queue filled, or closing
	room    sync.Cond // Put waits: queue drained, or failed
	queue   []entry
	spare   []entry // the other half of the double buffer
	failure error   // of the store; final
	refused error   // the first record refused that nobody waited for
	closing bool
	waits   sync.Pool     // of empty channels, so that an intent allocates nothing
	done    chan struct{} // closed when the committer has ended

	recs []Record // the committer's own: what is left of the batch
}

// entry is a queued record, and where its sender waits, if it does.
type entry struct {
	rec  Record
	wait chan error // buffered for 1; nil when nobody waits
}

// NewWriter starts a writer of the run's records. The store decides what is allowed (see [Next]), so a run that is continued needs no more.
func NewWriter(store Store, run int64, opts WriterOptions) *Writer {
	w := &Writer{store: store, run: run, opts: opts, done: make(chan struct{})}
	w.waits.New = func() any { return make(chan error, 1) }
	w.work.L, w.room.L = &w.mu, &w.mu
	go w.commitAll()
	return w
}

// Intend records that an attempt is about to be sent, and returns nil when that is durable: then the caller sends, or releases the attempt as
// NotRegistered. An error means that nothing may be sent: ctx was done before the record was queued (nothing is recorded), the record was refused
// (ErrFenced), or the store failed. A record once queued is waited for even when ctx ends: it takes one commit.
func (w *Writer) Intend(ctx context.Context, rec Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	wait := w.waits.Get().(chan error)
	defer w.waits.Put(wait)
	if err := w.put(entry{rec, wait}); err != nil {
		return err
	}
	return <-wait
}

// Put hands over a record that is no intent. It does not wait until the record is durable, but waits while too much is queued. It fails only
// when the writer is closed or its store has failed.
func (w *Writer) Put(rec Record) error { return w.put(entry{rec: rec}) }

func (w *Writer) put(e entry) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for e.wait == nil && len(w.queue) >= maxQueue && w.failure == nil && !w.closing {
		w.room.Wait()
	}
	switch {
	case w.failure != nil:
		return w.failure
	case w.closing:
		return ErrClosed
	}
	w.queue = append(w.queue, e)
	if len(w.queue) == 1 {
		w.work.Signal()
	}
	return nil
}

// Close makes durable what was handed over and ends the writer. It returns the store's failure, and the error of the first refused record that
// nobody waited for. Later records fail with ErrClosed. When ctx ends first, its error is returned and the committer ends by itself after the
// commit under way and what is queued. The store stays open.
func (w *Writer) Close(ctx context.Context) error {
	w.mu.Lock()
	w.closing = true
	w.work.Signal()
	w.room.Broadcast()
	w.mu.Unlock()
	select {
	case <-w.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.failure, w.refused)
}

// commitAll is the committer: it takes what is queued, makes it durable, reports that, and so on until the writer is closed or the store fails.
func (w *Writer) commitAll() {
	defer close(w.done)
	for {
		entries, more := w.take()
		if !more {
			return
		}
		for batch := range slices.Chunk(entries, maxBatch) {
			err := w.commit(batch)
			if err != nil {
				w.fail(err, entries)
				return
			}
		}
		runtime.Gosched() // those who were answered may hand over more: a fuller batch next
		clear(entries)
		w.spare = entries[:0]
	}
}

// take waits for queued records and takes them all; false when the writer is closed and nothing is left.
func (w *Writer) take() ([]entry, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.queue) == 0 {
		if w.closing {
			return nil, false
		}
		w.work.Wait()
	}
	entries := w.queue
	w.queue, w.spare = w.spare, nil
	w.room.Broadcast()
	return entries, true
}

// commit makes a batch durable, leaving out what the state machine refuses, and answers who waits: an entry that was answered waits no longer.
// An error is the store's failure: then only who was refused has been answered.
func (w *Writer) commit(batch []entry) error {
	w.recs = w.recs[:0]
	for _, e := range batch {
		w.recs = append(w.recs, e.rec)
	}
	for len(w.recs) > 0 {
		err := w.store.Append(context.Background(), w.run, w.recs)
		if err == nil {
			break
		}
		var fenced *FencedError
		if !errors.As(err, &fenced) || fenced.Index < 0 || fenced.Index >= len(w.recs) {
			return err
		}
		w.refuse(&batch[fenced.Index], err)
		batch = slices.Delete(batch, fenced.Index, fenced.Index+1)
		w.recs = slices.Delete(w.recs, fenced.Index, fenced.Index+1)
	}
	for i := range batch {
		batch[i].answer(nil)
	}
	if w.opts.OnDurable != nil && len(w.recs) > 0 {
		w.opts.OnDurable(w.recs)
	}
	return nil
}

// answer lets the sender continue, if it waits.
func (e *entry) answer(err error) {
	if e.wait != nil {
		e.wait <- err
		e.wait = nil // the channel is the sender's again
	}
}

// refuse reports to one caller that its record was refused.
func (w *Writer) refuse(e *entry, err error) {
	if e.wait != nil {
		e.answer(err)
		return
	}
	w.mu.Lock()
	if w.refused == nil {
		w.refused = err
	}
	w.mu.Unlock()
	if w.opts.OnRefused != nil {
		w.opts.OnRefused(e.rec, err)
	}
}

// fail makes err final, calls OnFail, and answers everyone who still waits: of the entries taken, and in the queue.
func (w *Writer) fail(err error, entries []entry) {
	w.mu.Lock()
	w.failure = err
	entries = append(entries, w.queue...)
	w.queue = nil
	w.room.Broadcast()
	w.mu.Unlock()
	if w.opts.OnFail != nil {
		w.opts.OnFail(err)
	}
	for i := range entries {
		entries[i].answer(err)
	}
}
