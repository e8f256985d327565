package pipeline_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/source"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// under makes the engine follow a policy.
func (w *world) under(policy pipeline.Policy) func(*pipeline.Plan) {
	return func(p *pipeline.Plan) {
		p.Policy = policy
		p.Again = func() (pipeline.ClosingRows, error) { return closing{&slice{rows: w.rows}}, nil }
	}
}

type closing struct{ pipeline.Rows }

func (closing) Close() error { return nil }

func resumed(p *pipeline.Plan) { p.Resume = true }

func TestWhereLeavesRowsOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(40)
		for n := range rows {
			if n%4 == 0 {
				rows[n][7] = "de"
			}
		}
		rows[8] = slices.Clone(rows[9]) // the same person as row 10, and left out: row 10 is no duplicate
		rows[8][7] = "de"
		w := newWorld(t, "distinct", rows, sandbox.Options{})
		var err error
		if w.mapper, err = mapping.Compile(mapping.Spec{Where: `row["language"] != "de"`}, header, mapping.Options{}); err != nil {
			t.Fatal(err)
		}
		w.finish()
		w.want(counts(journal.Created, 30, journal.Skipped, 10))
		if s := w.states()[9]; s.Code != pipeline.CodeFiltered {
			t.Errorf("row 9: %s %s", s.Code, s.Message)
		}
		w.wantTrue()
	})
}

func TestIdentityDecidesWhoIsOnePerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(6)
		rows[2][8] = rows[1][8]                                                  // another address, the same phone
		rows[4][0], rows[4][1] = rows[3][0], "Grace"                             // the same address, another name and phone
		rows[5][1], rows[5][8] = " "+strings.ToUpper(rows[0][1])+" ", rows[0][8] // the first row's name and phone, written otherwise
		w := newWorld(t, "thanx", rows, sandbox.Options{})
		phone := pipeline.Policy{Identity: []mapping.Field{mapping.FirstName, mapping.PhoneNumber}}
		out := w.finish(w.under(phone))
		if out.Counts[journal.Duplicate] != 2 {
			t.Errorf("%v", out.Counts)
		}
		for row, want := range map[int64]string{3: "same person as row 2", 6: "same person as row 1"} {
			if s := w.states()[row]; s.Status != journal.Duplicate || s.Message != want {
				t.Errorf("row %d: %s %s", row, s.Status, s.Message)
			}
		}
	})
}

// A run that tells people apart in its own way recognises those whom runs with the vendor's identity created, as long as their rows are the same.
func TestIdentityKnowsEarlierRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(20), sandbox.Options{})
		w.finish()
		if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
			t.Fatal(err)
		}
		w.run = w.begin("second")
		byName := w.under(pipeline.Policy{Identity: []mapping.Field{mapping.Email, mapping.BirthDate}})
		w.finish(byName)
		w.want(counts(journal.Skipped, 20))
		w.rows = people(25)
		w.run = w.begin("third")
		w.finish(byName)
		w.want(counts(journal.Skipped, 20, journal.Created, 5))
		w.wantTrue()
	})
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	rows := people(8)
	for n, name := range map[int]string{1: "Second", 4: "Fifth", 6: "Seventh"} { // rows 1, 2, 5 and 7 are one person
		rows[n] = slices.Clone(rows[0])
		rows[n][1] = name
	}
	rows[6][6] = "1990-02-31" // the last of them is wrong: row 5 is the last that can be sent
	for _, c := range []struct {
		rule   ahead.Duplicates
		counts map[journal.Status]int
		sent   int64 // row of the person, 0: none
		told   map[int64]string
	}{
		{ahead.KeepFirst, counts(journal.Created, 5, journal.Duplicate, 2, journal.Invalid, 1), 1, map[int64]string{2: "same person as row 1"}},
		{ahead.KeepLast, counts(journal.Created, 5, journal.Duplicate, 2, journal.Invalid, 1), 5, map[int64]string{1: "same person as row 2, which comes later", 2: "same person as row 5, which comes later"}},
		{ahead.RejectEvery, counts(journal.Created, 4, journal.Duplicate, 3, journal.Invalid, 1), 0, map[int64]string{1: "same person as row 2; neither is sent (on_duplicate: reject)"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, "distinct", rows, sandbox.Options{})
			w.finish(w.under(pipeline.Policy{Duplicates: c.rule}))
			w.want(c.counts)
			states := w.states()
			for row := range int64(8) {
				if s := states[row+1]; w.rows[row][0] == rows[0][0] && (s.Status == journal.Created) != (row+1 == c.sent) {
					t.Errorf("rule %d: row %d is %s", c.rule, row+1, s.Status)
				}
			}
			for row, want := range c.told {
				if states[row].Message != want {
					t.Errorf("rule %d: row %d: %q", c.rule, row, states[row].Message)
				}
			}
			checked, err := w.engine(w.under(pipeline.Policy{Duplicates: c.rule}), w.dry(&pipeline.DryRun{}), func(p *pipeline.Plan) { p.Store = memory.New() }).Run(t.Context())
			if err != nil || checked.Counts[journal.Duplicate] != int64(c.counts[journal.Duplicate]) {
				t.Errorf("rule %d: a check predicts %v, %v", c.rule, checked.Counts, err)
			}
		})
	}
}

