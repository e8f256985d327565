package terminal

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
	s.clear()
	return s.out.Write(p)
}

// erase takes the bottom line away.
func (s *screen) erase() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
}

func (s *screen) clear() {
	if s.drawn {
		s.drawn = false
		_, _ = io.WriteString(s.out, clearLine)
	}
}

// bottomLine draws what is written to it on the bottom line of a screen. It never fails: a terminal that is gone must not end a run.
type bottomLine struct{ *screen }

// Write draws a line that begins by going back to the start of the line.
func (b bottomLine) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drawn = true
	_, _ = b.out.Write(p)
	return len(p), nil
}
