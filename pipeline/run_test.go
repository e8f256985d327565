package pipeline_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/sandbox"
)

func counts(pairs ...any) map[journal.Status]int {
	m := map[journal.Status]int{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(journal.Status)] = pairs[i+1].(int)
	}
	return m
}

func (w *world) want(want map[journal.Status]int) {
	w.t.Helper()
	got := w.statuses()
	for _, s := range journal.Statuses() {
		if got[s] != want[s] {
			w.t.Errorf("%d rows %s, want %d", got[s], s, want[s])
		}
	}
}

// wantTrue holds what must hold after every run, whatever happened: nobody is registered twice, everybody reported as created was.
func (w *world) wantTrue() {
	w.t.Helper()
	snap := w.register()
	if len(snap.CreatedTwice) > 0 {
		w.t.Errorf("registered twice: %v", snap.CreatedTwice)
	}
	there := map[string]bool{}
	for _, e := range snap.Entries {
		there[e.Identity] = true
	}
	for n, s := range w.states() {
		name := w.rows[n-1][0]
		switch {
		case s.Kind != journal.Settle:
		case s.Status == journal.Created && !there[name]:
			w.t.Errorf("row %d is reported as created and never was", n)
		case (s.Status == journal.Rejected || s.Status == journal.Invalid) && there[name]:
			w.t.Errorf("row %d was created and is reported as %s (%s)", n, s.Status, s.Code)
		}
	}
}

func TestRunCreatesEverybody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(300), sandbox.Options{Latency: 20 * time.Millisecond})
		var c collect
		out := w.finish(func(p *pipeline.Plan) { p.Reporter = &c })
		if out.Reason != pipeline.Finished || out.Counts.Sum() != 300 {
			t.Errorf("ended %v with %d rows", out.Reason, out.Counts.Sum())
		}
		w.want(counts(journal.Created, 300))
		w.wantTrue()
		if len(c.recs) != 300 {
			t.Errorf("%d rows reported", len(c.recs))
		}
		for _, r := range c.recs {
			if r.Key != "p***@example.com" || r.Code != "created" || r.Line != r.Row+1 || r.At.IsZero() || r.Elapsed < 20*time.Millisecond {
				t.Fatalf("reported %+v", r)
			}
		}
	})
}

func TestRunSettlesLocally(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(5)
		rows[1] = []string{"no address", "Ada", "Byrne", "Str0ng!pass", "true", "false", "1990-02-31", "en", ""}
		rows[2] = rows[0]                             // the same person
		rows[3] = append([]string(nil), person(1)...) // the same person, written otherwise
		rows[3][0] = strings.ToUpper(rows[3][0][:2]) + rows[3][0][2:]
		w := newWorld(t, "distinct", rows, sandbox.Options{})
		w.finish()
		w.want(counts(journal.Created, 2, journal.Invalid, 1, journal.Duplicate, 2))
		w.wantTrue()
		for _, row := range []int64{3, 4} {
			if s := w.states()[row]; s.Code != pipeline.CodeDuplicate {
				t.Errorf("row %d: %s %s", row, s.Code, s.Message)
			}
		}
		bad := w.states()[2]
		if !strings.Contains(bad.Message, "email") || !strings.Contains(bad.Message, "birth_date") {
			t.Errorf("not all faults of the row are told: %s", bad.Message)
		}
	})
}

// A nightly export: what an earlier run created is skipped, changed rows are told, new ones are sent.
func TestRunSkipsWhatWasImported(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(20), sandbox.Options{})
		w.finish()
		if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
			t.Fatal(err)
		}
		w.run = w.begin("second")
		w.rows = people(25)
		w.rows[4][1] = "Grace"
		w.finish()
		w.want(counts(journal.Skipped, 20, journal.Created, 5))
		if s := w.states()[5]; s.Code != "already_imported_changed" {
			t.Errorf("changed row: %s", s.Code)
		}
		if s := w.states()[6]; s.Code != "already_imported" || !strings.Contains(s.Message, "run first, row 6") {
			t.Errorf("unchanged row: %s %s", s.Code, s.Message)
		}
		w.wantTrue()
	})
}

