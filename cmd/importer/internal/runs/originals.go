package runs

import (
	"context"
	"errors"
	"fmt"
	"io"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// originals reads rows of earlier runs again, from the inputs of these runs. It is quick where rows are asked for in rising order, and holds one row of each
// run. Close it. Not safe for concurrent use.
type originals struct {
	call *call // which emits nothing
	ws   *workspace
	of   map[string]*original
}

// original is the input of one run, open at a row.
type original struct {
	*execution
	columns map[string]int // by name
	rows    *rowChain
	row     source.Row // the last one read
	lost    error      // the input is gone, or not what it was
}

func (c *call) openOriginals(ws *workspace) *originals {
	return &originals{call: &call{Service: c.Service}, ws: ws, of: map[string]*original{}}
}

// at returns a run's input, open at a row, and whether that row is there as a row. An input that cannot be read again is no error: original.lost says why.
func (o *originals) at(ctx context.Context, r journal.Run, number int64) (*original, bool, error) {
	in := o.of[r.Name]
	if in == nil {
		in = &original{columns: map[string]int{}}
		o.of[r.Name] = in
		if in.execution, in.lost = o.call.recall(ctx, o.ws, r, forReading); in.lost != nil && ctx.Err() != nil {
			return in, false, context.Cause(ctx)
		}
		if in.lost == nil {
			for i, name := range in.setup.set.Header {
				in.columns[name] = i
			}
		}
	}
	if in.lost != nil {
		return in, false, nil
	}
	if in.rows != nil && in.row.Number > number { // it lies behind: begin again
		if err := in.rows.Close(); err != nil {
			return in, false, err
		}
		in.rows, in.row = nil, source.Row{}
	}
	if in.rows == nil {
		if in.rows, in.lost = in.execution.rows(); in.lost != nil {
			return in, false, nil
		}
	}
	for in.row.Number < number {
		row, err := in.rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return in, false, nil
		case err != nil:
			in.lost = fmt.Errorf("row %d: %w", number, in.explain(err))
			return in, false, nil
		}
		if in.row = row; row.Number%4096 == 0 && ctx.Err() != nil {
			return in, false, context.Cause(ctx)
		}
	}
	return in, in.row.Number == number && in.row.Broken == nil, nil
}

// close closes every input.
func (o *originals) close() (err error) {
	for _, in := range o.of {
		if in.rows != nil {
			err = errors.Join(err, in.rows.Close())
		}
		if in.execution != nil {
			err = errors.Join(err, in.execution.close())
		}
	}
	return err
}
