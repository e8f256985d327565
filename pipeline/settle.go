package pipeline

import (
	"strings"

	"importer/mapping"
	"importer/pipeline/journal"
)

// record queues a row's record for the journal.
func (e *Engine) record(t *task, rec journal.Record) error {
	err := e.writer.Put(rec)
	t.recorded = true
	return err
}

// settleInDoubt settles a row whose outcome is unknown.
func (e *Engine) settleInDoubt(t *task, why string) error {
	return e.settle(t, journal.Record{Status: journal.InDoubt, Code: CodeUnknown, Message: journal.WithLeftOut(t.wentWithout(), why)})
}

// wentWithout are the fields that a row's request in doubt was sent without: as the journal says, or else as this start sends the row.
func (t *task) wentWithout() []journal.LeftOut {
	if said := journal.ReadLeftOut(t.known.Message); said != nil && !t.open {
		return said
	}
	return t.leftOut
}

// learn lets rows go that wait for this one as their sponsor, and spares the vendor the question whether it exists.
func (e *Engine) learn(t *task, s journal.Status, code string) {
	if was, ok := answeredCodes[code]; ok {
		s = was // the vendor's answer counts, not that the row was skipped for it
	}
	if e.order.Settled(t.row.Number, s) {
		e.plan.Account.Learn([]string{strings.ToLower(t.customer.Text(mapping.Username))})
	}
}
