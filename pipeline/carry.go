package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// Origin is a row of an earlier run.
type Origin struct {
	Run journal.Run
	Row int64

	answered bool // of Doubts: the row exists there, probably by our own doing
	taken    bool // of Doubts: a row of this run has the doubt, and others may be meant too
}

// Doubts are the people of an account who may be registered without any run knowing it, and the row that left each in doubt.
type Doubts map[journal.Digest]Origin

// FindDoubts looks through the runs of an account, oldest first, but for the run with the number except. Where no run left any doubt, or
// found anybody to exist, this costs one count a run.
func FindDoubts(ctx context.Context, store journal.Store, account string, except int64) (Doubts, error) {
	runs, err := store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	open := Doubts{}
	for _, r := range slices.Backward(runs) {
		if r.Account != account || r.ID == except {
			continue
		}
		if len(open) == 0 && r.State == journal.Complete { // else the run may have ended doubts of others, or left some without counting them
			counts, err := store.Counts(ctx, r.ID)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(counts, func(c journal.Count) bool { return c.Status == journal.InDoubt || c.Status == journal.Exists }) {
				continue
			}
		}
		for s, err := range store.Rows(ctx, r.ID, 1) {
			if err != nil {
				return nil, err
			}
			open.learn(r, s)
		}
	}
	return open, nil
}

