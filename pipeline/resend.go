package pipeline

import (
	"strings"

	"importer/pipeline/journal"
	"importer/vendors"
)

// This file is the whole rule of what may be sent, and sent again. Run, resume, retry and check all ask it, through the engine, and nothing
// outside of this package decides such a thing. The functions are pure: carry.go and way.go gather what they ask for.
//
// # A row before it is sent (facts.next)
//
//	the row in this run's journal           and                                                     action
//	not reached                             not fit, or another run created the person              settle without an attempt
//	not reached                             fit, an earlier run sent the same, the vendor had the    settle without an attempt
//	                                        person or refused the row, somebody got a report of
//	                                        that (Plan.Unheard), and nobody asks for it again
//	                                        (Plan.SendAgain)
//	not reached                             fit                                                     send
//	certainly not registered                not fit, or another run created the person              settle without an attempt
//	certainly not registered                fit                                                     send
//	uncertain: open, or lost and repeated   fit, and it may be repeated                             resend
//	uncertain                               else                                                    hold: settle in doubt
//	in doubt: settled so, or carried        fit, and it may be repeated                             resend
//	in doubt                                else                                                    leave
//	final                                   -                                                       leave
//
// A row is fit when the job takes it, nothing is wrong with it, no other row of the person counts instead, and no other person's row has first what the
// vendor takes from one user only (shared.go; in a retry, claimed.go too).
// A row is the same as an earlier one when its content is: a row that was fixed and a person that changed are sent.
//
// # Whether a row that may be registered may be repeated (facts.mayRepeat; the first line that applies)
//
//	a person allows it for a row in doubt (Plan.Resend), and it was not sent since                  yes
//	in-doubt policy hold                                                                            no
//	in-doubt policy retry                                                                           yes
//	the vendor refuses or absorbs repeats, and this is one: the doubt is of this run, or the        yes
//	row has the same content as there
//	the vendor refuses or absorbs repeats by identity, and that is the same as there                yes
//	else                                                                                            no
//
// # A row after an attempt (decide)
//
//	answer                                  and                                                     the row is
//	accepted, exists, rejected              -                                                       settled so
//	throttled, not sent, fatal              no earlier attempt is in doubt                          certainly not registered
//	throttled, not sent, fatal              an earlier attempt is in doubt                          uncertain
//	unknown, or of no known class           it may be repeated, and was repeated less than the      uncertain, and sent again
//	                                        most allowed
//	unknown, or of no known class           else                                                    settled in doubt
//
// # A doubt of another run about the person of a row, before this run sends anything (doubtElsewhere.carried)
//
//	the row there                           the row here                                            carried into this run
//	anything, but a person wants a fresh    anything                                                no
//	start (Plan.Fresh)
//	in doubt, or uncertain                  not reached                                             yes
//	in doubt, or uncertain                  certainly not registered, as an attempt ended           yes: the doubt is newer
//	in doubt, or uncertain                  certainly not registered, as a person said, and the     yes
//	                                        doubt is newer and no copy of one carried before
//	in doubt, or uncertain                  anything else                                           no
//	in doubt, but a later run registered    anything                                                no: the person is skipped
//	exists, and probably by our own doing   not reached, or certainly not registered as an          yes, where the row here is fit and has
//	                                        attempt ended                                           other content
//	anything else                           anything                                                no
//
// Who is in doubt in an account is found run by run, oldest first (Doubts.learn): a row in doubt or uncertain begins a doubt about its person, and
// a later answer (created, exists, rejected) ends it. One answer leaves something of it: that the vendor has the row already, after an attempt of our own
// in doubt, and for no other person whom we know. The person is probably registered by our doing, and a row that is written otherwise, without the
// telephone number, say, that was refused, would register the person again.
//
// # Whether a person may settle a row (MaySettle)
//
//	in doubt, or uncertain                                                                          yes
//	exists, and probably by our own doing                                                           yes
//	settled by a person before, in any way                                                          yes: it may be taken back
//	anything else                                                                                   no

// state is what the journal of a run says of a row.
type state uint8

const (
	final         state = iota // settled, and not in doubt. The zero state: nothing is sent
	unreached                  // nothing
	notRegistered              // attempts ended, and certainly did not register the user
	uncertain                  // an attempt may have registered the user: it is open, or was lost and is to be repeated
	heldInDoubt                // settled as in doubt
)

func stateOf(s journal.RowState) state {
	switch {
	case s.Kind == 0:
		return unreached
	case s.Kind == journal.NotRegistered:
		return notRegistered
	case s.Kind == journal.Intent || s.Kind == journal.Uncertain:
		return uncertain
	case s.Status == journal.InDoubt:
		return heldInDoubt
	}
	return final
}

// doubtful reports whether the user may be registered, and it is unknown.
func (s state) doubtful() bool { return s == uncertain || s == heldInDoubt }

// MaySettle reports whether a person may say what happened to a row.
func MaySettle(s journal.RowState) bool {
	return stateOf(s).doubtful() || probablyOurs(s) || s.Code == CodeSettledCreated || s.Code == CodeSettledNotCreated
}

// action is what is to be done with a row before it is sent.
type action uint8

const (
	leave  action = iota // it is settled already
	settle               // without an attempt: invalid, duplicate or skipped
	hold                 // settle it in doubt
	send                 // for the first time, or after attempts that did not register the user
	resend               // after a doubt
)

