package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"

	"golang.org/x/sync/errgroup"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

// task is one row on its way.
type task struct {
	row      source.Row
	customer mapping.Customer
	request  vendors.Request
	faults   []mapping.Fault
	content  journal.Digest
	identity journal.Digest
	byVendor journal.Digest // identity as the vendor has it, where the policy has another one
	filtered bool           // the job's where does not take it

	known journal.RowState // what an earlier start of this run left; zero Kind: nothing
	life  life

	open bool // an intent of the present attempt is durable
	told bool // what came of the present attempt is handed over: nothing else may be
}

// batchRows is how many rows are mapped at a time: enough that a hand-off costs nothing per row, few enough to start sending at once.
const batchRows = 64

// batch is a run of rows being mapped. Whoever takes it from the ordered line waits for ready.
type batch struct {
	tasks []task
	ready chan struct{}
}

// stage reads rows, maps them on all cores and hands them to place in input order. It returns when the input ends, when ctx is done
// (nil then: not reaching a row is no error) or when reading or placing fails.
func (e *Engine) stage(ctx context.Context, rows Rows, place func(*task) error) error {
	mappers := runtime.GOMAXPROCS(0)
	work := make(chan *batch, mappers)
	line := make(chan *batch, 2*mappers)
	stop, cancel := context.WithCancel(ctx)
	defer cancel()

	var g errgroup.Group
	g.Go(func() error {
		defer close(line)
		defer close(work)
		return e.safely("reading", func() error { return e.read(stop, rows, work, line) })
	})
	for range mappers {
		g.Go(func() error {
			for b := range work {
				e.mapBatch(b)
			}
			return nil
		})
	}
	g.Go(func() error {
		defer cancel() // the reader must not wait for a line nobody stands at
		err := e.safely("placing", func() error { return placeAll(stop, line, place) })
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil // the end came while a row was looked up: it was not reached either
		}
		return err
	})
	return g.Wait()
}

// read fills batches and sends each down both channels: to a mapper, and to its place in the line.
func (e *Engine) read(ctx context.Context, rows Rows, work, line chan<- *batch) error {
	for {
		b, err := nextBatch(ctx, rows)
		if len(b.tasks) > 0 {
			select {
			case line <- b:
			case <-ctx.Done():
				return nil
			}
			select {
			case work <- b:
			case <-ctx.Done():
				close(b.ready) // unmapped; placeAll does not look at it, since ctx is done
				return nil
			}
		}
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return nil //nolint:nilerr // not reaching a row is no error
		}
		if err != nil {
			return fmt.Errorf("reading the input: %w", err)
		}
	}
}

func nextBatch(ctx context.Context, rows Rows) (*batch, error) {
	b := &batch{tasks: make([]task, 0, batchRows), ready: make(chan struct{})}
	for len(b.tasks) < batchRows && ctx.Err() == nil {
		row, err := rows.Next()
		if err != nil {
			return b, err
		}
		b.tasks = append(b.tasks, task{row: row})
	}
	return b, nil
}

func placeAll(ctx context.Context, line <-chan *batch, place func(*task) error) error {
	for b := range line {
		select {
		case <-b.ready:
		case <-ctx.Done():
			return nil
		}
		for i := range b.tasks {
			if ctx.Err() != nil {
				return nil //nolint:nilerr // the same as in read
			}
			if err := place(&b.tasks[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *Engine) mapBatch(b *batch) {
	defer close(b.ready)
	for i := range b.tasks {
		e.mapSafely(&b.tasks[i])
	}
}

// mapSafely maps a row. A panic costs the row it happened on, never the run.
func (e *Engine) mapSafely(t *task) {
	defer func() {
		if p := recover(); p != nil {
			e.tellPanic(t, p, debug.Stack())
			t.request, t.filtered, t.identity = vendors.Request{}, false, journal.Digest{}
			t.faults = internalFault()
			e.digest(t)
		}
	}()
	e.mapTask(t)
}

// mapTask makes the customer and the request of a row, and the digests by which the journal knows them.
func (e *Engine) mapTask(t *task) {
	if t.row.Broken != nil {
		t.faults = []mapping.Fault{brokenFault(t.row.Broken)}
		e.digest(t)
		return
	}
	takes, fault := e.plan.Mapper.Takes(t.row.Cells)
	if !takes && fault == nil {
		t.filtered = true
		e.digest(t)
		return
	}
	t.customer, t.faults = e.plan.Mapper.Map(t.row.Cells)
	if fault != nil {
		t.faults = append([]mapping.Fault{*fault}, t.faults...)
	}
	var local []mapping.Fault
	t.request, local = e.plan.Account.Prepare(&t.customer)
	t.faults = mergeFaults(t.faults, local)
	e.digest(t)
	e.identify(t)
}

// digest finds the digest of the row's content. A check puts it off until the row is compared with an earlier one: most never are.
func (e *Engine) digest(t *task) {
	if !e.checks {
		t.content = e.contentOf(t)
	}
}

func (e *Engine) contentOf(t *task) journal.Digest {
	switch {
	case t.row.Broken != nil:
		return e.plan.Key.Content(append(slices.Clone(t.row.Broken.Cells), t.row.Broken.Raw)...)
	case t.filtered || len(t.faults) > 0:
		return e.plan.Key.Content(t.row.Cells...)
	}
	return e.plan.Key.Content(t.request.Content())
}

// identify finds who the row is.
func (e *Engine) identify(t *task) {
	text := e.plan.Policy.IdentityOf(&t.customer, t.request)
	if text != "" {
		t.identity = e.plan.Key.Identity(text)
	}
	if t.request.Identity != "" && t.request.Identity != text {
		t.byVendor = e.plan.Key.Identity(t.request.Identity)
	}
}

func brokenFault(b *source.Broken) mapping.Fault {
	return mapping.Fault{Code: b.Code, Message: b.Message, Hint: b.Hint}
}

// mergeFaults leaves out what the vendor finds missing only because mapping it failed: one cause, one fault.
func mergeFaults(mapped, local []mapping.Fault) []mapping.Fault {
	if len(mapped) == 0 {
		return local
	}
	for _, l := range local {
		told := false
		for _, m := range mapped {
			told = told || m.Field == l.Field
		}
		if !told {
			mapped = append(mapped, l)
		}
	}
	return mapped
}
