package faultproxy

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
)

// handshake speaks TLS where it is spoken; false when the connection is over.
func (s *session) handshake(fault Fault) bool {
	switch {
	case fault == "":
		c, ok := s.conn.(*tls.Conn)
		return !ok || c.HandshakeContext(s.proxy.ctx) == nil
	case fault == PlainHTTP:
		_, _ = io.WriteString(s.raw, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
		s.drain()
	case fault == Alert:
		_, _ = s.raw.Write([]byte{21, 3, 3, 0, 2, 2, 40}) // a record with a fatal handshake_failure
		s.drain()
	default:
		if s.proxy.options.HandshakeBytes != 0 {
			c := tls.Server(&cutting{Conn: s.raw, at: s.proxy.options.HandshakeBytes}, s.proxy.options.TLS)
			_ = c.HandshakeContext(s.proxy.ctx) // ends with errCut
		}
		s.conn = s.raw // beneath TLS
		s.breakWire(fault, nil)
	}
	return false
}

var errCut = errors.New("cut")

// cutting lets the first bytes of the first write through and nothing after them. A server of TLS 1.3 sends its part of the handshake in one write.
type cutting struct {
	net.Conn
	at  int // bytes; below 0: all but so many
	cut bool
}

func (c *cutting) Write(p []byte) (int, error) {
	if c.cut {
		return 0, errCut
	}
	c.cut = true
	at := c.at
	if at < 0 {
		at += len(p)
	}
	n, err := c.Conn.Write(p[:max(0, min(at, len(p)))])
	return n, errors.Join(errCut, err)
}
