package runs

import (
	"context"
	"errors"

	"importer/mapping"
)

// newColumns decides about columns that are neither mapped nor ignored. They are a fault: a person is to say what they are. But a night must not wait
// for a person: where nobody can be asked, and the journal knows an earlier run of the job, they are told and ignored. A run goes on as it began.
func (c *call) newColumns(ctx context.Context, s *setup, p plan, soundElse bool) []error {
	if p.newColumns {
		return nil
	}
	if !soundElse || c.Confirm != nil || s.account == nil {
		return s.left
	}
	before, err := c.ranBefore(ctx, s)
	if err != nil {
		return []error{err}
	}
	if !before {
		return s.left
	}
	c.emit(NewColumns{s.unmapped()})
	return nil
}

// ranBefore reports whether the journal knows a run of the same job in the account.
func (c *call) ranBefore(ctx context.Context, s *setup) (found bool, err error) {
	if s.place.url == "" || missing(s.place) {
		return false, nil
	}
	ws, err := c.openWorkspace(s.place)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	runs, err := ws.store.Runs(ctx)
	job := s.digest(ws)
	for _, r := range runs {
		found = found || r.Account == s.account.ID() && r.Job == job
	}
	return found, err
}

// mostShown is how many new columns are named: a list of people keyed by name has as many as people.
const mostShown = 20

// unmapped names the columns that are neither mapped nor ignored, as they may be shown, the first of them.
func (s *setup) unmapped() (names []string) {
	if s.mapper == nil {
		return nil
	}
	all := s.mapper.Unmapped()
	for _, name := range all[:min(len(all), mostShown)] {
		names = append(names, mapping.Escape(name, 60))
	}
	return names
}
