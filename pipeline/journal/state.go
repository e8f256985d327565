package journal

import (
	"cmp"
	"time"
)

// Next is the state machine of a row: the one place that says which record may follow which state (drawn in the package comment). It returns the state
// after rec, or s unchanged and a *[FencedError]. It is pure; s and rec must be of the same row.
//
// Content, Identity and Line belong to the attempt: a state keeps those of its intent, not those of later records of the attempt.
// Times are cut to microseconds UTC, and members that do not count for a kind are dropped.
func Next(s RowState, rec Record) (RowState, error) {
	if why := refuse(s, rec); why != "" {
		return s, &FencedError{Record: rec, State: s, Why: why}
	}
	if rec.Kind == Ruling && rec.Status == Unsent && rec.Attempt == 0 {
		return RowState{}, nil // it was never sent: as if it had not been reached
	}
	next := RowState{Record: normal(rec), First: s.First, Doubted: doubted(s, rec)}
	if next.Kind == NotRegistered && next.Doubted {
		next.Kind = Uncertain // this attempt registered nobody; an earlier one may have
	}
	if rec.Kind == Intent && rec.Attempt == 1 {
		next.First = next.At
	}
	if s.Kind != 0 && (rec.Kind != Intent || rec.Content == Digest{}) { // what belongs to the row or attempt
		next.Content, next.Identity, next.Line = s.Content, s.Identity, cmp.Or(s.Line, next.Line)
	}
	return next, nil
}

// doubted says whether, once rec is recorded, an attempt before the newest may have registered the user. A person who says that the user
// was not created has looked at the vendor: that settles all attempts so far.
func doubted(s RowState, rec Record) bool {
	if rec.Kind == Ruling && rec.Status == Unsent {
		return false
	}
	return s.Doubted || rec.Kind == Intent && s.Kind == Uncertain
}

// refuse says why rec must not follow s; "" when it may.
func refuse(s RowState, rec Record) string {
	if rec.Row < 1 || rec.Attempt < 0 {
		return "row and attempt numbers start at 1"
	}
	if rec.Kind == Intent {
		return refuseIntent(s, rec)
	}
	if rec.Attempt != s.Attempt {
		return "it is not about the newest attempt"
	}
	if s.Kind == Settle && s.Status != InDoubt && rec.Kind != Ruling {
		return "a final status changes only by a ruling of a person"
	}
	switch rec.Kind {
	case NotRegistered:
		return need(s.Kind != 0 && s.Kind != NotRegistered, "there is no attempt to end")
	case Uncertain:
		return need(s.Kind == Intent || s.Kind == Settle, "the attempt has ended")
	case Settle:
		return refuseSettle(s, rec.Status)
	case Ruling:
		return refuseRuling(s, rec.Status)
	}
	return "there is no such kind of record"
}

func refuseIntent(s RowState, rec Record) string {
	switch {
	case s.Kind == Intent:
		return "an attempt is in flight"
	case s.Kind == Settle:
		return "the row is settled"
	}
	return need(rec.Attempt == s.Attempt+1, "attempts are numbered one by one")
}

// refuseSettle: an answer settles everything that is not final, late or not. A doubt never overrules a certainty, and a local decision never a doubt.
func refuseSettle(s RowState, to Status) string {
	switch {
	case to.Answered():
		return need(s.Kind != 0, "nothing was sent that could be answered")
	case to.Local():
		return need(s.Kind == 0 || s.Kind == NotRegistered, "an attempt may have registered the user")
	case to == InDoubt:
		return need(s.Kind == Intent || s.Kind == Uncertain, "there is nothing to doubt")
	}
	return "a row cannot be settled so"
}

func refuseRuling(s RowState, to Status) string {
	switch {
	case s.Kind == 0:
		return "the row was not reached"
	case to == Unsent:
		return need(s.Kind != NotRegistered, "the row may be sent again already")
	case to.Final():
		return ""
	}
	return "a person cannot settle a row so"
}

func need(ok bool, why string) string {
	if ok {
		return ""
	}
	return why
}

// normal returns the state's record made of rec: Ruling becomes the Settle or NotRegistered that it amounts to.
func normal(rec Record) Record {
	rec.At, rec.Key, rec.Claims = Moment(rec.At), "", Claims{}
	rec.Elapsed = rec.Elapsed.Truncate(time.Microsecond)
	if rec.Kind == Ruling {
		rec.Kind = Settle
		if rec.Status == Unsent {
			rec.Kind = NotRegistered
		}
	}
	switch rec.Kind {
	case Intent:
		return Record{Kind: Intent, Row: rec.Row, Attempt: rec.Attempt, At: rec.At, Content: rec.Content, Identity: rec.Identity, Line: rec.Line}
	case NotRegistered, Uncertain:
		rec.Status = Unsettled
	}
	return rec
}

// Moment returns t as a journal keeps it: UTC, in microseconds.
func Moment(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond) // Truncate drops the monotonic reading too
}

// Codes of rows that are not settled, as reports show them.
const (
	CodeNotReached     = "not_reached"     // unsent: no attempt was made, or each ended before the vendor had the row
	CodeReady          = "ready"           // unsent, in a check: ready to send
	CodeOutcomeUnknown = "outcome_unknown" // in_doubt: an attempt began, and its outcome was never recorded
)

// Reported returns the status and code under which reports, retries and people know the row. Every state has one: a settled row its own, a row that
// is certainly not registered unsent, any other row that was ever sent in_doubt. The zero RowState, a row without a record, is unsent.
func (s RowState) Reported() (Status, string) {
	switch s.Kind {
	case 0:
		return Unsent, CodeNotReached
	case Settle:
		return s.Status, s.Code
	case NotRegistered:
		if !s.Doubted { // else the newest attempt had no effect, but an earlier one may have had
			return Unsent, cmp.Or(s.Code, CodeNotReached)
		}
	case Uncertain:
		return InDoubt, cmp.Or(s.Code, CodeOutcomeUnknown)
	}
	return InDoubt, CodeOutcomeUnknown
}
