package journal

import (
	"context"
	"errors"
	"runtime"
	"slices"
)

// commitAll is the committer: it takes what is queued, makes it durable, tells, and so on until the writer is closed or the store fails.
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
		runtime.Gosched() // whoever was answered may hand over more: a fuller batch next
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
	w.recs, w.live = w.recs[:0], w.live[:0]
	for i, e := range batch {
		w.recs, w.live = append(w.recs, e.rec), append(w.live, i)
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
		w.refuse(&batch[w.live[fenced.Index]], err)
		w.live = slices.Delete(w.live, fenced.Index, fenced.Index+1)
		w.recs = slices.Delete(w.recs, fenced.Index, fenced.Index+1)
	}
	for _, i := range w.live {
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

// refuse tells one caller that its record was refused.
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

// fail makes err final, tells OnFail, and answers everyone who still waits: of the entries taken, and in the queue.
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
