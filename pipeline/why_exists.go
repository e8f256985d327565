package pipeline

import (
	"context"
	"fmt"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/vendors"
)

// whyExists says what this account's journal knows of a row that the vendor says it has already, in front of the vendor's own words; "" for nothing.
func (e *Engine) whyExists(t *task, v vendors.Verdict) (string, error) {
	if other, err := e.sentForAnother(t, v.About); other != "" || err != nil {
		return other, err
	}
	if t.tries.doubted {
		return ourDoing, nil
	}
	return "", nil
}

// sentForAnother says for which other person a value was sent that the vendor says is taken. about is the field that is taken; NoField: any may be.
func (e *Engine) sentForAnother(t *task, about mapping.Field) (string, error) {
	for _, c := range t.claims {
		if about != mapping.NoField && about != c.field {
			continue
		}
		who, theirs, err := e.claimant(context.Background(), t, c)
		if err != nil {
			return "", err
		}
		if theirs {
			return fmt.Sprintf("this %s was sent for another person: %s; ", claimWord(c.field), e.placeOf(who)), nil
		}
	}
	return "", nil
}

// findStrangers finds the runs of the account that identified people by other fields.
func (e *Engine) findStrangers(ctx context.Context) error {
	p := &e.plan
	if p.IdentityOf == nil {
		return nil
	}
	runs, err := p.Store.Runs(ctx)
	e.strangers = map[int64]bool{}
	for _, r := range runs {
		if theirs, known := p.IdentityOf(r); r.Account == p.Account.ID() && known && theirs != p.Policy.IdentityNames() {
			e.strangers[r.ID] = true
		}
	}
	return err
}

// placeOf says which row it is.
func (e *Engine) placeOf(who journal.Claimed) string {
	switch {
	case who.Run == e.plan.Run.ID:
		return fmt.Sprintf("row %d", who.Row)
	case who.RunName == "":
		return fmt.Sprintf("row %d of a run that was purged", who.Row)
	}
	return fmt.Sprintf("row %d of run %s", who.Row, who.RunName)
}
