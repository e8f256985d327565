package runs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"

	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// writeOpen writes the open rows, each as the newest run that says what it is has it, and says what to type then.
func (v *view) writeOpen(ctx context.Context, to string) error {
	rows := make([]openRows, len(v.members)) // by member
	for who, s := range v.people.everyOpen() {
		rows[s.member].add(s, s.row)
		for _, row := range v.people.also[who] {
			rows[s.member].add(standing{member: s.member, reason: asJournalHas}, row)
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

// openRows are the rows of a member that are to be written: a set for each reason.
type openRows []openSet

type openSet struct {
	standing // its reason, and whether the rows were reached; no row
	rows     *reports.Rowset
}

// asJournalHas is the reason of rows of which nothing else is known than what the journal has.
const asJournalHas = -1

func (o *openRows) add(s standing, row int64) {
	i := slices.IndexFunc(*o, func(set openSet) bool { return set.reason == s.reason && set.unreached == s.unreached })
	if i < 0 {
		i = len(*o)
		*o = append(*o, openSet{standing{member: s.member, reason: s.reason, unreached: s.unreached}, new(reports.Rowset)})
	}
	(*o)[i].rows.Add(row)
}

// take takes a row out; false where it is none of them.
func (o openRows) take(row int64) (s standing, open bool) {
	for _, set := range o {
		if set.rows.Has(row) {
			set.rows.Remove(row)
			set.row = row
			return set.standing, true
		}
	}
	return s, false
}

func (o openRows) left() (n int64) {
	for _, set := range o {
		n += set.rows.Len()
	}
	return n
}

// writeRows writes the file: into the folder at path where it is ours, else at path itself.
func (v *view) writeRows(ctx context.Context, path string, ours bool, rows []openRows) (err error) {
	held, err := v.ws.lockAll([]journal.Run{v.members[v.base].run}) // a run under way still changes its rows, and writes its files
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.release()) }()
	if err := v.moment.inTheMeantime(); err != nil {
		return err
	}
	if v.people.countOpen() == 0 {
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

// eachOpen yields the open rows of all sources, their cells under the columns of the form. It can be done once: wanted loses them.
func (v *view) eachOpen(ctx context.Context, all []*rowSource, form reports.Format, wanted []openRows) iter.Seq2[reports.OpenRow, error] {
	return func(yield func(reports.OpenRow, error) bool) {
		for _, s := range all {
			left := wanted[s.member]
			rows, closeRows, err := s.open()
			if err != nil {
				yield(reports.OpenRow{}, err)
				return
			}
			for row, err := range rows {
				if err == nil && row.Number%4096 == 1 {
					err = context.Cause(ctx)
				}
				if is, open := left.take(row.Number); open || err != nil {
					var record journal.Record
					if err == nil {
						record, err = v.recordOf(ctx, is, row)
					}
					if !yield(v.openRow(s, row, record, form), err) || err != nil {
						_ = closeRows() // was only read
						return
					}
				}
			}
			_ = closeRows() // was only read
			if left.left() > 0 {
				yield(reports.OpenRow{}, unusable(fmt.Sprintf("run %s has open rows that its input does not have", v.members[s.member].run.Name), "was the input changed?"))
				return
			}
		}
	}
}

// recordOf is the record of an open row: as the journal has it, and with the reason that was found since.
func (v *view) recordOf(ctx context.Context, s standing, row source.Row) (journal.Record, error) {
	is := journal.RowState{}
	if is.Row, is.Line = row.Number, row.Line; !s.unreached {
		var err error
		if is, err = v.rowOf(ctx, s); err != nil {
			return is.Record, err
		}
	}
	r := is.Record
	if r.Status, r.Code = is.Reported(); s.reason != asJournalHas {
		why := v.people.why(s)
		r.Status, r.Code, r.Field = why.status, why.code, why.field
	}
	if from, doubted := v.doubts[v.nameOf(s)]; doubted {
		r.Message = fmt.Sprintf("sent as row %d of run %s, and its outcome is unknown", from.Row, from.Run.Name)
	}
	return r, nil
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
