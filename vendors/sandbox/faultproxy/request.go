package faultproxy

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// request is what has arrived of one request.
type request struct {
	raw    []byte
	head   int // length of the head with its empty line; 0 while it is not complete
	length int // Content-Length
	lines  int // line ends so far
	column int // bytes of the line so far
}

// add takes one more byte.
func (r *request) add(b byte) {
	r.raw = append(r.raw, b)
	if r.head > 0 {
		return
	}
	if r.column++; b != '\n' {
		return
	}
	r.lines, r.column = r.lines+1, 0
	if bytes.HasSuffix(r.raw, []byte("\r\n\r\n")) {
		r.head, r.length = len(r.raw), contentLength(string(r.raw))
	}
}

func contentLength(head string) int {
	for line := range strings.Lines(head) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(name, "Content-Length") {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err == nil {
				return n
			}
		}
	}
	return 0
}

func (r *request) whole() bool { return r.head > 0 && len(r.raw) >= r.head+r.length }

// at reports whether the request has come as far as the injection's position.
func (r *request) at(injection Injection) bool {
	switch injection.At {
	case RequestLine:
		return r.lines == 0 && r.column == 9
	case RequestHeader:
		return r.head == 0 && r.lines == injection.Line+1 && r.column == 3
	case RequestHead:
		return r.head == len(r.raw)
	case RequestBody:
		return r.head > 0 && len(r.raw) == r.head+r.length/2
	}
	return false
}

// read reads one request up to the injection's position; false when there is nothing more to be read. From the
// position on, a dripping request is read at a byte a second.
func (s *session) read() (r request, injection Injection, ok bool) {
	var one [1]byte
	drips := false
	for !r.whole() {
		if drips && !s.wait(time.Second) {
			return r, injection, false
		}
		if n, err := s.conn.Read(one[:]); n == 0 || err != nil {
			return r, injection, false
		}
		if r.raw == nil {
			s.proxy.count(func(c *Counts) *int { return &c.Begun })
			injection = s.proxy.take()
		}
		r.add(one[0])
		s.proxy.count(func(c *Counts) *int { return &c.Bytes })
		if injection.At.OfRequest() && r.at(injection) {
			switch injection.Fault {
			case Drip:
				drips = true
			case Continue:
				s.write([]byte("HTTP/1.1 100 Continue\r\n\r\n"))
			default:
				return r, injection, true
			}
		}
	}
	s.proxy.count(func(c *Counts) *int { return &c.Whole })
	return r, injection, true
}
