package pipeline

import (
	"testing"

	"importer/pipeline/journal"
	"importer/vendors"
)

// isRepeat is a repeat that the vendor refuses.
var isRepeat = repeat{effect: vendors.RepeatRefused, ofThisRun: true}

// Which request the vendor refuses or absorbs as a repeat.
func TestRepeatIsAbsorbed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		repeat repeat
		want   bool
	}{
		"nothing known":                               {repeat{}, false},
		"of this run":                                 {isRepeat, true},
		"of this run, harmless":                       {repeat{effect: vendors.RepeatHarmless, ofThisRun: true}, true},
		"of this run, registers twice":                {repeat{effect: vendors.RepeatUnknown, ofThisRun: true}, false},
		"same content":                                {repeat{effect: vendors.RepeatRefused, sameContent: true}, true},
		"other content":                               {repeat{effect: vendors.RepeatRefused, sameIdentity: true}, false},
		"other content, same identity that counts":    {repeat{effect: vendors.RepeatRefused, sameIdentity: true, byIdentity: true}, true},
		"other content, another identity that counts": {repeat{effect: vendors.RepeatRefused, byIdentity: true}, false},
		"all the same, registers twice":               {repeat{sameContent: true, sameIdentity: true, byIdentity: true, ofThisRun: true}, false},
	} {
		if got := c.repeat.absorbed(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The first table, line by line: what is done with a row before it is sent. The second table decides who may be repeated.
func TestNext(t *testing.T) {
	t.Parallel()
	safe := facts{fit: true, repeat: isRepeat}
	for _, c := range []struct {
		name  string
		state state
		facts facts
		want  action
	}{
		{"not reached, unfit", unreached, facts{}, settle},
		{"not reached, imported", unreached, facts{fit: true, imported: true}, settle},
		{"not reached, imported, whatever is said of repeats", unreached, facts{fit: true, imported: true, allowed: true, policy: DoubtRetry, repeat: isRepeat}, settle},
		{"not reached", unreached, facts{fit: true}, send},
		{"not reached: no doubt to hold", unreached, facts{fit: true, policy: DoubtHold}, send},
		{"not reached, answered", unreached, facts{fit: true, answered: true}, settle},
		{"not reached, answered, whatever is said of repeats", unreached, facts{fit: true, answered: true, allowed: true, policy: DoubtRetry, repeat: isRepeat}, settle},
		{"not reached, answered, wanted again", unreached, facts{fit: true, answered: true, again: true}, send},
		{"not reached, answered, and nobody heard of it", unreached, facts{fit: true, answered: true, unheard: true}, send},
		{"not reached, imported, and nobody heard of it", unreached, facts{fit: true, imported: true, unheard: true}, settle},
		{"not reached, unfit, and nobody heard of it", unreached, facts{answered: true, unheard: true}, settle},
		{"not reached, answered and imported, wanted again", unreached, facts{fit: true, answered: true, imported: true, again: true}, settle},
		{"not reached, unfit, wanted again", unreached, facts{answered: true, again: true}, settle},
		{"not registered, answered meanwhile", notRegistered, facts{fit: true, answered: true}, send},
		{"uncertain, answered meanwhile", uncertain, facts{fit: true, answered: true}, hold},
		{"not registered, unfit", notRegistered, facts{}, settle},
		{"not registered, imported meanwhile", notRegistered, facts{fit: true, imported: true}, settle},
		{"not registered", notRegistered, facts{fit: true, policy: DoubtHold}, send},
		{"uncertain, safe", uncertain, safe, resend},
		{"uncertain, unsafe", uncertain, facts{fit: true}, hold},
		{"uncertain, unfit now", uncertain, facts{policy: DoubtRetry, repeat: isRepeat, allowed: true}, hold},
		{"in doubt, safe", heldInDoubt, safe, resend},
		{"in doubt, unsafe", heldInDoubt, facts{fit: true}, leave},
		{"in doubt, unfit now", heldInDoubt, facts{policy: DoubtRetry, repeat: isRepeat, allowed: true}, leave},
		{"final", final, facts{fit: true, policy: DoubtRetry, repeat: isRepeat, allowed: true}, leave},
		{"a state that nobody knows", state(99), facts{fit: true, policy: DoubtRetry, repeat: isRepeat, allowed: true}, leave},
	} {
		c.facts.state = c.state
		if got := c.facts.next(); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// The second table, line by line.
func TestMayRepeat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		facts facts
		want  bool
	}{
		{"a person's word beats hold", facts{state: heldInDoubt, allowed: true, policy: DoubtHold}, true},
		{"a person's word beats the vendor", facts{state: heldInDoubt, allowed: true}, true},
		{"a person's word is not about what this run lost", facts{state: uncertain, allowed: true}, false},
		{"a person's word is not about an attempt just made", facts{allowed: true}, false},
		{"hold, though it is safe", facts{state: heldInDoubt, policy: DoubtHold, repeat: isRepeat}, false},
		{"retry, though it is unsafe", facts{state: uncertain, policy: DoubtRetry}, true},
		{"by vendor, safe", facts{state: uncertain, repeat: isRepeat}, true},
		{"by vendor, unsafe", facts{state: uncertain}, false},
		{"a policy nobody knows is by vendor", facts{state: uncertain, policy: 99}, false},
	} {
		if got := c.facts.mayRepeat(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	for repeat, want := range map[vendors.Repeat]bool{
		vendors.RepeatUnknown: false, vendors.RepeatRefused: true, vendors.RepeatHarmless: true, 99: false,
	} {
		if refusesRepeat(repeat) != want {
			t.Errorf("a repeat of kind %v is safe: %v", repeat, !want)
		}
	}
}

// The third table: what each class of answer does to its row.
func TestDecide(t *testing.T) {
	t.Parallel()
	settle := func(s journal.Status) step { return step{kind: journal.Settle, status: s} }
	cases := []struct {
		name      string
		class     vendors.Class
		mayRepeat bool
		retries   int
		want      step
	}{
		{"accepted", vendors.Accepted, false, 0, settle(journal.Created)},
		{"exists", vendors.Exists, false, 0, settle(journal.Exists)},
		{"rejected", vendors.Rejected, true, 0, settle(journal.Rejected)},
		{"throttled", vendors.Throttled, false, 9, step{kind: journal.NotRegistered, throttled: true}},
		{"not sent", vendors.NotSent, false, 9, step{kind: journal.NotRegistered}},
		{"fatal leaves the row unsent", vendors.Fatal, true, 0, step{kind: journal.NotRegistered, fatal: true}},
		{"unknown, repeat unsafe", vendors.Unknown, false, 0, settle(journal.InDoubt)},
		{"unknown, repeat safe", vendors.Unknown, true, 0, step{kind: journal.Uncertain, again: true}},
		{"unknown, repeat safe, last try", vendors.Unknown, true, 3, step{kind: journal.Uncertain, again: true}},
		{"unknown, tries used up: in doubt, never rejected", vendors.Unknown, true, 4, settle(journal.InDoubt)},
		{"a class nobody knows is unknown", vendors.Class(99), false, 0, settle(journal.InDoubt)},
	}
	for _, c := range cases {
		if got := decide(c.class, tried{mayRepeat: c.mayRepeat, repeats: c.retries, most: 4}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// A row that may be registered since an earlier attempt is not made certain by a later one that registered nobody.
func TestDoubtIsKept(t *testing.T) {
	t.Parallel()
	after := tried{mayRepeat: true, most: 3}
	for _, class := range []vendors.Class{vendors.Throttled, vendors.NotSent, vendors.Fatal} {
		plain := decide(class, after)
		kept := decide(class, tried{doubted: true, mayRepeat: true, most: 3})
		if kept.kind != journal.Uncertain || kept.again || kept.fatal != plain.fatal || kept.throttled != plain.throttled {
			t.Errorf("%v after a doubt: %+v", class, kept)
		}
		if plain.kind != journal.NotRegistered {
			t.Errorf("%v without a doubt: %+v", class, plain)
		}
	}
	for _, class := range []vendors.Class{vendors.Accepted, vendors.Exists, vendors.Rejected} {
		if s := decide(class, after); decide(class, tried{doubted: true, mayRepeat: true, most: 3}) != s {
			t.Errorf("an answer is an answer: %+v", s)
		}
	}
}

// The fourth table, line by line: whether another run's doubt counts here.
func TestCarried(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		doubt doubtElsewhere
		want  bool
	}{
		{"in doubt there, new here", doubtElsewhere{there: heldInDoubt, here: unreached}, true},
		{"uncertain there, new here", doubtElsewhere{there: uncertain, here: unreached}, true},
		{"not sent here before the doubt", doubtElsewhere{there: heldInDoubt, here: notRegistered}, true},
		{"a person said not, and the doubt is newer", doubtElsewhere{there: heldInDoubt, here: notRegistered, said: true, newer: true}, true},
		{"a person said not, after the doubt", doubtElsewhere{there: heldInDoubt, here: notRegistered, said: true}, false},
		{"a person said not, and the newer doubt is a copy", doubtElsewhere{there: heldInDoubt, here: notRegistered, said: true, newer: true, copied: true}, false},
		{"a copy counts where an attempt ended", doubtElsewhere{there: heldInDoubt, here: notRegistered, copied: true}, true},
		{"uncertain here", doubtElsewhere{there: heldInDoubt, here: uncertain, newer: true}, false},
		{"in doubt here", doubtElsewhere{there: heldInDoubt, here: heldInDoubt, newer: true}, false},
		{"final here", doubtElsewhere{there: heldInDoubt, here: final, newer: true}, false},
		{"registered since", doubtElsewhere{there: heldInDoubt, here: unreached, registeredSince: true}, false},
		{"final there", doubtElsewhere{there: final, here: unreached}, false},
		{"exists there by our doing, other content here", doubtElsewhere{there: final, ours: true, here: unreached}, true},
		{"exists there by our doing, not sent here", doubtElsewhere{there: final, ours: true, here: notRegistered}, true},
		{"exists there by our doing, a person said not", doubtElsewhere{there: final, ours: true, here: notRegistered, said: true}, false},
		{"exists there by our doing, registered since", doubtElsewhere{there: final, ours: true, here: unreached, registeredSince: true}, false},
		{"not registered there", doubtElsewhere{there: notRegistered, here: unreached}, false},
		{"not reached there", doubtElsewhere{there: unreached, here: unreached}, false},
	} {
		if got := c.doubt.carried(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// The last table, line by line: which rows a person may settle.
func TestMaySettle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row  journal.Record
		want bool
	}{
		{journal.Record{}, false},
		{journal.Record{Kind: journal.Intent}, true},
		{journal.Record{Kind: journal.Uncertain, Code: CodeRepeated}, true},
		{journal.Record{Kind: journal.Settle, Status: journal.InDoubt, Code: CodeHeld}, true},
		{journal.Record{Kind: journal.Settle, Status: journal.Created, Code: CodeSettledCreated}, true},
		{journal.Record{Kind: journal.NotRegistered, Code: CodeSettledNotCreated}, true},
		{journal.Record{Kind: journal.NotRegistered, Code: "too_many_requests"}, false},
		{journal.Record{Kind: journal.Settle, Status: journal.Created}, false},
		{journal.Record{Kind: journal.Settle, Status: journal.Rejected, Code: "email_invalid"}, false},
		{journal.Record{Kind: journal.Settle, Status: journal.Skipped, Code: CodeImported}, false},
	} {
		if got := MaySettle(journal.RowState{Record: c.row}); got != c.want {
			t.Errorf("%s %s (%s): %v", c.row.Kind, c.row.Status, c.row.Code, got)
		}
	}
	exists := journal.Record{Kind: journal.Settle, Status: journal.Exists, Message: ourDoing + "phone taken"}
	if !MaySettle(journal.RowState{Record: exists, Doubted: true}) || MaySettle(journal.RowState{Record: exists}) {
		t.Error("a person may settle a row that exists since an attempt of our own in doubt, and no other that exists")
	}
}

func TestStateOf(t *testing.T) {
	t.Parallel()
	for want, records := range map[state][]journal.Record{
		unreached:     {{}},
		notRegistered: {{Kind: journal.NotRegistered}},
		uncertain:     {{Kind: journal.Intent}, {Kind: journal.Uncertain}},
		heldInDoubt:   {{Kind: journal.Settle, Status: journal.InDoubt}},
		final:         {{Kind: journal.Settle, Status: journal.Created}, {Kind: journal.Settle, Status: journal.Invalid}, {Kind: 99}},
	} {
		for _, r := range records {
			if got := stateOf(journal.RowState{Record: r}); got != want {
				t.Errorf("%s %s is %d, want %d", r.Kind, r.Status, got, want)
			}
		}
	}
}

// Who is in doubt in an account: a doubt begins with a row in doubt and ends with a later answer, and with nothing else.
func TestDoubtsLearn(t *testing.T) {
	t.Parallel()
	who := journal.Digest{1}
	lost, first := journal.Record{Kind: journal.Settle, Status: journal.InDoubt}, Origin{Run: journal.Run{ID: 1}, Row: 1}
	for _, c := range []struct {
		then journal.Record
		open bool
	}{
		{journal.Record{Kind: journal.Settle, Status: journal.Created}, false},
		{journal.Record{Kind: journal.Settle, Status: journal.Exists}, false},
		{journal.Record{Kind: journal.Settle, Status: journal.Rejected}, false},
		{journal.Record{Kind: journal.Settle, Status: journal.Invalid}, true},
		{journal.Record{Kind: journal.Settle, Status: journal.Duplicate}, true},
		{journal.Record{Kind: journal.Settle, Status: journal.Skipped}, true},
		{journal.Record{Kind: journal.NotRegistered}, true},
		{journal.Record{Kind: journal.Uncertain}, true},
		{journal.Record{Kind: journal.Intent}, true},
	} {
		d := Doubts{}
		for run, r := range []journal.Record{lost, c.then} {
			r.Row, r.Identity = int64(run+1), who
			d.learn(journal.Run{ID: int64(run + 1)}, journal.RowState{Record: r})
		}
		if got, open := d[who]; open != c.open || open && (got.Run.ID != first.Run.ID || got.Row != first.Row) {
			t.Errorf("after %s %s: in doubt %v since %+v", c.then.Kind, c.then.Status, open, got)
		}
	}
}

// An answer that a row exists, after an attempt of our own in doubt, keeps the person from being registered again by a row that is written otherwise; that it
// exists says no more of it, and a registration ends it.
func TestDoubtsLearnOurDoing(t *testing.T) {
	t.Parallel()
	who := journal.Digest{1}
	ours := journal.RowState{Record: journal.Record{Kind: journal.Settle, Status: journal.Exists, Message: ourDoing, Identity: who, Row: 7}, Doubted: true}
	another := ours
	another.Message = "this phone number was sent for another person: row 3; "
	d := Doubts{}
	d.learn(journal.Run{ID: 1}, another)
	if len(d) != 0 {
		t.Errorf("another's number leaves %+v", d)
	}
	d.learn(journal.Run{ID: 2}, ours)
	d.learn(journal.Run{ID: 3}, journal.RowState{Record: journal.Record{Kind: journal.Settle, Status: journal.Exists, Identity: who, Row: 8}})
	if got := d[who]; !got.answered || got.Run.ID != 2 || got.Row != 7 {
		t.Errorf("found %+v", got)
	}
	if people, _ := d.left(); people != 0 {
		t.Error("an answered row is counted as one in doubt")
	}
	d.learn(journal.Run{ID: 4}, journal.RowState{Record: journal.Record{Kind: journal.Settle, Status: journal.Created, Identity: who, Row: 9}})
	if len(d) != 0 {
		t.Errorf("after a registration: %+v", d)
	}
}

// Who is in doubt and in none of the rows is counted, and the oldest is named.
func TestDoubtsLeft(t *testing.T) {
	t.Parallel()
	d := Doubts{{1}: {Run: journal.Run{ID: 3}, Row: 1}, {2}: {Run: journal.Run{ID: 2}, Row: 9}, {3}: {Run: journal.Run{ID: 2}, Row: 4}, {4}: {Run: journal.Run{ID: 1}, Row: 1, answered: true}}
	if people, oldest := d.left(); people != 3 || oldest.Run.ID != 2 || oldest.Row != 4 {
		t.Errorf("%d, the oldest %+v", people, oldest)
	}
}
