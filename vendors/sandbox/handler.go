package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// MaxBody is the largest request body a stand-in reads, in bytes.
const MaxBody = 1 << 20

// Handler serves every vendor under its name (/distinct/v2/registration), and what the sandbox knows under /_sandbox. Faults that break a
// connection need a server's connection: with a recorder they panic with http.ErrAbortHandler.
func (s *Sandbox) Handler() http.Handler { return http.HandlerFunc(s.serve) }

func (s *Sandbox) serve(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		panic(http.ErrAbortHandler)
	}
	defer s.calls.Done()
	path := r.URL.EscapedPath()
	name, rest, slash := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	d := s.endpoint(name)
	switch {
	case d != nil && slash:
		s.serveVendor(w, r, d, "/"+rest)
	case name == "_sandbox":
		s.serveControl(w, r)
	default:
		http.Error(w, fmt.Sprintf("no vendor is served under %s; there are %s", path, s.names()), http.StatusNotFound)
	}
}

// serveVendor is the way of one request: count, read, limit, fault, answer, latency, fault.
func (s *Sandbox) serveVendor(w http.ResponseWriter, r *http.Request, d *endpoint, path string) {
	began := s.options.Now()
	d.stats.note(func(s *Stats) { s.Requests++ })
	body, err := readBody(r)
	if errors.Is(err, errTooLarge) {
		s.finish(w, r, d, began, Fault{}, d.Refusals[TooLarge])
		return
	}
	if err != nil { // the client went away in the middle of its request
		d.stats.answered(NoFault, 0)
		panic(http.ErrAbortHandler)
	}
	if wait, ok := d.windows.admit(s.options.Now()); !ok {
		d.stats.note(func(s *Stats) { s.Violations++ })
		s.finish(w, r, d, began, Fault{}, s.withRetryAfter(d.Refusals[Throttled], wait))
		return
	}
	n := d.stats.note(func(s *Stats) { s.Admitted++ })
	fault := s.fault(d, n, r)
	var answer Answer
	if fault.before() {
		answer = s.faultAnswer(d, fault)
	} else {
		answer = d.Answer(&Call{
			Method: r.Method, Path: path, RawQuery: r.URL.RawQuery, Header: r.Header, Body: body,
			Now: s.options.Now(), Shape: d.shape, Register: d.register,
		})
	}
	if !s.sleep(r, s.latency(d, n, fault)) {
		d.stats.answered(fault.Kind, 0)
		panic(http.ErrAbortHandler)
	}
	s.finish(w, r, d, began, fault, answer)
}

var errTooLarge = errors.New("the body is too large")

func readBody(r *http.Request) ([]byte, error) {
	if r.ContentLength > MaxBody {
		return nil, errTooLarge
	}
	if r.ContentLength > 0 {
		body := make([]byte, r.ContentLength)
		_, err := io.ReadFull(r.Body, body)
		return body, err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	if err == nil && len(body) > MaxBody {
		err = errTooLarge
	}
	return body, err
}

func (s *Sandbox) fault(d *endpoint, n int, r *http.Request) Fault {
	if s.options.Fault != nil {
		if f := s.options.Fault(n, r); f.Kind != NoFault {
			return f
		}
	}
	return pick(s.options.Faults, s.options.Seed, d.Name, n)
}

// latency is how long the n-th request of a vendor takes.
func (s *Sandbox) latency(d *endpoint, n int, f Fault) time.Duration {
	latency := s.options.Latency + time.Duration(chance(s.options.Seed, d.Name, n, -1)*float64(max(0, s.options.Jitter)))
	if f.Kind == Slow {
		latency += cmp.Or(f.Time, 30*time.Second)
	}
	return latency
}

// sleep waits; it is false when the client left or the sandbox closes before the time is up.
func (s *Sandbox) sleep(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
	case <-s.closed.Done():
	}
	return false
}

func (s *Sandbox) finish(w http.ResponseWriter, r *http.Request, d *endpoint, began time.Time, f Fault, a Answer) {
	status := a.Status
	switch f.Kind {
	case ResetBefore, ResetAfter, HangUp:
		status = 0
	}
	d.stats.answered(f.Kind, status)
	if s.options.Log != nil {
		s.options.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("vendor", d.Name), slog.String("method", r.Method),
			slog.String("path", r.URL.EscapedPath()), slog.Int("status", status), slog.String("fault", string(f.Kind)),
			slog.Duration("took", s.options.Now().Sub(began)))
	}
	s.write(w, r, d, f, a)
}

func (s *Sandbox) names() string {
	names := make([]string, len(s.endpoints))
	for i, d := range s.endpoints {
		names[i] = "/" + d.Name
	}
	return strings.Join(names, ", ")
}
