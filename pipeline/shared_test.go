package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
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

var sharedHeader = []string{"email", "first_name", "last_name", "username", "password", "terms_accepted", "newsletter", "birth_date", "language", "country",
	"phone", "user_type", "sponsor", "subdomain"}

const (
	sharedUser, sharedLanguage, sharedPhone, sharedSponsor = 3, 8, 10, 12
)

// sharer makes the n-th person, with what any vendor asks for.
func sharer(n int) []string {
	return []string{fmt.Sprintf("p%d@example.com", n), "Ada", "Byrne", fmt.Sprintf("person%d", n), "Str0ng!pass", "true", "false", "1990-05-15", "en", "IE",
		fmt.Sprintf("+35386%07d", 1000000+n), "customer", "", ""}
}

func sharers(n int) [][]string {
	rows := make([][]string, n)
	for i := range rows {
		rows[i] = sharer(i + 1)
	}
	return rows
}

// newSharers makes a world whose lists have all columns.
func newSharers(t *testing.T, vendor string, rows [][]string, o sandbox.Options) *world {
	t.Helper()
	w := newWorld(t, vendor, rows, o)
	w.compile(mapping.Spec{})
	return w
}

func (w *world) compile(spec mapping.Spec) {
	w.t.Helper()
	var err error
	if w.mapper, err = mapping.Compile(spec, sharedHeader, mapping.Options{}); err != nil {
		w.t.Fatal(err)
	}
}

func shared(rule ahead.OnShared) pipeline.Policy { return pipeline.Policy{Shared: rule} }

// wantRows compares the status, code and message of rows, as "status code: message".
func (w *world) wantRows(want map[int64]string) {
	w.t.Helper()
	states := w.states()
	for row := int64(1); row <= int64(len(w.rows)); row++ {
		s := states[row]
		got := fmt.Sprintf("%s %s: %s", s.Status, s.Code, s.Message)
		if want[row] == "" && s.Status != journal.Created || want[row] != "" && got != want[row] {
			w.t.Errorf("row %d: %s\nwant %s", row, got, want[row])
		}
	}
}

// Two people with one number: the first row has it, however the vendor writes numbers; where the vendor does not mind, both are sent.
func TestSharedPhone(t *testing.T) {
	t.Parallel()
	const dup = "duplicate phone_shared_in_input: same phone number as row 2, another person"
	for _, vendor := range []string{"distinct", "epixel", "jframework", "pelcro", "thanx"} {
		synctest.Test(t, func(t *testing.T) {
			rows := sharers(5)
			rows[3][sharedPhone], rows[4][sharedPhone] = "+353 (86) 100-0002", rows[1][sharedPhone]
			w := newSharers(t, vendor, rows, sandbox.Options{Latency: 30 * time.Millisecond, Jitter: 30 * time.Millisecond})
			w.finish()
			want := map[int64]string{4: dup, 5: dup}
			if vendor == "pelcro" || vendor == "thanx" {
				want = nil
			}
			w.wantRows(want)
			if s := w.states()[4]; want != nil && s.Field != "phone" {
				t.Errorf("%s: the field is %q", vendor, s.Field)
			}
		})
	}
}

func TestSharedUsername(t *testing.T) {
	t.Parallel()
	const dup = "duplicate username_shared_in_input: same username as row 1, another person"
	for _, vendor := range []string{"epixel", "jframework", "pelcro", "distinct"} {
		synctest.Test(t, func(t *testing.T) {
			rows := sharers(4)
			rows[2][sharedUser] = "PERSON1"
			w := newSharers(t, vendor, rows, sandbox.Options{})
			w.finish()
			want := map[int64]string{3: dup}
			if vendor == "distinct" {
				want = nil
			}
			w.wantRows(want)
		})
	}
}