// A sample is sent whole, retries and all; then nothing more, until the run is resumed.
func TestSample(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := people(100)
		rows[1][0] = "no address"
		rows[3] = slices.Clone(rows[2])
		w := newWorld(t, "distinct", rows, sandbox.Options{Latency: 30 * time.Millisecond, Fault: func(n int, _ *http.Request) sandbox.Fault {
			if n == 3 {
				return sandbox.Fault{Kind: sandbox.Limit}
			}
			return sandbox.Fault{}
		}})
		out := w.finish(w.under(pipeline.Policy{Sample: 10}))
		if out.Reason != pipeline.Sampled || out.Reason.State() != journal.Interrupted {
			t.Errorf("ended %+v", out)
		}
		w.want(counts(journal.Created, 10, journal.Invalid, 1, journal.Duplicate, 1, journal.Unsent, 88))
		out = w.finish(resumed)
		if out.Reason != pipeline.Finished || out.Counts.Sum() != 100 {
			t.Errorf("ended %+v", out)
		}
		w.want(counts(journal.Created, 98, journal.Invalid, 1, journal.Duplicate, 1))
		w.wantTrue()
	})
}

// A sample as large as what there is to send is the whole run.
func TestSampleOfEverything(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(10), sandbox.Options{})
		if out := w.finish(w.under(pipeline.Policy{Sample: 10})); out.Reason != pipeline.Finished {
			t.Errorf("ended %+v", out)
		}
		w.want(counts(journal.Created, 10))
	})
}

var memberHeader = []string{"email", "first_name", "last_name", "username", "password", "terms_accepted", "user_type", "country", "phone", "subdomain", "sponsor"}

// member makes the n-th member, whose sponsor is the given one.
func member(n int, sponsor string) []string {
	p := person(n)
	return []string{p[0], "Ada", "Byrne", memberName(n), "Str0ng!pass", "true", "member", "IE", memberPhone(n), "sub" + strconv.Itoa(n), sponsor}
}

func memberName(n int) string { return "member" + strconv.Itoa(n) }

func memberPhone(n int) string { return "+35386" + strconv.Itoa(1000000+n) }

func newMembers(t *testing.T, rows [][]string, o sandbox.Options) *world {
	t.Helper()
	w := newWorld(t, "epixel", rows, o)
	var err error
	if w.mapper, err = mapping.Compile(mapping.Spec{}, memberHeader, mapping.Options{}); err != nil {
		t.Fatal(err)
	}
	return w
}

// tree makes n members, each sponsored by one with a smaller number or by a sponsor that the vendor knows.
func tree(n int, rnd *rand.Rand) [][]string {
	rows := make([][]string, n)
	for i := range rows {
		sponsor := "anna.sponsor"
		if i > 0 && rnd.IntN(8) > 0 {
			sponsor = memberName(1 + rnd.IntN(i))
		}
		rows[i] = member(i+1, sponsor)
	}
	return rows
}

