package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// batchRows is how many rows are mapped at a time: enough that a hand-off costs nothing per row, few enough to start sending at once.
const batchRows = 64

// batch is a run of rows being mapped. Its taker from the ordered line waits for ready.
type batch struct {
	tasks []task
	ready chan struct{}
}

// stage reads rows, maps them on all cores and hands them to place in input order. It returns when the input ends, when ctx is done
// (nil then: not reaching a row is no error) or when reading or placing fails.
func (e *Engine) stage(ctx context.Context, rows Rows, mapRow func(*task), place func(*task) error) error {
	line := make(chan *batch, 2*runtime.GOMAXPROCS(0))
	stop, cancel := context.WithCancel(ctx)
	defer cancel()

	var g errgroup.Group
	g.Go(func() error {
		defer close(line)
		return e.safely("reading", func() error { return feed(stop, rows, line, mapRow) })
	})
	g.Go(func() error {
		defer cancel() // the reader must not wait for a line that is not taken from any more
		err := e.safely("placing", func() error { return placeAll(stop, line, place) })
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil // the end came while a row was looked up: it was not reached either
		}
		return err
	})
	return g.Wait()
}

// feed fills batches, puts each into the line and has it mapped, as many at a time as there are cores.
func feed(ctx context.Context, rows Rows, line chan<- *batch, mapRow func(*task)) error {
	var mapping errgroup.Group
	mapping.SetLimit(runtime.GOMAXPROCS(0))
	defer func() { _ = mapping.Wait() }() // none fails
	for {
		b, err := nextBatch(ctx, rows)
		if len(b.tasks) > 0 {
			select {
			case line <- b:
			case <-ctx.Done():
				return nil
			}
			mapping.Go(func() error {
				defer close(b.ready)
				for i := range b.tasks {
					mapRow(&b.tasks[i])
				}
				return nil
			})
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
				return nil //nolint:nilerr // the same as in feed
			}
			if err := place(&b.tasks[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
