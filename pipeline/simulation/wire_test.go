package simulation_test

import (
	"context"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// Call is one call of the network.
type Call uint8

const (
	Dial Call = iota
	Write
	Read
)

// String names the call.
func (c Call) String() string { return [...]string{"dial", "write", "read"}[c] }

// Wire is the network as one life of a process sees it: dials, writes and reads can be late, fail before, halfway or after, and end with the
// life. A call that fails resets its connection. Each count of calls is of its own kind.
type Wire struct {
	Life *Life
	Next func(ctx context.Context, network, address string) (net.Conn, error) // the network beneath

	// Strike decides the fate of each call, n from 1 for each kind. Nil lets all pass.
	Strike func(call Call, n int) Fate
	// Delay says how long a call takes before it has its effect. Nil is no time.
	Delay func(call Call, n int) time.Duration
	// Polite says whether what is on its way still arrives when the life ends, as after a kill, or not, as when a cable is cut.
	Polite bool

	mu     sync.Mutex
	counts [3]int
	struck int
}

// Struck counts the calls that did not pass.
func (w *Wire) Struck() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.struck
}

func (w *Wire) fate(call Call) Fate {
	w.mu.Lock()
	w.counts[call]++
	n := w.counts[call]
	w.mu.Unlock()
	if w.Delay != nil {
		if d := w.Delay(call, n); d > 0 {
			<-time.After(d)
		}
	}
	if w.Strike == nil {
		return Pass
	}
	fate := w.Strike(call, n)
	if fate != Pass {
		w.mu.Lock()
		w.struck++
		w.mu.Unlock()
	}
	return fate
}

// DialContext connects.
func (w *Wire) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if fate := w.fate(Dial); fate != Pass || w.Life.Dead() {
		fate.over(w.Life)
		return nil, &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	inner, err := w.Next(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := &wireConn{Conn: inner, wire: w}
	w.Life.OnDeath(c.die)
	return c, nil
}

// wireConn is one connection on a Wire.
type wireConn struct {
	net.Conn
	wire *Wire

	mu   sync.Mutex
	torn bool // every further call fails
}

func (c *wireConn) die() {
	if c.wire.Polite {
		c.Conn.Close()
		return
	}
	c.reset()
}

func (c *wireConn) reset() {
	if r, ok := c.Conn.(interface{ Reset() }); ok {
		r.Reset()
		return
	}
	c.Conn.Close()
}

// tear breaks the connection: at once, or once the other end has read what is on its way.
func (c *wireConn) tear(polite bool) error {
	c.mu.Lock()
	c.torn = true
	c.mu.Unlock()
	if polite {
		c.Conn.Close()
	} else {
		c.reset()
	}
	return broken()
}

func (c *wireConn) isTorn() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.torn
}

func broken() error {
	return &net.OpError{Op: "wire", Net: "tcp", Err: os.NewSyscallError("wire", syscall.ECONNRESET)}
}

// Write is atomic with the end of the life: its bytes have left before it, or not at all.
func (c *wireConn) Write(p []byte) (n int, err error) {
	if c.isTorn() {
		return 0, broken()
	}
	fate := c.wire.fate(Write)
	defer fate.over(c.wire.Life)
	switch fate.kind() {
	case Before:
		return 0, c.tear(false)
	case Half:
		n, _ = c.leave(p[:len(p)/2])
		return n, c.tear(true)
	case After:
		n, _ = c.leave(p)
		return n, c.tear(true)
	}
	return c.leave(p)
}

func (c *wireConn) leave(p []byte) (n int, err error) {
	died := c.wire.Life.alive(func() error {
		n, err = c.Conn.Write(p)
		return nil
	})
	if died != nil {
		return 0, broken()
	}
	return n, err
}

// Read can fail with nothing read, or give half of what came and fail from then on.
func (c *wireConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err != nil || n == 0 {
		if c.isTorn() && err == io.EOF {
			return n, broken()
		}
		return n, err
	}
	if c.isTorn() || c.wire.Life.Dead() {
		return 0, broken()
	}
	fate := c.wire.fate(Read)
	defer fate.over(c.wire.Life)
	switch fate.kind() {
	case Before, After:
		return 0, c.tear(false)
	case Half:
		_ = c.tear(false) // told by the next call
		return (n + 1) / 2, nil
	}
	return n, nil
}
