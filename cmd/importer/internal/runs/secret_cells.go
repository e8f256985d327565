package runs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// secretCells fills the secret cells that a failed file leaves out, from the original inputs: these are read again along with the file's rows, so that no
// more than a few hundred secrets are held.
type secretCells struct {
	links  reports.Links
	header []string
	runs   map[string]journal.Run

	mu      sync.Mutex
	origins *originals
}

// readSecrets makes sure that the secret cells that a failed file leaves out can be read from the inputs of the runs that its rows come from, and that each
// row is the person whose secrets these are.
func (c *call) readSecrets(ctx context.Context, ws *workspace, s *setup, m *failedFile) (*secretCells, error) {
	for _, name := range slices.Sorted(maps.Keys(m.missing)) {
		if err := c.checkSecretsOf(ctx, ws, s, m, m.runs[name]); err != nil {
			return nil, err
		}
	}
	return &secretCells{links: m.links, header: s.set.Header, runs: m.runs, origins: c.openOriginals(ws)}, nil
}

// close closes the original inputs; nil is nothing to close.
func (f *secretCells) close() error {
	if f == nil {
		return nil
	}
	return f.origins.close()
}

// lostSecrets is the error of a run whose input can't be read again.
func lostSecrets(r journal.Run, err error) error {
	list := "its input"
	if len(r.Inputs) > 0 {
		list = r.Inputs[0].Path
	}
	return &problem.Error{Kind: problem.Input, Message: fmt.Sprintf("secret cells of rows from run %s are taken from its input", r.Name), Err: err,
		Fix: "put " + list + " back as it was (rows may be added at its end), or write the secrets into the cells that hold " + reports.SecretMarker}
}

// checkSecretsOf reads the input of a run once, and refuses rows of the file that by their link would get the secrets of somebody else in that run: a
// spreadsheet moves cells, and a password that was sent for another person cannot be taken back.
func (c *call) checkSecretsOf(ctx context.Context, ws *workspace, s *setup, m *failedFile, r journal.Run) (err error) {
	people, err := ws.store.Seen()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, people.Close()) }()
	if err := c.learnPeople(ctx, ws, r, people); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return lostSecrets(r, err)
	}
	rows, err := s.set.OpenWithin(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	for row, err := range source.All(rows) {
		if err != nil {
			return err
		}
		link, linked := m.linkOf(row)
		if !linked || link.Run != r.Name || !slices.Contains(row.Cells, reports.SecretMarker) {
			continue
		}
		theirs, err := people.Find(ws.personIn(s, row))
		if err != nil {
			return err
		}
		same, err := people.Find(rowDigest(ws, link.Row, theirs))
		if err != nil {
			return err
		}
		if theirs != 0 && same == 0 {
			return otherPerson(s, row, link, theirs)
		}
	}
	return nil
}

