package runs

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/reports"
)

// family is a run and everything that followed it, oldest first.
type family struct {
	members []*member
	base    int // the newest run over the list itself; the oldest member where the journal has none
}

// member is a run of a family.
type member struct {
	run  journal.Run
	note note
	from map[int64]rowName // the rows of earlier runs that its rows are; nil: they are known by their people alone
	of   []string          // names of the runs whose rows it sends again
}

// link reads from the note which rows of earlier runs the run's own rows are.
func (m *member) link() error {
	if m.note.Of != "" {
		rows, err := reports.ParseRowset(m.note.Rows)
		if err != nil {
			return fmt.Errorf("the note of run %s: %w", m.run.Name, err)
		}
		m.of, m.from = []string{m.note.Of}, map[int64]rowName{}
		for row := range rows.All() {
			m.from[row] = rowName{m.note.Of, row}
		}
		return nil
	}
	if !m.note.FailedFile {
		return nil
	}
	if m.note.Links == nil { // of a run before links were noted; the file still lies in the folder of the run, as a rule
		for _, in := range m.note.Inputs {
			m.of = append(m.of, filepath.Base(filepath.Dir(in.Path)))
		}
		return nil
	}
	m.of, m.from = m.note.Links.Runs, map[int64]rowName{}
	for row, origin := range m.note.Links.all() {
		if origin.err != nil {
			return fmt.Errorf("the note of run %s: %w", m.run.Name, origin.err)
		}
		m.from[row] = origin.rowName
	}
	return nil
}

// over reports whether a run is one over a list itself that has an input at a place.
func (m *member) over(place string) bool {
	return m.note.plain() && slices.ContainsFunc(m.note.Inputs, func(in input) bool { return in.place() == place })
}

// sameList reports whether two runs are over the same list, as named, whatever is in it.
func (m *member) sameList(other *member) bool {
	return m.note.plain() && other.note.plain() && m.run.Account == other.run.Account && sameList(m.note.Inputs, other.note.Inputs)
}

// familiesOf finds the families that a person means: of the list in every account, of the newest run over a failed file, or of the run.
func (c *call) familiesOf(ctx context.Context, ws *workspace, of string) ([]*family, error) {
	all, err := ws.members(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, unusable("the journal is empty", "importer runs lists the runs")
	}
	if of == "" {
		return []*family{familyOf(all, all[len(all)-1])}, nil
	}
	var families []*family
	for _, root := range newestOver(all, c.absolute(of)) {
		families = append(families, familyOf(all, root))
	}
	if families != nil {
		return families, nil
	}
	if m := newestFrom(all, c.absolute(of)); m != nil {
		return []*family{familyOf(all, m)}, nil
	}
	run, err := ws.find(ctx, of, nil)
	switch {
	case errors.Is(err, errForeign):
		return nil, err
	case err != nil:
		return nil, unusable(fmt.Sprintf("the journal has no run %q, and no run over a list of that name", mapping.Escape(of, 120)), "importer runs lists the runs")
	}
	for _, m := range all {
		if m.run.ID == run.ID {
			return []*family{familyOf(all, m)}, nil
		}
	}
	_, err = noteOf(run)
	return nil, err
}

// members are all runs of the journal whose notes can be read, oldest first.
func (ws *workspace) members(ctx context.Context) (list []*member, err error) {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range slices.Backward(runs) {
		n, err := noteOf(r)
		if err != nil {
			continue // of another version: it says why when it is named
		}
		m := &member{run: r, note: n}
		if err := m.link(); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// newestOver returns the newest run over a list in every account, the newest first. Sandboxes in process are accounts that are gone: their newest run
// is returned where no other is.
func newestOver(all []*member, place string) (list []*member) {
	var rehearsal *member
	for _, m := range slices.Backward(all) {
		switch {
		case !m.over(place):
		case m.note.Sandbox:
			if rehearsal == nil {
				rehearsal = m
			}
		case !slices.ContainsFunc(list, func(o *member) bool { return o.run.Account == m.run.Account }):
			list = append(list, m)
		}
	}
	if list == nil && rehearsal != nil {
		return []*member{rehearsal}
	}
	return list
}

// newestFrom returns the newest run of any kind that has an input at a place, such as one over a failed file; nil for none.
func newestFrom(all []*member, place string) *member {
	for _, m := range slices.Backward(all) {
		if slices.ContainsFunc(m.note.Inputs, func(in input) bool { return in.place() == place }) {
			return m
		}
	}
	return nil
}

// familyOf is the family of a run: the runs over lists that its rows come from, and all that followed these.
func familyOf(all []*member, of *member) *family {
	byName := map[string]*member{}
	for _, m := range all {
		byName[m.run.Name] = m
	}
	roots := map[*member]bool{}
	var climb func(m *member)
	climb = func(m *member) {
		top := true
		for _, name := range m.of {
			if parent := byName[name]; parent != nil && parent.run.ID < m.run.ID && m.follows(parent) {
				top = false
				climb(parent)
			}
		}
		if top {
			roots[m] = true
		}
	}
	climb(of)
	f := &family{}
	for _, m := range all {
		if roots[m] || slices.ContainsFunc(f.members, m.follows) {
			f.members = append(f.members, m)
		}
	}
	for i, m := range f.members {
		if m.note.plain() {
			f.base = i
		}
	}
	return f
}

// follows reports whether a run follows an earlier one: it sends rows of it again, or is over the same list. Each sandbox in process is an account of
// its own; what is sent again from there goes to another one.
func (m *member) follows(earlier *member) bool {
	if m.sameList(earlier) {
		return true
	}
	same := m.run.Account == earlier.run.Account || m.note.Sandbox && earlier.note.Sandbox
	return same && slices.Contains(m.of, earlier.run.Name)
}
