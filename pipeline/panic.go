package pipeline

import (
	"fmt"
	"runtime/debug"
	"time"

	"importer/mapping"
)

// internalFault is what is wrong with a row on which the program itself failed.
func internalFault() []mapping.Fault {
	return []mapping.Fault{{Code: CodeInternal, Message: "a fault of this program: the row was not sent"}}
}

// isInternal reports whether the program failed on the row, so that nobody knows what it would have been mapped to.
func isInternal(faults []mapping.Fault) bool {
	return len(faults) == 1 && faults[0].Code == CodeInternal
}

// panicked settles the row of a worker that panicked, unless its outcome is queued already: in doubt if a request of it may have left, now or
// earlier, else invalid. A second panic on the way ends the run; the row's last record then counts, and an open one is in doubt.
func (e *Engine) panicked(t *task, p any, stack []byte) {
	defer func() {
		if again := recover(); again != nil {
			e.fail(fmt.Errorf("row %d: a fault of this program (%T), and another one while the row was being settled (%T)", t.row.Number, p, again))
		}
	}()
	e.reportPanic(t, p, stack)
	if t.recorded {
		return
	}
	t.tries.ready = time.Time{} // it is settled now
	switch {
	case t.open:
		e.fail(e.settleInDoubt(t, "internal error while the request was on its way"))
	case t.tries.doubted:
		e.fail(e.settleInDoubt(t, "an earlier request was in doubt, and an internal error kept the row from being sent again"))
	default:
		e.fail(e.settle(t, *invalid(internalFault())))
	}
}

// reportPanic counts a panic and passes on where it was; the value of the panic may hold a value of the row, so only its type is passed on.
func (e *Engine) reportPanic(t *task, p any, stack []byte) {
	e.reportFault(fmt.Sprintf("row %d: %T", t.row.Number, p), stack)
}

// reportFault counts a fault of this program and passes it on. If OnPanic panics too, only the count is kept.
func (e *Engine) reportFault(what string, stack []byte) {
	e.mu.Lock()
	e.outcome.Panics++
	e.mu.Unlock()
	if e.plan.OnPanic == nil {
		return
	}
	defer func() { _ = recover() }()
	e.plan.OnPanic(what, stack)
}

// safely calls f, which does not belong to a single row. A panic in it becomes an error, which stops the run as any other error there does.
func (e *Engine) safely(doing string, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			e.reportFault(fmt.Sprintf("%s: %T", doing, p), debug.Stack())
			err = fmt.Errorf("a fault of this program while %s (%T)", doing, p)
		}
	}()
	return f()
}
