package pipeline

import (
	"strings"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/vendors"
)

// doubt settles a row whose outcome is unknown.
func (e *Engine) doubt(t *task, why string) error {
	return e.writer.Settle(e.fill(t, journal.Record{Status: journal.InDoubt, Code: CodeUnknown, Message: why}))
}

// note settles a row without an attempt.
func (e *Engine) note(t *task, rec journal.Record) error {
	err := e.writer.Note(e.fill(t, rec))
	t.recorded = true
	return err
}

// settling is the record of an answer that settles its row.
func (e *Engine) settling(t *task, s journal.Status, v vendors.Verdict) journal.Record {
	rec := e.fill(t, journal.Record{
		Status: s, Code: v.Code, HTTPStatus: v.HTTPStatus, VendorCode: v.VendorCode,
		Field: v.Field, Message: v.Message, VendorID: v.VendorID,
	})
	if s == journal.Exists && t.tries.doubted {
		rec.Message = "probably registered by this run: an earlier attempt ended in doubt; " + rec.Message
	}
	return rec
}

// record hands over to the journal what an attempt came to.
func (e *Engine) record(t *task, rec journal.Record) {
	hand := e.writer.Release
	if rec.Kind == journal.Settle {
		hand = e.writer.Settle
	}
	err := hand(rec)
	t.recorded = true
	e.fail(err)
}

// fill completes a settling record with what is known of the row.
func (e *Engine) fill(t *task, rec journal.Record) journal.Record {
	rec.Kind, rec.Row, rec.Attempt = journal.Settle, t.row.Number, t.tries.number
	rec.Line, rec.Content, rec.Identity, rec.Key = t.row.Line, t.content, t.identity, t.request.Key
	rec.At = e.now()
	e.learn(t, rec.Status)
	if !t.tries.first.IsZero() {
		rec.Elapsed = max(0, rec.At.Sub(t.tries.first))
	}
	return rec
}

// learn lets rows go that wait for this one as their sponsor, and spares the vendor the question whether it exists.
func (e *Engine) learn(t *task, s journal.Status) {
	if e.order.Settled(t.row.Number, s) {
		e.plan.Account.Learn([]string{strings.ToLower(t.customer.Text(mapping.Username))})
	}
}
