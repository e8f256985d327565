package runs

import (
	"context"
	"slices"
	"testing"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
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

func rec(s journal.Status, code string) journal.Record { return journal.Record{Status: s, Code: code} }

// TestOverrules: what a later row says of a person counts, but for what says nothing of the person, and a doubt that nobody has ended.
func TestOverrules(t *testing.T) {
	t.Parallel()
	rejected, invalid, unsent := rec(journal.Rejected, "password_too_short"), rec(journal.Invalid, "phone_invalid"), rec(journal.Unsent, journal.CodeNotReached)
	doubt, duplicate, taken := rec(journal.InDoubt, "timeout"), rec(journal.Duplicate, pipeline.CodeDuplicate), rec(journal.Exists, "phone_already_registered")
	looked := rec(journal.Unsent, pipeline.CodeSettledNotCreated)
	for _, c := range []struct {
		name     string
		was, now journal.Record
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
	see := func(member int, origin int64, identity, content byte, r journal.Record) int64 {
		t.Helper()
		who, err := p.who(origin, journal.Digest{identity}, journal.Digest{1: content})
		if err != nil {
			t.Fatal(err)
		}
		p.learn(member, who, r)
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
	if p.total() != 4 || p.registered.Len() != 2 || p.there.Len() != 1 || !p.there.Has(dan) || len(p.open) != 1 || p.open[eva].record.Code != "phone_already_registered" {
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
		p.learn(0, who, rec(journal.Rejected, "x"))
	}
	p.learn(1, 1, rec(journal.Created, "created"))
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
		was   journal.Record
		there bool
		want  journal.Record
	}{
		{pipeline.CodeAlreadyExists, rec(journal.Exists, "email_already_registered"), true, journal.Record{}},
		{pipeline.CodeAlreadyExists, rec(journal.Exists, "phone_already_registered"), false, rec(journal.Exists, "phone_already_registered")},
		{pipeline.CodeAlreadyExists, journal.Record{}, true, journal.Record{}},
		{pipeline.CodeAlreadyRejected, rec(journal.Rejected, "password_too_short"), false, rec(journal.Rejected, "password_too_short")},
		{pipeline.CodeAlreadyRejected, journal.Record{}, false, rec(journal.Rejected, pipeline.CodeAlreadyRejected)},
	} {
		p := peopleForTest(t)
		p.learn(0, 1, rec(journal.Skipped, c.code))
		p.answer([]int64{1}, c.was)
		if p.there.Has(1) != c.there || p.open[1].record != c.want {
			t.Errorf("%s, was %s: there %v, open %+v", c.code, c.was.Code, p.there.Has(1), p.open[1].record)
		}
	}
}

// TestFindAnswers looks the answers up in the journal: the newest run that got one counts, in this account alone.
func TestFindAnswers(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), memory.New()
	content := journal.Digest{7}
	begin := func(name, account string, recs ...journal.Record) {
		t.Helper()
		r, err := store.Begin(ctx, journal.Run{Name: name, Account: account})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Append(ctx, r.ID, recs); err != nil {
			t.Fatal(err)
		}
	}
	sent := journal.Record{Kind: journal.Intent, Row: 1, Attempt: 1, Content: content}
	answer := func(s journal.Status, code string) journal.Record {
		return journal.Record{Kind: journal.Settle, Row: 1, Attempt: 1, Status: s, Code: code, Field: "password"}
	}
	begin("n1", "A", sent, answer(journal.Rejected, "password_too_common"))
	begin("n2", "A", sent, answer(journal.Rejected, "password_too_short"))
	begin("other", "B", sent, answer(journal.Rejected, "terms_not_accepted"))
	begin("n3", "A", journal.Record{Kind: journal.Settle, Row: 1, Status: journal.Skipped, Code: pipeline.CodeAlreadyRejected, Content: content})
	p := peopleForTest(t)
	skipped := journal.Record{Row: 1, Status: journal.Skipped, Code: pipeline.CodeAlreadyRejected, Content: content}
	forgotten := skipped
	forgotten.Content = journal.Digest{}
	p.learn(0, 1, skipped)
	p.learn(0, 2, forgotten)
	v := &view{ws: &workspace{store: store}, people: p, list: ListStatus{Account: "A"}}
	if err := v.findAnswers(ctx); err != nil {
		t.Fatal(err)
	}
	if got := p.open[1].record; got.Status != journal.Rejected || got.Code != "password_too_short" || got.Field != "password" || got.Row != 1 {
		t.Errorf("the answer is %+v", got)
	}
	if got := p.open[2].record; got.Status != journal.Rejected || got.Code != pipeline.CodeAlreadyRejected {
		t.Errorf("of a person who was forgotten the answer is %+v", got)
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
