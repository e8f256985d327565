package faultproxy_test

import (
	"fmt"
	"net"
	"testing"
	"time"

	"importer/vendors"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// overTCP are injections whose verdict does not depend on what the kernel does first, with the classes that are honest.
func overTCP() []faultproxy.Cell {
	unknown := func(f faultproxy.Fault, at faultproxy.Position) faultproxy.Cell {
		return faultproxy.Cell{Injection: faultproxy.Injection{Fault: f, At: at}, Row: faultproxy.Row{Class: vendors.Unknown}}
	}
	var cells []faultproxy.Cell
	for _, at := range []faultproxy.Position{faultproxy.RequestLine, faultproxy.RequestHeader, faultproxy.RequestHead, faultproxy.RequestBody,
		faultproxy.BeforeVendor, faultproxy.BeforeAnswer, faultproxy.AnswerStatus, faultproxy.AnswerHeader, faultproxy.AnswerHead, faultproxy.AnswerBody} {
		for _, f := range []faultproxy.Fault{faultproxy.Reset, faultproxy.Close, faultproxy.HalfClose, faultproxy.Garbage} {
			cells = append(cells, unknown(f, at))
		}
	}
	for _, c := range faultproxy.Cells() {
		if c.Injection.At == faultproxy.InsteadOfAnswer && c.Injection.On == faultproxy.Fresh && c.Code != "timeout" && c.Injection.Fault != faultproxy.Late {
			cells = append(cells, c)
		}
	}
	return append(cells, unknown(faultproxy.Silence, faultproxy.BeforeAnswer))
}

// TestOverLoopback tries faults over real sockets, each at the next vendor in turn: what holds in memory must hold here.
func TestOverLoopback(t *testing.T) {
	quietLog(t)
	every := ways()
	for n, on := range []faultproxy.Connection{faultproxy.Fresh, faultproxy.Reused} {
		for i, cell := range overTCP() {
			w := every[(i+5*n)%len(every)]
			if cell.Injection.Fault == faultproxy.Silence && on == faultproxy.Reused {
				continue // it waits in earnest
			}
			t.Run(fmt.Sprintf("%s, %s, %s, %s", w.name, on, cell.Injection.At, cell.Injection.Fault), func(t *testing.T) {
				at := 1
				if on == faultproxy.Reused {
					at = 2
				}
				b, stop := loopback(t, w, func(n int) faultproxy.Injection {
					if n == at {
						return cell.Injection
					}
					return faultproxy.Injection{}
				})
				defer stop()
				if on == faultproxy.Reused {
					if v := b.send(); v.Class != vendors.Accepted {
						t.Fatalf("a request before the fault: %+v", v)
					}
				}
				b.patience = 200 * time.Millisecond
				if cell.Injection.Fault != faultproxy.Silence {
					b.patience = deadline
				}
				class, code := cell.For(w.vendor)
				if v := b.send(); v.Class != class || code != "" && v.Code != code {
					t.Errorf("got %s/%s (%q), want %s/%s", v.Class, v.Code, v.Message, class, code)
				}
			})
		}
	}
}

// loopback is a bench whose client and proxy talk over a socket.
func loopback(t *testing.T, w way, shoot func(n int) faultproxy.Injection) (b *bench, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b = newBenchAt(t, w, "http://"+l.Addr().String()+"/"+w.vendor, sandbox.Options{}, faultproxy.Options{Inject: shoot},
		vendors.TransportOptions{Workers: 1, Dial: (&net.Dialer{}).DialContext})
	b.slack = time.Second // of real time, on a busy machine
	served := make(chan error, 1)
	go func() { served <- b.proxy.Serve(l) }()
	return b, func() {
		l.Close()
		b.close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}
}

// TestDeadIdleConnections lets a server on loopback end idle connections while requests are being sent: the race of every pool. The verdict
// depends on who is first; what must hold of every attempt is in send.
func TestDeadIdleConnections(t *testing.T) {
	quietLog(t)
	seen := map[string]int{}
	for _, f := range []faultproxy.Fault{faultproxy.Reset, faultproxy.Close, faultproxy.Stray408} {
		b, stop := loopback(t, wayTo("distinct"), func(int) faultproxy.Injection { return faultproxy.Injection{Fault: f, At: faultproxy.AfterAnswer} })
		for n := range 60 {
			wait := time.NewTimer(time.Duration(n%20) * 100 * time.Microsecond) // around the millisecond after which the connection dies
			<-wait.C
			v := b.send()
			if v.Class != vendors.Accepted && v.Class != vendors.NotSent && v.Class != vendors.Unknown {
				t.Errorf("%+v", v)
			}
			seen[v.Class.String()+"/"+v.Code]++
		}
		stop()
	}
	t.Logf("%v", seen)
}