// 3,000 rows against 5/s and 2,000 per 15 min: the vendor counts, and finds no window overrun and the allowance used.
func TestRunHoldsPublishedLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "thanx", people(3000), sandbox.Options{
			Latency: 150 * time.Millisecond, Jitter: 10 * time.Millisecond,
			Rates: []sandbox.Rate{{N: 5, Per: time.Second}, {N: 2000, Per: 15 * time.Minute}},
		})
		start := time.Now()
		w.finish(func(p *pipeline.Plan) { p.Limits = w.vendor.Limits })
		took := time.Since(start)
		stats, _ := w.sandbox.Stats("thanx")
		if stats.Violations > 0 {
			t.Errorf("%d requests beyond a limit", stats.Violations)
		}
		w.want(counts(journal.Created, 3000))
		least := 15*time.Minute + 200*time.Second // 2,000 at 5/s, the rest of the quarter hour, 1,000 at 5/s
		if used := least.Seconds() / took.Seconds(); used < 0.98 {
			t.Errorf("took %s: %.1f %% of the allowed rate", took, 100*used)
		}
	})
}

// What an earlier run sent a moment ago counts against the limit of the next.
func TestRunRemembersRequestsOfEarlierRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(10), sandbox.Options{Rates: []sandbox.Rate{{N: 10, Per: time.Minute}}})
		limits := func(p *pipeline.Plan) { p.Limits = []vendors.Limit{{N: 10, Per: time.Minute}} }
		w.finish(limits)
		w.run = w.begin("second")
		w.rows = people(20)[10:]
		w.finish(limits)
		if stats, _ := w.sandbox.Stats("distinct"); stats.Violations > 0 {
			t.Errorf("%d requests beyond the limit", stats.Violations)
		}
	})
}

// An earlier run that put questions and sent nobody has left no trace but its end: its questions count as well.
func TestRunRemembersQuestionsOfEarlierRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limit := vendors.Limit{N: 2, Per: 20 * time.Second}
		w := newMembers(t, [][]string{member(1, "nobody.knows")}, sandbox.Options{Rates: []sandbox.Rate{{N: limit.N, Per: limit.Per}}})
		limits := func(p *pipeline.Plan) { p.Limits = []vendors.Limit{limit} }
		for _, name := range []string{"second", "third"} {
			w.finish(limits)
			w.want(counts(journal.Invalid, 1))
			if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
				t.Fatal(err)
			}
			w.run = w.begin(name)
		}
		if stats, _ := w.sandbox.Stats("epixel"); stats.Violations > 0 || stats.Requests < 4 {
			t.Errorf("%d of %d requests beyond the limit", stats.Violations, stats.Requests)
		}
		time.Sleep(time.Minute)
		start := time.Now()
		w.finish(limits)
		if took := time.Since(start); took > 11*time.Second { // two questions, spread
			t.Errorf("a run waited %s for what was long ago", took)
		}
	})
}

func TestRunObeysRetryAfter(t *testing.T) {
	t.Parallel()
	for _, form := range []sandbox.RetryAfterForm{sandbox.Seconds, sandbox.HTTPDate, sandbox.Silent} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, "distinct", people(50), sandbox.Options{
				Rates: []sandbox.Rate{{N: 10, Per: 10 * time.Second}}, RetryAfter: form,
			})
			w.finish() // no limit of our own: the vendor's answers are all we have
			w.want(counts(journal.Created, 50))
			w.wantTrue()
			stats, _ := w.sandbox.Stats("distinct")
			if form != sandbox.Silent && stats.Violations > 5*8 {
				t.Errorf("%d requests beyond the limit in 5 windows: workers don't wait together", stats.Violations)
			}
			for n, s := range w.states() {
				if s.Attempt < 1 || s.Kind != journal.Settle {
					t.Errorf("row %d: %+v", n, s)
				}
			}
		})
	}
}

