package sandbox

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// TestFaults sends one request into each fault: what the client sees, and whether the person is registered.
func TestFaults(t *testing.T) {
	tests := []struct {
		spec       string
		status     int // 0: no answer
		body       string
		header     [2]string
		err        error // of the request, or of reading the body
		registered bool
	}{
		{"reset-before:#1", 0, "", [2]string{}, syscall.ECONNRESET, false},
		{"reset-after:#1", 0, "", [2]string{}, syscall.ECONNRESET, true},
		{"hang-up:#1", 0, "", [2]string{}, io.EOF, true},
		{"500:#1", 500, `{"toy":"refused broken"}`, [2]string{}, nil, false},
		{"500-after:#1", 500, `{"toy":"refused broken"}`, [2]string{}, nil, true},
		{"502:#1", 502, gatewayPage, [2]string{"Content-Type", "text/html"}, nil, false},
		{"502-after:#1", 502, gatewayPage, [2]string{"Content-Type", "text/html"}, nil, true},
		{"503:7s@#1", 503, "Service Unavailable\n", [2]string{"Retry-After", "7"}, nil, false},
		{"503:#1", 503, "Service Unavailable\n", [2]string{"Retry-After", ""}, nil, false},
		{"429:1500ms@#1", 429, `{"toy":"refused throttled"}`, [2]string{"Retry-After", "2"}, nil, false},
		{"truncated:#1", 201, "", [2]string{}, io.ErrUnexpectedEOF, true},
		{"empty:#1", 201, "", [2]string{"Content-Length", "0"}, nil, true},
		{"garbage:#1", 201, `{"status": oops`, [2]string{}, nil, true},
		{"redirect:#1", 307, "", [2]string{"Location", "/_sandbox/trap"}, nil, false},
		{"auth:#1", 401, `{"toy":"refused unauthorized"}`, [2]string{}, nil, false},
		{"forbidden:#1", 403, `{"toy":"refused forbidden"}`, [2]string{}, nil, false},
		{"inactive:#1", 500, `{"toy":"refused inactive"}`, [2]string{}, nil, false},
		{"stale:#1", 201, `{"toy":1,"shape":"plain","path":"/register"}`, [2]string{"Content-Type", "application/json"}, nil, true},
		{"slow:2h@#2", 201, `{"toy":1,"shape":"plain","path":"/register"}`, [2]string{}, nil, true},
	}
	for _, test := range tests {
		t.Run(test.spec, func(t *testing.T) {
			specs, err := ParseFaults(test.spec)
			if err != nil {
				t.Fatal(err)
			}
			dialled(t, Options{Faults: specs}, func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
				r, err := post(c, "a@x.org")
				var body []byte
				status := 0
				if err == nil {
					body, err = io.ReadAll(r.Body)
					r.Body.Close()
					status = r.StatusCode
				}
				if !errors.Is(err, test.err) || status != test.status {
					t.Fatalf("got %d, %v; want %d, %v", status, err, test.status, test.err)
				}
				if test.err == nil && string(body) != test.body {
					t.Errorf("body %q, want %q", body, test.body)
				}
				if h := test.header; h[0] != "" && r.Header.Get(h[0]) != h[1] {
					t.Errorf("%s is %q, want %q", h[0], r.Header.Get(h[0]), h[1])
				}
				if got := s.Register("toy").Has(EmailKey, "a@x.org"); got != test.registered {
					t.Errorf("registered: %v, want %v", got, test.registered)
				}
				if strings.HasSuffix(test.spec, "@#2") {
					return
				}
				if stats, _ := s.Stats("toy"); stats.Faults[specs[0].Kind] != 1 {
					t.Errorf("the fault was not counted: %+v", stats)
				}
			})
		})
	}
}

func TestFaultSlow(t *testing.T) {
	dialled(t, Options{Faults: []FaultSpec{{Fault: Fault{Kind: Slow, Time: 5 * time.Second}, Share: 1}}},
		func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
			start := time.Now()
			r, err := post(c, "a@x.org")
			if status, _ := text(t, r, err); status != 201 || time.Since(start) != 5*time.Second {
				t.Errorf("got %d after %v", status, time.Since(start))
			}
		})
}

