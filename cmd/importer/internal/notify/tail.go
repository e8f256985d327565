package notify

import (
	"bytes"
	"slices"
	"strings"
)

const (
	linesKept = 20  // of what a command wrote
	lineMost  = 500 // bytes of each that are kept
)

// tail keeps the last lines of what is written to it, each up to lineMost bytes. The zero tail is empty and ready; not safe for concurrent use.
type tail struct {
	lines   []string // whole ones, at most linesKept
	dropped int      // lines before them
	open    []byte   // the line that has not ended
	begun   bool     // it has something in it
	cut     bool     // of it bytes were left out
}

// Write takes all of p as written.
func (t *tail) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		part, after, ended := bytes.Cut(rest, []byte("\n"))
		room := lineMost - len(t.open)
		t.open = append(t.open, part[:min(len(part), room)]...)
		t.begun, t.cut = true, t.cut || len(part) > room
		if ended {
			t.end()
		}
		rest = after
	}
	return len(p), nil
}

// end ends the open line.
func (t *tail) end() {
	line := strings.TrimRight(string(t.open), "\r")
	if t.cut {
		line = strings.ToValidUTF8(line, "") + "…" // without half a letter
	}
	if len(t.lines) == linesKept {
		t.lines = slices.Delete(t.lines, 0, 1)
		t.dropped++
	}
	t.lines = append(t.lines, line)
	t.open, t.begun, t.cut = t.open[:0], false, false
}

// said are the last lines, and how many came before them.
func (t *tail) said() Said {
	if t.begun {
		t.end()
	}
	return Said{t.lines, t.dropped}
}
