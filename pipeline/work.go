package pipeline

import (
	"context"
	"runtime/debug"
	"time"

	"importer/pipeline/crashpoint"
	"importer/pipeline/journal"
	"importer/vendors"
)

// work sends rows until there are none. A panic costs the row it happened on, never the run.
func (e *Engine) work(hard context.Context, ready <-chan *task, back chan<- *task) {
	for t := range ready {
		t.life.ready = time.Time{}
		e.attempt(hard, t)
		back <- t
	}
}

// attempt takes a row through one attempt: ask what may be asked, wait for the gate, write the intent, send, write what came of it.
func (e *Engine) attempt(hard context.Context, t *task) {
	t.open, t.told = false, false
	defer func() {
		if p := recover(); p != nil {
			e.panicked(hard, t, p, debug.Stack())
		}
	}()
	if !e.clear(hard, t) {
		return
	}
	pass, err := e.gate.pass(e.drain)
	if err != nil {
		return // draining: the row stays unsent
	}
	defer pass.drop()
	if !e.intend(t) {
		return
	}
	crashpoint.Here("after-intent")
	pass.sent()
	v := e.send(hard, t)
	pass.learn(v)
	e.conclude(t, v)
}

// intend makes the attempt durable before its first byte leaves. False: nothing may be sent.
func (e *Engine) intend(t *task) bool {
	crashpoint.Here("before-intent")
	at := e.now()
	err := e.writer.Intend(context.Background(), journal.Record{
		Kind: journal.Intent, Row: t.row.Number, Attempt: t.life.attempt + 1, At: at,
		Content: t.content, Identity: t.identity, Line: t.row.Line,
	})
	if err != nil {
		e.fail(err)
		return false
	}
	t.open = true
	t.life.attempt++
	if t.life.first.IsZero() {
		t.life.first = at
	}
	return true
}

// send makes one attempt with its deadline.
func (e *Engine) send(hard context.Context, t *task) vendors.Verdict {
	ctx, cancel := context.WithTimeout(hard, e.plan.Timeout)
	defer cancel()
	e.tally.requests.Add(1)
	e.tally.inFlight.Add(1)
	defer e.tally.inFlight.Add(-1)
	return e.plan.Account.Send(crashpoint.Sending(ctx), e.plan.Transport, t.request)
}

// conclude writes down what an attempt came to, and stops the run where the answer asks for it. The record is handed over last: until then
// a panic leaves the row in doubt, after it the row is what the record says.
func (e *Engine) conclude(t *task, v vendors.Verdict) {
	crashpoint.Here("after-answer")
	step := decide(v, e.mayRepeat(t), t.life.retries, e.plan.MaxRetries).keepDoubt(t.life.doubted)
	if step.kind == journal.Settle {
		e.tell(t, e.settling(t, step.status, v))
		return
	}
	if step.again {
		t.life.doubted = true
		t.life.retries++
	}
	switch {
	case step.throttled:
		t.life.ready = time.Now() // the gate holds everybody: the row need not wait by itself
	case !step.fatal:
		t.life.ready = time.Now().Add(e.delay(&t.life))
	}
	e.tell(t, journal.Record{
		Kind: step.kind, Row: t.row.Number, Attempt: t.life.attempt, At: e.now(), Line: t.row.Line,
		Code: v.Code, HTTPStatus: v.HTTPStatus, VendorCode: v.VendorCode, Field: v.Field, Message: v.Message,
	})
	if step.fatal {
		e.end(Outcome{Reason: FatalAnswer, Verdict: v, Row: t.row.Number, Detail: "the vendor refuses: " + v.Code})
	}
}

// tell hands over what an attempt came to.
func (e *Engine) tell(t *task, rec journal.Record) {
	hand := e.writer.Release
	if rec.Kind == journal.Settle {
		hand = e.writer.Settle
	}
	err := hand(rec)
	t.told = true
	e.wrote(err)
}

// wrote stops the run when the journal refused a record.
func (e *Engine) wrote(err error) {
	if err != nil {
		e.fail(err)
	}
}

func (e *Engine) settling(t *task, s journal.Status, v vendors.Verdict) journal.Record {
	rec := e.fill(t, journal.Record{
		Status: s, Code: v.Code, HTTPStatus: v.HTTPStatus, VendorCode: v.VendorCode,
		Field: v.Field, Message: v.Message, VendorID: v.VendorID,
	})
	if s == journal.Exists && t.life.doubted {
		rec.Message = "probably registered by this run: an earlier attempt ended in doubt; " + rec.Message
	}
	return rec
}
