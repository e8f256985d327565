package terminal

import (
	"strings"
	"sync"
)

// fakeTerminal is a writer that shows what a terminal would: lines, of which the last can be gone back in and emptied. Each picture of the last
// line that was there when it was emptied or drawn over is kept.
type fakeTerminal struct {
	mu     sync.Mutex
	lines  []string // those above the last
	line   []rune
	column int
	drawn  []string // what stood in the last line, in order
}

func (t *fakeTerminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := string(p)
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "\x1b[0K"); ok {
			t.line, text = t.line[:min(t.column, len(t.line))], rest
			continue
		}
		if rest, ok := strings.CutPrefix(text, "\x1b[2K"); ok {
			t.keep()
			t.line, text = nil, rest
			continue
		}
		r := []rune(text)[0]
		text = text[len(string(r)):]
		t.put(r)
	}
	return len(p), nil
}

func (t *fakeTerminal) put(r rune) {
	switch r {
	case '\n':
		t.lines = append(t.lines, string(t.line))
		t.line, t.column = nil, 0
	case '\r':
		t.keep()
		t.column = 0
	default:
		for len(t.line) <= t.column {
			t.line = append(t.line, ' ')
		}
		t.line[t.column] = r
		t.column++
	}
}

func (t *fakeTerminal) keep() {
	if len(t.line) > 0 {
		t.drawn = append(t.drawn, string(t.line))
	}
}

// seen returns the lines, the line at the bottom, and all that was drawn there before.
func (t *fakeTerminal) seen() (lines []string, bottom string, drawn []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.lines...), string(t.line), append([]string(nil), t.drawn...)
}
