package pipeline

import (
	"context"
	"errors"
	"runtime/debug"
	"strings"
	"time"

	"importer/mapping"
	"importer/pipeline/crashpoint"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

// This file is the way of a row, in order: read, map, place, ask, send, conclude, settle. doc.go draws it.

// task is one row on its way.
type task struct {
	row       source.Row
	customer  mapping.Customer
	request   vendors.Request
	faults    []mapping.Fault
	leftOut   []journal.LeftOut // the fields that it is sent without
	saved     []journal.LeftOut // of these, those whose values are invalid: without them it would have faults
	claims    []claim           // what the request asks for that the vendor takes from one user only
	undropped *vendors.Request  // as the request was with what other people have, where it goes without that
	newPass   bool              // its password is generated
	filtered  bool              // the job's where does not take it
	unheard   bool              // another run got an answer to it of which nobody got a report
	content   journal.Digest    // zero until it is needed
	identity  journal.Digest
	byVendor  journal.Digest // identity as the vendor has it, where the policy has another one
	formerly  journal.Digest // identity as earlier versions had it, where it was another one

	known journal.RowState // what the journal knew of the row when this start reached it; zero Kind: nothing
	tries tries

	open     bool // the intent of the present attempt is durable
	recorded bool // the outcome of this attempt is queued for the journal; no second one may follow
}

// read reads all rows and takes each through mapping and placing: in one pass in input order, or in as many as the sponsors need.
func (e *Engine) read() (err error) {
	for pass := 0; err == nil && pass < e.order.Passes() && e.drain.Err() == nil; pass++ {
		if pass == 0 {
			err = e.readPass(e.plan.Rows, pass)
			continue
		}
		var rows ClosingRows
		if rows, err = e.again(); err == nil {
			err = errors.Join(e.readPass(rows, pass), rows.Close())
		}
	}
	if errors.Is(err, errSampled) {
		e.sampled.Store(true)
		return nil
	}
	return err
}

// readPass reads the rows of one pass, maps them on all cores, and places them in input order.
func (e *Engine) readPass(rows Rows, pass int) error {
	if e.order.Passes() > 1 {
		rows = Choose(rows, func(row int64) bool { return e.order.Pass(row) == pass })
	}
	known := e.openKnown()
	defer known.stop()
	return e.stage(e.drain, rows, func(t *task) { e.mapSafely(t, false) }, func(t *task) (err error) {
		e.tally.change(func(now *Progress) { now.Read++ })
		if t.known, err = known.of(t.row.Number); err != nil {
			return err
		}
		t.tries = tries{number: t.known.Attempt, first: t.known.First, doubted: t.known.Doubted || stateOf(t.known).doubtful()}
		return e.place(e.drain, t)
	})
}

// mapRow makes the customer and the request of a row, and finds its faults and who it is.
func (e *Engine) mapRow(t *task) {
	if b := t.row.Broken; b != nil {
		t.faults = []mapping.Fault{{Code: b.Code, Message: b.Message, Hint: b.Hint}}
		return
	}
	unread := unreadOf(t.row.Flaws)
	takes, fault := e.plan.Mapper.TakesUnread(t.row.Cells, unread)
	if t.filtered = !takes && fault == nil; t.filtered {
		return
	}
	t.customer, t.faults = e.plan.Mapper.MapUnread(t.row.Cells, unread)
	if fault != nil {
		t.faults = append([]mapping.Fault{*fault}, t.faults...)
	}
	given := e.givePassword(t)
	var local []mapping.Fault
	t.request, local = e.plan.Account.Prepare(&t.customer)
	e.hintAtMade(local)
	t.faults = mergeFaults(t.faults, local)
	if !given {
		t.faults = e.nobodysPassword(t.faults)
	}
	e.leaveOut(t)
	e.identify(t)
}

// place decides, in input order, what is to be done with a row: settle it here, leave it as an earlier start left it, or send it.
func (e *Engine) place(ctx context.Context, t *task) error {
	if err := e.sender.placing(ctx, t); err != nil {
		return err
	}
	why, err := e.unfit(ctx, t)
	if err != nil {
		return err
	}
	switch e.facts(t, why).next() {
	case leave:
		e.tally.change(func(now *Progress) { now.Counts[t.known.Status]++ })
		e.learn(t, t.known.Status, t.known.Code)
		return e.countKnown(ctx, t, t.known.Status)
	case settle:
		if len(t.faults) > 0 {
			e.sender.unfit(t)
		}
		if err := e.countKnown(ctx, t, why.Status); err != nil {
			return err
		}
		return e.settle(t, *why)
	case hold:
		return e.settleInDoubt(t, e.whyHeld(t, why))
	case resend:
		if err := e.releaseDoubt(t); err != nil {
			return err
		}
	}
	if t.known.Kind == 0 {
		if ok, err := e.sponsored(t); !ok || err != nil {
			e.order.Done(t.row.Number)
			return err
		}
		if e.plan.Policy.Sample > 0 && e.handed >= e.plan.Policy.Sample {
			return errSampled
		}
		e.handed++
	}
	return e.hand(ctx, t)
}

// hand gives the row to the workers, by way of the scheduler; or sends it at once where that takes no time.
func (e *Engine) hand(ctx context.Context, t *task) error {
	if atOnce, err := e.sender.accept(t); atOnce || err != nil {
		if err == nil {
			e.attempt(ctx, t)
		}
		return err
	}
	select {
	case e.queue <- t:
	case <-ctx.Done():
	}
	return nil
}

// attempt asks what there is to ask about a row and sends it. A panic costs the row it happened on, never the run.
func (e *Engine) attempt(hard context.Context, t *task) {
	t.open, t.recorded = false, false
	defer func() {
		if p := recover(); p != nil {
			e.panicked(t, p, debug.Stack())
		}
	}()
	if e.ask(hard, t) {
		e.sender.send(hard, t)
	}
}

// send makes one attempt at the vendor: wait for the gate, write the intent, send, record the outcome.
func (w wire) send(hard context.Context, t *task) {
	pass := w.pass()
	if pass == nil {
		return // the run ends: the row stays unsent
	}
	defer pass.drop()
	if !w.intend(t) {
		return
	}
	crashpoint.Here("after-intent")
	pass.sent()
	v := w.exchange(hard, t)
	pass.learn(v)
	w.conclude(t, v)
}

// intend makes the attempt durable before its first byte leaves. False: nothing may be sent.
func (e *Engine) intend(t *task) bool {
	crashpoint.Here("before-intent")
	at := e.now()
	err := e.writer.Intend(context.Background(), journal.Record{
		Kind: journal.Intent, Row: t.row.Number, Attempt: t.tries.number + 1, At: at,
		Content: t.content, Identity: t.recordedAs(), Claims: t.claimed(), Line: t.row.Line,
	})
	if err != nil {
		e.fail(err)
		return false
	}
	t.open = true
	t.tries.number++
	if t.tries.first.IsZero() {
		t.tries.first = at
	}
	return true
}

// exchange sends the request and reads the answer, before the deadline of one attempt.
func (e *Engine) exchange(hard context.Context, t *task) vendors.Verdict {
	ctx, cancel := context.WithTimeout(hard, e.plan.Timeout)
	defer cancel()
	e.tally.change(func(now *Progress) {
		now.Requests++
		now.InFlight++
	})
	defer e.tally.change(func(now *Progress) { now.InFlight-- })
	return e.plan.Account.Send(crashpoint.Sending(ctx), e.plan.Transport, t.request)
}

// conclude writes down what an attempt came to, and stops the run where the answer asks for it. The record is handed over last: until then
// a panic leaves the row in doubt, after it the row is what the record says.
func (e *Engine) conclude(t *task, v vendors.Verdict) {
	crashpoint.Here("after-answer")
	mayRepeat := facts{policy: e.plan.InDoubt, repeat: e.repeat(t)}.mayRepeat()
	step := decide(v.Class, tried{doubted: t.tries.doubted, mayRepeat: mayRepeat, repeats: t.tries.repeats, most: e.plan.MaxRetries})
	rec := journal.Record{
		Status: step.status, Code: v.Code, HTTPStatus: v.HTTPStatus, VendorCode: v.VendorCode, Field: v.Field, Message: v.Message,
	}
	if step.kind == journal.Settle {
		rec.VendorID = v.VendorID
		if step.status == journal.Exists {
			why, err := e.whyExists(t, v)
			e.fail(err) // the answer is kept all the same
			rec.Message = strings.TrimSuffix(why+rec.Message, "; ")
		}
		rec.Message = journal.WithLeftOut(t.leftOut, rec.Message)
		e.fail(e.settle(t, rec))
		return
	}
	if step.again {
		t.tries.doubted = true
		t.tries.repeats++
	}
	switch {
	case step.throttled:
		t.tries.ready = time.Now() // the gate holds all workers: the row need not wait by itself
	case !step.fatal:
		e.later(t)
	}
	if step.kind == journal.Uncertain {
		rec.Message = journal.WithLeftOut(t.leftOut, rec.Message)
	}
	rec.Kind, rec.Row, rec.Attempt, rec.At, rec.Line = step.kind, t.row.Number, t.tries.number, e.now(), t.row.Line
	e.fail(e.record(t, rec))
	if step.fatal {
		e.refused(t, v)
	}
}

// settle settles a row: by an answer, by a doubt or without an attempt. rec gains what is known of the row.
func (e *Engine) settle(t *task, rec journal.Record) error {
	rec.Kind, rec.Row, rec.Attempt = journal.Settle, t.row.Number, t.tries.number
	if rec.Status.Found() {
		e.contentOf(t) // a report asks whether earlier runs found the same
	}
	rec.Line, rec.Content, rec.Identity, rec.Key = t.row.Line, t.content, t.recordedAs(), t.request.Key
	rec.At = e.now()
	e.learn(t, rec.Status, rec.Code)
	if !t.tries.first.IsZero() {
		rec.Elapsed = max(0, rec.At.Sub(t.tries.first))
	}
	return e.record(t, rec)
}
