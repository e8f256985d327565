package source

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// generated is a content that is made while it is read, so that a test of memory holds none of it.
type generated struct {
	left int64
	line func(n int64) string
	n    int64
	rest string
}

func (g *generated) Read(p []byte) (int, error) {
	if g.rest == "" {
		if g.left == 0 {
			return 0, io.EOF
		}
		g.rest = g.line(g.n)
		g.n++
		g.left--
	}
	n := copy(p, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

// TestHostileContent reads contents made to hurt: rows and broken rows must be as many as they should, the buffer must not grow
// over the limit, and the finder must not go over any byte more than a few times.
func TestHostileContent(t *testing.T) {
	const lines = 60_060
	header := "a,b,c\n"
	plain := func(int64) string { return "1,2,3\n" }
	every := func(k int64, odd string) func(int64) string {
		return func(n int64) string {
			if n%k == 0 {
				return odd
			}
			return "1,2,3\n"
		}
	}
	tests := []struct {
		name         string
		first        string
		line         func(int64) string
		rows, broken int
	}{
		{"plain", "", plain, lines, 0},
		{"one stray quote at the top", "\"x,2,3\n", plain, lines, 1},
		{"a stray quote in every line", "", func(int64) string { return "x\",2,3\n" }, 0, lines},
		{"a quote alone in every line", "", func(int64) string { return "\"\n" }, 0, lines / 2},
		{"a stray quote every 1,001 lines", "", every(1001, "\"x,2,3\n"), lines - 60, 60},
		{"a stray quote every 999 lines", "", every(999, "x\",2,3\n"), lines - 61, 61},
		{"quotes everywhere", "", func(int64) string { return strings.Repeat(`"`, 31) + "\n" }, 0, lines / 2}, // one cell over two lines, each time
		{"a line of 10 MB", strings.Repeat("x", 10<<20) + "\n", plain, lines, 1},
		{"a quoted cell of 10 MB", "\"" + strings.Repeat("x", 10<<20) + "\",2,3\n", plain, lines, 1},
		{"a quoted cell of 10 MB in lines", "\"" + strings.Repeat(strings.Repeat("x", 1023)+"\n", 10<<10) + "\",2,3\n", plain, lines, 1 + 10<<10},
		{"a million delimiters", strings.Repeat(",", 1_000_000) + "\n", plain, lines, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b", "c"}}
			content := io.MultiReader(strings.NewReader(header+test.first), &generated{left: lines, line: test.line})
			rows := newCSVRows(&file, content, Limits{}.withDefaults())
			if err := rows.skipHeader(); err != nil {
				t.Fatal(err)
			}
			good, broken := 0, 0
			for {
				row, err := rows.next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if row.Broken == nil {
					good++
				} else if broken++; len(row.Broken.Raw) > maxRaw {
					t.Errorf("%d bytes of raw text", len(row.Broken.Raw))
				}
			}
			if good != test.rows || broken != test.broken {
				t.Errorf("%d rows and %d broken, want %d and %d", good, broken, test.rows, test.broken)
			}
			if size := len(rows.lines.buf); size > 1<<20+finderBuffer {
				t.Errorf("the buffer has grown to %d bytes", size)
			}
		})
	}
}

// TestMemory reads 64 MB and looks at what is left in use.
func TestMemory(t *testing.T) {
	file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b", "c"}}
	line := "1,2," + strings.Repeat("x", 1019) + "\n"
	rows := newCSVRows(&file, &generated{left: 64 << 10, line: func(int64) string { return line }}, Limits{}.withDefaults())
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := uint64(0)
	for n := 0; ; n++ {
		_, err := rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if n%(8<<10) == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc)
		}
	}
	if most > before.HeapAlloc+2<<20 {
		t.Errorf("%d bytes are in use, %d before", most, before.HeapAlloc)
	}
}

// TestRecordFinderInPieces checks that records do not depend on how the source hands out its bytes.
func TestRecordFinderInPieces(t *testing.T) {
	content := []byte("a,b\r\n\"x\r\n\"\"y\",2\n\nz\",1\n\"\n1,2\n" + strings.Repeat("w", 50) + "\n\"3\n4\"")
	limits := Limits{Record: 40, Lines: 3}.withDefaults()
	records := func(step int) string {
		f := newRecordFinder(&stepReader{content, step}, 0, new(syntax), limits)
		var b strings.Builder
		for {
			fr, err := f.peek()
			if err == io.EOF {
				return b.String()
			}
			if err != nil {
				t.Fatal(err)
			}
			data := string(fr.data)
			if fr.flaw == longLine {
				data = data[:10]
				if err := f.skipLine(); err != nil {
					t.Fatal(err)
				}
			} else {
				f.take(len(fr.data), fr.lines)
			}
			fmt.Fprintf(&b, "@%d %d:%d %d lines, %d quotes, flaw %d, %q\n", fr.line, fr.offset, f.offset, fr.lines, fr.quotes, fr.flaw, data)
		}
	}
	want := records(len(content))
	if strings.Count(want, "\n") != 7 || !strings.Contains(want, `flaw 2, "wwwwwwwwww"`) {
		t.Errorf("got %s", want)
	}
	for step := 1; step < len(content); step++ {
		if got := records(step); got != want {
			t.Errorf("in pieces of %d:\n%swant\n%s", step, got, want)
		}
	}
}

// TestReadErrorEndsTheReading breaks the disk after a row, within a row, and within quotes.
func TestReadErrorEndsTheReading(t *testing.T) {
	for _, content := range []string{"a,b\n1,2\n", "a,b\n1,2\n3", "a,b\n1,2\n\"3\n4"} {
		file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b"}}
		rows := newCSVRows(&file, io.MultiReader(strings.NewReader(content), failing{}), Limits{}.withDefaults())
		if err := rows.skipHeader(); err != nil {
			t.Fatal(err)
		}
		if row, err := rows.next(); err != nil || short(row) != "0 @2 4:8 1|2" {
			t.Errorf("%q: %s, %v", content, short(row), err)
		}
		for range 2 {
			if row, err := rows.next(); err != io.ErrClosedPipe {
				t.Errorf("%q: after the error %s, %v", content, short(row), err)
			}
		}
	}
	long := newRecordFinder(io.MultiReader(bytes.NewReader(bytes.Repeat([]byte("x"), 2<<20)), failing{}), 0, new(syntax), Limits{}.withDefaults())
	if fr, err := long.peek(); err != nil || fr.flaw != longLine {
		t.Errorf("%+v, %v", fr.flaw, err)
	}
	if err := long.skipLine(); err != io.ErrClosedPipe {
		t.Errorf("got %v", err)
	}
}

// failing is a source that cannot be read.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }
