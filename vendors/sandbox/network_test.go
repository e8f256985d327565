package sandbox

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// dialled runs a test in a bubble with a toy sandbox behind a network and a client in front of it.
func dialled(t *testing.T, o Options, test func(t *testing.T, s *Sandbox, n *Network, c *http.Client)) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New([]Standin{toy()}, o)
		if err != nil {
			t.Fatal(err)
		}
		n := s.Network()
		transport := &http.Transport{DialContext: n.DialContext, DisableCompression: true}
		c := &http.Client{Transport: transport, Timeout: time.Minute,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		test(t, s, n, c)
		transport.CloseIdleConnections()
		if err := errors.Join(n.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	})
}

func text(t *testing.T, r *http.Response, err error) (int, string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func TestNetworkAnswers(t *testing.T) {
	dialled(t, Options{Latency: time.Second}, func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
		start := time.Now()
		for range 3 {
			r, err := post(c, "a@x.org")
			text(t, r, err)
		}
		if d := time.Since(start); d != 3*time.Second {
			t.Errorf("three answers of a second each took %v", d)
		}
		if n.Dials() != 1 {
			t.Errorf("%d dials, want one connection used three times", n.Dials())
		}
	})
}

func TestNetworkClientTimeout(t *testing.T) {
	dialled(t, Options{Latency: time.Hour}, func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
		start := time.Now()
		_, err := post(c, "a@x.org")
		var timeout net.Error
		if !errors.As(err, &timeout) || !timeout.Timeout() || time.Since(start) != time.Minute {
			t.Errorf("got %v after %v, want a timeout after a minute", err, time.Since(start))
		}
		if !s.Register("toy").Has(EmailKey, "a@x.org") {
			t.Error("who gives up while waiting is registered all the same")
		}
	})
}

func TestNetworkDial(t *testing.T) {
	dialled(t, Options{}, func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
		_, err := c.Get("http://elsewhere.example/")
		var dns *net.DNSError
		if !errors.As(err, &dns) || !dns.IsNotFound {
			t.Errorf("another host: %v", err)
		}
		n.RefuseDials(func(k int) error {
			if k == 2 {
				return syscall.ECONNREFUSED
			}
			return nil
		})
		if _, err := post(c, "a@x.org"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("a refused dial: %v", err)
		}
		r, err := post(c, "a@x.org")
		if status, _ := text(t, r, err); status != 201 {
			t.Errorf("the dial after it: %d", status)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for _, host := range []string{"localhost:1", "[::1]:80", "127.3.4.5:9"} {
			if conn, err := n.DialContext(ctx, "tcp", host); err == nil {
				conn.Close()
			} else if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", host, err)
			}
		}
	})
}

func TestNetworkClosed(t *testing.T) {
	dialled(t, Options{Latency: time.Hour}, func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
		failed := make(chan error, 1)
		go func() {
			_, err := post(c, "a@x.org")
			failed <- err
		}()
		synctest.Wait()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if err := <-failed; err == nil {
			t.Error("an answer came after the network was closed")
		}
		if _, err := post(c, "b@x.org"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("a dial after closing: %v", err)
		}
	})
}

// TestNetworkLimits drives a limit for a quarter of an hour and compares with the windows' own count.
func TestNetworkLimits(t *testing.T) {
	rates, err := ParseRates("5/s,2000/15m")
	if err != nil {
		t.Fatal(err)
	}
	dialled(t, Options{Rates: rates}, func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
		for range 2000 {
			r, err := post(c, "a@x.org")
			if status, _ := text(t, r, err); status == 429 {
				t.Fatal("refused inside the limit")
			}
			time.Sleep(200 * time.Millisecond)
		}
		r, err := post(c, "a@x.org")
		if status, _ := text(t, r, err); status != 429 || r.Header.Get("Retry-After") != "500" {
			t.Fatalf("got %d with Retry-After %q, want 429 with 500", status, r.Header.Get("Retry-After"))
		}
		time.Sleep(500*time.Second - time.Nanosecond)
		r, err = post(c, "a@x.org")
		if status, _ := text(t, r, err); status != 429 || r.Header.Get("Retry-After") != "1" {
			t.Errorf("a moment too early: %d", status)
		}
		time.Sleep(time.Nanosecond)
		r, err = post(c, "a@x.org")
		if status, _ := text(t, r, err); status == 429 {
			t.Error("refused at the end of the window")
		}
		if got, _ := s.Stats("toy"); got.Requests != 2003 || got.Admitted != 2001 || got.Violations != 2 {
			t.Errorf("counted %+v", got)
		}
	})
}

func TestServe(t *testing.T) {
	s := newToy(t, Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	base := "http://" + l.Addr().String()
	transport := &http.Transport{}
	c := &http.Client{Transport: transport}
	r, err := c.Post(base+"/toy/x", "text/plain", strings.NewReader("a@x.org"))
	if status, body := text(t, r, err); status != 201 || !strings.Contains(body, `"path":"/x"`) {
		t.Errorf("got %d %s", status, body)
	}
	cancel()
	if err := <-served; err != nil {
		t.Error(err)
	}
	transport.CloseIdleConnections()
}

func TestServeLoopbackOnly(t *testing.T) {
	s := newToy(t, Options{})
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(t.Context(), l); err == nil || !strings.Contains(err.Error(), "loopback only") {
		t.Errorf("got %v", err)
	}
}
