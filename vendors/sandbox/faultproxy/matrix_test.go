package faultproxy_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"importer/vendors"
	"importer/vendors/sandbox/faultproxy"
)

// cleanRequests go before an injection, so that the connection is what the cell wants.
func cleanRequests(s faultproxy.Injection) int {
	if s.On == faultproxy.Fresh {
		return 0
	}
	return 1
}

// injections are the injections that try a cell: one for each header where it is about headers.
func (w way) injections(s faultproxy.Injection) []faultproxy.Injection {
	lines := 1
	switch s.At {
	case faultproxy.RequestHeader:
		lines = w.headers
	case faultproxy.AnswerHeader:
		lines = 2
	}
	all := make([]faultproxy.Injection, lines)
	for i := range all {
		s.Line = i
		all[i] = s
	}
	return all
}

func name(s faultproxy.Injection) string {
	return fmt.Sprintf("%s, %s, %s %d", s.On, s.At, s.Fault, s.Line)
}

// TestMatrix tries every cell of the table that needs no TLS, in every way to register with every vendor. With the race detector it tries a
// quarter of the cells in each way, another quarter in the next.
func TestMatrix(t *testing.T) {
	quietLog(t)
	for n, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tried := 0
			for i, cell := range plainCells() {
				if raceDetector && i%4 != n%4 {
					continue
				}
				for _, injection := range w.injections(cell.Injection) {
					tried++
					t.Run(name(injection), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { w.try(t, injection, cell) })
					})
				}
			}
			t.Logf("%d cells, %d injections", len(faultproxy.Cells()), tried)
		})
	}
}

// plainCells are the cells that need no TLS.
func plainCells() []faultproxy.Cell {
	return slices.DeleteFunc(faultproxy.Cells(), func(c faultproxy.Cell) bool { return ofHandshake(c.Injection) })
}

func ofHandshake(s faultproxy.Injection) bool {
	return s.At == faultproxy.Handshake || s.At == faultproxy.MidHandshake
}

func (w way) try(t *testing.T, injection faultproxy.Injection, cell faultproxy.Cell) {
	o := faultproxy.Options{ByteByByte: injection.At.OfRequest() || injection.SpillsOver()} // elsewhere the request is gone by then
	before := cleanRequests(injection)
	if injection.At == faultproxy.Dialing {
		o.Dial = func(n int) faultproxy.Fault {
			if n == 1 {
				return injection.Fault
			}
			return ""
		}
	} else {
		at := before + 1
		if injection.At == faultproxy.Idle {
			at = before // it follows the request before
		}
		o.Inject = func(n int) faultproxy.Injection {
			if n == at {
				return injection
			}
			return faultproxy.Injection{}
		}
	}
	b := newBench(t, w, o)
	defer b.close()
	for range before {
		if v := b.send(); v.Class != vendors.Accepted {
			t.Fatalf("a request before the fault: %+v", v)
		}
	}
	if injection.On == faultproxy.Noticed || injection.On == faultproxy.Refused || injection.On == faultproxy.Taken {
		time.Sleep(100 * time.Millisecond) // simulated: the connection dies in it
	}
	class, code := cell.For(w.vendor)
	v := b.send()
	if v.Class != class || v.Code != code || v.Hint == "" && v.Code != "created" {
		t.Errorf("got %s/%s (%q), want %s/%s", v.Class, v.Code, v.Message, class, code)
	}
	if v.RetryAfter > cell.Wait || v.RetryAfter < cell.Wait-time.Second {
		t.Errorf("everybody waits %s, want %s", v.RetryAfter, cell.Wait)
	}
	time.Sleep(20 * time.Second) // simulated: the connection's end is known, and a dial that outlives its request has ended by its own limit
	if v := b.send(); v.Class != vendors.Accepted {
		t.Errorf("the next request: %s/%s (%q)", v.Class, v.Code, v.Message)
	}
	b.client.CloseIdleConnections()
	synctest.Wait()
	if n := b.proxy.Counts().Open; n > 0 {
		t.Errorf("%d connections were left open", n)
	}
	if c := b.proxy.Counts(); c.OtherHosts > 0 {
		t.Errorf("%d dials to another host", c.OtherHosts)
	}
	if twice := b.sandbox.Register(w.vendor).Snapshot().CreatedTwice; len(twice) > 0 {
		t.Errorf("registered twice: %v", twice)
	}
}