// learnPeople notes who is in which row of a run's input: the first row of each person, and that further rows are the same one.
func (c *call) learnPeople(ctx context.Context, ws *workspace, r journal.Run, people journal.Seen) error {
	origin, err := (&call{Service: c.Service}).recallOriginal(ctx, ws, r)
	if err != nil {
		return err
	}
	defer origin.close()
	rows, err := origin.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for row, err := range source.All(rows) {
		switch {
		case err != nil:
			return origin.explain(err)
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
		person := ws.personIn(origin.setup, row)
		if person == (journal.Digest{}) {
			continue
		}
		first, err := people.First(person, row.Number)
		if err != nil {
			return err
		}
		if _, err := people.First(rowDigest(ws, row.Number, first), row.Number); err != nil {
			return err
		}
	}
	return nil
}

// personIn is who a row is, as the job or the vendor tells people apart; the zero digest where the row does not say.
func (ws *workspace) personIn(s *setup, row source.Row) (none journal.Digest) {
	if row.Broken != nil {
		return none
	}
	fields := s.vendor.Identity
	if own := s.options.asPolicy().Identity; len(own) > 0 {
		fields = own
	}
	customer, _ := s.mapper.MapOnly(row.Cells, fields...)
	for _, f := range fields {
		if text := customer.Text(f); text != "" {
			return ws.key.Identity("secrets", f.String(), strings.ToLower(text))
		}
	}
	return none
}

// rowDigest stands for: this row is the person who is first in that row.
func rowDigest(ws *workspace, row, first int64) journal.Digest {
	return ws.key.Identity("secrets of row", fmt.Sprint(row), fmt.Sprint(first))
}

// otherPerson is the error about a row that would get the secrets of another person.
func otherPerson(s *setup, row source.Row, link reports.Link, theirs int64) error {
	return &problem.Error{Kind: problem.Input, File: s.set.Files[row.Input].Title, Line: row.Line,
		Message: fmt.Sprintf("its cells that hold %s would be filled from row %d of run %s, and the person here is that of row %d", reports.SecretMarker, link.Row, link.Run, theirs),
		Fix: "cells were moved to other rows: take the columns that begin with " + reports.LinkPrefix + " from the original " + reports.FailedName +
			", or write the secrets into the cells that hold " + reports.SecretMarker}
}

// linkOf is where a row of the file comes from; false where it does not say, or cannot be read.
func (m *failedFile) linkOf(row source.Row) (reports.Link, bool) {
	if row.Broken != nil {
		return reports.Link{}, false
	}
	link, linked, err := m.links.Of(row.Cells)
	return link, linked && err == nil
}

// over fills the secrets into rows as they pass.
func (f *secretCells) over(rows pipeline.Rows) pipeline.Rows {
	return &secretRows{Rows: rows, secretCells: f}
}

// secretRows reads rows some at a time, and looks their originals up in the order in which these are in their input.
type secretRows struct {
	pipeline.Rows
	*secretCells
	ready []source.Row
	err   error // what reading ended with
}

// secretsAtOnce is how many rows are held while their secrets are looked up.
const secretsAtOnce = 512

// Next returns the next row, its secret cells filled in.
func (r *secretRows) Next() (source.Row, error) {
	if len(r.ready) == 0 && r.err == nil {
		r.read()
	}
	if len(r.ready) == 0 {
		return source.Row{}, cmp.Or(r.err, io.EOF)
	}
	row := r.ready[0]
	r.ready = r.ready[1:]
	return row, nil
}

// read reads and fills the next rows.
func (r *secretRows) read() {
	r.ready = nil
	var wanted []linkedCells
	for size := 0; len(r.ready) < secretsAtOnce && size < comparedAtOnce; {
		row, err := r.Rows.Next()
		if err != nil {
			r.err = err
			break
		}
		r.ready = append(r.ready, row)
		size += sizeOf(row)
		if row.Broken != nil || !slices.Contains(row.Cells, reports.SecretMarker) {
			continue
		}
		if link, linked, bad := r.links.Of(row.Cells); linked && bad == nil { // a link nobody can read leads nowhere: the row goes as it stands
			wanted = append(wanted, linkedCells{link, row.Cells})
		}
	}
	slices.SortStableFunc(wanted, func(a, b linkedCells) int {
		return cmp.Or(strings.Compare(a.link.Run, b.link.Run), cmp.Compare(a.link.Row, b.link.Row))
	})
	if err := r.fill(wanted); err != nil {
		r.ready, r.err = nil, err
	}
}

// linkedCells are the cells of a row with where it comes from.
type linkedCells struct {
	link  reports.Link
	cells []string
}

// fill fills the secret cells of rows.
func (f *secretCells) fill(wanted []linkedCells) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range wanted {
		run := f.runs[w.link.Run]
		origin, there, err := f.origins.at(context.Background(), run, w.link.Row)
		switch {
		case err != nil:
			return err
		case origin.lost != nil:
			return lostSecrets(run, origin.lost)
		case !there:
			continue
		}
		hidden := origin.setup.mapper.HiddenColumns()
		for i, cell := range w.cells {
			at, known := origin.columns[f.header[i]]
			if known && cell == reports.SecretMarker && slices.Contains(hidden, at) && at < len(origin.row.Cells) {
				w.cells[i] = strings.Clone(origin.row.Cells[at])
			}
		}
	}
	return nil
}
