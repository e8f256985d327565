package pipeline

import (
	"testing"

	"importer/pipeline/journal"
)

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
		if got := th.Passed(c.c); got != c.want {
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
