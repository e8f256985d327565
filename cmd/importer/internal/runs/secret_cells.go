package runs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// secretCells holds the secret cells that a failed file leaves out, read from the original inputs.
type secretCells struct {
	links  reports.Links
	header []string
	cells  map[rowName]map[string]string // by column
}

// readSecrets reads the secret cells that a failed file leaves out from the inputs of the runs that its rows come from.
func (c *call) readSecrets(ctx context.Context, ws *workspace, set *source.Set, m *failedFile) (*secretCells, error) {
	f := &secretCells{links: m.links, header: set.Header, cells: map[rowName]map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(m.missing)) {
		if err := c.readSecretsOf(ctx, ws, f, m.runs[name], m.missing[name]); err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			return nil, lostSecrets(m.runs[name], err)
		}
	}
	return f, nil
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

func (c *call) readSecretsOf(ctx context.Context, ws *workspace, f *secretCells, r journal.Run, wanted *reports.Rowset) error {
	origin, err := (&call{Service: c.Service}).recallOriginal(ctx, ws, r)
	if err != nil {
		return err
	}
	defer origin.setup.close()
	rows, err := origin.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	hidden := origin.setup.mapper.HiddenColumns()
	for row, err := range source.All(rows) {
		if err != nil {
			return origin.explain(err)
		}
		if !wanted.Has(row.Number) || row.Broken != nil {
			continue
		}
		cells := map[string]string{}
		for _, i := range hidden {
			cells[origin.setup.set.Header[i]] = strings.Clone(row.Cells[i])
		}
		f.cells[rowName{r.Name, row.Number}] = cells
	}
	return nil
}

// over fills the secrets into rows as they pass.
func (f *secretCells) over(rows pipeline.Rows) pipeline.Rows { return secretRows{rows, f} }

type secretRows struct {
	pipeline.Rows
	*secretCells
}

// Next returns the next row, its secret cells filled in.
func (r secretRows) Next() (source.Row, error) {
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
