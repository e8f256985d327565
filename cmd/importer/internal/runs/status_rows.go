package runs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"

	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// writeOpen writes the open rows, each as the newest run that says what it is has it, and says what to type then.
func (v *view) writeOpen(ctx context.Context, to string) error {
	rows := make([]map[int64]journal.Record, len(v.members)) // by member and row
	for _, s := range v.people.open {
		if rows[s.member] == nil {
			rows[s.member] = map[int64]journal.Record{}
		}
		for _, r := range append(s.also, s.record) {
			rows[s.member][r.Row] = r
		}
	}
	newest := v.members[len(v.members)-1]
	path, ours := v.Path(to), to == ""
	if ours {
		path = v.ws.folder(newest.run)
	}
	if err := v.writeRows(ctx, path, ours, rows); err != nil {
		if ctx.Err() != nil || !ours {
			return cmp.Or(context.Cause(ctx), err)
		}
		v.list.NotWritten, v.list.WhyNot = err, err.Error()
	}
	if f := v.list.File; f != nil {
		if f.Path = filepath.Join(v.ws.folder(newest.run), filepath.Base(f.Path)); !ours {
			f.Path = to
		}
	}
	v.addCommands()
	return nil
}

// writeRows writes the file: into the folder at path where it is ours, else at path itself.
func (v *view) writeRows(ctx context.Context, path string, ours bool, rows []map[int64]journal.Record) (err error) {
	release, err := v.ws.lockAll([]journal.Run{v.members[v.base].run}) // a run under way still changes its rows, and writes its files
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if len(v.people.open) == 0 {
		if !ours {
			return nil
		}
		return asStorage(reports.RemoveOpen(path))
	}
	all, err := v.sourcesOf(ctx, rows)
	defer func() {
		for _, s := range all {
			_ = s.close() // was only read
		}
	}()
	if err != nil {
		return err
	}
	form := formOf(all)
	if name := reports.OpenName; ours {
		if form.JSONL {
			name = reports.OpenJSONLName
		}
		path = filepath.Join(path, name)
	}
	file, err := reports.WriteOpen(path, ours, form, v.eachOpen(ctx, all, form, rows))
	if err == nil {
		v.list.File = &file
	}
	return asStorage(err)
}

// eachOpen yields the open rows of all sources, their cells under the columns of the form.
func (v *view) eachOpen(ctx context.Context, all []*rowSource, form reports.Format, wanted []map[int64]journal.Record) iter.Seq2[reports.OpenRow, error] {
	return func(yield func(reports.OpenRow, error) bool) {
		for _, s := range all {
			left := maps.Clone(wanted[s.member])
			rows, closeRows, err := s.open()
			if err != nil {
				yield(reports.OpenRow{}, err)
				return
			}
			for row, err := range rows {
				if err == nil && row.Number%4096 == 1 {
					err = context.Cause(ctx)
				}
				if record, open := left[row.Number]; open || err != nil {
					delete(left, row.Number)
					if !yield(v.openRow(s, row, record, form), err) || err != nil {
						_ = closeRows() // was only read
						return
					}
				}
			}
			_ = closeRows() // was only read
			if len(left) > 0 {
				yield(reports.OpenRow{}, unusable(fmt.Sprintf("run %s has open rows that its input does not have", v.members[s.member].run.Name), "was the input changed?"))
				return
			}
		}
	}
}

func (v *view) openRow(s *rowSource, row source.Row, r journal.Record, form reports.Format) reports.OpenRow {
	o := reports.OpenRow{Row: row, Run: v.members[s.member].run.Name, Record: r}
	if row.Input >= 0 && row.Input < len(s.titles) {
		o.File = s.titles[row.Input]
	}
	o.Row.Cells = moved(row.Cells, s.form.Header, form.Header)
	if row.Broken != nil {
		b := *row.Broken
		b.Cells = moved(b.Cells, s.form.Header, form.Header)
		o.Row.Broken = &b
	}
	return o
}

// moved puts cells that stand under one header under another. Cells that are not as many as their columns stay.
func moved(cells, from, to []string) []string {
	if len(cells) != len(from) || slices.Equal(from, to) {
		return cells
	}
	out := make([]string, len(to))
	for i, name := range to {
		if at := slices.Index(from, name); at >= 0 {
			out[i] = cells[at]
		}
	}
	return out
}