// What each choice sends, and what a row that is not sent leaves for others.
func TestOnShared(t *testing.T) {
	t.Parallel()
	rows := sharers(8)
	rows[1][sharedPhone] = rows[0][sharedPhone] // 2 shares with 1
	rows[1][sharedUser] = "frodo"
	rows[2][sharedUser] = "frodo"                                          // 3 has the username of 2
	rows[3][0], rows[3][sharedPhone] = "nobody", rows[4][sharedPhone]      // 4 is wrong: it claims nothing
	rows[5] = slices.Clone(rows[4])                                        // 6 is the same person as 5
	rows[7][sharedUser], rows[7][sharedPhone] = rows[6][3], rows[6][10]    // 8 shares both with 7
	wrong := "invalid email_invalid: email: this is not an e-mail address" // only its beginning counts
	for _, c := range []struct {
		rule ahead.OnShared
		want map[int64]string
	}{
		{ahead.ShareFirst, map[int64]string{
			2: "duplicate phone_shared_in_input: same phone number as row 1, another person",
			6: "duplicate duplicate_in_input: same person as row 5",
			8: "duplicate username_shared_in_input: same username as row 7, another person; same phone number as row 7, another person",
		}},
		{ahead.ShareNone, map[int64]string{
			1: "duplicate phone_shared_in_input: same phone number as row 2, another person; neither is sent (on_shared: none)",
			2: "duplicate username_shared_in_input: same username as row 3, another person; same phone number as row 1, another person; neither is sent (on_shared: none)",
			3: "duplicate username_shared_in_input: same username as row 2, another person; neither is sent (on_shared: none)",
			6: "duplicate duplicate_in_input: same person as row 5",
			7: "duplicate username_shared_in_input: same username as row 8, another person; same phone number as row 8, another person; neither is sent (on_shared: none)",
			8: "duplicate username_shared_in_input: same username as row 7, another person; same phone number as row 7, another person; neither is sent (on_shared: none)",
		}},
		{ahead.ShareDrop, map[int64]string{
			2: "created created: sent without phone: phone_shared_in_input",
			3: "created created: sent without username: username_shared_in_input",
			6: "duplicate duplicate_in_input: same person as row 5",
			8: "created created: sent without username: username_shared_in_input; sent without phone: phone_shared_in_input",
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newSharers(t, "jframework", rows, sandbox.Options{})
			w.finish(w.under(shared(c.rule)))
			invalid := w.states()[4]
			if invalid.Status != journal.Invalid {
				t.Errorf("row 4: %s, want %s", invalid.Message, wrong)
			}
			c.want[4] = fmt.Sprintf("%s %s: %s", invalid.Status, invalid.Code, invalid.Message)
			w.wantRows(c.want)
			w.wantTrue()
		})
	}
}

// Distinct takes a second request without a phone number: what was sent without one is never repeated as if it had one.
func TestDroppedPhoneIsNoRepeat(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := sharers(2)
		rows[1][sharedPhone] = rows[0][sharedPhone]
		w := newSharers(t, "distinct", rows, sandbox.Options{Fault: func(n int, _ *http.Request) sandbox.Fault {
			if n == 2 {
				return sandbox.Fault{Kind: sandbox.ResetAfter}
			}
			return sandbox.Fault{}
		}})
		one := func(p *pipeline.Plan) { p.Workers = 1 }
		w.finish(w.under(shared(ahead.ShareDrop)), one)
		if s := w.states()[2]; s.Status != journal.InDoubt || !strings.HasPrefix(s.Message, "sent without phone: phone_shared_in_input; ") || s.Attempt != 1 {
			t.Errorf("row 2: %s %s after %d attempts", s.Status, s.Message, s.Attempt)
		}
		// The number is its own now, and the row reads as before: it is another request than the one in doubt, and the vendor would take both.
		if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
			t.Fatal(err)
		}
		w.rows = w.rows[1:]
		w.run = w.begin("second")
		w.finish(w.under(pipeline.Policy{}), one)
		const said = "sent without phone: phone_shared_in_input; sent as row 2 of run first, and its outcome is unknown"
		if s := w.states()[1]; s.Status != journal.InDoubt || s.Code != pipeline.CodeHeld || s.Message != said {
			t.Errorf("row 1 of the second run: %s %s %s", s.Status, s.Code, s.Message)
		}
		w.wantTrue()
	})
}

// A row that is held still says what its request went without: in flight when the run died, or to be repeated when it ended.
func TestHeldRowSaysWhatItWentWithout(t *testing.T) {
	t.Parallel()
	for _, lost := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, "distinct", faulty()[:2], sandbox.Options{})
			sent := journal.Record{Kind: journal.Intent, Row: 2, Attempt: 1, At: time.Now()}
			recs, why := []journal.Record{sent}, "the run ended while the request was on its way"
			if lost {
				sent.Kind, sent.Message = journal.Uncertain, "sent without birth_date: date_impossible; no answer"
				recs, why = append(recs, sent), "a request of an earlier start was in doubt"
			}
			if err := w.store.Append(t.Context(), w.run.ID, recs); err != nil {
				t.Fatal(err)
			}
			w.finish(w.under(drop), alone(pipeline.DoubtHold))
			want := "sent without phone: phone_country_unknown; " + why
			if lost {
				want = "sent without birth_date: date_impossible; " + why
			}
			if s := w.states()[2]; s.Status != journal.InDoubt || s.Message != want {
				t.Errorf("row 2: %s %q, want %q", s.Status, s.Message, want)
			}
		})
	}
}

