package runs

import (
	"slices"
	"testing"

	"importer/pipeline/journal"
	"importer/reports"
)

// What a run sends although the vendor has answered the same row before: what was asked for and, of a retry, what its rows are for.
func TestSendAgain(t *testing.T) {
	t.Parallel()
	exists, both := []journal.Status{journal.Exists}, []journal.Status{journal.Rejected, journal.Exists}
	named := RetryRequest{Pick: reports.Pick{Codes: []string{"x"}}}
	for name, c := range map[string]struct {
		asked []journal.Status
		note  note
		want  []journal.Status
	}{
		"a run":                            {nil, note{}, nil},
		"a run that was asked":             {exists, note{}, exists},
		"a retry of a run":                 {nil, note{Of: "r", Again: RetryRequest{}.sendsAgain(false)}, both},
		"a retry of a failed file":         {nil, note{FailedFile: true, Again: RetryRequest{}.sendsAgain(true)}, []journal.Status{journal.Rejected}},
		"a retry of a failed file, asked":  {exists, note{FailedFile: true, Again: RetryRequest{}.sendsAgain(true)}, []journal.Status{journal.Exists, journal.Rejected}},
		"of chosen rows of a failed file":  {nil, note{FailedFile: true, Again: named.sendsAgain(true)}, both},
		"a retry that an older one began":  {nil, note{Of: "r"}, both},
		"one of a failed file, older, too": {nil, note{FailedFile: true}, both},
	} {
		x := &execution{setup: &setup{options: Options{Again: c.asked}}, note: c.note}
		if got := x.sendAgain(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
