package pipeline_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// byID identifies people by their numbers of another system, which in these tests is what they are called, too.
var (
	byID   = pipeline.Policy{Identity: []mapping.Field{mapping.LegacyID}}
	byName = pipeline.Policy{Identity: []mapping.Field{mapping.LastName}} // as byID was in versions that did not look at the case
)

// withIDs maps the last name of each row to its number of another system as well.
func (w *world) withIDs() {
	w.t.Helper()
	spec := mapping.Spec{}
	for _, name := range header {
		spec.Fields = append(spec.Fields, mapping.FieldSpec{Name: name, Columns: []string{name}})
	}
	spec.Fields = append(spec.Fields, mapping.FieldSpec{Name: mapping.LegacyID.String(), Columns: []string{"last_name"}})
	var err error
	if w.mapper, err = mapping.Compile(spec, header, mapping.Options{}); err != nil {
		w.t.Fatal(err)
	}
}

func called(rows [][]string, ids ...string) [][]string {
	for i, id := range ids {
		rows[i][2] = id
	}
	return rows
}

func TestIdentityIsComparedAsTheFieldDemands(t *testing.T) {
	t.Parallel()
	same := func(policy pipeline.Policy, f mapping.Field, a, b string) bool {
		var one, other mapping.Customer
		one.SetText(f, a)
		other.SetText(f, b)
		return policy.IdentityOf(&one, vendors.Request{}) == policy.IdentityOf(&other, vendors.Request{})
	}
	for _, c := range []struct {
		field mapping.Field
		a, b  string
		same  bool
	}{
		{mapping.Email, "jane@example.com", "Jane@Example.com", true},
		{mapping.Username, "Jane", "jane", true},
		{mapping.LastName, "van  Gogh", "Van Gogh", true},
		{mapping.PostalCode, "d02 x285", "D02 X285", true},
		{mapping.PhoneNumber, "+353861234567", "+353861234568", false},
		{mapping.LegacyID, "AB1", "ab1", false},
		{mapping.LegacyID, "AB1", "AB1", true},
		{mapping.LegacyID, "AB  1", "AB 1", false},
		{mapping.ReferralCode, "xY", "xy", false},
		{mapping.ProductID, "p1", "P1", false},
	} {
		if got := same(pipeline.Policy{Identity: []mapping.Field{c.field}}, c.field, c.a, c.b); got != c.same {
			t.Errorf("%s: %q and %q are one: %t", c.field, c.a, c.b, got)
		}
		pair := pipeline.Policy{Identity: []mapping.Field{c.field, c.field}}
		if got := same(pair, c.field, c.a, c.b); got != c.same {
			t.Errorf("%s, with another field: %q and %q are one: %t", c.field, c.a, c.b, got)
		}
	}
}

// What journals hold of people does not change: the texts whose digests they have.
func TestIdentityTextsStay(t *testing.T) {
	t.Parallel()
	var c mapping.Customer
	c.SetText(mapping.Email, "Jane@example.com")
	c.SetText(mapping.LastName, "van  Gogh")
	c.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{E164: "+353861234567"})
	for fields, want := range map[[2]mapping.Field]string{
		{mapping.Email}:                         "jane@example.com",
		{mapping.PhoneNumber}:                   "+353861234567",
		{mapping.LastName, mapping.PhoneNumber}: "last_name=van gogh\x1fphone=+353861234567",
		{mapping.LegacyID}:                      "the vendor's",
	} {
		policy := pipeline.Policy{}
		for _, f := range fields {
			if f != mapping.NoField {
				policy.Identity = append(policy.Identity, f)
			}
		}
		if got := policy.IdentityOf(&c, vendors.Request{Identity: "the vendor's"}); got != want {
			t.Errorf("%s: %q, want %q", policy.IdentityNames(), got, want)
		}
	}
}

func TestIDsThatDifferInCaseAreTwoPeople(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", called(people(4), "AB1", "ab1", "AB2", "AB2"), sandbox.Options{})
		w.withIDs()
		w.finish(w.under(byID))
		w.want(counts(journal.Created, 3, journal.Duplicate, 1))
		w.run = w.begin("second")
		w.finish(w.under(byID))
		w.want(counts(journal.Skipped, 3, journal.Duplicate, 1))
		w.wantTrue()
	})
}

// People whom a journal knows without the case of their numbers are known all the same: who was created is not sent again, changed or not.
func TestJournalsWithoutCaseAreUnderstood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ids := []string{"AB1", "cd2", "Ef3", "GH4"}
		w := newWorld(t, "distinct", called(people(5), append(ids, "IJ5")...), sandbox.Options{})
		all := w.rows
		w.withIDs()
		w.rows = all[:4]
		w.finish(w.under(byName))
		w.want(counts(journal.Created, 4))
		if err := w.store.Finish(t.Context(), w.run.ID, journal.Complete, time.Now()); err != nil {
			t.Fatal(err)
		}
		w.rows = called(people(5), append(ids, "IJ5")...)
		w.rows[1][0] = "moved@example.com" // the same person at another address
		w.run = w.begin("second")
		w.finish(w.under(byID))
		w.want(counts(journal.Skipped, 4, journal.Created, 1))
		if s := w.states()[2]; s.Code != pipeline.CodeImportedChanged {
			t.Errorf("row 2: %s", s.Code)
		}
		w.run = w.begin("third")
		w.finish(w.under(byID))
		w.want(counts(journal.Skipped, 5))
		w.wantTrue()
	})
}

// Whom such a journal has in doubt is held, and when the word comes is sent once.
func TestDoubtsOfJournalsWithoutCase(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lost := sandbox.Fault{Kind: sandbox.ResetAfter}
		w := newWorld(t, "distinct", people(12), sandbox.Options{Fault: befalls(map[int]sandbox.Fault{9: lost, 10: lost})})
		w.withIDs()
		for i := range w.rows {
			w.rows[i][2] = fmt.Sprintf("ID%d", i)
		}
		all := w.rows
		w.rows = all[:10]
		w.finish(alone(pipeline.DoubtHold), w.under(byName))
		w.want(counts(journal.Created, 8, journal.InDoubt, 2))
		w.rows = append(all[:12:12], append([]string{"other@example.com"}, all[9][1:]...))
		w.rows[12][2] = strings.ToLower(all[9][2]) // who of the two is in doubt nobody can say
		w.rows[12][8] = ""
		w.run = w.begin("second")
		w.finish(w.under(byID), func(p *pipeline.Plan) { p.InDoubt = pipeline.DoubtHold })
		w.want(counts(journal.Skipped, 8, journal.InDoubt, 3, journal.Created, 2))
		w.run = w.begin("third")
		w.finish(w.under(byID), func(p *pipeline.Plan) { p.InDoubt = pipeline.DoubtHold })
		w.want(counts(journal.Skipped, 10, journal.InDoubt, 3))
		w.wantTrue()
	})
}

// A run that an earlier version began, and this one goes on with, finds the duplicates of rows that were sent before.
func TestResumeOfARunWithoutCase(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "distinct", called(people(4), "AB1", "CD2", "AB1", "EF3"), sandbox.Options{})
		w.withIDs()
		all := w.rows
		w.rows = all[:2]
		w.finish(w.under(byName))
		w.rows = all
		w.finish(w.under(byID), resumed)
		w.want(counts(journal.Created, 3, journal.Duplicate, 1))
		w.wantTrue()
	})
}
