package faultproxy_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// refusal is a way in which a vendor says that nothing will succeed.
type refusal struct {
	name, code string
	shot       faultproxy.Shot
	answer     *sandbox.Answer // nil: the stand-in's own
}

// refusals are all ways of a vendor: each transcript of an answer that stops a run (every rule has one, see vendortest), what its stand-in says, and
// a gateway's pages.
func refusals(t *testing.T, vendor string) []refusal {
	t.Helper()
	own := func(f faultproxy.Fault) faultproxy.Shot { return faultproxy.Shot{Fault: f, At: faultproxy.Instead} }
	all := []refusal{{name: "gateway 401", shot: own(faultproxy.Status(401))}, {name: "gateway 403", shot: own(faultproxy.Status(403))}}
	for _, f := range []faultproxy.Fault{faultproxy.OwnUnauthorized, faultproxy.OwnForbidden, faultproxy.OwnInactive} {
		all = append(all, refusal{name: string(f), shot: own(f)})
	}
	paths, err := filepath.Glob(filepath.Join("..", "..", vendor, "testdata", "answers", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no transcripts of %s: %v", vendor, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(text), "\n\n")
		if !strings.Contains(head+"\n", "\nclass: fatal\n") {
			continue
		}
		_, status, _ := strings.Cut(head, "\nstatus: ")
		status, _, _ = strings.Cut(status, "\n")
		_, code, _ := strings.Cut(head, "\ncode: ")
		code, _, _ = strings.Cut(code, "\n")
		number, err := strconv.Atoi(status)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, refusal{filepath.Base(path), code, own(faultproxy.OwnUnauthorized), &sandbox.Answer{Status: number, Body: []byte(body)}})
	}
	return all
}

// TestAuthFailureMidway refuses every request from the seventeenth on, in each of each vendor's ways to say so: at most as many requests as there are workers follow, every
// other row stays unsent, and none is in doubt. When the cause is mended the run goes on to its end.
func TestAuthFailureMidway(t *testing.T) {
	quietLog(t)
	tried := 0
	for n, s := range stories() {
		for i, r := range refusals(t, s.vendor) {
			if raceDetector && i%4 != n%4 {
				continue
			}
			tried++
			t.Run(fmt.Sprintf("%s, %s", s.name, r.name), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { s.refused(t, r) })
			})
		}
	}
	t.Logf("%d refusals", tried)
}

func (s story) refused(t *testing.T, r refusal) {
	at := hit
	if s.question {
		at = 1
	}
	var mended atomic.Bool
	o := faultproxy.Options{Shoot: func(n int) faultproxy.Shot {
		if n >= at && !mended.Load() {
			return r.shot
		}
		return faultproxy.Shot{}
	}}
	if r.answer != nil {
		o.Refuse = func(sandbox.Refusal) sandbox.Answer { return *r.answer }
	}
	b := s.bench(t, o)
	defer b.close()
	store := memory.New()
	out := s.run(t, b, store, false)
	found := journaled(t, store)
	settled(t, b, found)
	counts, seen := statuses(found), b.proxy.Counts()
	if out.Reason != pipeline.FatalAnswer || r.code != "" && out.Verdict.Code != r.code || out.Verdict.Hint == "" {
		t.Fatalf("ended %v: %+v", out.Reason, out.Verdict)
	}
	if after := seen.Begun - at; after > workers {
		t.Errorf("%d requests after the one that was refused", after)
	}
	people := b.sandbox.Register(s.vendor).Summary().People
	if len(counts) > 1 || int(counts[journal.Created]) != people || out.Counts.Sum() != int64(people) {
		t.Errorf("%d people were registered: %v", people, counts)
	}
	for row, state := range found {
		if state.Kind != journal.Settle && state.Kind != journal.NotRegistered {
			t.Errorf("row %d is left %v", row, state.Kind)
		}
	}
	mended.Store(true)
	out = s.run(t, b, store, true)
	found = journaled(t, store)
	settled(t, b, found)
	if counts := statuses(found); out.Reason != pipeline.Finished || counts[journal.Created] != rows {
		t.Errorf("mended, it ended %v with %v", out.Reason, counts)
	}
}
