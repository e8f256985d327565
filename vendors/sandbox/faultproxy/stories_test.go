package faultproxy_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

const rows, workers = 32, 4

// story is a run of the engine: a way to register, and what the vendor makes of a repeat.
type story struct {
	way
	phone    bool
	member   bool // people have a sponsor, after whom the vendor is asked
	question bool // the fault meets that question
	repeat   vendors.Repeat
}

func stories() []story {
	jframework, thanx, pelcro, distinct, epixel := wayTo("jframework"), wayTo("thanx"), wayTo("pelcro"), wayTo("distinct"), wayTo("epixel")
	packaged := epixel
	packaged.settings = map[string]string{"operation": "signup-package", "encoding": "json"}
	told := []story{
		{way: distinct, phone: true, repeat: vendors.RepeatRefused},
		{way: distinct, repeat: vendors.RepeatUnknown},
		{way: epixel, phone: true, repeat: vendors.RepeatRefused},
		{way: packaged, phone: true, member: true, repeat: vendors.RepeatRefused},
		{way: epixel, phone: true, member: true, question: true, repeat: vendors.RepeatRefused},
		{way: jframework, phone: true, repeat: vendors.RepeatRefused},
		{way: thanx, phone: true, repeat: vendors.RepeatHarmless},
		{way: pelcro, phone: true, repeat: vendors.RepeatRefused},
	}
	for i, suffix := range []string{", with a phone", ", without a phone", ", signup", ", signup-package", ", a question", "", "", ""} {
		told[i].name = told[i].vendor + suffix
	}
	return told
}

// repeated reports whether a row is as it must be after a request of unknown fate: acted says whether the vendor had carried that out.
func (s story) repeated(state journal.RowState, acted bool) bool {
	switch {
	case s.repeat == vendors.RepeatUnknown:
		return state.Status == journal.InDoubt && state.Attempt == 1
	case state.Attempt != 2:
		return false
	case !acted:
		return state.Status == journal.Created && state.Code == "created"
	case s.repeat == vendors.RepeatHarmless:
		return state.Status == journal.Created && state.Code == "existing_user_enrolled"
	}
	return state.Status == journal.Exists && strings.HasPrefix(state.Message, "probably registered by this run")
}

// list is an input of people nobody has seen.
type list struct {
	next int64
	of   story
}

var columns = []string{"email", "first_name", "last_name", "password", "terms_accepted", "newsletter", "birth_date", "language", "phone", "username", "country", "user_type",
	"sponsor", "subdomain", "product_id", "address.first_name", "address.last_name", "address.email", "address.phone", "address.line", "address.premise", "address.locality",
	"address.postal_code", "address.country", "address.state"}

func (l *list) Next() (source.Row, error) {
	if l.next == rows {
		return source.Row{}, io.EOF
	}
	l.next++
	phone, kind, sponsor := fmt.Sprintf("+35386%07d", 1000000+l.next), "customer", ""
	if l.of.member {
		kind, sponsor = "member", "anna.sponsor"
	}
	address := address(l.next)
	cells := []string{address, "Ada", "Byrne", "Str0ng!pass", "true", "false", "1990-05-15", "en", phone, fmt.Sprintf("person%d", l.next), "IE", kind,
		sponsor, fmt.Sprintf("web%d", l.next), "17", "Ada", "Byrne", address, phone, "12", "Merrion Square", "Dublin", "D02 X285", "IE", "D"}
	if !l.of.phone {
		cells[8] = ""
	}
	return source.Row{Number: l.next, Line: l.next + 1, Cells: cells}, nil
}

func address(row int64) string { return fmt.Sprintf("p%d@mail.example", row) }

// run sends the list, or goes on with it.
func (s story) run(t *testing.T, b *bench, store journal.Store, resume bool) pipeline.Outcome {
	t.Helper()
	mapper, err := mapping.Compile(mapping.Spec{}, columns, mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known, err := store.Runs(t.Context())
	if err == nil && !resume {
		var r journal.Run
		r, err = store.Begin(t.Context(), journal.Run{Name: "faults", Vendor: s.vendor, Account: b.account.ID(), Started: time.Now()})
		known = append(known, r)
	}
	if err != nil {
		t.Fatal(err)
	}
	e, err := pipeline.New(pipeline.Plan{
		Rows: &list{of: s}, Mapper: mapper, Account: b.account, Transport: b.client, Store: store, Run: known[0], Resume: resume,
		Key: journal.NewKey([]byte("a key for tests, not for anything")), Seen: journal.NewSeenMap(),
		Rand: rand.New(rand.NewPCG(7, 7)), Now: time.Now, Options: pipeline.Options{Workers: workers, Timeout: deadline},
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := e.Run(t.Context())
	if err != nil || out.Panics > 0 {
		t.Fatalf("run: %v, %d panics", err, out.Panics)
	}
	return out
}

// journaled is what the journal says of every row.
func journaled(t *testing.T, store journal.Store) map[int64]journal.RowState {
	t.Helper()
	found := map[int64]journal.RowState{}
	for s, err := range store.Rows(t.Context(), 1, 1) {
		if err != nil {
			t.Fatal(err)
		}
		found[s.Row] = s
	}
	return found
}

// statuses counts the settled rows by status.
func statuses(found map[int64]journal.RowState) map[journal.Status]int64 {
	counts := map[journal.Status]int64{}
	for _, s := range found {
		if s.Kind == journal.Settle {
			counts[s.Status]++
		}
	}
	return counts
}

// settled holds the rows against the vendor's register.
func settled(t *testing.T, b *bench, found map[int64]journal.RowState) {
	t.Helper()
	snap := b.sandbox.Register(b.way.vendor).Snapshot()
	if len(snap.CreatedTwice) > 0 {
		t.Errorf("registered twice: %v", snap.CreatedTwice)
	}
	there := map[string]bool{}
	for _, e := range snap.Entries {
		there[e.Identity] = true
	}
	for row := int64(1); row <= rows; row++ {
		s, ok := found[row]
		is, done := there[address(row)], ok && s.Kind == journal.Settle
		switch {
		case done && (s.Status == journal.Created || s.Status == journal.Exists) && !is:
			t.Errorf("row %d is reported as %s and never was", row, s.Status)
		case is && ok && s.Kind == journal.Uncertain: // in doubt, and known to be
		case is && (!done || s.Status != journal.Created && s.Status != journal.Exists && s.Status != journal.InDoubt):
			t.Errorf("row %d was registered and is reported as %s (%s)", row, s.Status, s.Code)
		}
	}
}
