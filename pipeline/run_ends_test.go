package pipeline_test

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// The first interrupt lets requests in flight finish; going on later completes the run.
func TestRunDrainsAndGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(500), sandbox.Options{Latency: 100 * time.Millisecond})
		e := w.engine()
		time.AfterFunc(1030*time.Millisecond, e.Drain)
		out, err := e.Run(t.Context())
		if err != nil || out.Reason != pipeline.Drained {
			t.Fatalf("ended %+v: %v", out, err)
		}
		got := w.statuses()
		if got[journal.InDoubt] != 0 || got[journal.Created] == 0 || got[journal.Unsent] == 0 {
			t.Errorf("after draining: %v", got)
		}
		out = w.finish(func(p *pipeline.Plan) { p.Resume = true })
		if out.Reason != pipeline.Finished || out.Counts[journal.Created] != 500 {
			t.Errorf("after going on: %+v", out)
		}
		w.want(counts(journal.Created, 500))
		w.wantTrue()
	})
}

// The second interrupt leaves at once: rows in flight are in doubt, at most one per worker, and going on settles those it may.
func TestRunCutAndGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(500), sandbox.Options{Latency: 100 * time.Millisecond})
		ctx, cancel := context.WithTimeout(t.Context(), 1050*time.Millisecond)
		defer cancel()
		start := time.Now()
		out, err := w.engine().Run(ctx)
		if err != nil || out.Reason != pipeline.Cut {
			t.Fatalf("ended %+v: %v", out, err)
		}
		if took := time.Since(start); took > 1100*time.Millisecond {
			t.Errorf("left after %s", took)
		}
		if got := w.statuses(); got[journal.InDoubt] < 1 || got[journal.InDoubt] > 8 {
			t.Errorf("after being cut: %v", got)
		}
		w.finish(func(p *pipeline.Plan) { p.Resume = true })
		got := w.statuses()
		if got[journal.Unsent] != 0 || got[journal.InDoubt] > 2 {
			t.Errorf("after going on: %v", got)
		}
		w.wantTrue()
	})
}

// panics is a transport that panics on the n-th request, after or before it was carried out.
type panics struct {
	next  http.RoundTripper
	on    int64
	after bool
	n     atomic.Int64
}

func (p *panics) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.n.Add(1) != p.on {
		return p.next.RoundTrip(r)
	}
	if p.after {
		if resp, err := p.next.RoundTrip(r); err == nil {
			resp.Body.Close()
		}
	}
	panic("a fault of this program")
}

// A panic in a worker costs its row, which is in doubt, and nothing else.
func TestRunSurvivesAPanic(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, "distinct", people(50), sandbox.Options{})
			told := 0
			out := w.finish(func(p *pipeline.Plan) {
				p.Transport = &panics{next: w.client, on: 7, after: after}
				p.OnPanic = func(what string, stack []byte) {
					told++
					if strings.Contains(what, "fault of this program") || len(stack) == 0 {
						t.Errorf("told %q", what)
					}
				}
			})
			if out.Reason != pipeline.Finished || out.Panics != 1 || told != 1 {
				t.Errorf("ended %+v, told %d times", out, told)
			}
			w.want(counts(journal.Created, 49, journal.InDoubt, 1))
			w.wantTrue()
		})
	}
}

// A panic while a row is mapped costs that row, which is not sent.
func TestRunSurvivesAPanicInMapping(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(50), sandbox.Options{})
		out := w.finish(func(p *pipeline.Plan) { p.Mapper = nil })
		if out.Panics != 50 {
			t.Errorf("ended %+v", out)
		}
		w.want(counts(journal.Invalid, 50))
		for n, s := range w.states() {
			if s.Code != pipeline.CodeInternal {
				t.Fatalf("row %d: %s", n, s.Code)
			}
		}
	})
}

// lookup is a journal in which looking up who was imported takes long enough for something to happen.
type lookup struct {
	journal.Store
	meanwhile func()
}

func (l lookup) Imported(ctx context.Context, account string, who journal.Digest) (journal.Imported, bool, error) {
	l.meanwhile()
	if err := ctx.Err(); err != nil {
		return journal.Imported{}, false, err
	}
	return l.Store.Imported(ctx, account, who)
}

// An interrupt that comes while the journal is asked about a row is no failure: the row is not reached, and going on reaches it.
func TestRunDrainsWhileTheJournalIsAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(20), sandbox.Options{Latency: 100 * time.Millisecond})
		var e *pipeline.Engine
		asked := 0
		e = w.engine(func(p *pipeline.Plan) {
			p.Store = lookup{w.store, func() {
				if asked++; asked == 10 {
					e.Drain()
				}
			}}
		})
		out, err := e.Run(t.Context())
		if err != nil || out.Reason != pipeline.Drained {
			t.Fatalf("ended %+v: %v", out, err)
		}
		if got := w.statuses(); got[journal.InDoubt] != 0 || got[journal.Unsent] < 11 {
			t.Errorf("after draining: %v", got)
		}
		if out = w.finish(func(p *pipeline.Plan) { p.Resume = true }); out.Counts[journal.Created] != 20 {
			t.Errorf("after going on: %+v", out)
		}
		w.wantTrue()
	})
}
