package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/vendors"
)

// This file finds different people with the same phone number or username, where the vendor takes that from one user only. The first row in input
// order has it, whatever becomes of it: so a run, a check and a run that is continued find the same. It is found while rows are placed. Only where rows
// go in another order, or where no row of those that share it is sent, a look through the list finds it before (findShared).

// claim is a value that a row asks for and that the vendor takes from one user only.
type claim struct {
	field  mapping.Field
	digest journal.Digest
}

// ClaimDigest is how a journal knows a claim. Its domain is its own: it is never the digest of an identity.
func ClaimDigest(k *journal.Key, c vendors.Claim) journal.Digest {
	return k.Identity("claim", c.Field.String(), c.Text)
}

// claimsOf returns what a request claims: what the vendor says, and where the policy tells people apart by other fields also the e-mail address by which the
// vendor would refuse the second of them.
func (e *Engine) claimsOf(c *mapping.Customer, r vendors.Request) (claims []claim) {
	_, by := e.plan.Account.Identity(c)
	if len(e.plan.Policy.Identity) > 0 && by == mapping.Email && r.RepeatByIdentity && r.Repeat == vendors.RepeatRefused {
		claims = append(claims, claim{by, e.plan.Key.Identity("claim", by.String(), r.Identity)})
	}
	for _, c := range r.Claims() {
		claims = append(claims, claim{c.Field, ClaimDigest(e.plan.Key, c)})
	}
	return claims
}

// claimed are the claims as the journal keeps them with the intent. People with the same e-mail address it knows by their identities.
func (t *task) claimed() (c journal.Claims) {
	for _, one := range t.claims {
		switch one.field {
		case mapping.PhoneNumber:
			c.Phone = one.digest
		case mapping.Username:
			c.Username = one.digest
		}
	}
	return c
}

// shares returns what of the row's claims other people's rows have; nothing when the row can go without, and the policy says so.
func (e *Engine) shares(ctx context.Context, t *task) (taken []ahead.Share, err error) {
	if e.order.KnowsShares() {
		taken = e.order.Shares(t.row.Number)
	} else {
		taken, err = takenBefore(e.plan.Seen, t)
	}
	if err != nil || e.plan.Policy.Shared != ahead.ShareDrop {
		return taken, err
	}
	return e.dropShared(ctx, t, taken)
}

// own makes the row's claims its own, where that is not known before.
func (e *Engine) own(t *task) error {
	if e.order.KnowsShares() {
		return nil
	}
	return own(e.plan.Seen, t)
}

// takenBefore finds which claims of a row others have.
func takenBefore(seen journal.Seen, t *task) (taken []ahead.Share, err error) {
	for _, c := range t.claims {
		owner, err := seen.Find(c.digest)
		if err != nil {
			return nil, err
		}
		if owner != 0 && owner != t.row.Number {
			taken = append(taken, ahead.Share{Field: c.field, Row: owner})
		}
	}
	return taken, nil
}

// own makes claims the row's own, but for those that others have.
func own(seen journal.Seen, t *task) error {
	for _, c := range t.claims {
		if _, err := seen.First(c.digest, t.row.Number); err != nil {
			return err
		}
	}
	return nil
}

// goWithout makes the request again without what others have. False, and nothing is changed, where the vendor does not take that, or where the row would
// be nobody, or somebody else, without it.
func (e *Engine) goWithout(t *task, taken []ahead.Share) bool {
	fields, left := make([]mapping.Field, len(taken)), make([]journal.LeftOut, len(taken))
	for i, s := range taken {
		fields[i], left[i] = s.Field, journal.LeftOut{Field: s.Field.String(), Code: sharedCode(s.Field)}
	}
	less, faults := e.plan.Account.PrepareWithout(&t.customer, fields)
	if len(faults) > 0 || less.Identity != t.request.Identity {
		return false
	}
	if t.undropped == nil {
		whole := t.request
		t.undropped = &whole
	}
	t.request, t.claims, t.leftOut = less, e.claimsOf(&t.customer, less), slices.Concat(t.leftOut, left)
	if t.content != (journal.Digest{}) {
		t.content = journal.Digest{}
		e.contentOf(t)
	}
	return true
}

