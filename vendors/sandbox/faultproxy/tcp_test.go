package faultproxy_test

import (
	"fmt"
	"net"
	"testing"
	"time"

	"importer/vendors"
	"importer/vendors/sandbox/faultproxy"
)

// overTCP are shots whose verdict does not depend on what the kernel does first, with the classes that are honest.
func overTCP() []faultproxy.Cell {
	unknown := func(f faultproxy.Fault, at faultproxy.Position) faultproxy.Cell {
		return faultproxy.Cell{Shot: faultproxy.Shot{Fault: f, At: at}, Class: vendors.Unknown}
	}
	var cells []faultproxy.Cell
	for _, at := range []faultproxy.Position{faultproxy.RequestLine, faultproxy.RequestHeader, faultproxy.RequestHead, faultproxy.RequestBody,
		faultproxy.BeforeVendor, faultproxy.BeforeAnswer, faultproxy.AnswerStatus, faultproxy.AnswerHeader, faultproxy.AnswerHead, faultproxy.AnswerBody} {
		for _, f := range []faultproxy.Fault{faultproxy.Reset, faultproxy.Close, faultproxy.HalfClose, faultproxy.Garbage} {
			if f != faultproxy.Garbage || at != faultproxy.AnswerHead {
				cells = append(cells, unknown(f, at))
			}
		}
	}
	for _, c := range faultproxy.Cells() {
		if c.Shot.At == faultproxy.Instead && c.Shot.On == faultproxy.Fresh && c.Code != "timeout" {
			cells = append(cells, c)
		}
	}
	return append(cells, unknown(faultproxy.Silence, faultproxy.BeforeAnswer))
}

// TestOverLoopback tries faults over real sockets,  holds in memory must hold here.
func TestOverLoopback(t *testing.T) {
	quietLog(t)
	for _, on := range []faultproxy.Connection{faultproxy.Fresh, faultproxy.Reused} {
		for _, cell := range overTCP() {
			if cell.Shot.Fault == faultproxy.Silence && on == faultproxy.Reused {
				continue // it waits in earnest
			}
			t.Run(fmt.Sprintf("%s, %s, %s", on, cell.Shot.At, cell.Shot.Fault), func(t *testing.T) {
				at := 1
				if on == faultproxy.Reused {
					at = 2
				}
				b, stop := loopback(t, func(n int) faultproxy.Shot {
					if n == at {
						return cell.Shot
					}
					return faultproxy.Shot{}
				})
				defer stop()
				if on == faultproxy.Reused {
					if v := b.send(); v.Class != vendors.Accepted {
						t.Fatalf("a request before the fault: %+v", v)
					}
				}
				b.patience = 200 * time.Millisecond
				if cell.Shot.Fault != faultproxy.Silence {
					b.patience = deadline
				}
				if v := b.send(); v.Class != cell.Class || cell.Code != "" && v.Code != cell.Code {
					t.Errorf("got %s/%s (%q), want %s/%s", v.Class, v.Code, v.Message, cell.Class, cell.Code)
				}
			})
		}
	}
}

// loopback is a bench whose client and proxy talk over a socket.
func loopback(t *testing.T, shoot func(n int) faultproxy.Shot) (b *bench, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b = newBench(t, "distinct", "http://"+l.Addr().String()+"/distinct", faultproxy.Options{Shoot: shoot},
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
		b, stop := loopback(t, func(int) faultproxy.Shot { return faultproxy.Shot{Fault: f, At: faultproxy.AfterAnswer} })
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
