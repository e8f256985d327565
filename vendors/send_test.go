package vendors_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"importer/vendors"
)

// peer is what the other side of a connection does once it has read a request; it may be called again on the same connection.
type peer func(conn net.Conn, request *http.Request)

// say writes a raw answer.
func say(raw string) peer {
	return func(conn net.Conn, _ *http.Request) {
		_, _ = io.WriteString(conn, strings.ReplaceAll(raw, "\n", "\r\n"))
	}
}

// ok is a whole answer with this body.
func ok(status, body string) peer {
	return say(fmt.Sprintf("HTTP/1.1 %s\nContent-Type: application/json\nContent-Length: %d\n\n%s", status, len(body), body))
}

// attempt sends one request over a pipe to p and returns the verdict, within a bubble of simulated time.
func attempt(t *testing.T, timeout time.Duration, p peer) (got vendors.Verdict) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := &network{peer: p}
		rt := vendors.NewTransport(vendors.TransportOptions{Workers: 1, Dial: n.dial})
		a := toyAccount(t, "http://toy.example")
		ctx, cancel := context.WithTimeout(t.Context(), timeout)
		defer cancel()
		got = a.Send(ctx, rt, toyRequest(t, a))
		rt.CloseIdleConnections()
		n.close()
		if n.requests > 1 {
			t.Errorf("%d requests reached the vendor", n.requests)
		}
	})
	return got
}

// network makes connections that are pipes to its peer.
type network struct {
	peer     peer
	mu       sync.Mutex
	conns    []net.Conn
	done     sync.WaitGroup
	requests int
}

func (n *network) dial(context.Context, string, string) (net.Conn, error) {
	near, far := net.Pipe()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.conns = append(n.conns, far, near)
	n.done.Go(func() { n.serve(far) })
	return near, nil
}

func (n *network) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		n.mu.Lock()
		n.requests++
		n.mu.Unlock()
		if n.peer == nil {
			return
		}
		n.peer(conn, r)
	}
}

func (n *network) close() {
	n.mu.Lock()
	for _, c := range n.conns {
		c.Close()
	}
	n.mu.Unlock()
	n.done.Wait()
}

func hangUp(conn net.Conn, _ *http.Request) { conn.Close() }