// facts are what the first two tables ask.
type facts struct {
	state    state
	fit      bool // the job takes the row, nothing is wrong with it, and no other row counts instead
	imported bool // another run created the person
	answered bool // another run sent the same row, and the vendor had the person already or rejected the row
	unheard  bool // of that answer nobody got a report
	again    bool // a person wants rows that are answered so to be sent again
	allowed  bool // a person allows this row in doubt to be sent again
	policy   DoubtPolicy
	repeat   repeat
}

func (f facts) next() action {
	switch {
	case f.state == unreached || f.state == notRegistered:
		if !f.fit || f.imported || f.state == unreached && f.answered && !f.unheard && !f.again {
			return settle
		}
		return send
	case f.state.doubtful() && f.fit && f.mayRepeat():
		return resend
	case f.state == uncertain:
		return hold
	}
	return leave
}

func (f facts) mayRepeat() bool {
	switch {
	case f.allowed && f.state == heldInDoubt:
		return true
	case f.policy == DoubtHold:
		return false
	case f.policy == DoubtRetry:
		return true
	}
	return f.repeat.absorbed()
}

// ResendHeld is a Plan.Resend: a person allows rows that earlier runs left in doubt to be sent again. It excludes rows that this run itself left
// in doubt.
func ResendHeld(s journal.RowState) bool { return s.Code == CodeHeld }

// repeat is what is asked about a request of which an earlier one is in doubt. The zero repeat is a registration of its own.
type repeat struct {
	effect       vendors.Repeat
	ofThisRun    bool // the doubt is of this run: nothing can have changed
	sameContent  bool // the row is as it was in the run of the doubt
	byIdentity   bool // the vendor recognises the person, whatever else the row says
	sameIdentity bool
}

// absorbed reports whether the vendor refuses or absorbs the request. A row that was written otherwise since, without the telephone number, say, by
// which the vendor would refuse the second, is no repeat.
func (r repeat) absorbed() bool {
	return refusesRepeat(r.effect) && (r.ofThisRun || r.sameContent || r.byIdentity && r.sameIdentity)
}

// refusesRepeat reports whether the vendor refuses or absorbs a second request for the same person.
func refusesRepeat(r vendors.Repeat) bool {
	return r == vendors.RepeatRefused || r == vendors.RepeatHarmless
}

// tried is what decide asks about the attempts of a row.
type tried struct {
	doubted   bool // an attempt before this one is in doubt
	mayRepeat bool
	repeats   int // made so far
	most      int
}

// step is the result of an attempt for its row.
type step struct {
	kind      journal.Kind   // Settle, NotRegistered or Uncertain
	status    journal.Status // of Settle
	throttled bool           // all workers wait
	fatal     bool           // the run stops
	again     bool           // this attempt is in doubt, and is to be repeated
}

// decide says what an answer means for its row.
func decide(answer vendors.Class, t tried) step {
	none := journal.NotRegistered
	if t.doubted {
		none = journal.Uncertain
	}
	switch answer {
	case vendors.Accepted:
		return step{kind: journal.Settle, status: journal.Created}
	case vendors.Exists:
		return step{kind: journal.Settle, status: journal.Exists}
	case vendors.Rejected:
		return step{kind: journal.Settle, status: journal.Rejected}
	case vendors.Throttled:
		return step{kind: none, throttled: true}
	case vendors.NotSent:
		return step{kind: none}
	case vendors.Fatal:
		return step{kind: none, fatal: true}
	}
	if t.mayRepeat && t.repeats < t.most {
		return step{kind: journal.Uncertain, again: true}
	}
	return step{kind: journal.Settle, status: journal.InDoubt}
}

// ourDoing is in the message of a row that exists since an attempt of our own that ended in doubt.
const ourDoing = "probably registered by this run: an earlier attempt ended in doubt; look the person up before you change the row; "

// probablyOurs reports whether a row exists at the vendor probably since an attempt of ours whose outcome was unknown.
func probablyOurs(s journal.RowState) bool {
	return s.Kind == journal.Settle && s.Status == journal.Exists && s.Doubted && strings.Contains(s.Message, ourDoing)
}

// learn adds what a run says about a row. Runs come oldest first.
func (d Doubts) learn(r journal.Run, s journal.RowState) {
	if s.Identity == (journal.Digest{}) {
		return
	}
	was, known := d[s.Identity]
	switch {
	case stateOf(s).doubtful():
		if !known {
			d[s.Identity] = Origin{Run: r, Row: s.Row}
		}
	case probablyOurs(s):
		d[s.Identity] = Origin{Run: r, Row: s.Row, answered: true}
	case s.Status == journal.Exists && was.answered: // it says nothing new
	case s.Status.Answered():
		delete(d, s.Identity)
	}
}

// doubtElsewhere is what the table of carried doubts asks.
type doubtElsewhere struct {
	there           state
	ours            bool // the row there exists, probably by our own doing, and the row here is fit and has other content
	registeredSince bool // a later run created the person
	here            state
	said            bool // the row here is not registered because a person said so
	copied          bool // the doubt there was itself carried from another run
	newer           bool // than what the person said
}

// carried reports whether the row here is in doubt because of the one there.
func (d doubtElsewhere) carried() bool {
	switch {
	case !d.there.doubtful() && !d.ours || d.registeredSince:
		return false
	case d.here == unreached:
		return true
	case d.here != notRegistered:
		return false
	}
	return !d.said || !d.copied && d.newer
}
