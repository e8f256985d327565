package runs

import (
	"io"
	"testing"

	"importer/pipeline/source"
)

// lines are rows of ten bytes each.
type lines struct{ next, count int64 }

func (l *lines) Next() (source.Row, error) {
	if l.next == l.count {
		return source.Row{}, io.EOF
	}
	l.next++
	return source.Row{Number: l.next, Offset: (l.next - 1) * 10, End: l.next * 10}, nil
}

func (l *lines) Close() error { return nil }

func TestMeterMeasuresSettledRows(t *testing.T) {
	t.Parallel()
	const rows = meterRows + 100
	m := newMeter(&lines{count: rows}, nil, &source.Set{Files: []source.File{{Size: rows * 10, Encoding: source.UTF8}}})
	for range 50 {
		if _, err := m.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if bytes, total := m.done(0); bytes != 0 || total != 0 {
		t.Errorf("before the first: %d bytes of %d rows", bytes, total)
	}
	if bytes, total := m.done(30); bytes != 300 || total != 0 {
		t.Errorf("after 30 of 50 rows read: %d bytes of %d rows", bytes, total)
	}
	for {
		if _, err := m.Next(); err != nil {
			break
		}
	}
	if bytes, total := m.done(rows); bytes != rows*10 || total != rows {
		t.Errorf("at the end: %d bytes of %d rows", bytes, total)
	}
	if bytes, _ := m.done(10); bytes != 101*10 {
		t.Errorf("what is forgotten counts as the oldest that is known: %d bytes", bytes)
	}
}

func TestMeterAddsInputs(t *testing.T) {
	t.Parallel()
	set := &source.Set{Files: []source.File{{Size: 1000, Encoding: source.UTF8}, {Size: 500, Encoding: source.UTF8}}}
	m := newMeter(&lines{}, nil, set)
	if got := m.end(source.Row{Input: 1, End: 20}); got != 1020 {
		t.Errorf("a row of the second input ends at %d", got)
	}
}
