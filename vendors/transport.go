package vendors

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// TransportOptions is how a transport is set up. The zero value is one worker, the system's dialer and no proxy.
type TransportOptions struct {
	Workers int // connections at the same time; below 1 counts as 1
	Dial    func(ctx context.Context, network, addr string) (net.Conn, error)
	Proxy   func(*http.Request) (*url.URL, error) // nil = none; http.ProxyFromEnvironment reads the environment
	TLS     *tls.Config                           // nil = the system's roots
}

const (
	dialTimeout = 10 * time.Second
	idleTimeout = 5 * time.Second // a stale idle connection turns into doubt
	maxHeader   = 64 << 10
)

// NewTransport returns a transport for one host: HTTP/1.1, compression off, idle connections dropped early, no redirects (a transport follows
// none) and no replays (see [Account.Send]). Its connections count the bytes they write, which separates "not sent" from "unknown".
func NewTransport(o TransportOptions) *http.Transport {
	workers := max(o.Workers, 1)
	dial := o.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}).DialContext
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy: o.Proxy,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, dialTimeout) // a transport dials on after its request has given up
			defer cancel()
			conn, err := dial(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return &countingConn{Conn: conn}, nil
		},
		OnProxyConnectResponse: proxyAnswer,
		TLSClientConfig:        o.TLS,
		TLSHandshakeTimeout:    dialTimeout,
		Protocols:              protocols,
		DisableCompression:     true,
		MaxIdleConns:           workers,
		MaxIdleConnsPerHost:    workers,
		MaxConnsPerHost:        workers,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// countingConn counts the bytes of all writes that have begun, less those that are known not to have left. Counting before the write makes
// the figure err on the side of "sent" while a write is under way.
type countingConn struct {
	net.Conn
	begun atomic.Int64
	done  atomic.Int64 // bytes of writes that have ended
	read  atomic.Int64 // bytes read
	ended atomic.Pointer[error]
}

func (c *countingConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read.Add(int64(n))
	if err != nil {
		c.ended.CompareAndSwap(nil, &err)
	}
	return n, err
}

// wrote reports whether n bytes have been written, and waits a little for a write that is under way.
func (c *countingConn) wrote(n int64, grace time.Duration) bool {
	for waited := time.Duration(0); c.done.Load() < n; waited += time.Millisecond {
		if waited >= grace {
			return false
		}
		<-time.After(time.Millisecond)
	}
	return true
}

func (c *countingConn) Write(p []byte) (int, error) {
	c.begun.Add(int64(len(p)))
	n, err := c.Conn.Write(p)
	c.done.Add(int64(n))
	if n < len(p) {
		c.begun.Add(int64(n - len(p)))
	}
	return n, err
}

// NetConn returns the connection beneath.
func (c *countingConn) NetConn() net.Conn { return c.Conn }

// counterOf finds the counting connection beneath TLS and other wrappings; nil when there is none.
func counterOf(conn net.Conn) *countingConn {
	for conn != nil {
		if c, ok := conn.(*countingConn); ok {
			return c
		}
		wrapped, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			return nil
		}
		conn = wrapped.NetConn()
	}
	return nil
}
