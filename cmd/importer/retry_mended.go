package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// mended is what the links of a failed file say.
type mended struct {
	links   reports.Links
	runs    map[string]journal.Run // by name: those that rows are linked to
	first   string                 // the run of the first linked row
	missing map[string]*reports.Rowset
	chosen  *reports.Rowset // rows that a Pick takes; nil without one
}

// readMended reads the links of a failed file: every row's, so that a slip of the spreadsheet is found before anything is sent.
func (a *app) readMended(ctx context.Context, l *ledger, set *source.Set) (*mended, error) {
	return a.readPicked(ctx, l, set, again{})
}

func (a *app) readPicked(ctx context.Context, l *ledger, set *source.Set, g again) (*mended, error) {
	links, found, err := reports.FindLinks(set.Header)
	switch {
	case err != nil:
		return nil, unusable(err, "")
	case !found:
		return nil, unusable(fmt.Errorf("%s has no %srun column: it is no failed.csv", set.Files[0].Name, reports.LinkPrefix),
			"import a list with: "+a.Program+" run")
	}
	m := &mended{links: links, runs: map[string]journal.Run{}, missing: map[string]*reports.Rowset{}}
	if g.named() {
		m.chosen = new(reports.Rowset)
	}
	rows, err := set.Open()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for n := 0; ; n++ {
		row, err := rows.Next()
		if isEOF(err) {
			return m, nil
		}
		if err == nil {
			err = m.add(ctx, l, row, g, set)
		}
		if err != nil {
			return nil, err
		}
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
}

func (m *mended) add(ctx context.Context, l *ledger, row source.Row, g again, set *source.Set) error {
	if row.Broken != nil {
		if m.chosen != nil {
			m.chosen.Add(row.Number)
		}
		return nil
	}
	link, linked, err := m.links.Of(row.Cells)
	if err != nil {
		return unusable(fmt.Errorf("%s:%d: %w", set.Files[row.Input].Name, row.Line, err), "take the cell from the original failed.csv")
	}
	if m.chosen != nil && (!linked || g.pick.Takes(link.Status, link.Code)) {
		m.chosen.Add(row.Number)
	}
	if !linked {
		return nil
	}
	if _, known := m.runs[link.Run]; !known {
		r, err := l.find(ctx, link.Run, nil)
		if err != nil {
			return err
		}
		m.runs[link.Run] = r
	}
	if m.first == "" {
		m.first = link.Run
	}
	if slices.Contains(row.Cells, reports.SecretMarker) {
		if m.missing[link.Run] == nil {
			m.missing[link.Run] = new(reports.Rowset)
		}
		m.missing[link.Run].Add(link.Row)
	}
	return nil
}

// retryMended begins a run over a mended failed file.
func (a *app) retryMended(ctx context.Context, l *ledger, g again) (*course, error) {
	file := input{Name: g.word, Path: a.absolute(g.word)}
	set, err := source.Survey(ctx, []string{file.Path}, source.Options{Name: file.title()})
	if err != nil {
		return nil, renamed(err, []input{file})
	}
	m, err := a.readPicked(ctx, l, set, g)
	if err != nil {
		return nil, err
	}
	o, err := a.orderOf(m, file)
	if err != nil {
		return nil, err
	}
	o.flags = g.cmd.Flags()
	w, err := a.prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	filled, err := a.fill(ctx, l, w.set, m)
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	n := note{Mended: true, Resend: slices.Contains(g.pick.Statuses, reports.Status(inDoubt))}
	if m.chosen != nil {
		if n.Rows = writeSpans(m.chosen); n.Rows == "" {
			return nil, errors.Join(unusable(errors.New("the file has no rows with that status or code"), "leave --status and --code out to take all"), w.close())
		}
	}
	c, err := a.beginAgain(ctx, w, l, n)
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	c.chosen, c.filled, c.originOf = m.chosen, filled, m.originOf
	if err := c.takeUp(ctx); err != nil {
		return nil, errors.Join(err, c.close())
	}
	if c.resume {
		a.sayDoubt(c)
	}
	return c, nil
}

// orderOf makes the order of a mended file: the job and the knobs of the run that its rows come from.
func (a *app) orderOf(m *mended, file input) (order, error) {
	o := order{inputs: []input{file}, mended: true}
	if m.first == "" {
		return o, nil
	}
	n, err := noteOf(m.runs[m.first])
	if err != nil {
		return o, err
	}
	o.job, o.noted = n.Job, maps.Clone(n.Asked)
	for _, name := range append([]string{"skip-rows", "max-rows", "sandbox-fault"}, inputKnobNames()...) {
		delete(o.noted, name)
	}
	return o, nil
}

// originOf is the row of the earlier run that a row comes from.
func (m *mended) originOf(row source.Row) (pipeline.Origin, bool) {
	if row.Broken != nil {
		return pipeline.Origin{}, false
	}
	link, linked, err := m.links.Of(row.Cells)
	return pipeline.Origin{Run: m.runs[link.Run], Row: link.Row}, linked && err == nil
}

func (a *app) sayDoubt(c *course) {
	if c.note.Resend {
		a.voice.say("rows in doubt are sent again, as you say: whoever is there already may be registered a second time")
		return
	}
	a.voice.say("rows in doubt since their first life are sent again only where the vendor refuses or absorbs a repeat; --status in_doubt sends them in any case")
}

// filled are the secrets of a mended file's rows, taken from the rows of their first lives.
type filled struct {
	links  reports.Links
	header []string
	cells  map[rowName]map[string]string // by column
}

// rowName names a row of an earlier run.
type rowName struct {
	run string
	row int64
}

// fill reads the secret cells that a failed file leaves out from the inputs of the runs that its rows come from.
func (a *app) fill(ctx context.Context, l *ledger, set *source.Set, m *mended) (*filled, error) {
	f := &filled{links: m.links, header: set.Header, cells: map[rowName]map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(m.missing)) {
		if err := a.fillFrom(ctx, l, f, m.runs[name], m.missing[name]); err != nil {
			return nil, fmt.Errorf("secret cells of rows from run %s are taken from its input: %w", name, err)
		}
	}
	return f, nil
}

func (a *app) fillFrom(ctx context.Context, l *ledger, f *filled, r journal.Run, wanted *reports.Rowset) error {
	origin, err := a.recall(ctx, l, r, recalling{flags: newKnobFlags(), offline: true})
	if err != nil {
		return err
	}
	defer origin.work.close()
	rows, err := origin.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	hidden := origin.work.mapper.HiddenColumns()
	for {
		row, err := rows.Next()
		if isEOF(err) {
			return nil
		}
		if err != nil {
			return origin.explain(err)
		}
		if !wanted.Has(row.Number) || row.Broken != nil {
			continue
		}
		cells := map[string]string{}
		for _, i := range hidden {
			cells[origin.work.set.Header[i]] = strings.Clone(row.Cells[i])
		}
		f.cells[rowName{r.Name, row.Number}] = cells
	}
}

// over fills the secrets into rows as they pass.
func (f *filled) over(rows pipeline.Rows) pipeline.Rows { return filledRows{rows, f} }

type filledRows struct {
	pipeline.Rows
	*filled
}

// Next returns the next row, its secret cells filled in.
func (r filledRows) Next() (source.Row, error) {
	row, err := r.Rows.Next()
	if err != nil || row.Broken != nil || !slices.Contains(row.Cells, reports.SecretMarker) {
		return row, err
	}
	link, linked, badLink := r.links.Of(row.Cells)
	if badLink != nil || !linked { // a link nobody can read leads nowhere: the row goes as it stands
		return row, nil //nolint:nilerr // see above
	}
	cells := r.cells[rowName{link.Run, link.Row}]
	for i, cell := range row.Cells {
		if secret, ok := cells[r.header[i]]; ok && cell == reports.SecretMarker {
			row.Cells[i] = secret
		}
	}
	return row, nil
}
