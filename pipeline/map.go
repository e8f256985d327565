package pipeline

import (
	"runtime/debug"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

// mapSafely maps a row. A panic costs the row it happened on, never the run. It is reported when the run maps the row, not in a look ahead.
func (e *Engine) mapSafely(t *task, ahead bool) {
	defer func() {
		if p := recover(); p != nil {
			if !ahead {
				e.reportPanic(t, p, debug.Stack())
			}
			t.content = e.plan.Key.Content(t.row.Cells...) // whatever the mapper is made of
			t.request, t.filtered, t.identity, t.formerly, t.faults, t.leftOut, t.claims = vendors.Request{}, false, journal.Digest{}, journal.Digest{}, internalFault(), nil, nil
		}
		if !ahead && e.sender.intends() {
			e.contentOf(t)
		}
	}()
	e.mapRow(t)
}

// unreadOf hands the flaws of a row to the mapper: which of them are faults it knows.
func unreadOf(flaws []source.Flaw) []mapping.Unread {
	var unread []mapping.Unread
	for _, f := range flaws {
		unread = append(unread, mapping.Unread(f))
	}
	return unread
}

// contentOf returns the digest of the row's content: of what is sent, so that a row that was sent without an invalid value is another one when the
// value is fixed. A generated password says nothing of the person: with another length or rule the row has not changed. The digest is found when it is
// first needed: a check needs few.
func (e *Engine) contentOf(t *task) journal.Digest {
	if t.content != (journal.Digest{}) {
		return t.content
	}
	switch {
	case t.row.Broken != nil:
		t.content = e.plan.Key.Content(append(slices.Clone(t.row.Broken.Cells), t.row.Broken.Raw)...)
	case t.filtered || len(t.faults) > 0:
		t.content = e.plan.Key.Content(e.plan.Mapper.Drawn(t.row.Cells)...) // so that a new column changes nothing
	default:
		t.content = e.contentAs(t, t.request)
	}
	return t.content
}

// contentAs is the digest of what is sent with a request of the row.
func (e *Engine) contentAs(t *task, r vendors.Request) journal.Digest {
	if t.newPass {
		return e.plan.Key.Content(r.ContentWithout(mapping.Password))
	}
	return e.plan.Key.Content(r.Content())
}

// identify finds who the row is, and what it claims.
func (e *Engine) identify(t *task) {
	text := e.plan.Policy.IdentityOf(&t.customer, t.request)
	if text != "" {
		t.identity = e.plan.Key.Identity(text)
	}
	if former := e.plan.Policy.formerIdentityOf(&t.customer, t.request); former != "" {
		t.formerly = e.plan.Key.Identity(former)
	}
	if len(t.faults) == 0 {
		t.claims = e.claimsOf(&t.customer, t.request)
	}
	if t.request.Identity != "" && t.request.Identity != text {
		t.byVendor = e.plan.Key.Identity(t.request.Identity)
	}
}

// recordedAs is the identity under which the journal has the row: what happened to a person stays under one name.
func (t *task) recordedAs() journal.Digest {
	if t.wasKnownAs(t.known.Identity) {
		return t.formerly
	}
	return t.identity
}

// wasKnownAs reports whether an earlier version knew the row's person by the digest.
func (t *task) wasKnownAs(who journal.Digest) bool {
	return t.formerly != (journal.Digest{}) && who == t.formerly
}

// mergeFaults leaves out what the vendor finds missing only because mapping it failed: one cause, one fault.
func mergeFaults(mapped, local []mapping.Fault) []mapping.Fault {
	if len(mapped) == 0 {
		return local
	}
	for _, l := range local {
		if !slices.ContainsFunc(mapped, func(m mapping.Fault) bool { return m.Field == l.Field }) {
			mapped = append(mapped, l)
		}
	}
	return mapped
}

// invalid makes one record of all faults of a row: the first one's code and field, the messages of all.
func invalid(faults []mapping.Fault) *journal.Record {
	texts := make([]string, len(faults))
	for i, f := range faults {
		texts[i] = faultText(f)
	}
	return &journal.Record{
		Status: journal.Invalid, Code: faults[0].Code, Field: faults[0].Field, Message: strings.Join(texts, "; "),
	}
}

// faultText is "field: message (value)".
func faultText(f mapping.Fault) string {
	text := f.Message
	if f.Field != "" {
		text = f.Field + ": " + text
	}
	if f.Shown != "" {
		text += " (" + f.Shown + ")"
	}
	return text
}
