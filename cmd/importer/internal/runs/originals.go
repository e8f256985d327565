package runs

import (
	"context"
	"errors"
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
func (o *originals) at(ctx context.Context, r journal.Run, number int64) (in *original, there bool, err error) {
	in = o.of[r.Name]
	if in == nil {
		in = &original{columns: map[string]int{}}
		o.of[r.Name] = in
		in.lost = in.open(ctx, o, r)
	}
	if in.lost == nil {
		there, in.lost = in.seek(ctx, number)
	}
	if ctx.Err() != nil {
		return in, false, context.Cause(ctx)
	}
	return in, there, nil
}

// open recalls the run, whose input must be what it was, but for rows at its end.
func (in *original) open(ctx context.Context, o *originals, r journal.Run) (err error) {
	if in.execution, err = o.call.recallOriginal(ctx, o.ws, r); err != nil {
		return err
	}
	for i, name := range in.setup.set.Header {
		in.columns[name] = i
	}
	return nil
}

// seek reads on to a row, from the start where the row lies behind, and reports whether it is there and can be read.
func (in *original) seek(ctx context.Context, number int64) (there bool, err error) {
	if in.rows != nil && in.row.Number > number {
		err = in.rows.Close()
		in.rows, in.row = nil, source.Row{}
	}
	if in.rows == nil && err == nil {
		in.rows, err = in.execution.rows()
	}
	for err == nil && in.row.Number < number && ctx.Err() == nil {
		var row source.Row
		if row, err = in.rows.Next(); err == nil {
			in.row = row
		}
	}
	switch {
	case errors.Is(err, io.EOF):
		return false, nil
	case err != nil:
		return false, in.explain(err)
	}
	return in.row.Number == number && in.row.Broken == nil, nil
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
