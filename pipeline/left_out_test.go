package pipeline_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// drop is the policy that lets invalid optional values go.
var drop = pipeline.Policy{OnInvalid: mapping.DropInvalid}

// faulty makes six people: sound, without a readable phone, with one of no country, with an impossible birth date, with both, without an address.
func faulty() [][]string {
	rows := people(6)
	rows[1][8] = "12"
	rows[2][8] = "+80012345678" // a number of no country, which only Distinct's own check finds
	rows[3][6] = "1990-02-31"
	rows[4][6], rows[4][8] = "1990-02-31", "12"
	rows[5][0], rows[5][8] = "nobody", "12"
	return rows
}

func TestInvalidOptionalValuesAreLeftOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", faulty(), sandbox.Options{})
		out := w.finish(w.under(drop))
		if out.Counts[journal.Created] != 3 || out.Counts[journal.Invalid] != 3 {
			t.Errorf("%v", out.Counts)
		}
		for row, want := range map[int64]string{
			1: "", 2: "sent without phone: phone_country_unknown", 3: "sent without phone: missing_required_field",
		} {
			if s := w.states()[row]; s.Status != journal.Created || s.Message != want {
				t.Errorf("row %d: %s %q, want %q", row, s.Status, s.Message, want)
			}
		}
		if s := w.states()[5]; !strings.Contains(s.Message, "birth_date") || !strings.Contains(s.Message, "phone") {
			t.Errorf("row 5: a row that is not sent names all its faults: %s", s.Message)
		}
		w.wantTrue()
	})
}

// TestAFixedValueIsAChange: what is compared with earlier runs is what was sent.
func TestAFixedValueIsAChange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", faulty()[1:3], sandbox.Options{})
		w.finish(w.under(drop))
		w.rows[1][8] = "+353861000042"
		w.run = w.begin("second")
		w.finish(w.under(drop))
		for row, want := range map[int64]string{1: pipeline.CodeImported, 2: pipeline.CodeImportedChanged} {
			if s := w.states()[row]; s.Status != journal.Skipped || s.Code != want || strings.Contains(s.Message, "sent without") {
				t.Errorf("row %d: %s %s %s", row, s.Status, s.Code, s.Message)
			}
		}
	})
}

func TestWhoOnePersonIsIsNeverLeftOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		policy := drop
		policy.Identity = []mapping.Field{mapping.PhoneNumber}
		w := newWorld(t, "distinct", faulty()[:2], sandbox.Options{})
		if out := w.finish(w.under(policy)); out.Counts[journal.Invalid] != 1 || out.Counts[journal.Created] != 1 {
			t.Errorf("%v", out.Counts)
		}
	})
}

// TestAFieldMaySayOtherwise: what is said of a field beats what the job says.
func TestAFieldMaySayOtherwise(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for rule, want := range map[string]int64{"drop": 3, "reject": 1} {
			w := newWorld(t, "distinct", faulty(), sandbox.Options{})
			spec := mapping.Spec{}
			for _, name := range header {
				f := mapping.FieldSpec{Name: name, Columns: []string{name}}
				if name == "phone" {
					f.OnInvalid = rule
				}
				spec.Fields = append(spec.Fields, f)
			}
			var err error
			if w.mapper, err = mapping.Compile(spec, header, mapping.Options{}); err != nil {
				t.Fatal(err)
			}
			policy := pipeline.Policy{}
			if rule == "reject" {
				policy = drop
			}
			if out := w.finish(w.under(policy)); out.Counts[journal.Created] != want {
				t.Errorf("%s: %v", rule, out.Counts)
			}
		}
	})
}

// TestACheckSaysWhatDroppingWins: the same rows, whatever the job says.
func TestACheckSaysWhatDroppingWins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		want := map[int64][]journal.LeftOut{2: {{Field: "phone", Code: "phone_country_unknown"}}, 3: {{Field: "phone", Code: "missing_required_field"}}}
		for _, policy := range []pipeline.Policy{{}, drop} {
			w := newWorld(t, "distinct", faulty(), sandbox.Options{})
			left, savable := map[int64][]journal.LeftOut{}, map[int64][]journal.LeftOut{}
			note := func(in map[int64][]journal.LeftOut) func(source.Row, []journal.LeftOut) {
				return func(row source.Row, fields []journal.LeftOut) { in[row.Number] = fields }
			}
			w.finish(w.under(policy), w.dry(&pipeline.DryRun{Saved: note(left), Savable: note(savable)}))
			won, other := savable, left
			if policy.OnInvalid == mapping.DropInvalid {
				won, other = left, savable
			}
			if diff := cmp.Diff(want, won); diff != "" || len(other) > 0 {
				t.Errorf("policy %d (-want +got)\n%s%v", policy.OnInvalid, diff, other)
			}
		}
	})
}

