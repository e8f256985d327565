package sqlite_test

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/journal/sqlite"
)

var began = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func digest(n uint64) (d journal.Digest) {
	n *= 0x9e3779b97f4a7c15
	n ^= n >> 29
	binary.BigEndian.PutUint64(d[:], n*0xbf58476d1ce4e5b9)
	binary.BigEndian.PutUint64(d[8:], n)
	return d
}

func intentOf(row int64) journal.Record {
	return journal.Record{
		Kind: journal.Intent, Row: row, Attempt: 1, At: began.Add(time.Duration(row) * time.Millisecond),
		Identity: digest(uint64(row)), Content: digest(uint64(row) + 1<<40), Line: row + 1,
		Claims: journal.Claims{Phone: digest(uint64(row) + 1<<41), Username: digest(uint64(row) + 1<<42)},
	}
}

func createdOf(row int64) journal.Record {
	return journal.Record{
		Kind: journal.Settle, Row: row, Attempt: 1, At: began.Add(time.Duration(row+20) * time.Millisecond), Status: journal.Created,
		HTTPStatus: 201, VendorID: "5f1c2a7e9b", Elapsed: 20 * time.Millisecond,
	}
}

func stores(b *testing.B, bench func(b *testing.B, s journal.Store)) {
	b.Run("memory", func(b *testing.B) { bench(b, memory.New()) })
	b.Run("sqlite", func(b *testing.B) {
		s, err := sqlite.Open(filepath.Join(b.TempDir(), "journal.db"), sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		bench(b, s)
	})
}

func beginBench(b *testing.B, s journal.Store) int64 {
	b.Helper()
	r, err := s.Begin(b.Context(), journal.Run{Name: fmt.Sprint(time.Now().UnixNano()), Account: "a", Started: began})
	if err != nil {
		b.Fatal(err)
	}
	return r.ID
}

// One operation is one row: its intent and its settling, in batches of 256 records as 128 workers would hand them over.
func BenchmarkAppend(b *testing.B) {
	stores(b, func(b *testing.B, s journal.Store) {
		run, recs := beginBench(b, s), make([]journal.Record, 0, 256)
		b.ReportAllocs()
		for row := int64(1); b.Loop(); row++ {
			recs = append(recs, intentOf(row))
			if row > 100 {
				recs = append(recs, createdOf(row-100))
			}
			if len(recs) >= 256 {
				if err := s.Append(b.Context(), run, recs); err != nil {
					b.Fatal(err)
				}
				recs = recs[:0]
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

// Sixty-four workers that do nothing but intend and settle.
func BenchmarkWriter(b *testing.B) {
	for _, workers := range []int{8, 64, 256} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			stores(b, func(b *testing.B, s journal.Store) {
				run, commits, records := beginBench(b, s), 0, 0
				w := journal.NewWriter(s, run, journal.WriterOptions{OnDurable: func(recs []journal.Record) { commits++; records += len(recs) }})
				b.ReportAllocs()
				b.ResetTimer()
				var wg sync.WaitGroup
				for k := range workers {
					wg.Go(func() {
						for row := int64(k + 1); row <= int64(b.N); row += int64(workers) {
							if err := w.Intend(b.Context(), intentOf(row)); err != nil {
								b.Error(err)
							}
							if err := w.Put(createdOf(row)); err != nil {
								b.Error(err)
							}
						}
					})
				}
				wg.Wait()
				if err := w.Close(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
				b.ReportMetric(float64(records)/float64(commits), "recs/commit")
			})
		})
	}
}

func BenchmarkSeen(b *testing.B) {
	stores(b, func(b *testing.B, s journal.Store) {
		seen, err := s.Seen()
		if err != nil {
			b.Fatal(err)
		}
		defer seen.Close()
		for row := int64(1); b.Loop(); row++ {
			if first, err := seen.First(digest(uint64(row)), row); err != nil || first != row {
				b.Fatal(first, err)
			}
		}
	})
}

// Looking up people who are not there and who are, after a run of 200,000 rows.
func BenchmarkImported(b *testing.B) {
	stores(b, func(b *testing.B, s journal.Store) {
		run := beginBench(b, s)
		for row := int64(1); row <= 200_000; row += 1000 {
			var recs []journal.Record
			for r := row; r < row+1000; r++ {
				recs = append(recs, intentOf(r), createdOf(r))
			}
			if err := s.Append(b.Context(), run, recs); err != nil {
				b.Fatal(err)
			}
		}
		start := time.Now()
		if err := s.Index(b.Context(), "a"); err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		for row := uint64(1); b.Loop(); row++ {
			if _, ok, err := s.Imported(b.Context(), "a", digest(row)); err != nil || ok != (row <= 200_000) {
				b.Fatal(row, ok, err)
			}
		}
		b.ReportMetric(float64(took.Milliseconds()), "index-ms")
	})
}

func BenchmarkRows(b *testing.B) {
	stores(b, func(b *testing.B, s journal.Store) {
		run := beginBench(b, s)
		const rows = 100_000
		for row := int64(1); row <= rows; row += 1000 {
			var recs []journal.Record
			for r := row; r < row+1000; r++ {
				recs = append(recs, intentOf(r), createdOf(r))
			}
			if err := s.Append(b.Context(), run, recs); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			for _, err := range s.Rows(b.Context(), run, 1) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.N*rows)/b.Elapsed().Seconds(), "rows/s")
	})
}
