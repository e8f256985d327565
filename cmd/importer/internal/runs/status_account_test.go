package runs

import (
	"context"
	"testing"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/source"
)

// TestFindAcross: a run that was killed before it came to anybody says nothing of the people of its list; the runs of the account before it do.
func TestFindAcross(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), memory.New()
	person := func(n int64) journal.Digest { return journal.Digest{byte(n)} }
	content := func(n int64) journal.Digest { return journal.Digest{1, byte(n)} }
	begin := func(name, account, note string, state journal.RunState, recs ...journal.Record) {
		t.Helper()
		r, err := store.Begin(ctx, journal.Run{Name: name, Account: account, Note: []byte(note)})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Append(ctx, r.ID, recs); err != nil {
			t.Fatal(err)
		}
		if err := store.Finish(ctx, r.ID, state, r.Started); err != nil {
			t.Fatal(err)
		}
	}
	sent := func(row, who int64) journal.Record {
		return journal.Record{Kind: journal.Intent, Row: row, Attempt: 1, Identity: person(who), Content: content(who)}
	}
	answer := func(row int64, s journal.Status, code string) journal.Record {
		return journal.Record{Kind: journal.Settle, Row: row, Attempt: 1, Status: s, Code: code}
	}
	again := sent(7, 8) // lost, and found to be taken when it was repeated: the engine keeps such a person among the doubts, but there is an answer
	again.Attempt = 2
	ours := journal.Record{Kind: journal.Settle, Row: 7, Attempt: 2, Status: journal.Exists, Code: "phone_already_registered",
		Message: "probably registered by this run: an earlier attempt ended in doubt; look the person up before you change the row; "}
	list := `{"version":1}`
	begin("n1", "A", list, journal.Complete,
		sent(1, 1), answer(1, journal.InDoubt, "timeout"), sent(2, 2), answer(2, journal.Exists, "email_already_registered"),
		sent(3, 3), answer(3, journal.Exists, "phone_already_registered"), sent(4, 4), answer(4, journal.Created, "created"),
		journal.Record{Kind: journal.Settle, Row: 5, Status: journal.Invalid, Code: "email_invalid", Content: content(5)},
		sent(6, 6), answer(6, journal.InDoubt, "timeout"),
		sent(7, 8), journal.Record{Kind: journal.Uncertain, Row: 7, Attempt: 1, Code: "timeout"}, again, ours)
	begin("fixed", "A", `{"version":1,"mended":true,"links":{"runs":["n1"],"spans":[{"from":1,"rows":"5"}]}}`, journal.Complete,
		sent(1, 50), answer(1, journal.Exists, "email_already_registered"))
	begin("elsewhere", "B", list, journal.Complete, sent(1, 7), answer(1, journal.InDoubt, "timeout"))
	begin("n2", "A", list, journal.Running)

	p := peopleForTest(t)
	v := &view{ws: &workspace{store: store}, people: p, list: ListStatus{Account: "A"},
		family: &family{members: []*member{{run: journal.Run{ID: 4, Name: "n2"}}}}}
	for n := range int64(8) {
		r := journal.Record{Row: n + 1, Status: journal.Unsent, Code: journal.CodeNotReached, Identity: person(n + 1), Content: journal.Digest{2, byte(n + 1)}}
		switch n + 1 {
		case 5: // a row without an identity
			r.Identity, r.Content = journal.Digest{}, content(5)
		case 6: // somebody looked
			r.Code = pipeline.CodeSettledNotCreated
		}
		who, err := p.who(0, r.Identity, r.Content)
		if err != nil {
			t.Fatal(err)
		}
		known, err := v.foundElsewhere(ctx, r.Identity, r.Content)
		if err != nil {
			t.Fatal(err)
		}
		p.learn(who, standing{row: r.Row, unreached: true, known: known}, reasonOf(r))
	}
	if err := v.findAcross(ctx); err != nil {
		t.Fatal(err)
	}
	doubt, err := v.recordOf(ctx, p.open[1], source.Row{Number: 1})
	if err != nil || doubt.Status != journal.InDoubt || doubt.Code != "timeout" || doubt.Message != "sent as row 1 of run n1, and its outcome is unknown" {
		t.Errorf("in doubt is %+v, %v", doubt, err)
	}
	if run, one := v.runInDoubt(); run != "n1" || !one {
		t.Errorf("to be settled in %q, %v", run, one)
	}
	if !p.there.Has(2) || p.there.Has(3) || !p.registered.Has(4) || !p.there.Has(5) || p.there.Len()+p.registered.Len() != 3 {
		t.Errorf("there %s, registered %s", p.there.String(), p.registered.String())
	}
	for _, who := range []int64{3, 6, 7, 8} {
		if s, open := p.standing(who); !open || p.why(s).status != journal.Unsent {
			t.Errorf("%d is %s", who, p.why(s).status)
		}
	}
	if p.countOpen() != 5 {
		t.Errorf("%d are open", p.countOpen())
	}
}
