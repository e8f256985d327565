package vendors

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// ErrNotSent marks an error of a RoundTripper that is no transport of ours: wrapped in its error, it says that no byte of the request left.
var ErrNotSent = errors.New("no byte of the request left")

// sendTrace watches one attempt and can say whether a byte of the request left this machine. Its hooks may be called from other goroutines.
type sendTrace struct {
	trace   httptrace.ClientTrace
	gotConn atomic.Bool
	writing atomic.Bool // the request's head is being written
	counter atomic.Pointer[countingConn]
	base    atomic.Int64
	fits    bool         // the request line fits net/http's buffer, so that no byte of it leaves before the first header is reported
	read    atomic.Int64 // bytes the connection had read when the request's head was ready to be written
	heard   atomic.Int64 // and when the answer's first byte was there
}

// lineFits is how long a request's path and query may be for its line to fit the buffer of 4 KiB in which net/http writes.
const lineFits = 4000

// traceSend returns a sendTrace with its hooks in place, for a request to this path and query.
func traceSend(path string) *sendTrace {
	w := &sendTrace{fits: len(path) <= lineFits}
	w.trace.GotConn = func(info httptrace.GotConnInfo) {
		if c := counterOf(info.Conn); c != nil {
			w.base.Store(c.begun.Load())
			w.counter.Store(c)
		}
		w.gotConn.Store(true)
	}
	w.trace.WroteHeaderField = func(string, []string) { w.writing.Store(true) }
	w.trace.WroteHeaders = func() { w.note(&w.read) }
	w.trace.GotFirstResponseByte = func() { w.note(&w.heard) }
	return w
}

// note keeps how many bytes the connection has read by now.
func (w *sendTrace) note(n *atomic.Int64) {
	if c := w.counter.Load(); c != nil {
		n.Store(c.read.Load())
	}
}

// writeGrace is how long a write of which the other end has seen the bytes may take to return.
const writeGrace = 100 * time.Millisecond

// misplaced reports whether an answer is certain not to be this request's: it was there before the request, whose body has size bytes, had
// left whole. Something on the way sent two answers to one request, and the second is taken for an answer to the next. Such a connection is
// closed, or all that follow would be off by one. Call it when the answer was read. Where the connection does not count, it is false.
func (w *sendTrace) misplaced(size int) bool {
	c := w.counter.Load()
	if c == nil || w.heard.Load() > w.read.Load() && c.wrote(w.base.Load()+int64(size), writeGrace) {
		return false
	}
	c.Close()
	return true
}

// nothingLeft reports whether it is certain that no byte of the request left. Without proof it is not.
func (w *sendTrace) nothingLeft(rt http.RoundTripper, err error) bool {
	if errors.Is(err, ErrNotSent) {
		return true
	}
	if !w.gotConn.Load() {
		_, ours := rt.(*http.Transport)
		return ours || isDialError(err)
	}
	if c := w.counter.Load(); c != nil && c.begun.Load() == w.base.Load() {
		return true
	}
	return w.counter.Load() != nil && !w.writing.Load() && w.fits
}

// cause is the error behind an error: net/http calls the piece of a line after which a connection ended malformed.
func (w *sendTrace) cause(err error) error {
	c := w.counter.Load()
	if c == nil || !strings.Contains(err.Error(), "malformed") {
		return err
	}
	if ended := c.ended.Load(); ended != nil && (errors.Is(*ended, io.EOF) || errors.Is(*ended, syscall.ECONNRESET)) {
		return *ended
	}
	return err
}
