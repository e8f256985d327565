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
	injection  faultproxy.Injection
	answer     *sandbox.Answer // nil: the stand-in's own
}

// refusals are all ways of a vendor: each transcript of an answer that stops a run (every rule has one, see vendortest), what its stand-in says, and
// a gateway's pages.
func refusals(t *testing.T, vendor string) []refusal {
	t.Helper()
	own := func(f faultproxy.Fault) faultproxy.Injection {
		return faultproxy.Injection{Fault: f, At: faultproxy.InsteadOfAnswer}
	}
	all := []refusal{{name: "gateway 401", injection: own(faultproxy.Status(401))}, {name: "gateway 403", injection: own(faultproxy.Status(403))}}
	for _, f := range []faultproxy.Fault{faultproxy.OwnUnauthorized, faultproxy.OwnForbidden, faultproxy.OwnInactive} {
		all = append(all, refusal{name: string(f), injection: own(f)})
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
// other row stays unsent, and none is in doubt. When the cause is fixed the run goes on to its end.
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
	var fixed atomic.Bool
	o := faultproxy.Options{Inject: func(n int) faultproxy.Injection {
		if n >= at && !fixed.Load() {
			return r.injection
		}
		return faultproxy.Injection{}
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
	fixed.Store(true)
	out = s.run(t, b, store, true)
	found = journaled(t, store)
	settled(t, b, found)
	if counts := statuses(found); out.Reason != pipeline.Finished || counts[journal.Created] != rows {
		t.Errorf("fixed, it ended %v with %v", out.Reason, counts)
	}
}
