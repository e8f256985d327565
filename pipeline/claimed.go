package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// This file asks the account's journal about claims: who sent a phone number or username before, and whether the vendor registered them with it. Under
// `on_shared: drop` a row goes without what somebody else is registered with. Under the other policies it is sent: a number may have moved from one
// person to another, and the answer is explained (whyExists). But a retry does not send in vain what was shared before, and is as it was.

// claimant returns which other person's row has a claim, as the journal knows it.
func (e *Engine) claimant(ctx context.Context, t *task, c claim) (who journal.Claimed, other bool, err error) {
	who, found, err := e.plan.Store.Claimed(ctx, e.plan.Account.ID(), c.digest)
	if err != nil {
		return who, false, fmt.Errorf("looking up who has a %s: %w", claimWord(c.field), err)
	}
	return who, found && !e.strangers[who.Run] && who.Identity != t.identity && who.Identity != t.byVendor &&
		!t.wasKnownAs(who.Identity), nil
}

// registration is a claim that another run registered for somebody else.
type registration struct {
	claim
	who journal.Claimed
}

// registered returns what of the row's claims other runs registered for other people. What this run registers is found row by row (takenBefore).
func (e *Engine) registered(ctx context.Context, t *task) (list []registration, err error) {
	for _, c := range t.claims {
		who, other, err := e.claimant(ctx, t, c)
		if err != nil {
			return nil, err
		}
		if other && who.Created && who.Run != e.plan.Run.ID {
			list = append(list, registration{c, who})
		}
	}
	return list, nil
}

// dropShared lets a row go without what it shares with the list (taken) and without what other runs registered for other people. It returns what
// keeps the row from being sent: only what is taken may do that. A row in doubt goes as it went before, or it would be another request.
func (e *Engine) dropShared(ctx context.Context, t *task, taken []ahead.Share) ([]ahead.Share, error) {
	found, err := e.registered(ctx, t)
	if err != nil {
		return nil, err
	}
	all := taken[:len(taken):len(taken)]
	for _, r := range found {
		if !slices.ContainsFunc(taken, func(s ahead.Share) bool { return s.Field == r.field }) {
			all = append(all, ahead.Share{Field: r.field})
		}
	}
	if less := *t; len(all) > len(taken) && e.goWithout(&less, all) && (!stateOf(t.known).doubtful() || e.contentOf(&less) == t.known.Content) {
		*t = less
		return nil, nil
	}
	if len(taken) > 0 && e.goWithout(t, taken) {
		return nil, nil
	}
	return taken, nil
}

// stillShared is the record of a row that is retried, was not sent for what it shared, is as it was, and shares it with somebody who is registered with it;
// nil for any other.
func (e *Engine) stillShared(ctx context.Context, t *task) (*journal.Record, error) {
	if was, err := e.wasShared(ctx, t); !was || err != nil {
		return nil, err
	}
	found, err := e.registered(ctx, t)
	if len(found) == 0 || err != nil {
		return nil, err
	}
	texts := make([]string, len(found))
	for i, r := range found {
		texts[i] = fmt.Sprintf("same %s as %s, another person, who is registered with it", claimWord(r.field), e.placeOf(r.who))
	}
	return &journal.Record{Status: journal.Duplicate, Code: sharedCode(found[0].field), Field: found[0].field.String(), Message: strings.Join(texts, "; ")}, nil
}

// wasShared reports whether a row that the row comes from was not sent for what it shared, and had the same content.
func (e *Engine) wasShared(ctx context.Context, t *task) (bool, error) {
	if e.plan.Origins == nil {
		return false, nil
	}
	for _, from := range e.plan.Origins(t.row) {
		there, _, err := e.plan.Store.Row(ctx, from.Run.ID, from.Row)
		if err != nil {
			return false, fmt.Errorf("looking up the row of an earlier run: %w", err)
		}
		if (there.Code == CodePhoneShared || there.Code == CodeUsernameShared) && there.Content == e.contentOf(t) {
			return true, nil
		}
	}
	return false, nil
}
