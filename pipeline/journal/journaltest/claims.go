package journaltest

import (
	"fmt"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// claiming is an intent that claims a phone number and a username, 0 for none.
func claiming(row int64, attempt int, phone, username int64) journal.Record {
	rec := intent(row, attempt)
	if phone != 0 {
		rec.Claims.Phone = id(phone)
	}
	if username != 0 {
		rec.Claims.Username = id(username)
	}
	return rec
}

// claimed fails unless the store knows of a claim what is wanted; the zero Claimed is one that nobody sent.
func claimed(t *testing.T, s journal.Store, account string, claim int64, want journal.Claimed) {
	t.Helper()
	who, known, err := s.Claimed(t.Context(), account, id(claim))
	same(t, fmt.Sprintf("%s: claim %d", account, claim), must(who, err)(t), want)
	same(t, "known", known, want != journal.Claimed{})
}

// Of the rows that sent a claim the first that was created is known, else the first that the vendor may have; as of Index, and in its own account.
func testClaimed(t *testing.T, s journal.Store) {
	first, second, other := begin(t, s, "first", account), begin(t, s, "second", account), begin(t, s, "other", "other account")
	add(t, s, first, claiming(1, 1, 501, 601), settle(1, 1, journal.Created), claiming(2, 1, 502, 0), settle(2, 1, journal.Exists),
		claiming(3, 1, 503, 0), settle(3, 1, journal.Rejected), claiming(4, 1, 504, 0), settle(4, 1, journal.InDoubt),
		claiming(5, 1, 505, 0), end(journal.NotRegistered, 5, 1), claiming(5, 2, 506, 0), settle(5, 2, journal.Created), claiming(6, 1, 507, 0))
	add(t, s, second, claiming(11, 1, 501, 602), settle(11, 1, journal.Exists), claiming(12, 1, 502, 0), settle(12, 1, journal.Created),
		claiming(13, 1, 502, 0), settle(13, 1, journal.Created))
	add(t, s, other, claiming(1, 1, 509, 0), settle(1, 1, journal.Created))
	claimed(t, s, account, 501, journal.Claimed{}) // before Index
	ok(t, s.Index(t.Context(), account))
	for claim, want := range map[int64]journal.Claimed{
		501: {Run: first, RunName: "first", Row: 1, Identity: id(1), Created: true},
		601: {Run: first, RunName: "first", Row: 1, Identity: id(1), Created: true},
		602: {Run: second, RunName: "second", Row: 11, Identity: id(11)},
		502: {Run: second, RunName: "second", Row: 12, Identity: id(12), Created: true},
		504: {Run: first, RunName: "first", Row: 4, Identity: id(4)},
		506: {Run: first, RunName: "first", Row: 5, Identity: id(5), Created: true},
		503: {}, 505: {}, 507: {}, 509: {},
	} {
		claimed(t, s, account, claim, want)
	}
	if _, known, err := s.Claimed(t.Context(), account, journal.Digest{}); known || err != nil {
		t.Errorf("the claim of nothing is known: %v, %v", known, err)
	}
	same(t, "row 1's state", one(t, s, first, 1).Claims, journal.Claims{})
	add(t, s, first, ruling(1, 1, journal.Unsent), ruling(4, 1, journal.Rejected))
	ok(t, s.Index(t.Context(), account))
	claimed(t, s, account, 501, journal.Claimed{Run: second, RunName: "second", Row: 11, Identity: id(11)}) // a person took the creation back
	claimed(t, s, account, 504, journal.Claimed{})
}

// Forget takes the claims of a person's rows, and takes a claim for a name of the rows that sent it.
func testClaimsForgotten(t *testing.T, s journal.Store) {
	run, other := begin(t, s, "r", account), begin(t, s, "other", "other account")
	add(t, s, run, claiming(1, 1, 501, 601), settle(1, 1, journal.Created), claiming(2, 1, 502, 0), settle(2, 1, journal.Created),
		claiming(3, 1, 503, 0), settle(3, 1, journal.Created))
	add(t, s, other, claiming(2, 1, 502, 0), settle(2, 1, journal.Created))
	ok(t, s.Index(t.Context(), account))
	ok(t, s.Index(t.Context(), "other account"))
	same(t, "runs that hold a claim", must(s.Holding(t.Context(), "", id(502)))(t), []int64{run, other})
	same(t, "runs that hold a person", must(s.Holding(t.Context(), account, id(1)))(t), []int64{run})
	same(t, "runs that hold nobody", len(must(s.Holding(t.Context(), "", journal.Digest{}))(t)), 0)
	same(t, "rows forgotten by identity", must(s.Forget(t.Context(), account, id(1)))(t), journal.Forgotten{Rows: 1})
	same(t, "rows forgotten by claim", must(s.Forget(t.Context(), account, id(502)))(t), journal.Forgotten{Rows: 1})
	for range 2 {
		for _, claim := range []int64{501, 601, 502} {
			claimed(t, s, account, claim, journal.Claimed{})
		}
		for _, person := range []int64{1, 2} {
			imported(t, s, account, person, journal.Imported{})
			same(t, "identity", one(t, s, run, person).Identity, journal.Digest{})
		}
		claimed(t, s, account, 503, journal.Claimed{Run: run, RunName: "r", Row: 3, Identity: id(3), Created: true})
		claimed(t, s, "other account", 502, journal.Claimed{Run: other, RunName: "other", Row: 2, Identity: id(2), Created: true})
		ok(t, s.Index(t.Context(), account))
	}
}

// Claims of purged runs stay known, as the people do.
func testClaimsPurged(t *testing.T, s journal.Store) {
	old, young := begin(t, s, "old", account), begin(t, s, "young", account)
	add(t, s, old, claiming(1, 1, 501, 0), settle(1, 1, journal.Created))
	ok(t, s.Finish(t.Context(), old, journal.Complete, T0.Add(time.Hour)))
	purge(t, s, T0.Add(24*time.Hour), old)
	want := journal.Claimed{Run: old, Row: 1, Identity: id(1), Created: true}
	claimed(t, s, account, 501, want)
	add(t, s, young, claiming(2, 1, 501, 0), settle(2, 1, journal.Exists))
	ok(t, s.Index(t.Context(), account))
	claimed(t, s, account, 501, want)
	same(t, "rows forgotten", must(s.Forget(t.Context(), account, id(1)))(t), journal.Forgotten{Purged: 2})
	claimed(t, s, account, 501, journal.Claimed{})
	imported(t, s, account, 1, journal.Imported{})
}

// Of a purged run a claim is all that leads to its person: forgotten by it, the person is known by nothing any more, in that account alone.
func testClaimsForgottenPurged(t *testing.T, s journal.Store) {
	old, other := begin(t, s, "old", account), begin(t, s, "other", "other account")
	add(t, s, old, claiming(1, 1, 501, 601), settle(1, 1, journal.Created), claiming(2, 1, 502, 0), settle(2, 1, journal.Exists), intent(3, 1), settle(3, 1, journal.Created))
	add(t, s, other, claiming(1, 1, 501, 0), settle(1, 1, journal.Created))
	for _, run := range []int64{old, other} {
		ok(t, s.Finish(t.Context(), run, journal.Complete, T0.Add(time.Hour)))
	}
	purge(t, s, T0.Add(24*time.Hour), old, other)
	same(t, "forgotten by a phone number", must(s.Forget(t.Context(), account, id(501)))(t), journal.Forgotten{Purged: 3})
	same(t, "forgotten by one that was found to exist", must(s.Forget(t.Context(), account, id(502)))(t), journal.Forgotten{Purged: 2})
	same(t, "forgotten twice", must(s.Forget(t.Context(), account, id(501)))(t), journal.Forgotten{})
	ok(t, s.Index(t.Context(), account))
	for _, person := range []int64{1, 2} {
		imported(t, s, account, person, journal.Imported{})
		known(t, s, account, 1000+person)
	}
	for _, claim := range []int64{501, 502, 601} {
		claimed(t, s, account, claim, journal.Claimed{})
	}
	imported(t, s, account, 3, journal.Imported{Run: old, Row: 3, Content: id(1003)})
	imported(t, s, "other account", 1, journal.Imported{Run: other, Row: 1, Content: id(1001)})
	claimed(t, s, "other account", 501, journal.Claimed{Run: other, Row: 1, Identity: id(1), Created: true})
}
