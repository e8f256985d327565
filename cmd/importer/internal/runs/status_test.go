package runs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"unsafe"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/source"
)

func peopleForTest(t *testing.T) *people {
	t.Helper()
	p, err := newPeople(memory.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.seen.Close() })
	return p
}

func rec(s journal.Status, code string) reason { return reason{status: s, code: code} }

// TestOverrules: what a later row says of a person counts, but for what says nothing of the person, and a doubt that nobody has ended.
func TestOverrules(t *testing.T) {
	t.Parallel()
	rejected, invalid, unsent := rec(journal.Rejected, "password_too_short"), rec(journal.Invalid, "phone_invalid"), rec(journal.Unsent, journal.CodeNotReached)
	doubt, duplicate, taken := rec(journal.InDoubt, "timeout"), rec(journal.Duplicate, pipeline.CodeDuplicate), rec(journal.Exists, "phone_already_registered")
	looked := rec(journal.Unsent, pipeline.CodeSettledNotCreated)
	for _, c := range []struct {
		name     string
		was, now reason
		want     bool
	}{
		{"an answer after a local check", invalid, rejected, true},
		{"a local check after an answer", rejected, invalid, true},
		{"not reached after an answer", rejected, unsent, false},
		{"not reached after not reached", unsent, unsent, true},
		{"not reached, and was a duplicate", duplicate, unsent, true},
		{"a duplicate after an answer", rejected, duplicate, false},
		{"an answer after a duplicate", duplicate, rejected, true},
		{"a doubt after an answer", rejected, doubt, true},
		{"an answer after a doubt", doubt, rejected, true},
		{"taken after a doubt", doubt, taken, true},
		{"a local check after a doubt", doubt, invalid, false},
		{"not reached after a doubt", doubt, unsent, false},
		{"skipped after a doubt", doubt, rec(journal.Skipped, pipeline.CodeAlreadyRejected), false},
		{"a person looked", doubt, looked, true},
	} {
		if got := overrules(c.was, c.now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestPeople follows people over rows: by digest, by the row that theirs comes from, and when two turn out to be one.
func TestPeople(t *testing.T) {
	t.Parallel()
	p := peopleForTest(t)
	see := func(member int, origin int64, identity, content byte, r reason) int64 {
		t.Helper()
		who, err := p.who(origin, journal.Digest{identity}, journal.Digest{1: content})
		if err != nil {
			t.Fatal(err)
		}
		p.learn(who, standing{member: int32(member)}, r)
		return who
	}
	ada := see(0, 0, 1, 1, rec(journal.Created, "created"))
	ben := see(0, 0, 0, 2, rec(journal.Invalid, "email_invalid")) // no identity: by content
	cal := see(0, 0, 3, 3, rec(journal.Rejected, "password_too_short"))
	dan := see(0, 0, 4, 4, rec(journal.Exists, "email_already_registered"))
	eva := see(0, 0, 5, 5, rec(journal.Exists, "phone_already_registered"))
	if again := see(1, 0, 0, 2, rec(journal.Invalid, "email_invalid")); again != ben {
		t.Errorf("the same row is person %d, not %d", again, ben)
	}
	if fixed := see(1, ben, 6, 7, rec(journal.Created, "created")); fixed != ben {
		t.Errorf("a fixed row is person %d, not %d", fixed, ben)
	}
	if again := see(2, 0, 6, 7, rec(journal.Skipped, pipeline.CodeImported)); again != ben {
		t.Errorf("the new address is person %d, not %d", again, ben)
	}
	see(2, 0, 1, 1, rec(journal.Skipped, pipeline.CodeImportedChanged))
	see(2, 0, 4, 4, rec(journal.Rejected, "x"))
	if one := see(3, cal, 1, 8, rec(journal.Duplicate, pipeline.CodeDuplicate)); one != ada || p.now(cal) != ada {
		t.Errorf("a row fixed to another person's address is person %d, not %d", one, ada)
	}
	if p.total() != 4 || p.registered.Len() != 2 || p.there.Len() != 1 || !p.there.Has(dan) || len(p.open) != 1 || p.why(p.open[eva]).code != "phone_already_registered" {
		t.Errorf("%d people: registered %s, there %s, open %v", p.total(), p.registered.String(), p.there.String(), p.open)
	}
	if p.by[0] != 1 || p.by[1] != 1 || p.by[2] != 0 {
		t.Errorf("registered by %v", p.by)
	}
}

// TestMergeOfRegistered: whoever of two that are one is registered, the one is.
func TestMergeOfRegistered(t *testing.T) {
	t.Parallel()
	p := peopleForTest(t)
	for _, id := range []byte{1, 2} {
		who, err := p.who(0, journal.Digest{id}, journal.Digest{})
		if err != nil {
			t.Fatal(err)
		}
		p.learn(who, standing{}, rec(journal.Rejected, "x"))
	}
	p.learn(1, standing{member: 1}, rec(journal.Created, "created"))
	p.merge(1, 2)
	if p.total() != 1 || !p.registered.Has(2) || p.registered.Len() != 1 || len(p.open) != 0 {
		t.Errorf("%d people, registered %s, open %v", p.total(), p.registered.String(), p.open)
	}
}

// TestAnswers: a row that was skipped for an earlier answer is what that answer said; where nobody knows it any more, what the code says.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code  string
		was   reason
		there bool
		want  reason
	}{
		{pipeline.CodeAlreadyExists, rec(journal.Exists, "email_already_registered"), true, reason{}},
		{pipeline.CodeAlreadyExists, rec(journal.Exists, "phone_already_registered"), false, rec(journal.Exists, "phone_already_registered")},
		{pipeline.CodeAlreadyExists, reason{}, true, reason{}},
		{pipeline.CodeAlreadyRejected, rec(journal.Rejected, "password_too_short"), false, rec(journal.Rejected, "password_too_short")},
		{pipeline.CodeAlreadyRejected, reason{}, false, rec(journal.Rejected, pipeline.CodeAlreadyRejected)},
	} {
		p := peopleForTest(t)
		p.learn(1, standing{}, rec(journal.Skipped, c.code))
		p.answer(1, c.was)
		got, open := p.open[1]
		if p.there.Has(1) != c.there || open == c.there || open && p.why(got) != c.want {
			t.Errorf("%s, was %s: there %v, open %v as %+v", c.code, c.was.code, p.there.Has(1), open, got)
		}
	}
}

// TestFindAnswers looks the answers up in the journal: the newest run that got one counts, in this account alone.
func TestFindAnswers(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), memory.New()
	content := journal.Digest{7}
	begin := func(name, account string, recs ...journal.Record) journal.Run {
		t.Helper()
		r, err := store.Begin(ctx, journal.Run{Name: name, Account: account})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Append(ctx, r.ID, recs); err != nil {
			t.Fatal(err)
		}
		return r
	}
	sent := journal.Record{Kind: journal.Intent, Row: 1, Attempt: 1, Content: content}
	answer := func(s journal.Status, code string) journal.Record {
		return journal.Record{Kind: journal.Settle, Row: 1, Attempt: 1, Status: s, Code: code, Field: "password"}
	}
	begin("n1", "A", sent, answer(journal.Rejected, "password_too_common"))
	begin("n2", "A", sent, answer(journal.Rejected, "password_too_short"))
	begin("other", "B", sent, answer(journal.Rejected, "terms_not_accepted"))
	skipped := journal.Record{Kind: journal.Settle, Row: 1, Status: journal.Skipped, Code: pipeline.CodeAlreadyRejected, Content: content, Message: "said in n3"}
	forgotten := skipped
	forgotten.Row, forgotten.Content = 2, journal.Digest{}
	p := peopleForTest(t)
	v := &view{ws: &workspace{store: store}, family: &family{members: []*member{{run: begin("n3", "A", skipped, forgotten)}}}, people: p, list: ListStatus{Account: "A"}}
	p.learn(1, standing{row: 1}, reasonOf(skipped))
	p.learn(2, standing{row: 2}, reasonOf(forgotten))
	if err := v.findAnswers(ctx); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[int64]reason{
		1: {journal.Rejected, "password_too_short", "password"}, 2: rec(journal.Rejected, pipeline.CodeAlreadyRejected),
	} {
		if got := p.why(p.open[who]); got != want {
			t.Errorf("the answer to person %d is %+v, want %+v", who, got, want)
		}
		r, err := v.recordOf(ctx, p.open[who], source.Row{Number: who})
		if err != nil || reasonOf(r) != want || r.Row != who || r.Message != skipped.Message {
			t.Errorf("row %d is written as %+v, %v", who, r, err)
		}
	}
}

