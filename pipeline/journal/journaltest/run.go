// Package journaltest holds a journal's store to its contract: a store's test is one call of [Run].
package journaltest

import (
	"encoding/binary"
	"errors"
	"reflect"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// Open returns the store under test. Called again in the same test, after the store was closed, it returns the same store reopened if the
// store outlives a process; then durable must be true. It closes what it opened when the test ends.
type Open func(t *testing.T) (store journal.Store, durable bool)

// Run holds the stores that newOpen makes, each empty and its own, to the contract of [journal.Store].
func Run(t *testing.T, newOpen func(t *testing.T) Open) {
	for name, test := range map[string]func(*testing.T, journal.Store){
		"runs": testRuns, "transitions": testTransitions, "like the machine": testLikeNext, "fields": testFields, "atomic": testAtomic,
		"context": testContext, "unknown run": testUnknownRun, "rows in order": testRowsInOrder, "rows from": testRowsFrom, "counts": testCounts,
		"imported": testImported, "imported revoked": testImportedRevoked, "known": testKnown, "known revoked": testKnownRevoked, "known purged": testKnownPurged, "known forgotten": testKnownForgotten, "purge": testPurge, "purge keeps": testPurgeKeeps, "purge superseded": testPurgeSuperseded, "forget": testForget,
		"claimed": testClaimed, "claims forgotten": testClaimsForgotten, "claims purged": testClaimsPurged, "claims forgotten, purged": testClaimsForgottenPurged,
		"recent": testRecent, "seen": testSeen, "read while writing": testConcurrent, "closed": testClosed, "rename": testRename,
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := newOpen(t)(t)
			test(t, s)
		})
	}
	t.Run("reopened", func(t *testing.T) { testReopened(t, newOpen(t)) })
	t.Run("bind", func(t *testing.T) { testBind(t, newOpen(t)) })
	t.Run("known grows", func(t *testing.T) { testKnownGrows(t, newOpen(t)) })
	t.Run("imported grows", func(t *testing.T) { testImportedGrows(t, newOpen(t)) })
}

// T0 is the moment at which the suite's records begin.
var T0 = time.Date(2026, 11, 21, 9, 0, 0, 123456000, time.UTC)

const account = "distinct https://api.distinct.so experienceValue=wc"

// begin starts a run named name in account.
func begin(t *testing.T, s journal.Store, name, account string) int64 {
	t.Helper()
	r := journal.Run{Name: name, Folder: "reports/" + name, Vendor: "distinct", Account: account, Started: T0}
	return must(s.Begin(t.Context(), r))(t).ID
}

func id(n int64) (d journal.Digest) {
	binary.BigEndian.PutUint64(d[:], uint64(n)*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(d[8:], uint64(n)^0x5bd1e995)
	return d
}

func intent(row int64, attempt int) journal.Record {
	return journal.Record{
		Kind: journal.Intent, Row: row, Attempt: attempt, At: T0.Add(time.Duration(row) * time.Second), Identity: id(row), Content: id(1000 + row), Line: row + 1,
	}
}

func end(kind journal.Kind, row int64, attempt int) journal.Record {
	return journal.Record{Kind: kind, Row: row, Attempt: attempt, At: T0.Add(time.Minute), Code: "connection_reset"}
}

func settle(row int64, attempt int, status journal.Status) journal.Record {
	r := journal.Record{Kind: journal.Settle, Row: row, Attempt: attempt, At: T0.Add(time.Hour), Status: status}
	if attempt == 0 {
		r.Identity, r.Content, r.Line = id(row), id(1000+row), row+1
	}
	return r
}

func ruling(row int64, attempt int, status journal.Status) journal.Record {
	return journal.Record{Kind: journal.Ruling, Row: row, Attempt: attempt, At: T0.Add(2 * time.Hour), Status: status, Code: "settled_by_person"}
}

// add appends records that must be taken.
func add(t *testing.T, s journal.Store, run int64, recs ...journal.Record) {
	t.Helper()
	ok(t, s.Append(t.Context(), run, recs))
}

// ok fails the test on an error.
func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// states returns all rows' states.
func states(t *testing.T, s journal.Store, run, from int64) []journal.RowState {
	t.Helper()
	var all []journal.RowState
	for st, err := range s.Rows(t.Context(), run, from) {
		all = append(all, must(st, err)(t))
	}
	return all
}

// one returns one row's state, zero when it has none.
func one(t *testing.T, s journal.Store, run, row int64) journal.RowState {
	t.Helper()
	st, known, err := s.Row(t.Context(), run, row)
	if err != nil || known != (st.Kind != 0) {
		t.Fatalf("row %d: %+v, %v, %v", row, st, known, err)
	}
	return st
}

// reopen closes a store and opens it again.
func reopen(t *testing.T, s journal.Store, open Open) journal.Store {
	t.Helper()
	ok(t, s.Close())
	s, _ = open(t)
	return s
}

// same fails unless got is want.
func same[V any](t *testing.T, what string, got, want V) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\ngot  %+v\nwant %+v", what, got, want)
	}
}

func mustFence(t *testing.T, err error, index int) {
	t.Helper()
	fenced, ok := errors.AsType[*journal.FencedError](err)
	if !ok || !errors.Is(err, journal.ErrFenced) || errors.Is(err, journal.ErrStorage) || fenced.Index != index {
		t.Fatalf("error %v, want a FencedError at %d", err, index)
	}
}

func must[V any](v V, err error) func(*testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		ok(t, err)
		return v
	}
}
