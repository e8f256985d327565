package pipeline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"importer/mapping"
	"importer/pipeline/journal"
)

// place decides, in input order, what is to be done with a row: settle it here, leave it as an earlier start left it, or send it.
func (e *Engine) place(ctx context.Context, t *task) error {
	e.tally.read.Add(1)
	if err := e.recall(t); err != nil {
		return err
	}
	if t.known.Kind == journal.Settle && !e.reopens(t) {
		e.tally.settled(t.known.Status)
		e.learn(t, t.known.Status)
		return e.remember(t, t.known.Identity)
	}
	if t.known.Kind == 0 {
		if settled, err := e.settleLocally(ctx, t); settled || err != nil {
			return err
		}
		if ok, err := e.sponsored(ctx, t); !ok || err != nil {
			e.order.gone(t.row.Number)
			return err
		}
		if e.plan.Policy.Sample > 0 && e.handed >= e.plan.Policy.Sample {
			return errSampled
		}
		e.handed++
		return e.hand(ctx, t)
	}
	if err := e.remember(t, t.known.Identity); err != nil {
		return err
	}
	return e.goOn(ctx, t)
}

// recall finds what an earlier start of this run left of the row. Rows and states both come in rising order of row number.
func (e *Engine) recall(t *task) error {
	for e.known != nil && (e.knownNext.Row < t.row.Number) {
		s, err, ok := e.known()
		if err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		if !ok {
			e.known = nil
			return nil
		}
		e.knownNext = s
	}
	if e.known != nil && e.knownNext.Row == t.row.Number {
		t.known = e.knownNext
		t.life = life{attempt: t.known.Attempt, first: t.known.First, doubted: t.known.Doubted}
	}
	return nil
}

// remember makes later rows of the same person duplicates of this one.
func (e *Engine) remember(t *task, identity journal.Digest) error {
	if e.ahead != nil || identity == (journal.Digest{}) || t.known.Status == journal.Invalid || t.known.Status == journal.Duplicate {
		return nil
	}
	_, err := e.plan.Seen.First(identity, t.row.Number)
	return err
}

// settleLocally settles a row that will not be sent: left out, broken, wrong, a duplicate, or already imported.
func (e *Engine) settleLocally(ctx context.Context, t *task) (bool, error) {
	if t.filtered {
		return true, e.note(ctx, t, journal.Record{Status: journal.Skipped, Code: CodeFiltered, Message: "the job's where does not take it"})
	}
	if len(t.faults) > 0 {
		if e.checks && e.plan.OnFaults != nil {
			e.plan.OnFaults(t.row, t.faults)
		}
		return true, e.note(ctx, t, invalid(t.faults))
	}
	if t.identity == (journal.Digest{}) {
		return false, nil
	}
	why, err := e.repeated(t)
	if err != nil {
		return false, err
	}
	if why != "" {
		return true, e.note(ctx, t, journal.Record{Status: journal.Duplicate, Code: "duplicate_in_input", Message: why})
	}
	return e.skipImported(ctx, t)
}

// skipImported settles a row whose person another run created.
func (e *Engine) skipImported(ctx context.Context, t *task) (bool, error) {
	earlier, found, err := e.imported(ctx, t)
	if err != nil || !found || earlier.Run == e.plan.Run.ID && !e.checks { // a check has no run of its own
		return false, err
	}
	rec := journal.Record{
		Status: journal.Skipped, Code: "already_imported",
		Message: fmt.Sprintf("created by run %s, row %d", earlier.RunName, earlier.Row),
	}
	if earlier.Content != t.content {
		rec.Code = "already_imported_changed"
		rec.Message += ", with other content"
	}
	return true, e.note(ctx, t, rec)
}

// repeated says of whom a row is a duplicate; "" when it is none.
func (e *Engine) repeated(t *task) (string, error) {
	if e.ahead != nil {
		if e.ahead.Repeats(t.row.Number) {
			return e.ahead.why(t.row.Number), nil
		}
		return "", nil
	}
	first, err := e.plan.Seen.First(t.identity, t.row.Number)
	if err != nil || first == t.row.Number {
		return "", err
	}
	return fmt.Sprintf("same person as row %d", first), nil
}

// imported looks for an earlier run that created the person. Runs that told people apart as the vendor does are known too, as long as the
// row has not changed since: then it is surely the same one.
func (e *Engine) imported(ctx context.Context, t *task) (journal.Imported, bool, error) {
	earlier, found, err := e.plan.Store.Imported(ctx, e.plan.Account.ID(), t.identity)
	if e.checks && (found || t.byVendor != journal.Digest{}) {
		t.content = e.contentOf(t)
	}
	if found || err != nil || t.byVendor == (journal.Digest{}) {
		return earlier, found, err
	}
	earlier, found, err = e.plan.Store.Imported(ctx, e.plan.Account.ID(), t.byVendor)
	return earlier, found && earlier.Content == t.content, err
}

// note settles a row without an attempt.
func (e *Engine) note(ctx context.Context, t *task, rec journal.Record) error {
	err := e.settle(ctx, e.fill(t, rec))
	t.told = true
	return err
}

// fill completes a settling record with what is known of the row.
func (e *Engine) fill(t *task, rec journal.Record) journal.Record {
	rec.Kind, rec.Row, rec.Attempt = journal.Settle, t.row.Number, t.life.attempt
	rec.Line, rec.Content, rec.Identity, rec.Key = t.row.Line, t.content, t.identity, t.request.Key
	rec.At = e.now()
	e.learn(t, rec.Status)
	if !t.life.first.IsZero() {
		rec.Elapsed = max(0, rec.At.Sub(t.life.first))
	}
	return rec
}

// invalid makes one record of all faults of a row: the first one's code and field, everybody's message.
func invalid(faults []mapping.Fault) journal.Record {
	texts := make([]string, len(faults))
	for i, f := range faults {
		texts[i] = faultText(f)
	}
	return journal.Record{
		Status: journal.Invalid, Code: faults[0].Code, Field: faults[0].Field, Message: strings.Join(texts, "; "),
	}
}

func faultText(f mapping.Fault) string {
	text := f.Message
	if f.Field != "" && !strings.HasPrefix(text, f.Field) {
		text = f.Field + ": " + text
	}
	if f.Shown != "" && !strings.Contains(text, f.Shown) {
		text += " (" + f.Shown + ")"
	}
	return text
}

// learn lets rows go that wait for this one as their sponsor, and spares the vendor the question whether it exists.
func (e *Engine) learn(t *task, s journal.Status) {
	if e.order.settled(t.row.Number, s) {
		e.plan.Account.Learn([]string{strings.ToLower(t.customer.Text(mapping.Username))})
	}
}

// hand gives the row to the workers.
func (e *Engine) hand(ctx context.Context, t *task) error {
	select {
	case e.queue <- t:
	case <-ctx.Done():
	}
	return nil
}

func (e *Engine) now() time.Time { return e.plan.Now().UTC().Truncate(time.Microsecond) }
