package pipeline

import (
	"context"
	"fmt"

	"importer/pipeline/journal"
)

// OtherIdentity says that an earlier run of the account identified people by other fields than this one, which recognises only those people whose
// rows have not changed. Where that run left people in doubt it is the error of a start: they could be sent twice.
type OtherIdentity struct {
	Run     journal.Run
	Theirs  string // names of the fields, with commas between; "" the vendor's own identity
	Ours    string
	InDoubt bool // that run left people in doubt
}

func (o *OtherIdentity) Error() string {
	return fmt.Sprintf("run %s left people in doubt, identified by %q; this run identifies people by %q", o.Run.Name, o.Theirs, o.Ours)
}

// otherIdentity finds the newest run of the account that identified people by other fields, or one that also left people in doubt.
func (e *Engine) otherIdentity(ctx context.Context, open Doubts) (found *OtherIdentity, err error) {
	p := &e.plan
	if p.IdentityOf == nil {
		return nil, nil
	}
	runs, err := p.Store.Runs(ctx)
	for _, r := range runs {
		theirs, known := "", false
		if r.Account == p.Account.ID() && r.ID != p.Run.ID {
			theirs, known = p.IdentityOf(r)
		}
		if !known || theirs == p.Policy.IdentityNames() {
			continue
		}
		other := &OtherIdentity{Run: r, Theirs: theirs, Ours: p.Policy.IdentityNames()}
		for _, o := range open {
			other.InDoubt = other.InDoubt || o.Run.ID == r.ID && theirs != ""
		}
		if other.InDoubt {
			return other, other
		}
		if found == nil && !p.Resume { // it was found when the run began
			found = other
		}
	}
	return found, err
}
