package pipeline_test

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// A wall clock that jumps, in the middle of a run or between two, changes what is written down and nothing else: no time is negative, the limit
// holds in every window, and nobody waits for a tomorrow that the clock has taken back.
func TestRunSurvivesClockJumps(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for name, jumps := range map[string][]time.Duration{
		"back": {0, -day}, "forwards": {0, day}, "forwards and back": {0, day, 0}, "between runs: taken back": {day, day, -day},
		"to and fro": {0, -time.Hour, time.Hour, -day, day},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var sent []time.Time
				var offset time.Duration
				w := newWorld(t, "distinct", people(60), sandbox.Options{Latency: 10 * time.Millisecond, Fault: func(n int, _ *http.Request) sandbox.Fault {
					mu.Lock()
					defer mu.Unlock()
					sent = append(sent, time.Now())
					offset = jumps[min(n, 60)*len(jumps)/61]
					if n%7 == 0 {
						return sandbox.Fault{Kind: sandbox.Limit, Time: time.Second}
					}
					return sandbox.Fault{}
				}})
				limit := vendors.Limit{N: 10, Per: time.Second}
				jumping := func(p *pipeline.Plan) {
					p.Limits = []vendors.Limit{limit}
					p.Now = func() time.Time {
						mu.Lock()
						defer mu.Unlock()
						return time.Now().Add(offset)
					}
				}
				began := time.Now()
				w.finish(jumping)
				w.want(counts(journal.Created, 60))
				for row, s := range w.states() {
					if s.Elapsed < 0 {
						t.Errorf("row %d took %s", row, s.Elapsed)
					}
				}
				w.rows, w.run = append(w.rows, person(101)), w.begin("second")
				w.finish(jumping)
				w.want(counts(journal.Created, 1, journal.Skipped, 60))
				if took := time.Since(began); took > 2*time.Minute {
					t.Errorf("took %s: somebody waited for a moment that never comes", took)
				}
				for i := limit.N; i < len(sent); i++ {
					if d := sent[i].Sub(sent[i-limit.N]); d < limit.Per {
						t.Errorf("requests %d to %d are %s apart", i-limit.N+1, i+1, d)
					}
				}
			})
		})
	}
}