// carryDoubts writes into the journal of this run which of its rows are in doubt since another run in the same account. From then on they are rows
// of its own that are in doubt. It may be done again: the start that did it first may have died, and another run may have left a person in doubt since.
func (e *Engine) carryDoubts(ctx context.Context) (err error) {
	p := &e.plan
	if p.Fresh { // nothing is carried: the first line of the table in resend.go
		return nil
	}
	open, err := FindDoubts(ctx, p.Store, p.Account.ID(), p.Run.ID)
	if err != nil {
		return err
	}
	if e.prepared.Identity, err = e.otherIdentity(ctx, open); err != nil {
		return err
	}
	if len(open) == 0 && p.Origins == nil {
		return nil
	}
	rows, err := e.again()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var batch []journal.Record
	for {
		row, err := rows.Next()
		if len(batch) >= 1024 || len(batch) > 0 && errors.Is(err, io.EOF) {
			if err := p.Store.Append(ctx, p.Run.ID, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
		if errors.Is(err, io.EOF) {
			e.prepared.Elsewhere, e.prepared.Oldest = open.left()
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the input: %w", err)
		}
		recs, err := e.carryInto(ctx, row, open)
		if err != nil {
			return err
		}
		batch = append(batch, recs...)
	}
}

// carryInto returns the records that put a row in doubt, nil for none. The person's doubt is taken out of open: other rows of the person are duplicates.
func (e *Engine) carryInto(ctx context.Context, row source.Row, open Doubts) ([]journal.Record, error) {
	if takes, _ := e.plan.Mapper.Takes(row.Cells); row.Broken == nil && !takes {
		return nil, nil
	}
	count := &e.prepared.FromOrigins
	var origins []Origin
	if e.plan.Origins != nil {
		origins = e.plan.Origins(row)
	}
	var people []journal.Digest
	var former journal.Digest
	if len(open) > 0 {
		people, former = e.people(row)
	}
	for i, from := range slices.Concat(origins, open.take(people, former, e.order.Repeats(row.Number))) {
		if i == len(origins) {
			count = &e.prepared.FromAccount
		}
		recs, err := e.carryFrom(ctx, row, from)
		if recs != nil {
			*count++
		}
		if recs != nil || err != nil {
			return recs, err
		}
	}
	return nil, nil
}

// take takes the doubt about a row's person out. A row that is a duplicate itself leaves it to the one that counts. A doubt under the former name
// stays: several people may have had that name, and each of them may be meant.
func (d Doubts) take(people []journal.Digest, former journal.Digest, repeats bool) []Origin {
	for _, who := range people {
		from, ok := d[who]
		switch {
		case !ok || repeats:
			continue
		case who == former:
			from.taken = true
			d[who] = from
		default:
			delete(d, who)
		}
		return []Origin{from}
	}
	return nil
}

// left counts the people who are in doubt, and finds the first row of the oldest run that left one so.
func (d Doubts) left() (people int64, oldest Origin) {
	for _, from := range d {
		if from.answered || from.taken {
			continue
		}
		people++
		if oldest.Row == 0 || from.Run.ID < oldest.Run.ID || from.Run.ID == oldest.Run.ID && from.Row < oldest.Row {
			oldest = from
		}
	}
	return people, oldest
}

// carryFrom gathers what the table of resend.go asks about one doubt.
func (e *Engine) carryFrom(ctx context.Context, row source.Row, from Origin) ([]journal.Record, error) {
	p := &e.plan
	if from.Run.Account != p.Account.ID() {
		return nil, nil
	}
	there, _, err := p.Store.Row(ctx, from.Run.ID, from.Row)
	if err != nil || !stateOf(there).doubtful() && !probablyOurs(there) {
		return nil, err
	}
	later, known, err := p.Store.Imported(ctx, p.Account.ID(), there.Identity)
	if err != nil {
		return nil, err
	}
	here, _, err := p.Store.Row(ctx, p.Run.ID, row.Number)
	if err != nil {
		return nil, err
	}
	if !(doubtElsewhere{
		there: stateOf(there), here: stateOf(here), ours: probablyOurs(there) && e.otherwise(row, there.Content),
		registeredSince: known && later.Run > from.Run.ID && e.isPerson(row, there.Identity),
		said:            here.Code == CodeSettledNotCreated,
		copied:          there.Code == CodeHeld,
		newer:           from.Run.ID > p.Run.ID || there.At.After(here.At),
	}).carried() {
		return nil, nil
	}
	intent := journal.Record{
		Kind: journal.Intent, Row: row.Number, Attempt: here.Attempt + 1, At: there.At,
		Content: there.Content, Identity: there.Identity, Line: row.Line,
	}
	doubt := intent
	doubt.Kind, doubt.Status, doubt.Code = journal.Settle, journal.InDoubt, CodeHeld
	doubt.HTTPStatus, doubt.VendorCode, doubt.Field = there.HTTPStatus, there.VendorCode, there.Field
	doubt.Message = fmt.Sprintf("sent as row %d of run %s, and its outcome is unknown", from.Row, from.Run.Name)
	if probablyOurs(there) {
		doubt.Message = fmt.Sprintf("row %d of run %s probably registered the person, and was written otherwise: look the person up", from.Row, from.Run.Name)
	}
	doubt.Message = journal.WithLeftOut(journal.ReadLeftOut(there.Message), doubt.Message)
	return []journal.Record{intent, doubt}, nil
}

// otherwise reports whether a row is fit to be sent and has other content.
func (e *Engine) otherwise(row source.Row, content journal.Digest) bool {
	t := &task{row: row}
	e.mapSafely(t, true)
	return !t.filtered && len(t.faults) == 0 && e.contentOf(t) != content
}

// people are the digests by which the journal may know a row's person: as this run tells people apart, as the vendor does, and last as earlier versions
// did (former; zero where that is none of its own).
func (e *Engine) people(row source.Row) (list []journal.Digest, former journal.Digest) {
	if row.Broken != nil {
		return nil, former
	}
	p := &e.plan
	customer, _ := p.Mapper.MapOnly(row.Cells, append(slices.Clone(p.Account.Vendor().Identity), p.Policy.Identity...)...)
	request, _ := p.Account.Prepare(&customer)
	texts := []string{p.Policy.IdentityOf(&customer, request), request.Identity, p.Policy.formerIdentityOf(&customer, request)}
	for i, text := range texts {
		if d := p.Key.Identity(text); text != "" && !slices.Contains(list, d) {
			list = append(list, d)
			if i == 2 {
				former = d
			}
		}
	}
	return list, former
}

// isPerson reports whether the digest is one of those by which the journal may know the row's person.
func (e *Engine) isPerson(row source.Row, who journal.Digest) bool {
	people, _ := e.people(row)
	return slices.Contains(people, who)
}

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
			other.InDoubt = other.InDoubt || o.Run.ID == r.ID && theirs != "" && !o.answered
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
