package runs

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"importer/pipeline/journal"
)

// How far the next row may be: to begin to read on from a row, and to go on with it. The store reads that many rows at once.
const (
	beginReading = 8
	keepReading  = 1024
)

// rowReader gives rows of one run. Where they are asked for in rising order and lie close together it reads on, else it looks each up.
type rowReader struct {
	store journal.Store
	run   int64
	last  int64 // the row that was asked for last
	next  func() (journal.RowState, error, bool)
	stop  func()
	at    journal.RowState // where reading on has come to
	end   bool             // there are no more
}

// of returns a row, the zero state where the journal has none.
func (r *rowReader) of(ctx context.Context, row int64) (none journal.RowState, err error) {
	gap, begun := row-r.last, r.last > 0
	r.last = row
	if gap < 1 || r.next == nil && (!begun || gap > beginReading) || gap > keepReading {
		r.close()
		is, _, err := r.store.Row(ctx, r.run, row)
		return is, err
	}
	if r.next == nil {
		r.next, r.stop = iter.Pull2(r.store.Rows(ctx, r.run, row))
	}
	for !r.end && r.at.Row < row {
		is, err, more := r.next()
		if err != nil {
			return none, err
		}
		r.at, r.end = is, !more
	}
	if r.end || r.at.Row != row {
		return none, nil
	}
	return r.at, nil
}

// close ends reading on.
func (r *rowReader) close() {
	if r.stop != nil {
		r.stop()
	}
	r.next, r.stop, r.at, r.end = nil, nil, journal.RowState{}, false
}

// rowOf is what the journal has of the row of a standing. It is fastest in the order of rows.
func (v *view) rowOf(ctx context.Context, s standing) (journal.RowState, error) {
	if v.readers == nil {
		for _, m := range v.members {
			v.readers = append(v.readers, &rowReader{store: v.ws.store, run: m.run.ID})
		}
	}
	return v.readers[s.member].of(ctx, s.row)
}

func (v *view) closeReaders() {
	for _, r := range v.readers {
		r.close()
	}
}

// inOrder are open people whom the journal has to be asked about, in the order of their rows.
func (p *people) inOrder(which func(standing) bool) (list []int64) {
	for who, s := range p.open {
		if which(s) {
			list = append(list, who)
		}
	}
	slices.SortFunc(list, func(a, b int64) int {
		one, other := p.open[a], p.open[b]
		return cmp.Or(cmp.Compare(one.member, other.member), cmp.Compare(one.row, other.row))
	})
	return list
}