// TestSavableIsWhoWouldBeSent: not who is registered already, and nobody twice.
func TestSavableIsWhoWouldBeSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := faulty()[:3]
		w := newWorld(t, "distinct", rows[:2], sandbox.Options{})
		w.finish(w.under(drop))
		w.rows = append(rows, rows[2])
		var savable []int64
		dry := &pipeline.DryRun{Savable: func(row source.Row, _ []journal.LeftOut) { savable = append(savable, row.Number) }}
		w.finish(w.dry(dry))
		if diff := cmp.Diff([]int64{3}, savable); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// generating makes the world's people come without a password.
func (w *world) generating(length string) {
	w.t.Helper()
	spec := mapping.Spec{}
	for _, name := range header {
		f := mapping.FieldSpec{Name: name, Columns: []string{name}}
		if name == "password" {
			f.Generate = length
		}
		spec.Fields = append(spec.Fields, f)
	}
	var err error
	if w.mapper, err = mapping.Compile(spec, header, mapping.Options{}); err != nil {
		w.t.Fatal(err)
	}
	for i := range w.rows {
		w.rows[i][3] = ""
	}
}

// bodies are the requests of the world's rows, none of which is sent.
func (w *world) bodies(key *journal.Key) map[int64]string {
	bodies := map[int64]string{}
	w.finish(w.dry(&pipeline.DryRun{Ready: func(row source.Row, r vendors.Request) { bodies[row.Number] = r.Content() }}), func(p *pipeline.Plan) { p.Key = key })
	return bodies
}

func TestPasswordsAreMade(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "pelcro", people(12), sandbox.Options{})
		w.generating("30")
		w.rows[3][3] = "Str0ng!pass" // its own
		first := w.bodies(w.key)
		seen := map[string]bool{}
		for row, body := range first {
			_, password, _ := strings.Cut(body, `"password":"`)
			password, _, _ = strings.Cut(password, `"`)
			if row == 4 && password != "Str0ng!pass" || row != 4 && (len(password) != 30 || seen[password]) {
				t.Errorf("row %d: a password of %d characters, or one that another row has", row, len(password))
			}
			seen[password] = true
		}
		if diff := cmp.Diff(first, w.bodies(w.key)); diff != "" {
			t.Error("the passwords are other ones the second time")
		}
		for row, body := range w.bodies(journal.NewKey(nil)) {
			if row != 4 && body == first[row] {
				t.Errorf("row %d: the password does not depend on the key", row)
			}
		}
		w.finish()
		w.want(counts(journal.Created, 12)) // the stand-in holds them to Pelcro's rule
		w.run = w.begin("second")
		w.finish()
		for row, s := range w.states() {
			if s.Code != pipeline.CodeImported {
				t.Errorf("row %d: %s: the person has not changed", row, s.Code)
			}
		}
	})
}

// TestAnotherLengthIsNoChange: who is known stays known where only the generated password is another one, also where it is sent twice; a password of the
// row's own counts.
func TestAnotherLengthIsNoChange(t *testing.T) {
	t.Parallel()
	for _, vendor := range []string{"pelcro", "jframework", "epixel"} {
		synctest.Test(t, func(t *testing.T) {
			w := newSharers(t, vendor, sharers(3), sandbox.Options{})
			generate := func(length string) {
				spec := mapping.Spec{}
				for _, name := range sharedHeader {
					f := mapping.FieldSpec{Name: name, Columns: []string{name}}
					if name == "password" {
						f.Generate = length
					}
					spec.Fields = append(spec.Fields, f)
				}
				w.compile(spec)
			}
			w.rows[0][4], w.rows[1][4] = "", ""
			generate("20")
			w.finish()
			w.want(counts(journal.Created, 3))
			first := w.bodies(w.key)
			w.rows[2][4] = "Str0ng!word"
			generate("24")
			if second := w.bodies(w.key); len(first) > 0 || len(second) > 0 {
				t.Fatalf("%s: %d and %d rows are sent again", vendor, len(first), len(second))
			}
			w.run = w.begin("second")
			w.finish()
			for row, want := range map[int64]string{1: pipeline.CodeImported, 2: pipeline.CodeImported, 3: pipeline.CodeImportedChanged} {
				if s := w.states()[row]; s.Code != want {
					t.Errorf("%s row %d: %s, want %s", vendor, row, s.Code, want)
				}
			}
		})
	}
}

// TestNobodysPassword: a row without an identity gets no password, and says so once.
func TestNobodysPassword(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "pelcro", people(2), sandbox.Options{})
		w.generating("20")
		w.rows[0][0], w.rows[1][0] = "", "nobody"
		w.finish()
		for row, want := range map[int64]string{1: "email: no value", 2: "email: has no @"} {
			s := w.states()[row]
			if s.Status != journal.Invalid || !strings.HasPrefix(s.Message, want) || strings.Contains(s.Message, "password") {
				t.Errorf("row %d: %s %s", row, s.Status, s.Message)
			}
		}
	})
}

// TestNoPasswordForVendorsWithout: a list's fields are shared by vendors, and most take no password.
func TestNoPasswordForVendorsWithout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", people(3), sandbox.Options{})
		plain := w.bodies(w.key)
		w.generating("20")
		if diff := cmp.Diff(plain, w.bodies(w.key)); diff != "" {
			t.Error(diff)
		}
	})
}