// TestOpenRows: which rows are to be written, of what reason; each once.
func TestOpenRows(t *testing.T) {
	t.Parallel()
	p := peopleForTest(t)
	invalid, unsent := rec(journal.Invalid, "phone_invalid"), rec(journal.Unsent, journal.CodeNotReached)
	p.learn(1, standing{row: 4}, invalid)
	p.learn(2, standing{row: 7, unreached: true}, unsent)
	p.learn(3, standing{row: 9}, unsent)
	p.learn(4, standing{row: 2}, invalid)
	var rows openRows
	for _, s := range p.everyOpen() {
		rows.add(s, s.row)
	}
	rows.add(standing{reason: asJournalHas}, 11)
	if len(rows) != 4 || rows.left() != 5 {
		t.Errorf("%d sets of %d rows", len(rows), rows.left())
	}
	for row, want := range map[int64]standing{2: p.open[4], 4: p.open[1], 7: {row: 7, reason: 1, unreached: true}, 9: p.open[3], 11: {row: 11, reason: asJournalHas}} {
		if got, open := rows.take(row); !open || got != want {
			t.Errorf("row %d is %+v, want %+v", row, got, want)
		}
		if _, again := rows.take(row); again {
			t.Errorf("row %d is taken twice", row)
		}
	}
	if rows.left() != 0 {
		t.Errorf("%d rows are left", rows.left())
	}
}

