package runs

import (
	"context"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
)

// TestMoment: rows of the run under way are what they were at the moment; those of other runs, and of no run under way, what they are.
func TestMoment(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)
	before, after := at.Add(-time.Second), at.Add(time.Second)
	settled := func(first, end time.Time, s journal.Status) journal.RowState {
		return journal.RowState{First: first, Record: journal.Record{Kind: journal.Settle, Row: 1, Status: s, Code: "answer", At: end, Identity: journal.Digest{1}}}
	}
	flying := settled(before, before, journal.Unsettled)
	flying.Kind = journal.Intent
	member := moment{run: journal.Run{ID: 7}, member: true, at: at}
	for name, c := range map[string]struct {
		moment moment
		run    int64
		row    journal.RowState
		want   journal.Status
		code   string
	}{
		"answered before":           {member, 7, settled(before, before, journal.Created), journal.Created, "answer"},
		"answered since":            {member, 7, settled(before, after, journal.Created), journal.Unsent, CodeUnderWay},
		"sent since":                {member, 7, settled(after, after, journal.Created), journal.Unsent, journal.CodeNotReached},
		"invalid since":             {member, 7, settled(time.Time{}, after, journal.Invalid), journal.Invalid, "answer"},
		"in flight":                 {member, 7, flying, journal.Unsent, CodeUnderWay},
		"in doubt, and left so":     {member, 7, settled(before, before, journal.InDoubt), journal.InDoubt, "answer"},
		"of another run":            {member, 6, flying, journal.InDoubt, journal.CodeOutcomeUnknown},
		"of a run of another list":  {moment{run: journal.Run{ID: 7}, at: at}, 7, settled(before, after, journal.Created), journal.Created, "answer"},
		"while no run is under way": {moment{}, 0, flying, journal.InDoubt, journal.CodeOutcomeUnknown},
	} {
		was := c.moment.of(c.run, c.row)
		if status, code := c.moment.reported(c.run, was); status != c.want || code != c.code || was.Row != 1 || was.Identity != c.row.Identity {
			t.Errorf("%s: %s %s of %+v", name, status, code, was)
		}
	}
}

// TestOnceMoreIsNotElsewhere: who was created by the run under way since the moment is open, not created by another run; and what it has in flight is
// nobody's doubt.
func TestOnceMoreIsNotElsewhere(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), memory.New()
	r, err := store.Begin(ctx, journal.Run{Name: "n1", Account: "A", Note: []byte(`{"version":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	sent := func(row int64) journal.Record {
		return journal.Record{Kind: journal.Intent, Row: row, Attempt: 1, Identity: journal.Digest{byte(row)}, Content: journal.Digest{1, byte(row)}}
	}
	answer := journal.Record{Kind: journal.Settle, Row: 1, Attempt: 1, Status: journal.Created, Code: "created"}
	there := journal.Record{Kind: journal.Settle, Row: 3, Attempt: 1, Status: journal.Exists, Code: "email_already_registered"}
	if err := store.Append(ctx, r.ID, []journal.Record{sent(1), answer, sent(2), sent(3), there}); err != nil {
		t.Fatal(err)
	}
	p := peopleForTest(t)
	v := &view{ws: &workspace{store: store}, people: p, list: ListStatus{Account: "A"}, family: &family{members: []*member{{run: r}}},
		moment: moment{run: r, member: true}}
	for row := int64(1); row <= 3; row++ {
		record := journal.Record{Row: row, Status: journal.Unsent, Code: CodeUnderWay, Identity: journal.Digest{byte(row)}, Content: journal.Digest{1, byte(row)}}
		who, err := p.who(0, record.Identity, record.Content)
		if err != nil {
			t.Fatal(err)
		}
		p.learn(who, standing{row: row}, reasonOf(record))
	}
	if err := v.findAcross(ctx); err != nil {
		t.Fatal(err)
	}
	for who := int64(1); who <= 3; who++ {
		if s, open := p.open[who]; !open || p.why(s).code != CodeUnderWay {
			t.Errorf("%d is %+v, open %v", who, s, open)
		}
	}
}
