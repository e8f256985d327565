package main

import (
	"io"
	"sync"
)

// clearLine goes to the start of the line and empties it.
const clearLine = "\r\x1b[2K"

// screen is standard error, with at most one line at its bottom that is drawn again and again. Whatever else is written stands above it.
// Safe for concurrent use.
type screen struct {
	mu    sync.Mutex
	out   io.Writer
	drawn bool
}

// Write writes text of whole lines, the bottom line out of the way.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wipe()
	return s.out.Write(p)
}

// draw puts a line at the bottom in place of the one before. It must fit the terminal.
func (s *screen) draw(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drawn = true
	_, _ = io.WriteString(s.out, clearLine+line) // a terminal that is gone must not end a run
}

// erase takes the bottom line away.
func (s *screen) erase() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wipe()
}

func (s *screen) wipe() {
	if s.drawn {
		s.drawn = false
		_, _ = io.WriteString(s.out, clearLine)
	}
}
