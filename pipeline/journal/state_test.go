package journal

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The states a row can be in at attempt n, and the records that can come.
func states(n int) map[string]RowState {
	at := func(k Kind, s Status) RowState {
		return RowState{Record: Record{Kind: k, Row: 7, Attempt: n, At: t0, Status: s, Content: Digest{1}, Identity: Digest{2}, Line: 8}, First: t0}
	}
	all := map[string]RowState{
		"in flight": at(Intent, 0), "not registered": at(NotRegistered, 0), "uncertain": at(Uncertain, 0), "in doubt": at(Settle, InDoubt),
		"final": at(Settle, Created),
	}
	for _, name := range []string{"in flight", "uncertain", "in doubt", "final"} {
		s := all[name]
		s.Doubted = true
		all[name+"+"] = s
	}
	return all
}

var verbs = map[string][]Record{
	"intent N":         {{Kind: Intent}},
	"not registered N": {{Kind: NotRegistered}},
	"uncertain N":      {{Kind: Uncertain}},
	"answer N":         {{Kind: Settle, Status: Created}, {Kind: Settle, Status: Exists}, {Kind: Settle, Status: Rejected}},
	"doubt N":          {{Kind: Settle, Status: InDoubt}},
	"local N":          {{Kind: Settle, Status: Invalid}, {Kind: Settle, Status: Duplicate}, {Kind: Settle, Status: Skipped}},
	"ruling N said":    {{Kind: Ruling, Status: Created}, {Kind: Ruling, Status: Exists}, {Kind: Ruling, Status: Rejected}, {Kind: Ruling, Status: Invalid}, {Kind: Ruling, Status: Duplicate}, {Kind: Ruling, Status: Skipped}},
	"ruling N unsent":  {{Kind: Ruling, Status: Unsent}},
	"nonsense N":       {{}, {Kind: Settle}, {Kind: Settle, Status: Unsent}, {Kind: Ruling}, {Kind: Ruling, Status: InDoubt}, {Kind: 99}, {Kind: Settle, Status: 99}, {Kind: Ruling, Status: 99}},
}

func name(s RowState) string {
	if s.Doubted {
		s.Doubted = false
		return name(s) + "+"
	}
	switch {
	case s.Kind == 0:
		return "none"
	case s.Kind == Intent:
		return "in flight"
	case s.Kind == Settle && s.Status == InDoubt:
		return "in doubt"
	case s.Kind == Settle:
		return "final"
	}
	return s.Kind.String()
}

// drawn reads the table of edges out of doc.go.
func drawn(t *testing.T) []string {
	t.Helper()
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	edge := regexp.MustCompile(`(?m)^//\t(none|(?:in flight|not registered|uncertain|in doubt|final)\+?) {2,}(.+?) {2,}(none|(?:in flight|not registered|uncertain|in doubt|final)\+?)$`)
	var edges []string
	for _, m := range edge.FindAllStringSubmatch(string(doc), -1) {
		from, verb, to := m[1], m[2], m[3]
		edges = append(edges, from+" | "+verb+" | "+to)
		if from == "none" || from == "not registered" {
			continue
		}
		switch { // the states with +, as the text above the table says
		case verb == "not registered n":
			to = "uncertain+"
		case verb != "ruling n unsent":
			to = strings.TrimSuffix(to, "+") + "+"
		}
		edges = append(edges, from+"+ | "+verb+" | "+to)
	}
	return edges
}

// Every state meets every record at attempts n-1, n, n+1 and n+2: what the code lets through is what is drawn, no more and no less.
func TestStateMachineIsAsDrawn(t *testing.T) {
	const n = 3
	all := states(n)
	all["none"] = RowState{}
	var edges []string
	for from, s := range all {
		for verb, recs := range verbs {
			for _, delta := range []int{-1, 0, 1, 2} {
				ends := map[string]int{}
				for _, rec := range recs {
					rec.Row, rec.Attempt, rec.At = 7, s.Attempt+delta, t0.Add(time.Minute)
					next, err := Next(s, rec)
					if err != nil {
						if !errors.Is(err, ErrFenced) || next != s {
							t.Errorf("%s, %s: error %v, state %+v", from, verb, err, next)
						}
						ends["refused"]++
						continue
					}
					ends[name(next)]++
					if next.Attempt != rec.Attempt || next.Row != 7 {
						t.Errorf("%s, %s: state is of row %d attempt %d", from, verb, next.Row, next.Attempt)
					}
				}
				if len(ends) != 1 {
					t.Errorf("%s, %s %+d: the records of one class end differently: %v", from, verb, delta, ends)
				}
				for end := range ends {
					if end != "refused" {
						edges = append(edges, from+" | "+label(verb, delta)+" | "+end)
					}
				}
			}
		}
	}
	want := drawn(t)
	slices.Sort(want)
	slices.Sort(edges)
	if got, want := strings.Join(edges, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("the code allows:\n%s\n\nthe drawing shows:\n%s", got, want)
	}
	if len(want) < 40 {
		t.Errorf("only %d edges found in doc.go", len(want))
	}
}

func label(verb string, delta int) string {
	return strings.Replace(verb, "N", "n"+map[int]string{-1: "-1", 1: "+1", 2: "+2"}[delta], 1)
}

// A row settled without an attempt goes back to none when a person says that it was not created, and can then be sent.
func TestRulingOnRowNeverSent(t *testing.T) {
	s, err := Next(RowState{}, settle(4, 0, Duplicate))
	if err != nil {
		t.Fatal(err)
	}
	s, err = Next(s, Record{Kind: Ruling, Row: 4, Status: Unsent, At: t0})
	if err != nil || s != (RowState{}) {
		t.Fatalf("state %+v, error %v", s, err)
	}
	if _, err = Next(s, intent(4, 1)); err != nil {
		t.Fatal(err)
	}
}

// A state keeps the intent's digests and line and the first attempt's time, and drops what does not count.
func TestStateInherits(t *testing.T) {
	local := time.FixedZone("", 3600)
	first := intent(4, 1)
	first.At = t0.In(local).Add(1234567 * time.Nanosecond)
	first.Code, first.Status = "noise", Created
	s, err := Next(RowState{}, first)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range []Record{
		{Kind: Uncertain, Row: 4, Attempt: 1, At: t0, Status: Rejected, Code: "reset", HTTPStatus: 502},
		{Kind: Intent, Row: 4, Attempt: 2, At: t0.Add(time.Hour)},
		{Kind: Settle, Row: 4, Attempt: 2, At: t0.Add(2 * time.Hour), Status: Exists, Content: Digest{9}, Line: 99},
	} {
		if s, err = Next(s, rec); err != nil {
			t.Fatal(err)
		}
		if s.Kind == Uncertain && (s.Status != Unsettled || s.Code != "reset" || s.HTTPStatus != 502) {
			t.Errorf("uncertain is %+v", s)
		}
	}
	want := RowState{First: t0.Add(1234 * time.Microsecond), Doubted: true, Record: Record{
		Kind: Settle, Row: 4, Attempt: 2, At: t0.Add(2 * time.Hour), Status: Exists, Content: first.Content, Identity: first.Identity, Line: 5,
	}}
	if s != want {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
}
