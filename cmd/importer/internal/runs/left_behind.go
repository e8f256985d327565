package runs

import (
	"context"
	"slices"

	"importer/pipeline/journal"
)

// emitLeftBehind warns of other runs of the account that nobody has finished: the people of their lists who were not reached are in no other run. It says so
// in every run until each is resumed or superseded.
func (x *execution) emitLeftBehind(ctx context.Context) error {
	all, err := x.workspace.store.Runs(ctx)
	if err != nil {
		return err
	}
	left := x.leftBehind(all)
	if len(left) == 0 {
		return nil
	}
	e := RunUnfinished{Run: left[0], More: len(left) - 1, JobChanged: left[0].Job != x.run.Job, Resume: x.command("resume", left[0].Name)}
	if n, err := noteOf(e.Run); err == nil {
		e.Again = within(n.Inputs, x.note.Inputs) && !x.note.spans()
	}
	for s, err := range x.workspace.store.Rows(ctx, e.Run.ID, 1) {
		if err != nil {
			return err
		}
		switch status, _ := s.Reported(); status {
		case journal.InDoubt:
			e.InDoubt++
		case journal.Unsent:
		default:
			e.Settled++
		}
	}
	x.emit(e)
	return nil
}

// leftBehind are the other unfinished runs over whole lists in the account, the newest first. One whose lists, as named, a later run has gone through to the
// end, perhaps with others, is as good as superseded.
func (x *execution) leftBehind(all []journal.Run) (left []journal.Run) {
	var gone [][]input
	if x.note.Fresh {
		gone = append(gone, x.note.Inputs) // a person chose to leave what was there
	}
	for _, r := range all {
		n, err := noteOf(r)
		if r.ID == x.run.ID || r.Account != x.run.Account || r.State == journal.Superseded || err != nil || !n.plain() || n.gone() {
			continue
		}
		switch over := func(inputs []input) bool { return within(n.Inputs, inputs) }; {
		case r.State == journal.Complete:
			if !n.spans() {
				gone = append(gone, n.Inputs)
			}
		case !slices.ContainsFunc(gone, over):
			left = append(left, r)
		}
	}
	return left
}

// spans reports whether the command asked for a part of the list.
func (n note) spans() bool { return n.Asked["skip-rows"] != "" || n.Asked["max-rows"] != "" }

// within reports whether all lists are among others, whatever is in them now. What comes by standard input is another list each time.
func within(lists, others []input) bool {
	for _, in := range lists {
		if in.Name == "-" || !slices.ContainsFunc(others, func(o input) bool { return o.place() == in.place() }) {
			return false
		}
	}
	return true
}