// A number that an earlier run registered for somebody else is sent, and the answer says for whom; a person's own number and a number of which the journal knows
// nothing are no news.
func TestTakenNumberNamesTheRowThatHasIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ vendor, told string }{
		{"distinct", "this phone number was sent for another person: row 2 of run first; "},
		{"epixel", "this phone number was sent for another person: row 2 of run first; "},
		{"jframework", "this phone number was sent for another person: row 2 of run first; "},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newSharers(t, c.vendor, sharers(3), sandbox.Options{})
			w.finish()
			if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
				t.Fatal(err)
			}
			w.rows = [][]string{sharer(1), sharer(11), sharer(12)}
			w.rows[1][sharedPhone] = sharer(2)[sharedPhone]
			w.run = w.begin("second")
			w.finish()
			w.want(counts(journal.Skipped, 1, journal.Exists, 1, journal.Created, 1))
			s := w.states()[2]
			if !strings.HasPrefix(s.Message, c.told) || s.Code != "phone_already_registered" {
				t.Errorf("%s: %s %q", c.vendor, s.Code, s.Message)
			}
			w.run = w.begin("third") // the same person again, changed: the row that was refused is no owner
			w.rows[1][1] = "Grace"
			w.finish()
			if s := w.states()[2]; !strings.HasPrefix(s.Message, c.told) {
				t.Errorf("%s, once more: %q", c.vendor, s.Message)
			}
		})
	}
}

// An answer in doubt is not taken for our own registration where the number is known to be somebody else's.
func TestTakenNumberAfterADoubt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := 0
		w := newSharers(t, "epixel", sharers(1), sandbox.Options{Fault: func(int, *http.Request) sandbox.Fault {
			if n++; n == 2 {
				return sandbox.Fault{Kind: sandbox.ResetBefore}
			}
			return sandbox.Fault{}
		}})
		w.finish()
		w.rows = [][]string{sharer(2)}
		w.rows[0][sharedPhone] = sharer(1)[sharedPhone]
		w.run = w.begin("second")
		w.finish()
		s := w.states()[1]
		if s.Status != journal.Exists || s.Attempt != 2 || !strings.HasPrefix(s.Message, "this phone number was sent for another person: row 1 of run first; ") || strings.Contains(s.Message, "probably registered") {
			t.Errorf("after %d attempts: %s %q", s.Attempt, s.Status, s.Message)
		}
	})
}

// A person whom an earlier run created keeps the number, and is skipped although somebody before them in the list has it too.
func TestImportedPeopleKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	for _, rule := range []ahead.OnShared{ahead.ShareFirst, ahead.ShareNone, ahead.ShareDrop} {
		synctest.Test(t, func(t *testing.T) {
			w := newSharers(t, "distinct", sharers(2), sandbox.Options{})
			w.finish()
			w.rows = [][]string{sharer(1), sharer(3), sharer(4), sharer(2)}
			w.rows[1][sharedPhone], w.rows[2][sharedPhone] = sharer(1)[sharedPhone], sharer(2)[sharedPhone]
			w.run = w.begin("second")
			w.finish(w.under(shared(rule)))
			states := w.states()
			if states[1].Status != journal.Skipped || states[4].Status != journal.Skipped {
				t.Errorf("rule %d: %s %s, %s %s", rule, states[1].Status, states[1].Message, states[4].Status, states[4].Message)
			}
			if s := states[2]; rule != ahead.ShareDrop && s.Code != pipeline.CodePhoneShared || rule == ahead.ShareDrop && s.Status != journal.Created {
				t.Errorf("rule %d: row 2 is %s %s %s", rule, s.Status, s.Code, s.Message)
			}
		})
	}
}

