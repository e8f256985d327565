package sqlite_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// TestFlippedBytes changes one bit of a journal at a time, as a failing disk does. A journal that was closed is refused, whichever it is; one that
// a killed importer left is refused, or knows of every row the status that it knew.
func TestFlippedBytes(t *testing.T) {
	t.Parallel()
	t.Run("closed", func(t *testing.T) {
		t.Parallel()
		if refused := flip(t, true); refused != flips {
			t.Errorf("%d of %d were refused", refused, flips)
		}
	})
	t.Run("killed", func(t *testing.T) {
		t.Parallel()
		t.Logf("%d of %d were refused", flip(t, false), flips)
	})
}

const flips = 300

// flip changes bits, with the marker of the last importer beside the journal or without, and returns how often the journal was refused.
func flip(t *testing.T, closed bool) (refused int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.db")
	fillFifty(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := statusesIn(t, path)
	if err != nil || len(want) != 50 {
		t.Fatalf("%d rows, %v", len(want), err)
	}
	mark, err := os.ReadFile(sqlite.Marker(path))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range flips {
		at, bit := random.IntN(len(whole)), byte(1)<<random.IntN(8)
		flipped := filepath.Join(t.TempDir(), "journal.db")
		data := append([]byte(nil), whole...)
		data[at] ^= bit
		if err := os.WriteFile(flipped, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(sqlite.Marker(flipped), mark, 0o600); closed && err != nil {
			t.Fatal(err)
		} else if !closed {
			os.Remove(sqlite.Marker(flipped))
		}
		got, err := statusesIn(t, flipped)
		switch {
		case err != nil && !errors.Is(err, journal.ErrStorage):
			t.Errorf("byte %d, bit %02x: %v", at, bit, err)
		case err != nil:
			refused++
		case !maps.Equal(got, want):
			t.Errorf("byte %d, bit %02x: %v", at, bit, got)
		}
	}
	return refused
}

// fillFifty makes a journal with fifty rows, and a person who was created by each third.
func fillFifty(t *testing.T, path string) {
	s := openAt(t, path, sqlite.Options{})
	run := beginTest(t, s)
	for row := int64(1); row <= 50; row++ {
		status := []journal.Status{journal.Created, journal.Rejected, journal.Exists}[row%3]
		recs := []journal.Record{intentOf(row), {Kind: journal.Settle, Row: row, Attempt: 1, At: began, Status: status, Code: "code", VendorID: "v"}}
		if err := s.Append(t.Context(), run, recs); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// statusesIn reads the journal as a run does that is continued: every row, and the counts.
func statusesIn(t *testing.T, path string) (map[string]string, error) {
	s, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	runs, err := s.Runs(t.Context())
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, r := range runs {
		for st, err := range s.Rows(t.Context(), r.ID, 1) {
			if err != nil {
				return nil, err
			}
			found[fmt.Sprint(r.ID, " ", st.Row)] = fmt.Sprint(st.Kind, st.Status, st.Attempt)
		}
	}
	return found, nil
}