// TestRowReader gives the same as the store, whether rows come in order, close together or far apart.
func TestRowReader(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), memory.New()
	run, err := store.Begin(ctx, journal.Run{Name: "n1", Account: "A"})
	if err != nil {
		t.Fatal(err)
	}
	var recs []journal.Record
	for row := int64(1); row <= 5000; row++ {
		if row%7 != 0 {
			recs = append(recs, journal.Record{Kind: journal.Settle, Row: row, Status: journal.Invalid, Code: "x", Line: row + 1})
		}
	}
	if err := store.Append(ctx, run.ID, recs); err != nil {
		t.Fatal(err)
	}
	r := &rowReader{store: store, run: run.ID}
	defer r.close()
	for _, row := range []int64{3, 4, 5, 6, 7, 8, 9, 900, 901, 14, 13, 13, 15, 4998, 4999, 5000, 5001, 5002, 1, 2, 2000, 2001, 2002, 3990} {
		want, _, err := store.Row(ctx, run.ID, row)
		if got, fault := r.of(ctx, row); err != nil || fault != nil || got != want {
			t.Errorf("row %d is %+v, want %+v: %v", row, got, want, errors.Join(err, fault))
		}
	}
}

// TestOpenPeopleAreKeptSmall: what is kept of an open person does not hold a record of the journal.
func TestOpenPeopleAreKeptSmall(t *testing.T) {
	t.Parallel()
	if size := unsafe.Sizeof(standing{}); size > 24 {
		t.Errorf("an open person costs %d bytes besides the map's own", size)
	}
}

// TestUnreachedCostABit: of people whom no run came to the row is found again without being kept, until something else is known of them.
func TestUnreachedCostABit(t *testing.T) {
	t.Parallel()
	p := peopleForTest(t)
	unsent := rec(journal.Unsent, journal.CodeNotReached)
	rows := map[int64]int64{}
	for who := int64(10); who < 30_000; who++ {
		rows[who] = who + 5 + who/10_000 // a row that names a person again every so often
		p.learn(who, standing{row: rows[who], member: 2, unreached: true}, unsent)
	}
	if len(p.open) != 0 || len(p.unreached.spans) != 3 || p.countOpen() != int64(len(rows)) {
		t.Errorf("%d people are kept one by one, the others in %d spans; %d are open", len(p.open), len(p.unreached.spans), p.countOpen())
	}
	p.learn(11, standing{row: 1, member: 3}, rec(journal.Invalid, "x"))
	p.learn(12, standing{row: 2, member: 3}, rec(journal.Created, "created"))
	p.learn(13, standing{row: 40_000, member: 2, unreached: true}, unsent) // named again
	p.merge(14, 40_000)
	rows[11], rows[13], rows[40_000] = 1, 40_000, rows[14]
	delete(rows, 12)
	delete(rows, 14)
	for who, s := range p.everyOpen() {
		if s.row != rows[who] {
			t.Errorf("person %d is in row %d, not %d", who, s.row, rows[who])
		}
		delete(rows, who)
	}
	if len(rows) != 0 || !p.registered.Has(12) {
		t.Errorf("not open: %v", rows)
	}
}

// TestAlsoDuplicates: where every row of a person is a duplicate all of them are open, also when two people turn out to be one.
func TestAlsoDuplicates(t *testing.T) {
	t.Parallel()
	p := peopleForTest(t)
	dup := rec(journal.Duplicate, pipeline.CodePhoneShared)
	for row := int64(1); row <= 4; row++ {
		p.learn((row+1)/2, standing{row: row}, dup)
	}
	p.merge(1, 2)
	if got := p.also[2]; p.open[2].row != 2 || !slices.Equal(got, []int64{3, 4, 1}) || len(p.also) != 1 {
		t.Errorf("row %d, and rows %v", p.open[2].row, got)
	}
	p.learn(2, standing{row: 5, member: 1}, rec(journal.Invalid, "x"))
	if len(p.also) != 0 || p.open[2].row != 5 {
		t.Errorf("of a person with another row these are kept: %v", p.also)
	}
}

