package runs

import (
	"context"
	"fmt"

	"importer/pipeline/journal"
)

// supersede ends an unfinished run for good, since its input has changed: the run that follows imports the input as it is now. Nothing is lost with it:
// whom it created is known, and its doubts are carried over. It is done first: a crash in between leaves a run that nobody waits for.
func (c *call) supersede(ctx context.Context, ws *workspace, r journal.Run) error {
	counts, err := ws.store.Counts(ctx, r.ID)
	if err != nil {
		return err
	}
	if err := ws.store.Finish(ctx, r.ID, journal.Superseded, c.Now().UTC()); err != nil {
		return err
	}
	c.emit(Superseding{Run: r, Settled: journal.CountsOf(counts).Sum()})
	return nil
}

// superseded refuses to resume a run that a later one has replaced, and names that.
func (c *call) superseded(ctx context.Context, ws *workspace, r journal.Run) error {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	later, hint := "", "import the list as it is now with: "+c.Program+" run"
	for _, n := range runs {
		if n.ID > r.ID && n.Account == r.Account && n.Job == r.Job && sameInputs(n, r) {
			later, hint = " by run "+n.Name, "there is nothing left to do in this one"
			if n.State != journal.Complete && n.State != journal.Superseded {
				hint = "resume that one with: " + c.Program + " resume " + n.Name
			}
			break
		}
	}
	return unusable(fmt.Sprintf("run %s is superseded%s: its input has changed since", r.Name, later), hint)
}

// sameInputs reports whether two runs are about inputs of the same names.
func sameInputs(a, b journal.Run) bool {
	x, errX := noteOf(a)
	y, errY := noteOf(b)
	return errX == nil && errY == nil && x.plain() && y.plain() && sameList(x.Inputs, y.Inputs)
}