func TestRunStopsOnFatal(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{sandbox.Auth, sandbox.Forbid, sandbox.Closed} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "distinct", people(200), sandbox.Options{
					Latency: 5 * time.Millisecond,
					Fault: func(n int, _ *http.Request) sandbox.Fault {
						if n > 40 {
							return sandbox.Fault{Kind: kind}
						}
						return sandbox.Fault{}
					},
				})
				out := w.finish(func(p *pipeline.Plan) { p.Workers = 4 })
				if out.Reason != pipeline.FatalAnswer || out.Verdict.Class != vendors.Fatal || out.Row == 0 {
					t.Errorf("ended %+v", out)
				}
				w.want(counts(journal.Created, 40, journal.Unsent, 160))
				stats, _ := w.sandbox.Stats("distinct")
				if stats.Requests > 44 {
					t.Errorf("%d requests after the vendor refused: a row burnt each", stats.Requests-41)
				}
				w.wantTrue()
			})
		})
	}
}

// Doubt: the person is registered and the answer lost. Distinct refuses a repeat only for rows with a phone; the others are held.
func TestRunInDoubt(t *testing.T) {
	t.Parallel()
	faults := []sandbox.FaultKind{sandbox.ResetAfter, sandbox.HangUp, sandbox.GatewayLate, sandbox.Error500Late, sandbox.Garbage, sandbox.Empty, sandbox.Truncated}
	for _, kind := range faults {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "distinct", people(100), sandbox.Options{
					Fault: func(n int, _ *http.Request) sandbox.Fault {
						if n%5 == 0 && n <= 100 {
							return sandbox.Fault{Kind: kind}
						}
						return sandbox.Fault{}
					},
				})
				out := w.finish(func(p *pipeline.Plan) { p.Workers = 1 })
				if out.Reason != pipeline.Finished {
					t.Fatalf("ended %+v", out)
				}
				w.wantTrue()
				got := w.statuses()
				if got[journal.Created]+got[journal.Exists]+got[journal.InDoubt] != 100 {
					t.Errorf("%v", got)
				}
				for n, s := range w.states() {
					phone := w.rows[n-1][8] != ""
					switch {
					case s.Status == journal.InDoubt && phone:
						t.Errorf("row %d has a phone, so its repeat was safe: %+v", n, s)
					case s.Status == journal.Exists && !strings.Contains(s.Message, "probably registered by this run"):
						t.Errorf("row %d: not said that it was probably us: %s", n, s.Message)
					case s.Attempt > 1 && !phone:
						t.Errorf("row %d was repeated though the vendor takes repeats", n)
					}
				}
			})
		})
	}
}

// A vendor that is down is paused, tried, and given up on; nothing is lost and rows stay unsent.
func TestRunGivesUpOnFailingVendor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(200), sandbox.Options{})
		w.network.RefuseDials(func(int) error { return errors.New("connection refused") })
		start := time.Now()
		out := w.finish()
		if out.Reason != pipeline.VendorFailing || out.Detail == "" {
			t.Errorf("ended %+v", out)
		}
		if took := time.Since(start); took < 10*time.Minute || took > 15*time.Minute {
			t.Errorf("gave up after %s", took)
		}
		if n := w.network.Dials(); n > 60 {
			t.Errorf("knocked %d times", n)
		}
		w.want(counts(journal.Unsent, 200))
	})
}

func TestRunSurvivesAnOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(200), sandbox.Options{Latency: time.Millisecond})
		start := time.Now()
		w.network.RefuseDials(func(int) error {
			if since := time.Since(start); since < 3*time.Minute {
				return errors.New("connection refused")
			}
			return nil
		})
		out := w.finish()
		if out.Reason != pipeline.Finished {
			t.Errorf("ended %+v", out)
		}
		w.want(counts(journal.Created, 200))
		w.wantTrue()
	})
}

