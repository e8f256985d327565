package journal

import (
	"encoding/json"
	"testing"
)

func TestCountsComeBackFromJSON(t *testing.T) {
	t.Parallel()
	want := Counts{Created: 1, Exists: 2, Rejected: 3, Invalid: 4, Duplicate: 5, Skipped: 6, InDoubt: 7, Unsent: 8}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	const members = `{"created":1,"exists":2,"rejected":3,"invalid":4,"duplicate":5,"skipped":6,"in_doubt":7,"unsent":8}`
	if string(text) != members {
		t.Errorf("got %s, want %s", text, members)
	}
	got := Counts{Created: 99}
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	if err := json.Unmarshal([]byte(`{"done":1}`), &got); err == nil {
		t.Error("a status that is none was read")
	}
	if got := CountsOf([]Count{{Created, "a", 2}, {Created, "b", 3}, {99, "", 4}}); got != (Counts{Created: 5}) || got.Sum() != 5 {
		t.Errorf("added up: %v", got)
	}
}

// Every state of a row has one status, and only those that are certainly not registered are unsent.
func TestReported(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state  RowState
		status Status
		code   string
	}{
		"no record":                 {RowState{}, Unsent, CodeNotReached},
		"settled":                   {RowState{Record: Record{Kind: Settle, Status: Exists, Code: "taken"}}, Exists, "taken"},
		"not registered":            {RowState{Record: Record{Kind: NotRegistered, Code: "throttled"}}, Unsent, "throttled"},
		"not registered, no code":   {RowState{Record: Record{Kind: NotRegistered}}, Unsent, CodeNotReached},
		"not registered, but once":  {RowState{Record: Record{Kind: NotRegistered, Code: "throttled"}, Doubted: true}, InDoubt, CodeOutcomeUnknown},
		"uncertain":                 {RowState{Record: Record{Kind: Uncertain, Code: "timeout"}}, InDoubt, "timeout"},
		"uncertain, no code":        {RowState{Record: Record{Kind: Uncertain}}, InDoubt, CodeOutcomeUnknown},
		"open":                      {RowState{Record: Record{Kind: Intent, Code: "x"}}, InDoubt, CodeOutcomeUnknown},
		"a kind of a newer journal": {RowState{Record: Record{Kind: 99}}, InDoubt, CodeOutcomeUnknown},
	} {
		if status, code := c.state.Reported(); status != c.status || code != c.code {
			t.Errorf("%s: %s %s, want %s %s", name, status, code, c.status, c.code)
		}
	}
}
