package runs

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping/problem"
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
		rows[s.member][s.record.Row] = s.record
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
		if f.Path = filepath.Join(newest.run.Folder, filepath.Base(f.Path)); !ours {
			f.Path = to
		}
	}
	return v.addCommands()
}

// writeRows writes the file: into the folder at path where it is ours, else at path itself.
func (v *view) writeRows(ctx context.Context, path string, ours bool, rows []map[int64]journal.Record) error {
	for _, m := range v.members {
		if m.run.State == journal.Running && v.ws.stateWord(m.run) == "running" {
			return problem.New(problem.Busy, fmt.Sprintf("run %s is under way: its rows are on their way", m.run.Name), "type the same command again when it has ended")
		}
	}
	if len(v.people.open) == 0 {
		if !ours {
			return nil
		}
		_, err := reports.RemoveOpen(path)
		return asStorage(err)
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

// rowSource is where the cells of a run's rows are.
type rowSource struct {
	member int
	form   reports.Format
	titles []string // of its inputs
	open   func() (iter.Seq2[source.Row, error], func() error, error)
	close  func() error
}

// sourcesOf opens what holds the rows of the members: that of the newest run over the list first where it has some, since its columns come first.
func (v *view) sourcesOf(ctx context.Context, rows []map[int64]journal.Record) (list []*rowSource, err error) {
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
	s := &rowSource{form: reports.Format{Header: set.Header, JSONL: !file.Tabular(), Comma: file.Delimiter}, titles: []string{path}, close: func() error { return nil }}
	s.open = func() (iter.Seq2[source.Row, error], func() error, error) {
		rows, err := set.Open()
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

// addCommands says what to type: for each cause, and next.
func (v *view) addCommands() error {
	l, newest := &v.list, v.members[len(v.members)-1]
	from := newest.run.Name
	if l.File != nil {
		from = l.File.Path
	}
	unfinished := ""
	for _, m := range slices.Backward(v.members) {
		if m.run.State != journal.Complete && !m.note.Sandbox && (unfinished == "" || m == v.members[v.base]) {
			unfinished = m.run.Name
		}
	}
	for i := range l.Causes {
		switch c := &l.Causes[i]; {
		case c.Status == journal.Unsent && unfinished != "":
			c.Command = v.command("resume", unfinished)
		case c.Status == journal.InDoubt, c.Status == journal.Unsent, c.Status == journal.Skipped:
			c.Command = v.command("retry", from, "--status", c.Status.String())
		default:
			c.Command = v.command("retry", from, "--code", c.Code)
		}
	}
	if l.OpenBy[journal.Unsent] > 0 && unfinished != "" {
		l.Next = append(l.Next, reports.Command{Why: "send what was not sent", Type: v.command("resume", unfinished)})
	}
	if l.File != nil && l.Open > l.OpenBy[journal.InDoubt]+l.OpenBy[journal.Unsent] {
		l.Next = append(l.Next, reports.Command{Why: "fix the rows in this file, then send them again", Type: v.command("retry", from)})
	}
	if l.OpenBy[journal.InDoubt] > 0 {
		l.Next = append(l.Next, reports.Command{Why: "look up who is in doubt; send those again that are not there", Type: v.command("retry", from, "--status", "in_doubt")})
	}
	return nil
}

// command is a command line of this program, for this journal.
func (v *view) command(words ...string) string {
	options, _, _ := precedence{given: v.Options, env: v.LookupEnv}.resolve() // their faults are known already
	return (&execution{call: v.call, setup: &setup{options: options}, workspace: v.ws}).command(words...)
}
