package simulation_test

import (
	"fmt"
	"slices"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// kept sees what became durable in this life, in order, and holds each step to what may be done at all.
func (p *process) kept(recs []journal.Record) {
	w := p.world
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range recs {
		if why := p.wrong(r); why != "" {
			w.t.Errorf("life %d, %s: row %d, %s %s %d: %s", p.number, p.book.name, r.Row, r.Kind, r.Status, r.Attempt, why)
		}
		p.book.trace[r.Row] = append(p.book.trace[r.Row], r)
	}
}

// wrong says what a record must not be, "" when nothing is wrong with it.
func (p *process) wrong(r journal.Record) string {
	b, who := p.book, p.book.people[r.Row-1]
	last := journal.Record{}
	if trail := b.trace[r.Row]; len(trail) > 0 {
		last = trail[len(trail)-1]
	}
	switch {
	case last.Kind == journal.Ruling && last.Status == journal.Created:
		return "a person said that it is created"
	case last.Kind == journal.Ruling && last.Status == journal.Unsent && (r.Kind == journal.Uncertain || r.Status == journal.InDoubt):
		return "a person said that it is not created, and it was not sent since"
	case p.carrying.Load():
		b.carried[r.Row] = true
		return ""
	case r.Kind == journal.Settle && r.Status == journal.Invalid && p.doubted(r.Row):
		return "it may be registered since an earlier attempt"
	case r.Kind != journal.Intent:
		return ""
	}
	if p.world.knownOtherwise(who, r) {
		p.world.risked[who.email] = true
	}
	switch {
	case b.where && who.left:
		return "the job leaves it out"
	case r.Attempt == 1:
		return p.wrongFirst(r, who)
	case last.Kind == journal.NotRegistered, last.Kind == journal.Ruling && last.Status == journal.Unsent:
		if p.before[r.Identity] {
			return "another run created the person"
		}
		return ""
	case last.Kind != journal.Uncertain:
		return "it is sent again after " + last.Kind.String()
	}
	if w := p.world; p.resends(r.Row) && p.end.resend > 0 || p.end.inDoubt == pipeline.DoubtRetry {
		w.risked[who.email] = true
		return ""
	}
	if p.end.inDoubt == pipeline.DoubtHold {
		return "nothing in doubt is to be sent again"
	}
	if p.world.sc.vendor == "distinct" && r.Claims.Phone == (journal.Digest{}) {
		return "the vendor would take it twice"
	}
	return ""
}

// doubted reports whether any attempt of the row is in doubt, so far as the journal shows.
func (p *process) doubted(row int64) bool {
	doubt := false
	for _, r := range p.book.trace[row] {
		switch {
		case r.Kind == journal.Uncertain, r.Kind == journal.Settle && r.Status == journal.InDoubt:
			doubt = true
		case r.Kind == journal.Ruling && r.Status == journal.Unsent:
			doubt = false
		}
	}
	return doubt
}

// wrongFirst holds the first attempt of a row to what may be sent.
func (p *process) wrongFirst(r journal.Record, who person) string {
	b := p.book
	if p.before[r.Identity] {
		return "another run created the person"
	}
	for _, s := range []journal.Status{journal.Exists, journal.Rejected} {
		if p.said[answer{r.Content, s}] && !slices.Contains(p.sendsAgain(), s) && !p.said[answer{r.Content, journal.Exists + journal.Rejected - s}] {
			return "another run sent the same row, and it was " + s.String()
		}
	}
	sent := int64(1)
	for row, trail := range b.trace {
		if row == r.Row || len(trail) == 0 || trail[0].Kind != journal.Intent {
			continue
		}
		if !b.carried[row] {
			sent++
		}
		if b.people[row-1].email == who.email {
			return fmt.Sprintf("row %d is the same person, and was sent", row)
		}
	}
	if b.policy.Sample > 0 && !b.agreed && sent > b.policy.Sample {
		return fmt.Sprintf("the sample is %d rows, and nobody agreed to more", b.policy.Sample)
	}
	if why := b.wrongOf(r.Row, who); why != "" {
		return why
	}
	if why := p.wrongShared(r, who); why != "" {
		return why
	}
	if who.by == "" || !b.policy.SponsorsFirst {
		return ""
	}
	found := false
	for i, other := range b.people {
		if other.cells[userColumn] != who.by || b.where && other.left {
			continue
		}
		found = true
		trail := b.trace[int64(i+1)]
		if len(trail) == 0 {
			continue
		}
		switch last := trail[len(trail)-1]; {
		case last.Status == journal.Created, last.Status == journal.Exists, last.Status == journal.Skipped, last.Status == journal.InDoubt:
			return ""
		}
	}
	if found {
		return "its sponsor's row goes first"
	}
	return ""
}

// wrongOf holds a row that is sent to what the list's rule makes of a person's several rows.
func (b *book) wrongOf(row int64, who person) string {
	if b.policy.Duplicates == ahead.KeepFirst {
		return ""
	}
	for i, other := range b.people {
		n := int64(i + 1)
		if n == row || other.email != who.email || b.where && other.left || other.unread && b.policy.OnInvalid != mapping.DropInvalid {
			continue
		}
		if b.policy.Duplicates == ahead.RejectEvery {
			return fmt.Sprintf("row %d is the same person: neither is to be sent", n)
		}
		if n > row {
			return fmt.Sprintf("row %d is the same person, and comes later", n)
		}
	}
	return ""
}

// wrongShared holds a row that is sent to what the vendor takes from one user only: nobody else's row that counts has the same, but where it is left out.
func (p *process) wrongShared(r journal.Record, who person) string {
	b, wants := p.book, map[string]bool{} // what the row asks for
	for _, u := range p.world.vendor.Unique {
		switch {
		case u.Field == mapping.PhoneNumber && r.Claims.Phone != (journal.Digest{}):
			wants["phone "+who.phone] = true
		case u.Field == mapping.Username && r.Claims.Username != (journal.Digest{}):
			wants["username "+who.cells[userColumn]] = true
		case b.policy.Shared != ahead.ShareDrop && (u.Field == mapping.Username || who.phone != ""):
			return "it does not say what it asks for: " + u.Field.String()
		}
	}
	for row, trail := range b.trace {
		i := slices.IndexFunc(trail, func(r journal.Record) bool { return r.Kind == journal.Intent })
		other := b.people[row-1]
		if i < 0 || row == r.Row || b.carried[row] || other.email == who.email {
			continue
		}
		claims := trail[i].Claims
		if wants["phone "+other.phone] && claims.Phone != (journal.Digest{}) || wants["username "+other.cells[userColumn]] && claims.Username != (journal.Digest{}) {
			return fmt.Sprintf("row %d is another person's with the same telephone or username, and was sent", row)
		}
	}
	return ""
}

// knownOtherwise reports whether Distinct, which knows people by their telephone number alone, said of the person in an earlier run that it
// exists, when another number was sent than r does, or any: nobody can say then whether it was the person that exists, and a row of an existing person is
// sent like any other.
func (w *world) knownOtherwise(who person, r journal.Record) bool {
	if w.sc.vendor != "distinct" {
		return false
	}
	for _, b := range w.others() {
		for row, trail := range b.trace {
			if b.people[row-1].email != who.email || trail[len(trail)-1].Status != journal.Exists {
				continue
			}
			if slices.ContainsFunc(trail, func(then journal.Record) bool {
				return then.Kind == journal.Intent && then.Claims.Phone != r.Claims.Phone
			}) {
				return true
			}
		}
	}
	return false
}
