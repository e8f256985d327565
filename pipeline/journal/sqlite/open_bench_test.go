package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// BenchmarkOpen is what it costs to open and close a journal of 100,000 rows: checked by its digest, and by SQLite where an importer was killed.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "journal.db")
	s, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	r, err := s.Begin(b.Context(), journal.Run{Name: "r", Folder: "r", Vendor: "distinct", Account: "a", Started: began})
	for first := int64(1); first <= 100_000 && err == nil; first += 1000 {
		var recs []journal.Record
		for row := first; row < first+1000; row++ {
			recs = append(recs, intentOf(row), createdOf(row))
		}
		err = s.Append(b.Context(), r.ID, recs)
	}
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	for name, closed := range map[string]bool{"closed": true, "killed": false} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if !closed {
					os.Remove(sqlite.Marker(path))
				}
				s, err := sqlite.Open(path, sqlite.Options{})
				if err != nil {
					b.Fatal(err)
				}
				s.Close()
			}
			b.ReportMetric(float64(info.Size())/(1<<20), "MiB")
		})
	}
}
