package runs

import (
	"encoding/json"
	"maps"
	"testing"
)

// TestRowLinks: what is built from the rows of a file is what is read from a note, in any order that a person leaves the rows in.
func TestRowLinks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		links map[int64]rowName
		spans int
	}{
		"as written":              {map[int64]rowName{1: {"a", 3}, 2: {"a", 7}, 3: {"a", 8}, 4: {"a", 9}}, 1},
		"two runs":                {map[int64]rowName{1: {"a", 3}, 2: {"b", 4}, 3: {"b", 5}, 4: {"a", 6}}, 3},
		"sorted another way":      {map[int64]rowName{1: {"a", 9}, 2: {"a", 3}, 3: {"a", 3}}, 3},
		"rows of a person's own":  {map[int64]rowName{2: {"a", 3}, 5: {"a", 4}, 6: {"a", 5}}, 2},
		"nothing is linked":       {map[int64]rowName{}, 0},
		"far down a long history": {map[int64]rowName{70_000: {"a", 1_000_000}, 70_001: {"a", 2_000_000}}, 1},
	} {
		var b linkBuilder
		for row := range int64(70_002) {
			if origin, linked := c.links[row]; linked {
				b.add(row, origin)
			}
		}
		text, err := json.Marshal(note{Version: noteVersion, Links: b.done()})
		if err != nil {
			t.Fatal(err)
		}
		var n note
		if err := json.Unmarshal(text, &n); err != nil {
			t.Fatal(err)
		}
		got := map[int64]rowName{}
		for row, origin := range n.Links.all() {
			if origin.err != nil {
				t.Fatalf("%s: %v", name, origin.err)
			}
			got[row] = origin.rowName
		}
		if !maps.Equal(got, c.links) {
			t.Errorf("%s: %v became %v by way of %s", name, c.links, got, text)
		}
		if n.Links != nil && len(n.Links.Spans) != c.spans {
			t.Errorf("%s: %d spans, want %d: %s", name, len(n.Links.Spans), c.spans, text)
		}
	}
	for _, broken := range []rowLinks{{Runs: []string{"a"}, Spans: []linkSpan{{From: 1, Run: 1, Rows: "3"}}}, {Runs: []string{"a"}, Spans: []linkSpan{{From: 1, Rows: "x"}}}} {
		for _, origin := range broken.all() {
			if origin.err == nil {
				t.Errorf("%+v is read as %v", broken, origin)
			}
		}
	}
}
