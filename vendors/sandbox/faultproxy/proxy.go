package faultproxy

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"importer/vendors/sandbox"
)

// Injection is what happens to one request. The zero Injection lets it pass.
type Injection struct {
	Fault Fault
	At    Position
	On    Connection // matters for Idle: when the client learns of it
	Line  int        // of RequestHeader and AnswerHeader: in which header, from 0; beyond the last is the last
}

// Options is how a proxy is set up. Upstream is required.
type Options struct {
	Upstream       func(ctx context.Context, network, addr string) (net.Conn, error) // dials the stand-in
	Dial           func(n int) Fault                                                 // of the n-th dial or connection, n from 1: a fault of connecting or of the wire (at the handshake); nil is none
	Inject         func(n int) Injection                                             // of the n-th request, n from 1; nil is none
	ByteByByte     bool                                                              // in memory: requests leave byte by byte, so that a fault meets a write half-way
	HandshakeBytes int                                                               // with TLS: how many bytes of the vendor's part of the handshake go before Dial's fault; below 0: all but so many
	TLS            *tls.Config                                                       // speak TLS with the client; nil is plain
	Refuse         func(why sandbox.Refusal) sandbox.Answer                          // the vendor's own words, for the faults that are such
}

// Counts is what a proxy has seen.
type Counts struct {
	Dials       int // in memory, refused ones included
	OtherHosts  int // dials to any other host than loopback
	Connections int
	Open        int // connections that are open now
	Begun       int // requests of which at least one byte arrived
	Whole       int // requests that arrived whole
	Bytes       int // of requests
	Forwarded   int // requests that the vendor saw
}

// Proxy is between a client and a stand-in. It is safe for concurrent use; [Proxy.Close] ends it.
type Proxy struct {
	options  Options
	ctx      context.Context
	cancel   context.CancelFunc
	sessions sync.WaitGroup

	mu         sync.Mutex
	counts     Counts
	injections int // taken so far
	open       map[net.Conn]struct{}
	closed     bool
}

// New makes a proxy.
func New(o Options) *Proxy {
	if o.Dial == nil {
		o.Dial = func(int) Fault { return "" }
	}
	if o.Inject == nil {
		o.Inject = func(int) Injection { return Injection{} }
	}
	p := &Proxy{options: o, open: map[net.Conn]struct{}{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// Counts returns what was seen so far.
func (p *Proxy) Counts() Counts {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.counts
	c.Open = len(p.open)
	return c
}

// Close ends every connection and waits until all have ended.
func (p *Proxy) Close() {
	p.cancel()
	p.mu.Lock()
	p.closed = true
	for c := range p.open {
		c.Close()
	}
	p.mu.Unlock()
	p.sessions.Wait()
}

// DialContext connects in memory. Any loopback address is the vendor; other hosts do not exist and are counted.
func (p *Proxy) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	n := p.count(func(c *Counts) *int { return &c.Dials })
	failed := func(err error) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: network, Err: err} }
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return failed(err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		p.count(func(c *Counts) *int { return &c.OtherHosts })
		return failed(&net.DNSError{Err: "no such host", Name: host, IsNotFound: true})
	}
	fault := p.options.Dial(n)
	if lookup, ok := lookupErrors[fault]; ok {
		lookup.Name = host
		return failed(&lookup)
	}
	if fault == DialSilence {
		<-ctx.Done()
		return failed(ctx.Err())
	}
	if code, ok := connectErrors[fault]; ok {
		return failed(os.NewSyscallError("connect", code))
	}
	a, b := sandbox.Pipe()
	client := newClientEnd(a)
	if !p.start(b, client, fault) {
		return failed(os.NewSyscallError("connect", syscall.ECONNREFUSED))
	}
	return client, nil
}

// lookupErrors are what the resolver says.
var lookupErrors = map[Fault]net.DNSError{
	NoHost:     {Err: "no such host", IsNotFound: true},
	DNSTimeout: {Err: "i/o timeout", IsTimeout: true, IsTemporary: true},
	ServFail:   {Err: "server misbehaving", Server: "192.0.2.53:53", IsTemporary: true},
}

// connectErrors are what connect(2) says.
var connectErrors = map[Fault]syscall.Errno{
	RefusedConn: syscall.ECONNREFUSED, NoRoute: syscall.EHOSTUNREACH, DialTimedOut: syscall.ETIMEDOUT, NetDown: syscall.ENETUNREACH,
	NoPort: syscall.EADDRNOTAVAIL, NoFile: syscall.EMFILE, DialReset: syscall.ECONNRESET,
}

// Serve takes connections from a listener until it is closed, and then returns nil.
func (p *Proxy) Serve(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		fault := p.options.Dial(p.count(func(c *Counts) *int { return &c.Dials }))
		if !p.start(conn, nil, fault) {
			conn.Close()
		}
	}
}

// start serves a connection on a goroutine of its own; false when the proxy is closed.
func (p *Proxy) start(conn net.Conn, client *clientEnd, fault Fault) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.counts.Connections++
	p.open[conn] = struct{}{}
	s := &session{proxy: p, raw: conn, conn: conn, client: client}
	if p.options.TLS != nil {
		s.conn = tls.Server(conn, p.options.TLS)
	}
	s.setWindow(p.options.Inject(p.injections + 1))
	p.sessions.Go(func() {
		s.run(fault)
		conn.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, conn)
	})
	return true
}

// peek is the injection of the next request.
func (p *Proxy) peek() Injection {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.options.Inject(p.injections + 1)
}

// take uses up the injection of the next request.
func (p *Proxy) take() Injection {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.injections++
	return p.options.Inject(p.injections)
}

func (p *Proxy) count(of func(*Counts) *int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := of(&p.counts)
	*n++
	return *n
}

// pause lets everything else come to rest before the proxy acts: in simulated time for certain, in real time as a rule.
const pause = time.Millisecond

// wait lets time pass; false when the client left or the proxy is being closed first.
func (s *session) wait(d time.Duration) bool {
	var gone chan struct{} // nil, over TCP, waits forever
	if s.client != nil {
		gone = s.client.gone
	}
	select {
	case <-time.After(d):
		return true
	case <-gone:
	case <-s.proxy.ctx.Done():
	}
	return false
}
