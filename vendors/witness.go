package vendors

import (
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// ErrNotSent marks an error of a RoundTripper that is no transport of ours: wrapped in its error, it vouches that no byte of the request left.
var ErrNotSent = errors.New("no byte of the request left")

// witness watches one attempt and can say whether a byte of the request left this machine. Its hooks may be called from other goroutines.
type witness struct {
	trace   httptrace.ClientTrace
	gotConn atomic.Bool
	writing atomic.Bool // the request's head is being written
	counter atomic.Pointer[countingConn]
	base    atomic.Int64
}

// watch returns a witness with its hooks in place.
func watch() *witness {
	w := &witness{}
	w.trace.GotConn = func(info httptrace.GotConnInfo) {
		if c := counterOf(info.Conn); c != nil {
			w.base.Store(c.begun.Load())
			w.counter.Store(c)
		}
		w.gotConn.Store(true)
	}
	w.trace.WroteHeaderField = func(string, []string) { w.writing.Store(true) }
	return w
}

// nothingLeft reports whether it is certain that no byte of the request left. Without proof it is not.
func (w *witness) nothingLeft(rt http.RoundTripper, err error) bool {
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
	return w.counter.Load() != nil && !w.writing.Load()
}
