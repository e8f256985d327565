package sandbox

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"
)

const gatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"

// faultAnswer is the answer of a fault that keeps the vendor from seeing the request.
func (s *Sandbox) faultAnswer(d *endpoint, f Fault) Answer {
	refusals := map[FaultKind]Refusal{Error500: Broken, Auth: Unauthorized, Forbid: Forbidden, Closed: Inactive}
	switch f.Kind {
	case Gateway:
		return gateway()
	case Unavailable:
		a := Answer{Status: http.StatusServiceUnavailable, Type: "text/plain; charset=utf-8", Body: []byte("Service Unavailable\n")}
		return s.withRetryAfter(a, f.Time)
	case Redirect:
		return Answer{Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {"/_sandbox/trap"}}}
	case Limit:
		return s.withRetryAfter(d.Refusals[Throttled], f.Time)
	case ResetBefore: // nothing goes back
		return Answer{Status: http.StatusInternalServerError}
	}
	return d.Refusals[refusals[f.Kind]]
}

func gateway() Answer {
	return Answer{Status: http.StatusBadGateway, Type: "text/html", Body: []byte(gatewayPage)}
}

// withRetryAfter adds a Retry-After in the form of the options; nothing when there is no time to name. Parts of a second count as a whole one.
func (s *Sandbox) withRetryAfter(a Answer, wait time.Duration) Answer {
	if wait <= 0 || s.options.RetryAfter == Silent {
		return a
	}
	a.Header = maps.Clone(a.Header)
	if a.Header == nil {
		a.Header = http.Header{}
	}
	text := strconv.FormatInt(int64((wait+time.Second-1)/time.Second), 10)
	if s.options.RetryAfter == HTTPDate {
		text = s.options.Now().Add(wait + time.Second - 1).UTC().Format(http.TimeFormat)
	}
	a.Header.Set("Retry-After", text)
	return a
}

// write sends the answer, or does to it what the fault says.
func (s *Sandbox) write(w http.ResponseWriter, r *http.Request, d *endpoint, f Fault, a Answer) {
	switch f.Kind {
	case ResetBefore, ResetAfter:
		reset(w)
		return
	case HangUp:
		panic(http.ErrAbortHandler)
	case GatewayLate:
		a = gateway()
	case Error500Late:
		a = d.Refusals[Broken]
	case Truncated:
		truncated(w, a)
		return
	case Empty:
		a.Body = nil
	case Garbage:
		a.Body = []byte(`{"status": oops`)
	case Endless:
		s.endless(w, r, a)
		return
	case Stale:
		stale(w, a)
		return
	}
	head(w, a)
	_, _ = w.Write(a.Body) // fails only when the client has left
}

func head(w http.ResponseWriter, a Answer) {
	h := w.Header()
	maps.Copy(h, a.Header)
	h["Content-Type"] = []string{cmp.Or(a.Type, "application/json")}
	h["Content-Length"] = []string{strconv.Itoa(len(a.Body))}
	w.WriteHeader(a.Status)
}

// truncated promises the whole body, sends half of it and ends the connection.
func truncated(w http.ResponseWriter, a Answer) {
	head(w, a)
	_, _ = w.Write(a.Body[:len(a.Body)/2])
	http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// endless writes until the client hangs up or the sandbox closes.
func (s *Sandbox) endless(w http.ResponseWriter, r *http.Request, a Answer) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.Status)
	chunk := bytes.Repeat([]byte(" "), 16<<10)
	for r.Context().Err() == nil && s.closed.Err() == nil {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
	panic(http.ErrAbortHandler)
}

// reset makes the client see a reset connection.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	ResetConn(conn)
}

// ResetConn ends a connection so that its other end sees a reset.
func ResetConn(conn net.Conn) {
	switch c := conn.(type) {
	case interface{ Reset() }:
		c.Reset()
	case *net.TCPConn:
		_ = c.SetLinger(0) // the connection ends either way
	}
	conn.Close()
}

// stale answers as if the connection stayed open, then closes it.
func stale(w http.ResponseWriter, a Answer) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	response := http.Response{
		StatusCode: a.Status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Content-Type": {"application/json"}},
		ContentLength: int64(len(a.Body)), Body: io.NopCloser(bytes.NewReader(a.Body)),
	}
	maps.Copy(response.Header, a.Header)
	if response.Write(rw) == nil {
		rw.Flush()
	}
}
