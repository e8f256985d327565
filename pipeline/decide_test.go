package pipeline

import (
	"testing"

	"importer/pipeline/journal"
	"importer/vendors"
)

// The whole table: what each class of answer does to its row.
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
		if got := decide(vendors.Verdict{Class: c.class}, c.mayRepeat, c.retries, 4); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestThreshold(t *testing.T) {
	t.Parallel()
	counts := func(created, rejected int64) (c Counts) {
		c[journal.Created], c[journal.Rejected] = created, rejected
		return c
	}
	cases := []struct {
		text string
		c    Counts
		want bool
	}{
		{"none", counts(0, 1e6), false},
		{"", counts(0, 1e6), false},
		{"10", counts(0, 10), false},
		{"10", counts(0, 11), true},
		{"5%", counts(0, 99), false},
		{"5%", counts(95, 5), false},
		{"5%", counts(94, 6), true},
		{"0.5%", counts(995, 5), false},
		{"0.5%", counts(993, 6), true},
	}
	for _, c := range cases {
		th, err := ParseThreshold(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := th.passed(c.c); got != c.want {
			t.Errorf("%s of %v: %v", c.text, c.c, got)
		}
		if back, err := ParseThreshold(th.String()); err != nil || back != th {
			t.Errorf("%q does not read back: %v %v", th, back, err)
		}
	}
	for _, bad := range []string{"-1", "0", "0%", "101%", "x", "%", "5 percent", "1e3", "NaN%"} {
		if _, err := ParseThreshold(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// A row that may be registered since an earlier attempt is not made certain by a later one that registered nobody.
func TestDoubtIsKept(t *testing.T) {
	t.Parallel()
	for _, class := range []vendors.Class{vendors.Throttled, vendors.NotSent, vendors.Fatal} {
		plain := decide(vendors.Verdict{Class: class}, true, 0, 3)
		kept := plain.keepDoubt(true)
		if kept.kind != journal.Uncertain || kept.again || kept.fatal != plain.fatal || kept.throttled != plain.throttled {
			t.Errorf("%v after a doubt: %+v", class, kept)
		}
		if plain.keepDoubt(false) != plain || plain.kind != journal.NotRegistered {
			t.Errorf("%v without a doubt: %+v", class, plain.keepDoubt(false))
		}
	}
	if s := decide(vendors.Verdict{Class: vendors.Exists}, true, 0, 3); s.keepDoubt(true) != s {
		t.Errorf("an answer is an answer: %+v", s.keepDoubt(true))
	}
}