// The stand-in refuses members whose sponsor it does not know. So if everybody is created, every sponsor came first.
func TestSponsorsFirst(t *testing.T) {
	t.Parallel()
	first := pipeline.Policy{SponsorsFirst: true}
	rnd := rand.New(rand.NewPCG(1, 1))
	inOrder := tree(200, rnd)
	shuffled := slices.Clone(inOrder)
	rnd.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	backwards := slices.Clone(inOrder)
	slices.Reverse(backwards)
	flat := [][]string{member(1, "anna.sponsor")} // more rows wait for one than may wait at once
	for n := 2; n <= 1100; n++ {
		flat = append(flat, member(n, memberName(1)))
	}
	for name, rows := range map[string][][]string{"in order": inOrder, "shuffled": shuffled, "backwards": backwards, "flat": flat} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newMembers(t, rows, sandbox.Options{Latency: 40 * time.Millisecond, Jitter: 30 * time.Millisecond})
				out := w.finish(w.under(first))
				w.want(counts(journal.Created, len(rows)))
				if out.Counts.Sum() != int64(len(rows)) {
					t.Errorf("%d rows counted", out.Counts.Sum())
				}
				if stats, _ := w.sandbox.Stats("epixel"); stats.Requests > len(rows)+2 { // the list of sponsors, once
					t.Errorf("%d requests for %d rows: sponsors of this run are asked for", stats.Requests, len(rows))
				}
				w.wantTrue()
			})
		})
	}
}

// Without the policy the same list fails: the stand-in is what holds the tests above to the truth.
func TestSponsorsInTheWrongOrderAreRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMembers(t, [][]string{member(1, memberName(2)), member(2, "anna.sponsor")}, sandbox.Options{})
		w.finish(func(p *pipeline.Plan) { p.Workers = 1 })
		if got := w.statuses(); got[journal.Created] != 1 {
			t.Errorf("%v", got)
		}
	})
}

// Cycles, sponsors whose own row fails, and sponsors that nobody knows: each row is told, nothing waits for ever, and a check predicts it.
func TestSponsorsThatNeverCome(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := [][]string{
			member(1, memberName(2)), member(2, memberName(3)), member(3, memberName(1)), // a cycle
			member(4, memberName(4)),                            // its own sponsor
			member(5, memberName(1)),                            // sponsored by the cycle
			member(6, memberName(7)), member(7, "anna.sponsor"), // its row is wrong
			member(8, memberName(6)),     // two steps from a wrong one
			member(9, "nobody.knows"),    // neither in the list nor at the vendor
			member(10, memberName(11)),   // sponsored by one whom the vendor refuses
			member(11, "nobody.knows"),   //
			member(12, "MEMBER13"),       // case does not count
			member(13, "anna.sponsor"),   //
			member(14, "ben.sponsor"),    // known at the vendor
			member(15, memberName(14)),   //
			member(16, memberName(1000)), // not in the list
		}
		rows[6][0] = "no address"
		w := newMembers(t, rows, sandbox.Options{Latency: time.Millisecond})
		first := w.under(pipeline.Policy{SponsorsFirst: true})
		predicted, err := w.engine(first, w.dry(&pipeline.DryRun{}), func(p *pipeline.Plan) { p.Store = memory.New() }).Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.finish(first)
		want := map[int64]string{
			1: pipeline.CodeSponsorCycle, 2: pipeline.CodeSponsorCycle, 3: pipeline.CodeSponsorCycle, 4: pipeline.CodeSponsorCycle,
			5: pipeline.CodeSponsorNotCreated, 6: pipeline.CodeSponsorNotCreated, 8: pipeline.CodeSponsorNotCreated,
			9: "sponsor_not_found", 10: pipeline.CodeSponsorNotCreated, 11: "sponsor_not_found", 16: "sponsor_not_found",
		}
		for row, s := range w.states() {
			switch code, bad := want[row]; {
			case bad && (s.Status != journal.Invalid || s.Code != code):
				t.Errorf("row %d: %s %s (%s), want %s", row, s.Status, s.Code, s.Message, code)
			case !bad && row != 7 && s.Status != journal.Created:
				t.Errorf("row %d: %s %s (%s)", row, s.Status, s.Code, s.Message)
			}
		}
		if s := w.states()[6]; !strings.Contains(s.Message, "row 7") {
			t.Errorf("row 6 does not name its sponsor's row: %s", s.Message)
		}
		// Offline, a check knows all but what only the vendor can say.
		if predicted.Counts[journal.Invalid] != 8 || predicted.Counts.Sum() != int64(len(rows)) {
			t.Errorf("predicted: %v", predicted.Counts)
		}
		w.wantTrue()
	})
}

