package faultproxy

import (
	"io"
	"time"

	"importer/vendors/sandbox"
)

// breakWire makes a fault of the wire happen and says whether the connection can take another request: it never can.
func (s *session) breakWire(f Fault, request []byte) bool {
	if !s.wait(pause) {
		return false
	}
	switch f {
	case Reset:
		sandbox.ResetConn(s.raw)
	case Close: // what was sent is heard before a write can fail
		s.halfClose()
		s.wait(pause)
	case HalfClose:
		s.halfClose()
		s.silence()
	case Silence, Drip:
		s.silence()
	case Garbage:
		s.write(garbage(request))
		s.wait(pause)
	case Stray:
		s.write(reply{status: "200 OK", body: []byte(success)}.plain())
		s.silence()
	case Stray408:
		s.write([]byte("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
		s.wait(pause)
	}
	return false // and the connection is closed
}

// garbage is no HTTP, and gives the request back: no text that a client shows may hold any of it.
func garbage(request []byte) []byte {
	out := append([]byte("\x16\x03\x01\x00"), request[len(request)/3:]...)
	return append(out, "\r\n\x00\xff\xfe\r\n\r\n"...)
}

func (s *session) halfClose() {
	if c, ok := s.conn.(interface{ CloseWrite() error }); ok {
		_ = c.CloseWrite()
	}
}

// silence holds the connection open until the client leaves. In memory nothing is read during that time.
func (s *session) silence() {
	if s.client == nil {
		s.drain()
		return
	}
	select {
	case <-s.client.gone:
	case <-s.proxy.ctx.Done():
	}
}

// drain reads until the client leaves.
func (s *session) drain() { _, _ = io.Copy(io.Discard, s.raw) }

// write is false when the client does not take it.
func (s *session) write(b []byte) bool {
	_, err := s.conn.Write(b)
	return err == nil
}

// drip writes a byte a second.
func (s *session) drip(b []byte) bool {
	for i := range b {
		if !s.wait(time.Second) || !s.write(b[i:i+1]) {
			return false
		}
	}
	return true
}

// instead sends what goes back instead of the vendor's answer, and says whether the connection can take another request.
func (s *session) instead(f answerFault, a reply) bool {
	if f.delay > 0 && !s.wait(f.delay) {
		return false
	}
	for i, part := range f.parts(a) {
		if i > 0 && !s.wait(pause) || !s.write(part) {
			return false
		}
	}
	for len(f.again) > 0 && s.proxy.ctx.Err() == nil {
		if !s.write([]byte(f.again)) {
			return false
		}
	}
	switch f.ending {
	case closed:
		s.wait(pause)
	case hung:
		s.silence()
	}
	return f.ending == open
}