// TestLink: which rows a run's own are, by each kind of note.
func TestLink(t *testing.T) {
	t.Parallel()
	built := linkBuilder{}
	built.add(2, rowName{"n1", 7})
	for name, c := range map[string]struct {
		note note
		of   []string
		row  int64
		want rowName
	}{
		"a list":                      {note{}, nil, 7, rowName{}},
		"by run":                      {note{Of: "n1", Rows: "3,7-9"}, []string{"n1"}, 8, rowName{"n1", 8}},
		"by run, of a failed file":    {note{Of: "f1", Rows: "2", FailedFile: true}, []string{"f1"}, 2, rowName{"f1", 2}},
		"a failed file":               {note{FailedFile: true, Links: built.done()}, []string{"n1"}, 2, rowName{"n1", 7}},
		"a failed file of old":        {note{FailedFile: true, Inputs: []input{{Path: "/reports/n1/failed.csv"}}}, []string{"n1"}, 1, rowName{}},
		"a failed file of a person's": {note{FailedFile: true, Inputs: []input{{Path: "/failed.csv"}}}, []string{"/"}, 1, rowName{}},
	} {
		m := &member{note: c.note}
		if err := m.link(); err != nil || !slices.Equal(m.of, c.of) || m.from[c.row] != c.want {
			t.Errorf("%s: of %q, row %d is %v: %v", name, m.of, c.row, m.from[c.row], err)
		}
	}
	if err := (&member{note: note{Of: "n1", Rows: "x"}}).link(); err == nil {
		t.Error("a note that cannot be read has no fault")
	}
}

// TestFamilies: what belongs together, whichever of it a person names.
func TestFamilies(t *testing.T) {
	t.Parallel()
	list, other := []input{{Name: "list.csv", Path: "/list.csv"}}, []input{{Name: "other.csv", Path: "/other.csv"}}
	run := func(id int64, name, account string, n note, of ...string) *member {
		return &member{run: journal.Run{ID: id, Name: name, Account: account}, note: n, of: of}
	}
	all := []*member{
		run(1, "n1", "A", note{Inputs: list}),
		run(2, "r1", "A", note{Of: "n1", Inputs: list}, "n1"),
		run(3, "o1", "A", note{Inputs: other}),
		run(4, "f1", "A", note{FailedFile: true}, "n1", "r1"),
		run(5, "n2", "A", note{Inputs: list}),
		run(6, "b1", "B", note{Inputs: list}),
		run(7, "f2", "A", note{FailedFile: true}, "f1"),
		run(8, "lost", "A", note{Of: "purged", Inputs: list}, "purged"),
		run(9, "s1", "S1", note{Sandbox: true, Inputs: list}),
		run(10, "s2", "S2", note{Sandbox: true, FailedFile: true}, "s1"),
		run(11, "s3", "S3", note{Sandbox: true, Inputs: list}),
	}
	names := func(f *family) (list []string) {
		for _, m := range f.members {
			list = append(list, m.run.Name)
		}
		return append(list, "base "+f.members[f.base].run.Name)
	}
	whole := []string{"n1", "r1", "f1", "n2", "f2", "base n2"}
	for _, c := range []struct {
		of   int
		want []string
	}{
		{0, whole}, {1, whole}, {3, whole}, {6, whole}, {2, []string{"o1", "base o1"}}, {4, []string{"n2", "base n2"}}, {5, []string{"b1", "base b1"}},
		{7, []string{"lost", "base lost"}}, {8, []string{"s1", "s2", "base s1"}}, {9, []string{"s1", "s2", "base s1"}},
	} {
		if got := names(familyOf(all, all[c.of])); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", all[c.of].run.Name, got, c.want)
		}
	}
	var newest []string
	for _, m := range newestOver(all, "/list.csv") {
		newest = append(newest, m.run.Name)
	}
	if want := []string{"b1", "n2"}; !slices.Equal(newest, want) {
		t.Errorf("the newest runs over the list are %q, want %q", newest, want)
	}
	if only := newestOver(all[8:], "/list.csv"); len(only) != 1 || only[0].run.Name != "s3" {
		t.Errorf("of rehearsals %v is taken", only)
	}
}
