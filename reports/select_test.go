package reports

import (
	"slices"
	"strings"
	"testing"

	"importer/pipeline/journal"
)

func TestPick(t *testing.T) {
	type row struct {
		status journal.Status
		code   string
	}
	rows := []row{{journal.Created, ""}, {journal.Exists, "taken"}, {journal.Rejected, "bad"}, {journal.Invalid, "bad"}, {journal.Duplicate, "twice"},
		{journal.Skipped, "taken"}, {journal.InDoubt, "taken"}, {journal.Unsent, "not_reached"}}
	for name, c := range map[string]struct {
		pick Pick
		want string
	}{
		"nothing said":          {Pick{}, "rejected invalid unsent"},
		"in doubt when asked":   {Pick{Statuses: []journal.Status{journal.InDoubt}}, "in_doubt"},
		"a code":                {Pick{Codes: []string{"taken"}}, "exists skipped"},
		"two codes":             {Pick{Codes: []string{"bad", "twice"}}, "rejected invalid duplicate"},
		"a code and a status":   {Pick{Codes: []string{"taken"}, Statuses: []journal.Status{journal.InDoubt}}, "in_doubt"},
		"a code nobody has":     {Pick{Codes: []string{"none"}}, ""},
		"created, when asked":   {Pick{Statuses: []journal.Status{journal.Created}}, "created"},
		"the code of no reason": {Pick{Codes: []string{""}}, ""},
	} {
		var got []string
		for _, r := range rows {
			if c.pick.Takes(r.status, r.code) {
				got = append(got, r.status.String())
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestSelectTakesTheLastLine(t *testing.T) {
	unsent, created := settle(5, journal.Invalid, "x"), settle(5, journal.Created, "")
	text := encode(t, NewLine(settle(9, journal.Invalid, ""), ""), NewLine(unsent, ""), NewLine(created, ""), NewLine(settle(2, journal.Rejected, ""), ""))
	rows, err := Select(readLines("x.csv", strings.NewReader(string(text))), Pick{})
	if err != nil || !slices.Equal(slices.Collect(rows.All()), []int64{2, 9}) || rows.Len() != 2 {
		t.Errorf("got %v, %v", slices.Collect(rows.All()), err)
	}
	if rows, err := Select(readLines("x.csv", strings.NewReader(string(text)+"x\n")), Pick{}); err == nil || rows != nil {
		t.Errorf("a broken file gives %v, %v", rows, err)
	}
}