func TestSendJudgesWhatComesBack(t *testing.T) {
	silent := func(net.Conn, *http.Request) {}
	then := func(peers ...peer) peer {
		return func(conn net.Conn, r *http.Request) {
			for _, p := range peers {
				p(conn, r)
			}
		}
	}
	long := strings.Repeat("x", 70_000)
	for name, c := range map[string]struct {
		peer  peer
		class vendors.Class
		code  string
	}{
		"confirmed":               {ok("200 OK", `{"ok":true,"id":7}`), vendors.Accepted, "created"},
		"chunked":                 {say("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nb\n{\"ok\":true}\n0\n\n"), vendors.Accepted, "created"},
		"until close":             {then(say("HTTP/1.0 200 OK\n\n{\"ok\":true}"), hangUp), vendors.Accepted, "created"},
		"interim answers":         {say("HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: 11\n\n{\"ok\":true}"), vendors.Accepted, "created"},
		"switching protocols":     {say("HTTP/1.1 101 Switching Protocols\nUpgrade: x\nConnection: Upgrade\n\n"), vendors.Unknown, "answer_unreadable"},
		"no content":              {say("HTTP/1.1 204 No Content\n\n"), vendors.Unknown, "answer_unreadable"},
		"empty body":              {ok("200 OK", ""), vendors.Unknown, "answer_unreadable"},
		"html":                    {ok("200 OK", "<html>"), vendors.Unknown, "answer_unreadable"},
		"html 404":                {ok("404 Not Found", "<html>"), vendors.Unknown, "answer_unreadable"},
		"html 401":                {ok("401 Unauthorized", "<html>"), vendors.Fatal, "credentials_refused"},
		"html 403":                {ok("403 Forbidden", "<html>"), vendors.Fatal, "access_refused"},
		"html 502":                {ok("502 Bad Gateway", "<html>"), vendors.Unknown, "server_error_502"},
		"own shape 500":           {ok("500 Oops", `{"ok":false,"errors":{"mail":"taken"}}`), vendors.Unknown, "server_error_500"},
		"taken":                   {ok("400 Bad Request", `{"ok":false,"errors":{"mail":"is taken"}}`), vendors.Exists, "taken"},
		"no rule":                 {ok("402 Payment Required", `{"ok":false}`), vendors.Unknown, "unknown_error"},
		"not confirmed":           {ok("200 OK", `{"ok":false}`), vendors.Unknown, "success_not_confirmed"},
		"success and errors":      {ok("200 OK", `{"ok":true,"errors":{"a":"b"}}`), vendors.Unknown, "answer_contradictory"},
		"success in a 401":        {ok("401 Unauthorized", `{"ok":true}`), vendors.Unknown, "answer_contradictory"},
		"success in a 429":        {ok("429 Slow", `{"ok":true}`), vendors.Unknown, "answer_contradictory"},
		"success in a 400":        {ok("400 Bad Request", `{"ok":true}`), vendors.Unknown, "answer_contradictory"},
		"success in a 500":        {ok("500 Oops", `{"ok":true}`), vendors.Unknown, "answer_contradictory"},
		"rejected beats exists":   {ok("400 Bad Request", `{"ok":false,"errors":{"mail":"taken","name":"odd"}}`), vendors.Rejected, "wrong"},
		"redirect":                {say("HTTP/1.1 307 Temporary Redirect\nLocation: https://evil.example/\nContent-Length: 0\n\n"), vendors.Unknown, "redirect_refused"},
		"redirect that confirms":  {say("HTTP/1.1 302 Found\nLocation: /x\nContent-Length: 11\n\n{\"ok\":true}"), vendors.Unknown, "redirect_refused"},
		"compressed":              {say("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 3\n\nabc"), vendors.Unknown, "answer_compressed"},
		"identity":                {say("HTTP/1.1 200 OK\nContent-Encoding: identity\nContent-Length: 11\n\n{\"ok\":true}"), vendors.Accepted, "created"},
		"too large":               {ok("200 OK", long), vendors.Unknown, "answer_too_large"},
		"too large 401":           {ok("401 Unauthorized", long), vendors.Fatal, "credentials_refused"},
		"cut off":                 {then(say("HTTP/1.1 200 OK\nContent-Length: 50\n\n{\"ok\":true}"), hangUp), vendors.Unknown, "answer_cut_off"},
		"cut off 429":             {then(say("HTTP/1.1 429 Slow\nContent-Length: 50\n\n{"), hangUp), vendors.Throttled, "rate_limited"},
		"body never ends":         {say("HTTP/1.1 200 OK\nContent-Length: 50\n\n{\"ok\":true}"), vendors.Unknown, "timeout"},
		"no answer":               {silent, vendors.Unknown, "timeout"},
		"closed without answer":   {hangUp, vendors.Unknown, "connection_closed"},
		"closed within the head":  {then(say("HTTP/1.1 200 OK\nX-A: b\n"), hangUp), vendors.Unknown, "connection_closed"},
		"not http":                {then(say("SSH-2.0-OpenSSH_9.7\n\n"), hangUp), vendors.Unknown, "answer_malformed"},
		"head without end":        {say("HTTP/1.1 200 OK\nX-Long: " + strings.Repeat("y", 80_000) + "\n\n"), vendors.Unknown, "answer_malformed"},
		"two lengths that differ": {say("HTTP/1.1 200 OK\nContent-Length: 3\nContent-Length: 4\n\nabcd"), vendors.Unknown, "answer_malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			got := attempt(t, 5*time.Second, c.peer)
			if got.Class != c.class || got.Code != c.code {
				t.Errorf("got %s/%s (%s), want %s/%s", got.Class, got.Code, got.Message, c.class, c.code)
			}
			if strings.Contains(got.Message, toyKey) || strings.Contains(strings.ToLower(got.Message), "jane@") {
				t.Errorf("message %q", got.Message)
			}
		})
	}
}

// deadConn fails or swallows at its first write.
type deadConn struct {
	net.Conn
	takes int // bytes that leave before the failure
}

func (c deadConn) Write(p []byte) (int, error) {
	return min(c.takes, len(p)), &net.OpError{Op: "write", Err: syscall.EPIPE}
}

// Read ends when the transport gives the connection up, with the error that a socket has then.
func (c deadConn) Read(p []byte) (int, error) {
	_, _ = c.Conn.Read(p)
	return 0, &net.OpError{Op: "read", Err: syscall.ECONNRESET}
}

func TestSendTellsNotSentFromUnknown(t *testing.T) {
	dialError := func(err error) func(context.Context, string, string) (net.Conn, error) {
		return func(context.Context, string, string) (net.Conn, error) { return nil, err }
	}
	dead := func(takes int) func(context.Context, string, string) (net.Conn, error) {
		return func(context.Context, string, string) (net.Conn, error) {
			near, _ := net.Pipe()
			return deadConn{near, takes}, nil
		}
	}
	hang := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	for name, c := range map[string]struct {
		dial  func(context.Context, string, string) (net.Conn, error)
		class vendors.Class
		code  string
	}{
		"no such host":      {dialError(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "toy.example"}}), vendors.NotSent, "dns_failed"},
		"refused":           {dialError(&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}), vendors.NotSent, "connection_refused"},
		"connect timeout":   {dialError(&net.OpError{Op: "dial", Err: syscall.ETIMEDOUT}), vendors.NotSent, "connect_timeout"},
		"no route":          {dialError(&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}), vendors.NotSent, "connect_failed"},
		"deadline in dial":  {hang, vendors.NotSent, "timeout"},
		"dead at 0 bytes":   {dead(0), vendors.NotSent, "connection_reset"},
		"dead after a byte": {dead(1), vendors.Unknown, "connection_reset"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rt := vendors.NewTransport(vendors.TransportOptions{Dial: c.dial})
				a := toyAccount(t, "http://toy.example")
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				got := a.Send(ctx, rt, toyRequest(t, a))
				if got.Class != c.class || got.Code != c.code || got.Hint == "" {
					t.Errorf("got %s/%s (%s), want %s/%s", got.Class, got.Code, got.Message, c.class, c.code)
				}
				time.Sleep(time.Minute) // simulated: a dial that outlives its request ends by its own limit
			})
		})
	}
}

func TestSendOnAReusedConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &network{peer: ok("200 OK", `{"ok":true}`)}
		rt := vendors.NewTransport(vendors.TransportOptions{Workers: 2, Dial: n.dial})
		a := toyAccount(t, "http://toy.example")
		r := toyRequest(t, a)
		for range 3 {
			if got := a.Send(t.Context(), rt, r); got.Class != vendors.Accepted {
				t.Fatalf("%+v", got)
			}
		}
		if len(n.conns) != 2 || n.requests != 3 {
			t.Errorf("%d ends of connections, %d requests", len(n.conns), n.requests)
		}
		n.mu.Lock()
		n.peer = hangUp
		n.mu.Unlock()
		if got := a.Send(t.Context(), rt, r); got.Class != vendors.Unknown || got.Code != "connection_closed" {
			t.Errorf("closed on a reused connection: %+v", got)
		}
		if n.requests != 4 {
			t.Errorf("%d requests: a request was sent again", n.requests)
		}
		n.close()
		rt.CloseIdleConnections()
	})
}

func TestSendInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		n := &network{peer: func(net.Conn, *http.Request) { cancel() }}
		rt := vendors.NewTransport(vendors.TransportOptions{Dial: n.dial})
		a := toyAccount(t, "http://toy.example")
		if got := a.Send(ctx, rt, toyRequest(t, a)); got.Class != vendors.Unknown || got.Code != "interrupted" {
			t.Errorf("after the request: %+v", got)
		}
		if got := a.Send(ctx, rt, toyRequest(t, a)); got.Class != vendors.NotSent || got.Code != "interrupted" {
			t.Errorf("before the request: %+v", got)
		}
		n.close()
	})
}

// failing is a RoundTripper that is no transport of ours.
type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func TestSendBelievesOthersOnlyWhenTheyVouch(t *testing.T) {
	a := toyAccount(t, "")
	for _, c := range []struct {
		err   error
		class vendors.Class
	}{
		{errors.New("something"), vendors.Unknown},
		{io.EOF, vendors.Unknown},
		{fmt.Errorf("pipe: %w", vendors.ErrNotSent), vendors.NotSent},
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, vendors.NotSent},
		{&net.OpError{Op: "write", Err: syscall.EPIPE}, vendors.Unknown},
	} {
		if got := a.Send(t.Context(), failing{c.err}, toyRequest(t, a)); got.Class != c.class {
			t.Errorf("%v: %+v", c.err, got)
		}
	}
	if got := a.Send(t.Context(), failing{io.EOF}, vendors.Request{}); got.Class != vendors.Fatal || got.Code != "request_not_prepared" {
		t.Errorf("a request of nobody: %+v", got)
	}
	if got := a.Send(t.Context(), failing{io.EOF}, toyRequest(t, toyAccount(t, ""))); got.Class != vendors.Fatal {
		t.Errorf("a request of another account: %+v", got)
	}
}

func TestRetryAfterIsCarried(t *testing.T) {
	for raw, want := range map[string]time.Duration{
		"HTTP/1.1 429 Slow\nRetry-After: 3\nContent-Length: 0\n\n":                                    3 * time.Second,
		"HTTP/1.1 429 Slow\nRetry-After: Fri, 02 Jan 2026 12:01:00 GMT\nContent-Length: 0\n\n":        time.Minute,
		"HTTP/1.1 503 Service Unavailable\nRetry-After: 9\nContent-Length: 0\n\n":                     9 * time.Second,
		"HTTP/1.1 400 Bad Request\nRetry-After: 9\nContent-Length: 0\n\n":                             0,
		"HTTP/1.1 429 Slow\nRetry-After: soon\nContent-Length: 0\n\n":                                 0,
		"HTTP/1.1 429 Slow\nRetry-After: 99999999999999999999\nContent-Length: 0\n\n":                 31 * 24 * time.Hour,
		"HTTP/1.1 429 Slow\nRetry-After: Fri, 02 Jan 2026 11:00:00 GMT\nContent-Length: 2\n\n<>":      0,
		"HTTP/1.1 503 Unavailable\nRetry-After: Fri, 02 Jan 2026 12:00:30 GMT\nContent-Length: 0\n\n": 30 * time.Second,
		"HTTP/1.1 503 Service Unavailable\nRetry-After: -5\nContent-Length: 13\n\n{\"ok\":false }":    0,
	} {
		if got := attempt(t, time.Second, say(raw)); got.RetryAfter != want {
			t.Errorf("%q: wait %s, want %s (%s/%s)", raw, got.RetryAfter, want, got.Class, got.Code)
		}
	}
}
