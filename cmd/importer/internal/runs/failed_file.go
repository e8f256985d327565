package runs

import (
	"context"
	"errors"
	"slices"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// failedFile is what the links of a failed file say.
type failedFile struct {
	links   reports.Links
	runs    map[string]journal.Run // by name: those that rows are linked to
	first   string                 // the run of the first linked row
	broken  error                  // why the first row that cannot be read cannot; nil: each can
	missing map[string]*reports.Rowset
	linked  linkBuilder
	taken   takenLinks
	chosen  *reports.Rowset // rows that a Pick takes; nil without one
}

// readFailedFile reads the links of a failed file: every row's, so that a slip of the spreadsheet is found before anything is sent.
func (c *call) readFailedFile(ctx context.Context, ws *workspace, set *source.Set, pick reports.Pick) (*failedFile, error) {
	links, found, err := reports.FindLinks(set.Header)
	switch {
	case err != nil:
		return nil, asInput(err)
	case !found:
		return nil, notFailedFile(c.Program, set.Files[0].Title)
	}
	m := &failedFile{links: links, runs: map[string]journal.Run{}, missing: map[string]*reports.Rowset{}}
	if len(pick.Codes)+len(pick.Statuses) > 0 {
		m.chosen = new(reports.Rowset)
	}
	rows, err := set.OpenWithin(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for row, err := range source.All(rows) {
		if err == nil {
			err = m.add(ctx, ws, row, pick, set)
		}
		if err != nil {
			return nil, err
		}
		if row.Number%4096 == 1 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	if m.first == "" { // nothing says which job it is
		return nil, m.unlinked(set)
	}
	return m, nil
}

// unlinked says why no row of a failed file has a link.
func (m *failedFile) unlinked(set *source.Set) error {
	if m.broken != nil {
		return m.broken
	}
	return &problem.Error{Kind: problem.Input, File: set.Files[0].Title, Message: "no row has its " + reports.LinkPrefix + "run: nothing says which run and job it comes from",
		Fix: "take the columns that begin with " + reports.LinkPrefix + " from the original failed.csv"}
}

// brokenRow is the error about a row that cannot be read, where no other says where it comes from.
func brokenRow(row source.Row, set *source.Set) error {
	fix := row.Broken.Hint
	for _, c := range source.Codes() {
		if fix == "" && c.Name == row.Broken.Code {
			fix = c.Hint
		}
	}
	return &problem.Error{Kind: problem.Input, File: set.Files[row.Input].Title, Line: row.Line, Message: "no row has its " + reports.LinkPrefix + "run, and this one cannot be read: " + row.Broken.Message, Fix: fix}
}

func (m *failedFile) add(ctx context.Context, ws *workspace, row source.Row, pick reports.Pick, set *source.Set) error {
	if row.Broken != nil {
		if m.broken == nil {
			m.broken = brokenRow(row, set)
		}
		if m.chosen != nil {
			m.chosen.Add(row.Number)
		}
		return nil
	}
	link, linked, err := m.links.Of(row.Cells)
	if err != nil {
		return &problem.Error{Kind: problem.Input, File: set.Files[row.Input].Title, Line: row.Line, Err: err, Fix: "take the cell from the original failed.csv"}
	}
	if m.chosen != nil && (!linked || pick.Takes(link.Status, link.Code)) {
		m.chosen.Add(row.Number)
	}
	if !linked {
		return nil
	}
	if _, known := m.runs[link.Run]; !known {
		r, err := ws.find(ctx, link.Run, nil)
		if err != nil {
			return err
		}
		m.runs[link.Run] = r
	}
	if m.first == "" {
		m.first = link.Run
	}
	m.linked.add(row.Number, rowName{link.Run, link.Row})
	m.taken.add(row.Number, rowName{link.Run, link.Row})
	if slices.Contains(row.Cells, reports.SecretMarker) {
		if m.missing[link.Run] == nil {
			m.missing[link.Run] = new(reports.Rowset)
		}
		m.missing[link.Run].Add(link.Row)
	}
	return nil
}

// retryFailedFile begins a run over a failed file, as edited.
func (c *call) retryFailedFile(ctx context.Context, ws *workspace, r RetryRequest) (*execution, error) {
	if err := ws.ownFile(ctx, r.Of); err != nil {
		return nil, err
	}
	files, err := c.sheetsOf(ctx, input{Name: r.Of, Path: c.absolute(r.Of)})
	if err != nil {
		return nil, err
	}
	set, err := c.survey(ctx, files, source.Options{})
	if err != nil {
		return nil, err
	}
	m, err := c.readFailedFile(ctx, ws, set, r.Pick)
	if err != nil {
		return nil, err
	}
	if err := m.oneEach(set); err != nil {
		return nil, err
	}
	ws.sendBeside(m.runs[m.first])
	p, err := c.planOf(ws, m, files)
	if err != nil {
		return nil, err
	}
	s, err := c.setUp(ctx, p)
	if err != nil {
		return nil, err
	}
	secrets, err := c.readSecrets(ctx, ws, s, m)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	if err := c.compareFailedFile(ctx, ws, s, m, r); err != nil {
		return nil, errors.Join(err, s.close())
	}
	n := note{FailedFile: true, Resend: r.resends(), Again: r.sendsAgain(true)}
	if m.chosen != nil {
		if n.Rows = m.chosen.String(); n.Rows == "" {
			return nil, errors.Join(unusable("the file has no rows with that status or code", "leave --status and --code out to take all"), s.close())
		}
	}
	n.Links = m.linked.done()
	unlock, _, err := c.lock(ctx, s, ws)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	x, err := c.beginAgain(ctx, s, ws, n)
	if err != nil {
		return nil, errors.Join(err, unlock(), s.close())
	}
	x.chosen, x.secrets, x.originOf, x.unlock = m.chosen, secrets, m.originOf, unlock
	if err := x.takeUp(ctx); err != nil {
		return nil, errors.Join(err, x.close())
	}
	return x, nil
}

// planOf is the plan for a failed file: the job and the options of the run that its rows come from.
func (c *call) planOf(ws *workspace, m *failedFile, files []input) (plan, error) {
	p := plan{purpose: forSending, inputs: files, failedFile: true}
	n, err := noteOf(m.runs[m.first])
	if err == nil {
		err = ws.fill(m.runs[m.first], &n, c.saidNow())
	}
	if err != nil {
		return p, err
	}
	p.job, p.newColumns = n.Job, n.NewColumns
	p.noted = c.takenOver(n, append([]string{"skip-rows", "max-rows", "sandbox-fault", "again"}, InputOptionNames()...)...)
	return p, nil
}

// originOf is the row of the earlier run that a row comes from.
func (m *failedFile) originOf(row source.Row) (pipeline.Origin, bool) {
	if row.Broken != nil {
		return pipeline.Origin{}, false
	}
	link, linked, err := m.links.Of(row.Cells)
	return pipeline.Origin{Run: m.runs[link.Run], Row: link.Row}, linked && err == nil
}
