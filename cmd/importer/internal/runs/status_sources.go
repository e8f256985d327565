package runs

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"importer/pipeline/source"
	"importer/reports"
)

// rowSource is where the cells of a run's rows are.
type rowSource struct {
	member int
	form   reports.Format
	titles []string // of its inputs
	open   func() (iter.Seq2[source.Row, error], func() error, error)
	close  func() error
}

// sourcesOf opens what holds the rows of the members: that of the newest run over the list first where it has some, since its columns come first.
func (v *view) sourcesOf(ctx context.Context, rows []openRows) (list []*rowSource, err error) {
	for i, m := range v.members {
		if rows[i] == nil {
			continue
		}
		s, err := v.sourceOf(ctx, m)
		if err != nil {
			return list, fmt.Errorf("the open rows of run %s: %w", m.run.Name, err)
		}
		s.member = i
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b *rowSource) int { return v.distance(a) - v.distance(b) })
	return list, nil
}

func (v *view) distance(s *rowSource) int {
	if s.member == v.base {
		return 0
	}
	return 1
}

// sourceOf is the input of a run; where that has changed since, the run's own failed file, if nobody has edited it.
func (v *view) sourceOf(ctx context.Context, m *member) (*rowSource, error) {
	x, err, done := v.newest, error(nil), func() error { return nil } // which the view closes
	if x == nil || m != v.members[v.base] {
		if x, err = (&call{Service: v.Service}).recall(ctx, v.ws, m.run, forReading); err == nil {
			done = x.close
		}
	}
	if err != nil {
		if s, there := v.failedRowsOf(ctx, m); there {
			return s, nil
		}
		return nil, err
	}
	s := &rowSource{form: x.setup.form(), close: done}
	for _, in := range m.run.Inputs {
		s.titles = append(s.titles, in.Path)
	}
	s.open = func() (iter.Seq2[source.Row, error], func() error, error) {
		rows, err := x.rows()
		if err != nil {
			return nil, nil, err
		}
		return source.All(rows), rows.Close, nil
	}
	return s, nil
}

// failedRowsOf reads the rows of a run from its failed file, under the numbers that they have in the run.
func (v *view) failedRowsOf(ctx context.Context, m *member) (*rowSource, bool) {
	path, there := reports.FailedFileOf(v.ws.folder(m.run))
	if !there {
		return nil, false
	}
	set, err := source.Survey(ctx, []source.Input{{Path: path}}, source.Options{})
	if err != nil {
		return nil, false
	}
	links, found, err := reports.FindLinks(set.Header)
	if err != nil || !found {
		return nil, false
	}
	file := set.Files[0]
	s := &rowSource{form: reports.Format{Header: set.Header, JSONL: !file.Tabular(), Comma: file.Comma()}, titles: []string{path}, close: func() error { return nil }}
	s.open = func() (iter.Seq2[source.Row, error], func() error, error) {
		rows, err := set.OpenWithin(ctx)
		if err != nil {
			return nil, nil, err
		}
		return func(yield func(source.Row, error) bool) {
			for row, err := range source.All(rows) {
				if err == nil && row.Broken == nil {
					link, _, _ := links.Of(row.Cells) // a row without one has a number that no open row has
					row.Number = link.Row
				}
				if !yield(row, err) {
					return
				}
			}
		}, rows.Close, nil
	}
	return s, true
}

// formOf is the form of a file with rows from all sources: that of the first, and after its columns those that others have besides.
func formOf(all []*rowSource) reports.Format {
	form := all[0].form
	form.Header, form.Secret = nil, nil
	for _, s := range all {
		for _, name := range s.form.Header {
			if !strings.HasPrefix(name, reports.LinkPrefix) && !slices.Contains(form.Header, name) {
				form.Header = append(form.Header, name)
			}
		}
		form.Secret = append(form.Secret, s.form.Secret...)
	}
	return form
}