func TestRunStopsAtMaxErrors(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(5000)
		for i := range rows {
			if i%2 == 0 {
				rows[i][0] = "nobody"
			}
		}
		w := newWorld(t, "distinct", rows, sandbox.Options{Latency: 10 * time.Millisecond})
		out := w.finish(func(p *pipeline.Plan) { p.MaxErrors = pipeline.Threshold{Rows: 20} })
		if out.Reason != pipeline.TooManyErrors {
			t.Errorf("ended %+v", out)
		}
		if got := w.statuses(); got[journal.Unsent] == 0 || got[journal.Invalid] <= 20 {
			t.Errorf("%v", got)
		}
		w.wantTrue()
	})
}

// Rows that failed in an earlier run in the same way do not stop the next one: nights of one list would add up until none came to its end.
func TestMaxErrorsCountsWhatIsNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(200)
		for i := range 30 {
			rows[i][0] = fmt.Sprintf("nobody %d", i)
		}
		most := func(p *pipeline.Plan) { p.MaxErrors, p.Workers = pipeline.Threshold{Rows: 20}, 1 }
		w := newWorld(t, "distinct", rows[:150], sandbox.Options{})
		w.finish()
		w.rows = rows
		w.run = w.begin("second")
		if out := w.finish(most); out.Reason != pipeline.Finished {
			t.Errorf("the second ended %+v", out)
		}
		w.want(counts(journal.Skipped, 120, journal.Invalid, 30, journal.Created, 50))
		for i := 150; i < 180; i++ {
			rows[i][0] = fmt.Sprintf("nobody new %d", i)
		}
		w.run = w.begin("third")
		if out := w.finish(most); out.Reason != pipeline.TooManyErrors || !strings.Contains(out.Detail, "besides 30 that failed in earlier runs already") {
			t.Errorf("the third ended %+v", out)
		}
	})
}

// Rows held in doubt are sent again only when a person says so.
func TestRunDoubtPolicies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lost := func(n int, _ *http.Request) sandbox.Fault {
			if n == 3 {
				return sandbox.Fault{Kind: sandbox.ResetBefore}
			}
			return sandbox.Fault{}
		}
		w := newWorld(t, "distinct", people(5), sandbox.Options{Fault: lost})
		one := func(p *pipeline.Plan) { p.Workers, p.InDoubt = 1, pipeline.DoubtHold }
		w.finish(one)
		w.want(counts(journal.Created, 4, journal.InDoubt, 1))
		w.finish(one, func(p *pipeline.Plan) { p.Resume = true })
		w.want(counts(journal.Created, 4, journal.InDoubt, 1))
		w.finish(one, func(p *pipeline.Plan) {
			p.Resume = true
			p.Resend = func(s journal.RowState) bool { return s.Row == 3 }
		})
		w.want(counts(journal.Created, 5))
		w.wantTrue()
	})
}

func TestRunReporterFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(300), sandbox.Options{Latency: time.Millisecond})
		full := errors.New("no space left on device")
		_, err := w.engine(func(p *pipeline.Plan) { p.Reporter = failing{full} }).Run(t.Context())
		if !errors.Is(err, full) {
			t.Errorf("error %v", err)
		}
		w.wantTrue()
		if got := w.statuses(); got[journal.InDoubt] > 0 {
			t.Errorf("a full disk put rows in doubt: %v", got)
		}
	})
}

type failing struct{ err error }

func (f failing) Settled([]journal.Record) error { return f.err }

func TestCheckPredicts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(1000)
		rows[10][0] = "nobody"
		rows[20] = rows[0]
		w := newWorld(t, "distinct", rows, sandbox.Options{})
		var c collect
		out, err := w.engine(w.dry(&pipeline.DryRun{}), func(p *pipeline.Plan) { p.Reporter = &c }).Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if out.Counts[journal.Unsent] != 998 || out.Counts[journal.Invalid] != 1 || out.Counts[journal.Duplicate] != 1 {
			t.Errorf("%v", out.Counts)
		}
		for i, r := range c.recs {
			if r.Row != int64(i+1) {
				t.Fatalf("record %d is of row %d: not in input order", i, r.Row)
			}
		}
		if stats, _ := w.sandbox.Stats("distinct"); stats.Requests != 0 || len(w.states()) != 0 {
			t.Error("check sent something, or wrote to the journal")
		}
	})
}