// Stopped anywhere and resumed, as often as it takes: everybody once, sponsors first.
func TestSponsorsFirstSurvivesStops(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rnd := rand.New(rand.NewPCG(3, 3))
		rows := tree(150, rnd)
		rnd.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		w := newMembers(t, rows, sandbox.Options{Latency: 40 * time.Millisecond, Jitter: 30 * time.Millisecond})
		first := w.under(pipeline.Policy{SponsorsFirst: true})
		for stops := 0; ; stops++ {
			if stops == 100 {
				t.Fatal("no end")
			}
			e := w.engine(first, resumed)
			timer := time.AfterFunc(time.Duration(50+rnd.IntN(300))*time.Millisecond, e.Drain)
			out, err := e.Run(context.WithoutCancel(t.Context()))
			timer.Stop()
			if err != nil {
				t.Fatal(err)
			}
			w.wantTrue()
			if out.Reason == pipeline.Finished {
				break
			}
		}
		w.want(counts(journal.Created, len(rows)))
	})
}

// Online, a check asks for each sponsor once, within the limits, waits for sponsors in the list, and sends nobody.
func TestCheckOnline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := tree(60, rand.New(rand.NewPCG(9, 9)))
		rows[20][10], rows[21][10] = "nobody.knows", "nobody.knows"
		for n := 40; n < 60; n++ {
			rows[n][10] = "ben.sponsor"
		}
		slices.Reverse(rows)
		w := newMembers(t, rows, sandbox.Options{Latency: 30 * time.Millisecond, Rates: []sandbox.Rate{{N: 5, Per: time.Second}},
			Fault: func(n int, _ *http.Request) sandbox.Fault {
				if n == 3 {
					return sandbox.Fault{Kind: sandbox.Limit}
				}
				return sandbox.Fault{}
			}})
		var ready int64
		online := &pipeline.DryRun{Online: true, Ready: func(source.Row, vendors.Request) { ready++ }}
		limits := func(p *pipeline.Plan) { p.Limits = w.vendor.Limits }
		out, err := w.engine(w.under(pipeline.Policy{SponsorsFirst: true}), w.dry(online), limits).Run(t.Context())
		if err != nil || out.Reason != pipeline.Finished || online.Credentials != nil {
			t.Fatalf("%+v, %v", out, err)
		}
		if out.Counts.Sum() != 60 || out.Counts[journal.Unsent] != ready || out.Counts[journal.Invalid] < 2 {
			t.Errorf("%v, %d ready", out.Counts, ready)
		}
		stats, _ := w.sandbox.Stats("epixel")
		if stats.Violations > 0 || stats.Requests > 8 { // credentials, list, anna, ben, nobody, one again after the 429
			t.Errorf("%d requests, %d beyond the limit", stats.Requests, stats.Violations)
		}
		if people := w.register().People; people != 0 {
			t.Errorf("%d people were registered", people)
		}
		// What the check predicts is what a run comes to.
		w.finish(w.under(pipeline.Policy{SponsorsFirst: true}))
		w.want(counts(journal.Created, int(ready), journal.Invalid, 60-int(ready)))
	})
}

// A check that is stopped while questions are out ends.
func TestCheckOnlineDrains(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMembers(t, tree(300, rand.New(rand.NewPCG(9, 9))), sandbox.Options{Latency: time.Second})
		e := w.engine(w.dry(&pipeline.DryRun{Online: true}))
		time.AfterFunc(4500*time.Millisecond, e.Drain)
		out, err := e.Run(t.Context())
		if err != nil || out.Reason != pipeline.Drained {
			t.Errorf("%+v, %v", out, err)
		}
	})
}
