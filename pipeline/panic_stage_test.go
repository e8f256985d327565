package pipeline_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors/sandbox"
)

// bomb panics at its n-th call, with what must be shown to nobody.
type bomb struct{ left atomic.Int64 }

func (b *bomb) tick() {
	if b.left.Add(-1) == 0 {
		panic("jane@example.com")
	}
}

type brokenRows struct {
	pipeline.Rows
	bomb
}

func (r *brokenRows) Next() (source.Row, error) {
	r.tick()
	return r.Rows.Next()
}

type brokenSeen struct {
	journal.Seen
	bomb
}

func (s *brokenSeen) First(d journal.Digest, row int64) (int64, error) {
	s.tick()
	return s.Seen.First(d, row)
}

type brokenReporter struct{ bomb }

func (r *brokenReporter) Settled([]journal.Record) error {
	r.tick()
	return nil
}

// A panic where no row is to blame, in reading, placing or reporting, stops the run like any failure there: requests in flight are waited for, the journal has
// everything, nobody is told what was thrown, and the run can be resumed. The process lives.
func TestRunEndsOnAPanicBesideTheWorkers(t *testing.T) {
	t.Parallel()
	for name, plant := range map[string]func(*pipeline.Plan){
		"reading":   func(p *pipeline.Plan) { r := &brokenRows{Rows: p.Rows}; r.left.Store(30); p.Rows = r },
		"placing":   func(p *pipeline.Plan) { s := &brokenSeen{Seen: p.Seen}; s.left.Store(30); p.Seen = s },
		"reporting": func(p *pipeline.Plan) { r := &brokenReporter{}; r.left.Store(3); p.Reporter = r },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "distinct", people(50), sandbox.Options{})
				told := 0
				out, err := w.engine(plant, func(p *pipeline.Plan) {
					p.Workers = 4
					p.OnPanic = func(what string, stack []byte) {
						told++
						if what != name+": string" || !strings.Contains(string(stack), "tick") {
							t.Errorf("told %q", what)
						}
					}
				}).Run(t.Context())
				if err == nil || !strings.Contains(err.Error(), "fault of this program") || strings.Contains(err.Error(), "jane") {
					t.Errorf("ended with %v", err)
				}
				if out.Panics != 1 || told != 1 {
					t.Errorf("%d panics, told %d times", out.Panics, told)
				}
				if got := w.statuses(); got[journal.InDoubt] > 0 || got[journal.Created]+got[journal.Unsent] != 50 {
					t.Errorf("came to %v", got)
				}
				w.wantTrue()
				w.finish(func(p *pipeline.Plan) { p.Resume = true })
				w.want(counts(journal.Created, 50))
				w.wantTrue()
			})
		})
	}
}

// A panic while a check asks a question costs the row that asked it, as in a run.
func TestCheckSurvivesAPanicInAQuestion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMembers(t, [][]string{member(1, "anna.sponsor"), member(2, "anna.sponsor"), member(3, "ben.sponsor")}, sandbox.Options{})
		var c collect
		out, err := w.engine(w.dry(&pipeline.DryRun{Online: true}), func(p *pipeline.Plan) {
			p.Workers, p.Reporter = 1, &c
			p.Transport = &panics{next: w.client, on: 2} // the first tries the credentials
		}).Run(t.Context())
		if err != nil || out.Panics != 1 || out.Reason != pipeline.Finished || out.Counts[journal.Unsent] != 2 {
			t.Errorf("ended %+v with %v", out, err)
		}
		for _, r := range c.recs {
			if r.Row == 1 && (r.Code != pipeline.CodeInternal || !strings.Contains(r.Message, "fault of this program")) {
				t.Errorf("row 1: %s %s", r.Code, r.Message)
			}
		}
		if people := w.register().People; people != 0 {
			t.Errorf("%d people were registered", people)
		}
	})
}
