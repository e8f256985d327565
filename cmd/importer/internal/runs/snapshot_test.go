package runs

import (
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

// TestSnapshotTellsRateAndTimeLeft: an import of 1,000 rows at 20 a second, looked at five times a second.
func TestSnapshotTellsRateAndTimeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rows = 1000
		m := newMeter(&lines{count: rows}, nil, &source.Set{Files: []source.File{{Size: rows * 10, Encoding: source.UTF8}}})
		for range rows / 2 { // the end of the input was not reached yet
			if _, err := m.Next(); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		i := newImport(nil, m, rows*10, []vendors.Limit{{N: 20, Per: time.Second}}, time.Now)
		look := func() Snapshot {
			n := int64(time.Since(began).Seconds() * 20)
			p := pipeline.Progress{Requests: n}
			p.Counts[journal.Created] = n
			return i.look(p)
		}
		if s := look(); s.LeftKnown || s.Rate != 0 {
			t.Errorf("at the start: %+v", s)
		}
		var s Snapshot
		for range 50 {
			time.Sleep(200 * time.Millisecond)
			s = look()
		}
		if s.Bytes != 2000 || s.Size != 10_000 || s.Rate < 19 || s.Rate > 21 || !s.LeftKnown || s.Left.Round(time.Second) != 40*time.Second {
			t.Errorf("after 10 s: %d of %d bytes, %.1f/s, %v left", s.Bytes, s.Size, s.Rate, s.Left)
		}
		if again := look(); again.Rate != s.Rate {
			t.Errorf("a second consumer changes the rate: %.1f, then %.1f", s.Rate, again.Rate)
		}
	})
}
