package sandbox

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"sync"
	"syscall"
)

// Network is a network in memory with an http.Server at its end: dial it from an http.Transport, and the transport's own timeouts, pool and
// half-closed connections are what runs. It does no real I/O and keeps time by package time alone, so it works inside a testing/synctest
// bubble, where it must be made and closed. It is safe for concurrent use.
type Network struct {
	server *http.Server
	conns  sync.WaitGroup // the server's open connections
	served chan struct{}

	accept chan *Conn
	closed chan struct{}
	once   sync.Once

	mu     sync.Mutex
	dials  int
	refuse func(n int) error
}

// Network starts a network with this sandbox at its end. Close the network before the sandbox.
func (s *Sandbox) Network() *Network {
	n := &Network{
		server: newServer(s.Handler()), served: make(chan struct{}),
		accept: make(chan *Conn), closed: make(chan struct{}),
	}
	n.server.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			n.conns.Add(1)
		case http.StateClosed, http.StateHijacked:
			n.conns.Done()
		}
	}
	go func() {
		defer close(n.served)
		_ = n.server.Serve(listener{n}) // always ends with the listener
	}()
	return n
}

// BaseURL is a vendor's base URL on any Network: plain http to loopback, which a client allows.
func BaseURL(vendor string) string { return "http://127.0.0.1/" + vendor }

// RefuseDials sets a hook that is asked before the n-th dial, n from 1; its error is the dial's. Nil takes it away.
func (n *Network) RefuseDials(hook func(n int) error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.refuse = hook
}

// Dials counts dials so far, refused ones included.
func (n *Network) Dials() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.dials
}

// DialContext connects to the server. Any port of localhost or a loopback address is the server; any other host is not found
// (net.DNSError). After Close it is refused (ECONNREFUSED).
func (n *Network) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if err := n.dial(address); err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Addr: addr(address), Err: err}
	}
	client, server := Pipe()
	var err error
	select {
	case n.accept <- server:
		return client, nil
	case <-n.closed:
		err = os.NewSyscallError("connect", syscall.ECONNREFUSED)
	case <-ctx.Done():
		err = ctx.Err()
	}
	server.Close()
	client.Close()
	return nil, &net.OpError{Op: "dial", Net: network, Addr: addr(address), Err: err}
}

func (n *Network) dial(address string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dials++
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if n.refuse == nil {
		return nil
	}
	return n.refuse(n.dials)
}

// Close ends every connection and waits for the server's goroutines. Handlers that wait for their client see its context end.
func (n *Network) Close() error {
	n.once.Do(func() { close(n.closed) })
	err := n.server.Close()
	<-n.served
	n.conns.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// listener is the server's side of a Network.
type listener struct{ n *Network }

func (l listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.n.accept:
		return c, nil
	case <-l.n.closed:
		return nil, net.ErrClosed
	}
}

func (l listener) Close() error {
	l.n.once.Do(func() { close(l.n.closed) })
	return nil
}

func (l listener) Addr() net.Addr { return addr("127.0.0.1:80") }

// addr is the text of an address on a Network.
type addr string

func (a addr) Network() string { return "tcp" }
func (a addr) String() string  { return string(a) }