// TestFaultEndless reads a while, hangs up, and expects the handler to end.
func TestFaultEndless(t *testing.T) {
	dialled(t, Options{Faults: []FaultSpec{{Fault: Fault{Kind: Endless}, First: 1, Last: 1}}},
		func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
			r, err := post(c, "a@x.org")
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.CopyN(io.Discard, r.Body, 1<<20); err != nil {
				t.Fatalf("the body ended after %d bytes: %v", got, err)
			}
			r.Body.Close()
		})
}

func TestFaultStaleClosesConnection(t *testing.T) {
	dialled(t, Options{Faults: []FaultSpec{{Fault: Fault{Kind: Stale}, First: 1, Last: 1}}},
		func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
			r, err := post(c, "a@x.org")
			if text(t, r, err); r.Close {
				t.Error("the answer said that the connection would close")
			}
			synctest.Wait()
			r, err = post(c, "b@x.org")
			if text(t, r, err); n.Dials() != 2 {
				t.Errorf("%d dials, want 2", n.Dials())
			}
		})
}

func TestFaultTrap(t *testing.T) {
	dialled(t, Options{Fault: func(int, *http.Request) Fault { return Fault{Kind: Redirect} }},
		func(t *testing.T, s *Sandbox, n *Network, c *http.Client) {
			c.CheckRedirect = nil
			r, err := post(c, "a@x.org")
			if status, _ := text(t, r, err); status != 404 || s.Trapped() != 1 {
				t.Errorf("who follows got %d and was counted %d times", status, s.Trapped())
			}
		})
}

func TestParseFaults(t *testing.T) {
	specs, err := ParseFaults("502:1%, slow:2s@0.5%,503:5s@#10-12,auth:#100+,reset-after:#7")
	if err != nil {
		t.Fatal(err)
	}
	want := []FaultSpec{
		{Fault{Kind: Gateway}, 0.01, 0, 0}, {Fault{Slow, 2 * time.Second}, 0.005, 0, 0}, {Fault{Unavailable, 5 * time.Second}, 0, 10, 12},
		{Fault{Kind: Auth}, 0, 100, 1<<63 - 1}, {Fault{Kind: ResetAfter}, 0, 7, 7},
	}
	for i := range want {
		if specs[i] != want[i] {
			t.Errorf("part %d: %+v, want %+v", i+1, specs[i], want[i])
		}
	}
	for _, bad := range []string{"502", "502:", "502:x", "502:0%", "502:101%", "502:NaN%", "teapot:1%", "502:2s@1%", "slow:x@1%", "slow:-1s@1%",
		"502:#0", "502:#5-4", "502:#-", "502:#+", "502:1%,", ":1%"} {
		if _, err := ParseFaults(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestPick(t *testing.T) {
	specs, err := ParseFaults("auth:#5,502:10%,503:#5+")
	if err != nil {
		t.Fatal(err)
	}
	counts := map[FaultKind]int{}
	for n := 1; n <= 10000; n++ {
		f := pick(specs, 1, "toy", n)
		if f != pick(specs, 1, "toy", n) {
			t.Fatal("the same request has two fates")
		}
		counts[f.Kind]++
	}
	if counts[Auth] != 1 || counts[NoFault] > 4 || counts[Gateway] < 900 || counts[Gateway] > 1100 {
		t.Errorf("counts %v, want 1 auth and about 1000 of 502", counts)
	}
	other := 0
	for n := 1; n <= 1000; n++ {
		if pick(specs[1:2], 1, "toy", n) != pick(specs[1:2], 2, "toy", n) {
			other++
		}
	}
	if other == 0 {
		t.Error("another seed makes the same faults")
	}
}

func FuzzParseFaults(f *testing.F) {
	f.Add("502:1%,reset-after:0.5%,slow:2s@1%")
	f.Add("503:5s@#10-12,auth:#100+")
	f.Fuzz(func(t *testing.T, s string) {
		specs, err := ParseFaults(s)
		for _, spec := range specs {
			if err == nil && (spec.Share > 0) == (spec.First > 0) {
				t.Errorf("%q is both or neither of a share and a number: %+v", s, spec)
			}
		}
	})
}