// expect finds by brute force, in input order, which rows share what: the row and its message for each row that is not sent.
func expect(rows [][]string, rule ahead.OnShared, repeats func(row int64) bool) map[int64]string {
	type value struct{ kind, text string }
	of := func(r []string) []value {
		return []value{{"username", strings.ToLower(r[sharedUser])}, {"phone number", r[sharedPhone]}}
	}
	owner, all := map[value]int64{}, map[value][]int64{}
	told := map[int64]string{}
	for i, r := range rows {
		row := int64(i + 1)
		if !strings.Contains(r[0], "@") || r[sharedLanguage] == "de" || repeats(row) {
			continue
		}
		var texts []string
		for _, v := range of(r) {
			if first := owner[v]; first != 0 {
				texts = append(texts, fmt.Sprintf("same %s as row %d, another person", v.kind, first))
			}
			all[v] = append(all[v], row)
		}
		if len(texts) > 0 {
			told[row] = strings.Join(texts, "; ")
			if rule == ahead.ShareFirst {
				continue
			}
		}
		for _, v := range of(r) {
			if owner[v] == 0 {
				owner[v] = row
			}
		}
	}
	if rule == ahead.ShareNone {
		for v, sharing := range all {
			if len(sharing) > 1 {
				for _, row := range sharing {
					told[row] += v.kind
				}
			}
		}
	}
	return told
}

// A list with shared numbers and names, repeats, wrong rows and rows left out, under every policy: what is shared is what brute force finds, whichever order rows
// go in; a check predicts it; and a run that is stopped anywhere and resumed comes to the same.
func TestSharedHoweverARunGoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		synctest.Test(t, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(seed, 5))
			rows := drawShared(rnd, 30+rnd.IntN(100))
			policy := pipeline.Policy{Shared: ahead.OnShared(rnd.IntN(2)), Duplicates: ahead.Duplicates(rnd.IntN(3)), SponsorsFirst: rnd.IntN(2) == 0}
			w := newSharers(t, "epixel", rows, sandbox.Options{Latency: 40 * time.Millisecond, Jitter: 30 * time.Millisecond})
			w.compile(mapping.Spec{Where: `row["language"] != "de"`})
			under := w.under(policy)
			predicted := w.predict(under)
			w.restless(rnd, under, rnd.IntN(3) == 0)
			states := w.states()
			want := expect(rows, policy.Shared, func(row int64) bool { return states[row].Code == pipeline.CodeDuplicate })
			for row := int64(1); row <= int64(len(rows)); row++ {
				s := states[row]
				isShared := s.Code == pipeline.CodePhoneShared || s.Code == pipeline.CodeUsernameShared
				if isShared != (want[row] != "") || isShared && policy.Shared == ahead.ShareFirst && s.Message != want[row] {
					t.Errorf("seed %d, %+v: row %d is %s %s %q, want %q", seed, policy, row, s.Status, s.Code, s.Message, want[row])
				}
				if p := predicted[row]; p != s.Message && (isShared || p != "") && s.Status == journal.Duplicate {
					t.Errorf("seed %d: row %d: predicted %q, became %q", seed, row, p, s.Message)
				}
				if _, ready := predicted[row]; s.Status == journal.Duplicate && !ready {
					t.Errorf("seed %d: row %d is a duplicate (%s), and the check would send it", seed, row, s.Message)
				}
				if s.Code == "phone_already_registered" || s.Code == "username_already_taken" {
					t.Errorf("seed %d: row %d was sent, and %s", seed, row, s.Code)
				}
			}
		})
	}
}

// drawShared makes a list in which much is shared.
func drawShared(rnd *rand.Rand, n int) [][]string {
	rows := sharers(n)
	for i := range rows {
		other := rows[rnd.IntN(n)]
		switch rnd.IntN(12) {
		case 0, 1:
			rows[i][sharedPhone] = other[sharedPhone]
		case 2:
			rows[i][sharedUser] = strings.ToUpper(other[sharedUser])
		case 3:
			rows[i][sharedPhone], rows[i][sharedUser] = other[sharedPhone], other[sharedUser]
		case 4:
			rows[i] = slices.Clone(other)
		case 5:
			rows[i][0] = "nobody"
		case 6:
			rows[i][sharedLanguage] = "de"
		case 7, 8:
			rows[i][11], rows[i][sharedSponsor], rows[i][13] = "member", other[sharedUser], fmt.Sprintf("page%d", i)
		}
	}
	return rows
}

