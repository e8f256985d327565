package pipeline_test

import (
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// panicky is a source of randomness that panics so many times.
type panicky struct{ left atomic.Int64 }

func (p *panicky) Uint64() uint64 {
	if p.left.Add(-1) >= 0 {
		panic("no luck")
	}
	return 1 << 40
}

// A panic while what came of an attempt is being written down costs that row, once: whether its record was handed over before or not.
func TestRunSurvivesAPanicInConclude(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]sandbox.FaultKind{"doubt": sandbox.ResetAfter, "not sent": sandbox.Forbid, "throttled": sandbox.Limit} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "pelcro", people(20), sandbox.Options{Latency: time.Millisecond, Fault: befalls(map[int]sandbox.Fault{4: {Kind: kind}})})
				var luck panicky
				luck.left.Store(1)
				told := 0
				e := w.engine(func(p *pipeline.Plan) {
					p.Workers, p.Rand = 2, rand.New(&luck)
					p.OnPanic = func(string, []byte) { told++; panic("telling fails too") }
				})
				out, err := e.Run(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				got := w.statuses()
				switch {
				case kind == sandbox.Forbid: // nothing random happens: the run stops as it should
					if out.Reason != pipeline.FatalAnswer || out.Panics != 0 {
						t.Errorf("ended %+v", out)
					}
				case out.Reason != pipeline.Finished || out.Panics != 1 || told != 1 || got[journal.InDoubt] != 1 || got[journal.Created] != 19:
					t.Errorf("ended %+v, told %d times, %v", out, told, got)
				}
				w.wantTrue()
			})
		})
	}
}

// A vendor's question that panics costs the row that asked it; nothing was sent for it.
func TestRunSurvivesAPanicInAQuestion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMembers(t, [][]string{member(1, "anna.sponsor"), member(2, "anna.sponsor"), member(3, "ben.sponsor")}, sandbox.Options{})
		out := w.finish(func(p *pipeline.Plan) {
			p.Workers = 1
			p.Transport = &panics{next: w.client, on: 1}
		})
		if out.Reason != pipeline.Finished || out.Panics != 1 || out.Counts.Sum() != 3 {
			t.Errorf("ended %+v", out)
		}
		w.want(counts(journal.Created, 2, journal.Invalid, 1))
		if s := w.states()[1]; s.Code != pipeline.CodeInternal || !strings.Contains(s.Message, "fault of this program") {
			t.Errorf("row 1: %s %s", s.Code, s.Message)
		}
		w.wantTrue()
	})
}
