package pipeline

import (
	"cmp"
	"slices"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/vendors"
)

// leaveOut lets a row go without fields whose values are invalid, where the policy says so: then it has no faults any more. Of a row that cannot go, the
// faults that keep it come first.
func (e *Engine) leaveOut(t *task) {
	if customer, request, ok := e.fitWithout(t, e.plan.Policy.OnInvalid); ok {
		t.saved = leftOutOf(t.faults)
		t.leftOut = append(t.leftOut, t.saved...)
		t.customer, t.request, t.faults = customer, request, nil
		return
	}
	slices.SortStableFunc(t.faults, func(a, b mapping.Fault) int {
		return cmp.Compare(e.dropped(a, e.plan.Policy.OnInvalid), e.dropped(b, e.plan.Policy.OnInvalid))
	})
}

// dropped is 1 where a fault's field is let go, by what the job says of it or else byJob, and 0 where the fault keeps the row.
func (e *Engine) dropped(f mapping.Fault, byJob mapping.OnInvalid) int {
	rule := e.plan.Mapper.OnInvalid(f.Field)
	if rule == mapping.ByJob {
		rule = byJob
	}
	if rule == mapping.DropInvalid && e.plan.Account.MayLeaveOut(f.Field) && !e.plan.Policy.identifiesBy(f.Field) {
		return 1
	}
	return 0
}

// fitWithout returns the row without its invalid fields, where that makes it fit to be sent: every fault is of a field that the job lets go, field by
// field or else as byJob says, and that neither the vendor nor this row needs, and who the person is stays the same.
func (e *Engine) fitWithout(t *task, byJob mapping.OnInvalid) (customer mapping.Customer, request vendors.Request, ok bool) {
	if len(t.faults) == 0 {
		return customer, request, false
	}
	var names []string
	for _, f := range t.faults {
		if e.dropped(f, byJob) == 0 {
			return customer, request, false
		}
		names = append(names, f.Field)
	}
	customer = t.customer.Without(names...)
	request, faults := e.plan.Account.Prepare(&customer)
	return customer, request, len(faults) == 0 && e.samePerson(&customer, names)
}

// samePerson reports whether the vendor would know the person by the same field if those that are left out were right: else the row, once it is fixed,
// would be somebody else's.
func (e *Engine) samePerson(c *mapping.Customer, leftOut []string) bool {
	_, by := e.plan.Account.Identity(c)
	for _, f := range e.plan.Account.Vendor().Identity {
		if f == by {
			return true
		}
		if slices.Contains(leftOut, f.String()) {
			return false
		}
	}
	return true
}

// identifiesBy reports whether the policy tells people apart by a field.
func (p Policy) identifiesBy(name string) bool {
	return slices.ContainsFunc(p.Identity, func(f mapping.Field) bool { return f.String() == name })
}

// leftOutOf names the fields of faults, each once, with its first code.
func leftOutOf(faults []mapping.Fault) (fields []journal.LeftOut) {
	for _, f := range faults {
		if !slices.ContainsFunc(fields, func(l journal.LeftOut) bool { return l.Field == f.Field }) {
			fields = append(fields, journal.LeftOut{Field: f.Field, Code: f.Code})
		}
	}
	return fields
}