// predict returns the messages of rows that a check would not send, by row.
func (w *world) predict(change ...func(*pipeline.Plan)) map[int64]string {
	w.t.Helper()
	dry := &pipeline.DryRun{Ready: func(source.Row, vendors.Request) {}}
	out, err := w.engine(append(change, w.dry(dry), func(p *pipeline.Plan) { p.Store = memory.New() })...).Run(w.t.Context())
	if err != nil || out.Counts.Sum() != int64(len(w.rows)) {
		w.t.Fatalf("check: %+v, %v", out, err)
	}
	messages := map[int64]string{}
	for s, err := range dry.Found.(journal.Store).Rows(w.t.Context(), dry.Run, 1) {
		if err != nil {
			w.t.Fatal(err)
		}
		messages[s.Row] = s.Message
	}
	return messages
}

// restless runs to the end, stopped now and then.
func (w *world) restless(rnd *rand.Rand, under func(*pipeline.Plan), calm bool) {
	w.t.Helper()
	for stops := 0; ; stops++ {
		e := w.engine(under, func(p *pipeline.Plan) { p.Resume, p.Workers = stops > 0, 1+rnd.IntN(8) })
		if !calm && stops < 50 {
			timer := time.AfterFunc(time.Duration(50+rnd.IntN(600))*time.Millisecond, e.Drain)
			defer timer.Stop()
		}
		out, err := e.Run(context.WithoutCancel(w.t.Context()))
		if err != nil {
			w.t.Fatal(err)
		}
		if out.Reason == pipeline.Finished {
			return
		}
	}
}

// What rows are sent without is told by a check and by a run alike, and stays the same when a run is resumed.
func TestDropIsPredicted(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(seed, 6))
			w := newSharers(t, "jframework", drawShared(rnd, 60), sandbox.Options{Latency: 40 * time.Millisecond})
			under := w.under(shared(ahead.ShareDrop))
			told := map[int64][]journal.LeftOut{}
			dry := &pipeline.DryRun{LeftOut: func(row source.Row, fields []journal.LeftOut) { told[row.Number] = fields }}
			if _, err := w.engine(under, w.dry(dry), func(p *pipeline.Plan) { p.Store = memory.New() }).Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.restless(rnd, under, false)
			left := 0
			for row, s := range w.states() {
				if got := journal.ReadLeftOut(s.Message); !slices.Equal(got, told[row]) {
					t.Errorf("seed %d: row %d was sent without %v, and the check says %v", seed, row, got, told[row])
				}
				left += len(told[row])
				if s.Status == journal.Exists {
					t.Errorf("seed %d: row %d exists: %s %s", seed, row, s.Code, s.Message)
				}
			}
			if left == 0 {
				t.Errorf("seed %d: nothing was left out", seed)
			}
			w.wantTrue()
		})
	}
}

// Where the job tells people apart by other fields than the vendor, the vendor still refuses a second with the same e-mail address: the first row has it.
func TestSharedEmail(t *testing.T) {
	t.Parallel()
	const dup = "duplicate email_shared_in_input: same e-mail address as row 2, another person"
	for vendor, refuses := range map[string]bool{"jframework": true, "pelcro": true, "epixel": true, "distinct": false, "thanx": false} {
		for _, rule := range []ahead.OnShared{ahead.ShareFirst, ahead.ShareNone, ahead.ShareDrop} {
			if vendor == "epixel" && rule == ahead.ShareDrop {
				continue // which needs all fields
			}
			synctest.Test(t, func(t *testing.T) {
				rows := sharers(4)
				rows[2][0] = strings.ToUpper(rows[1][0])
				w := newSharers(t, vendor, rows, sandbox.Options{Latency: 30 * time.Millisecond, Jitter: 30 * time.Millisecond})
				under := w.under(pipeline.Policy{Identity: []mapping.Field{mapping.PhoneNumber}, Shared: rule})
				predicted := w.predict(under)
				w.finish(under)
				s := w.states()[3]
				switch got := fmt.Sprintf("%s %s: %s", s.Status, s.Code, s.Message); {
				case refuses && !strings.HasPrefix(got, dup), !refuses && strings.HasPrefix(got, "duplicate"):
					t.Errorf("%s, rule %d: %s", vendor, rule, got)
				case refuses && predicted[3] != s.Message:
					t.Errorf("%s, rule %d: predicted %q, became %q", vendor, rule, predicted[3], s.Message)
				}
				if s := w.states()[2]; (s.Status == journal.Created) != (rule != ahead.ShareNone || !refuses) {
					t.Errorf("%s, rule %d: row 2 is %s", vendor, rule, s.Code)
				}
			})
		}
	}
}
