package runs

import (
	"io"
	"sync"

	"importer/pipeline"
	"importer/pipeline/source"
)

// meterRows is how many rows may be between reading and settling before the meter forgets where the oldest of them ended.
const meterRows = 1 << 14

// meter passes rows on and remembers at which byte of the inputs each ended, so that progress can be measured in bytes of the rows that are
// settled: no first pass over the input has to count them. Next must be called from one goroutine; the other methods are safe for concurrent use.
type meter struct {
	rows   pipeline.ClosingRows
	reader *source.Reader
	starts []int64 // of each input, in bytes of all
	plain  []bool  // whether offsets of rows are offsets in the file

	mu    sync.Mutex
	ends  [meterRows]int64
	count int64
	all   bool // the end was reached: count is the number of rows
}

// newMeter measures rows that come from a reader of the set.
func newMeter(rows pipeline.ClosingRows, reader *source.Reader, set *source.Set) *meter {
	m := &meter{rows: rows, reader: reader}
	at := int64(0)
	for _, f := range set.Files {
		m.starts = append(m.starts, at)
		m.plain = append(m.plain, f.Compression == "" && f.InPlace())
		at += f.Size
	}
	return m
}

// Next returns the next row.
func (m *meter) Next() (source.Row, error) {
	row, err := m.rows.Next()
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case err == io.EOF:
		m.all = true
	case err == nil:
		m.ends[m.count%meterRows] = m.end(row)
		m.count++
	}
	return row, err
}

// end is where a row ends in all inputs taken together. Of a compressed input it is an estimate: the bytes read from the file so far.
func (m *meter) end(row source.Row) int64 {
	if row.Input < len(m.plain) && m.plain[row.Input] {
		return m.starts[row.Input] + row.End
	}
	return m.reader.BytesRead()
}

// Close closes the rows.
func (m *meter) Close() error { return m.rows.Close() }

// done returns how many bytes the first n rows took, and how many rows there are: 0 as long as that is not known.
func (m *meter) done(n int64) (bytes, total int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all {
		total = m.count
	}
	n = min(n, m.count)
	if n == 0 {
		return 0, total
	}
	if m.count-n >= meterRows {
		n = m.count - meterRows + 1
	}
	return m.ends[(n-1)%meterRows], total
}
