package reports

import (
	"context"
	"errors"
	"testing"

	"importer/pipeline/journal"
)

// A failed row of which an earlier run found the same counts as known, by its content and status; a row that is fine or in doubt is never asked about.
func TestKnownFailures(t *testing.T) {
	t.Parallel()
	digest := func(row int64) journal.Digest { return journal.Digest{byte(row)} }
	var records []journal.Record
	for row, rec := range map[int64]journal.Record{
		1: settle(1, journal.Invalid, "date_invalid"), 2: settle(2, journal.Invalid, "date_invalid"), 3: settle(3, journal.Invalid, "email_invalid"),
		4: settle(4, journal.Exists, "email_already_registered"), 5: settle(5, journal.Created, ""), 6: settle(6, journal.Skipped, "filtered"),
		7: settle(7, journal.Exists, "fine"), 8: settle(8, journal.Duplicate, "duplicate_in_input"), 9: {Status: journal.InDoubt},
	} {
		rec.Content = digest(row)
		if rec.Attempt > 0 || rec.Status == journal.InDoubt {
			first := intent(row, 1)
			first.Content = digest(row)
			records = append(records, first)
		}
		if rec.Status != journal.InDoubt {
			records = append(records, rec)
		}
	}
	store, run := keep(t, journal.Run{Name: "night"}, journal.Complete, records...)
	m := plain(t, store, run, 10)
	m.OK = []string{"fine"}
	before := map[journal.Digest]journal.Status{
		digest(1): journal.Invalid, digest(3): journal.Exists, digest(4): journal.Exists, digest(5): journal.Created, digest(7): journal.Exists, digest(8): journal.Duplicate,
	}
	m.Known = func(_ context.Context, r journal.Record) (bool, error) {
		return before[r.Content] == r.Status, nil
	}
	s := mustWrite(t, m)
	if s.Failed != 7 || s.Known != 3 {
		t.Errorf("%d failed, %d of them known; want 7 and 3", s.Failed, s.Known)
	}
	want := map[string]int64{"date_invalid": 1, "email_already_registered": 1, "duplicate_in_input": 1}
	for _, c := range s.Codes {
		if c.Known != want[c.Code] {
			t.Errorf("%s: %d known, want %d", c.Code, c.Known, want[c.Code])
		}
	}
	m.Known = func(context.Context, journal.Record) (bool, error) { return false, journal.ErrStorage }
	if _, err := Write(t.Context(), m); !errors.Is(err, journal.ErrStorage) {
		t.Errorf("error %v", err)
	}
}
