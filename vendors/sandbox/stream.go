package sandbox

import (
	"cmp"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

const streamSize = 64 << 10

// stream is one direction of a connection: a buffer with a reader at one end and a writer at the other.
type stream struct {
	mu      sync.Mutex
	changed sync.Cond
	data    []byte // unread bytes are data[off:]
	off     int
	window  int // unread bytes at most

	readErr  error // what a read returns, at once
	writeErr error // what a write returns
	ended    bool  // no more will be written: io.EOF once the buffer is empty

	reading deadline
	writing deadline
}

// deadline is the point in time at which one end's calls fail.
type deadline struct {
	timer   *time.Timer
	passed  bool
	version int // a timer of an older version says nothing
}

func newStream() *stream {
	s := &stream{window: streamSize}
	s.changed.L = &s.mu
	return s
}

func (s *stream) read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.readErr != nil:
			return 0, s.readErr
		case s.reading.passed:
			return 0, os.ErrDeadlineExceeded
		case len(p) == 0:
			return 0, nil
		case s.off < len(s.data):
			n := copy(p, s.data[s.off:])
			s.off += n
			if s.off == len(s.data) {
				s.data, s.off = s.data[:0], 0
			}
			s.changed.Broadcast()
			return n, nil
		case s.ended:
			return 0, io.EOF
		}
		s.changed.Wait()
	}
}

func (s *stream) write(p []byte) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch free := s.window - (len(s.data) - s.off); {
		case s.writeErr != nil:
			return n, s.writeErr
		case s.writing.passed:
			return n, os.ErrDeadlineExceeded
		case n == len(p):
			return n, nil
		case free > 0:
			n += s.put(p[n:min(len(p), n+free)])
			continue
		}
		s.changed.Wait()
	}
}

func (s *stream) setWindow(bytes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.window = bytes
	s.changed.Broadcast()
}

func (s *stream) put(p []byte) int {
	if s.off > 0 && len(s.data)+len(p) > cap(s.data) {
		s.data, s.off = s.data[:copy(s.data, s.data[s.off:])], 0
	}
	s.data = append(s.data, p...)
	s.changed.Broadcast()
	return len(p)
}

// closeRead is the reader leaving: its reads fail with net.ErrClosed, the writer's writes with EPIPE.
func (s *stream) closeRead() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readErr = cmp.Or(s.readErr, net.ErrClosed)
	s.writeErr = cmp.Or(s.writeErr, os.NewSyscallError("write", syscall.EPIPE))
	s.data, s.off = nil, 0
	s.end()
}

// closeWrite is the writer having written all: its writes fail with the given error, the reader gets what is left.
func (s *stream) closeWrite(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writeErr == nil || err == net.ErrClosed {
		s.writeErr = err
	}
	s.ended = true
	s.end()
}

// reset drops what is unread. The end that did it (the writer's, or else the reader's) sees net.ErrClosed, the other ECONNRESET.
func (s *stream) reset(byWriter bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	readErr, writeErr := net.ErrClosed, os.NewSyscallError("write", syscall.ECONNRESET)
	if byWriter {
		readErr, writeErr = os.NewSyscallError("read", syscall.ECONNRESET), net.ErrClosed
	}
	s.readErr = cmp.Or(s.readErr, readErr)
	if s.writeErr == nil || byWriter {
		s.writeErr = writeErr
	}
	s.data, s.off, s.ended = nil, 0, true
	s.end()
}

// end stops the timers of a stream that is over at either side and wakes all who wait. Callers hold the lock.
func (s *stream) end() {
	if s.readErr != nil {
		s.reading.stop()
	}
	if s.writeErr != nil {
		s.writing.stop()
	}
	s.changed.Broadcast()
}

func (s *stream) setDeadline(d *deadline, t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if (d == &s.reading && s.readErr == net.ErrClosed) || (d == &s.writing && s.writeErr == net.ErrClosed) {
		return net.ErrClosed
	}
	d.stop()
	d.passed = false
	if !t.IsZero() {
		if wait := time.Until(t); wait > 0 {
			d.start(s, wait)
		} else {
			d.passed = true
		}
	}
	s.changed.Broadcast()
	return nil
}

// start arms the timer. Callers hold the stream's lock.
func (d *deadline) start(s *stream, wait time.Duration) {
	version := d.version
	d.timer = time.AfterFunc(wait, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if d.version == version {
			d.passed = true
			s.changed.Broadcast()
		}
	})
}

func (d *deadline) stop() {
	d.version++
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}