// wasWhole reports whether a content is that of the row with what it goes without now: an earlier list may have had the row before the others.
func (e *Engine) wasWhole(t *task, content journal.Digest) bool {
	return t.undropped != nil && e.contentAs(t, *t.undropped) == content
}

// keep lets a row that an earlier start settled have what it had then.
func (e *Engine) keep(ctx context.Context, t *task) error {
	if t.known.Code == CodeDuplicate {
		return nil
	}
	taken, err := e.shares(ctx, t)
	if err == nil && (len(taken) == 0 || t.known.Status == journal.Skipped) {
		err = e.own(t)
	}
	return err
}

// sharedCode is the code of rows that share a value of a field.
func sharedCode(f mapping.Field) string {
	switch f {
	case mapping.Email:
		return CodeEmailShared
	case mapping.Username:
		return CodeUsernameShared
	}
	return CodePhoneShared
}

// claimWord is what people call a claim.
func claimWord(f mapping.Field) string {
	switch f {
	case mapping.Email:
		return "e-mail address"
	case mapping.Username:
		return "username"
	}
	return "phone number"
}

// notShared is the record of a row that is not sent because of what other people's rows have.
func (e *Engine) notShared(taken []ahead.Share) *journal.Record {
	texts := make([]string, len(taken))
	for i, s := range taken {
		other := "another row"
		if s.Row != 0 {
			other = fmt.Sprintf("row %d", s.Row)
		}
		texts[i] = fmt.Sprintf("same %s as %s, another person", claimWord(s.Field), other)
	}
	message := strings.Join(texts, "; ")
	if e.plan.Policy.Shared == ahead.ShareNone {
		message += "; neither is sent (on_shared: none)"
	}
	return &journal.Record{Status: journal.Duplicate, Code: sharedCode(taken[0].Field), Field: taken[0].Field.String(), Message: message}
}

// findShared reads all rows in input order, and notes in order what they share.
func (e *Engine) findShared(ctx context.Context, order *ahead.Order) (err error) {
	rows, err := e.again()
	if err != nil {
		return err
	}
	seen, err := e.plan.Store.Seen()
	if err != nil {
		return errors.Join(err, rows.Close())
	}
	defer func() { err = errors.Join(err, rows.Close(), seen.Close()) }()
	order.LookForShares()
	err = e.stage(ctx, rows, func(t *task) { e.mapSafely(t, true) }, func(t *task) error {
		if order.Repeats(t.row.Number) {
			return nil
		}
		if e.plan.Policy.Shared == ahead.ShareNone {
			return noteEvery(order, seen, t)
		}
		return e.noteLater(ctx, order, seen, t)
	})
	return errors.Join(err, ctx.Err())
}

// noteEvery notes of a row, and of the first with the same, that they share something.
func noteEvery(order *ahead.Order, seen journal.Seen, t *task) error {
	for _, c := range t.claims {
		first, err := seen.First(c.digest, t.row.Number)
		if err != nil {
			return err
		}
		if first != t.row.Number {
			order.Share(t.row.Number, c.field, first)
			order.Share(first, c.field, t.row.Number)
		}
	}
	return nil
}

// noteLater notes what a row shares with rows before it, as placing finds it where rows go in input order.
func (e *Engine) noteLater(ctx context.Context, order *ahead.Order, seen journal.Seen, t *task) error {
	taken, err := takenBefore(seen, t)
	if err != nil {
		return err
	}
	for _, s := range taken {
		order.Share(t.row.Number, s.Field, s.Row)
	}
	if e.plan.Policy.Shared == ahead.ShareDrop {
		if taken, err = e.dropShared(ctx, t, taken); err != nil {
			return err
		}
	}
	if len(taken) > 0 {
		if imported, err := e.imported(ctx, t); imported == nil || err != nil {
			return err
		}
	}
	return own(seen, t)
}
