package faultproxy

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// session is one connection of a client.
type session struct {
	proxy    *Proxy
	raw      net.Conn // beneath TLS
	conn     net.Conn
	client   *near // the other end in memory; nil over TCP
	upstream net.Conn
	answers  *bufio.Reader // of upstream
}

// run serves exchanges until one of them ends the connection. fault happens to the handshake.
func (s *session) run(fault Fault) {
	defer func() {
		if s.upstream != nil {
			s.upstream.Close()
		}
	}()
	if !s.handshake(fault) {
		return
	}
	for s.exchange() {
	}
}

// arm opens the window for the next request as far as its shot wants.
func (s *session) arm(shot Shot) {
	c, ok := s.raw.(interface{ SetWindow(int) })
	switch {
	case !ok || s.proxy.options.TLS != nil: // a handshake needs room
	case shot.At == RequestStart:
		c.SetWindow(0)
	case s.proxy.options.Narrow:
		c.SetWindow(1)
	}
}

// exchange serves one request and says whether the connection can take another.
func (s *session) exchange() bool {
	if s.client != nil && s.proxy.peek().At == RequestStart && s.proxy.options.TLS == nil {
		return s.refuse()
	}
	r, shot, ok := s.read()
	if !ok {
		return false
	}
	if (shot.At.OfRequest() || shot.At == BeforeVendor) && shot.Fault != Drip && shot.Fault != Continue {
		return s.act(shot.Fault, r.raw)
	}
	if shot.At == Instead && shot.Fault.keepsVendorOut() {
		return s.say(shot, reply{}, r.raw)
	}
	if shot.Fault == SentTwice {
		if _, err := s.forward(r.raw); err != nil {
			return false
		}
	}
	if shot.At == BeforeVendor && !s.wait(dripTime) {
		return false
	}
	a, err := s.forward(r.raw)
	if err != nil {
		return false
	}
	return s.say(shot, a, r.raw)
}

// dripTime is longer than any deadline: the vendor gets the request when nobody waits for the answer.
const dripTime = time.Hour

// refuse acts when the client tries to write its first byte, which the shut window does not take.
func (s *session) refuse() bool {
	select {
	case <-s.client.begun:
	case <-s.client.gone:
		return false
	case <-s.proxy.ctx.Done():
		return false
	}
	return s.act(s.proxy.take().Fault, nil)
}

// reply is a vendor's answer, its body whole.
type reply struct {
	status string // "200 OK"
	kind   string // Content-Type
	body   []byte
}

// forward sends a whole request to the vendor and reads its answer.
func (s *session) forward(raw []byte) (reply, error) {
	if s.upstream == nil {
		conn, err := s.proxy.options.Upstream(s.proxy.ctx, "tcp", "127.0.0.1:80")
		if err != nil {
			return reply{}, err
		}
		s.upstream, s.answers = conn, bufio.NewReader(conn)
	}
	s.proxy.count(func(c *Counts) *int { return &c.Forwarded })
	if _, err := s.upstream.Write(raw); err != nil {
		return reply{}, fmt.Errorf("forward: %w", err)
	}
	resp, err := http.ReadResponse(s.answers, nil)
	if err != nil {
		return reply{}, fmt.Errorf("the vendor's answer: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return reply{resp.Status, resp.Header.Get("Content-Type"), body}, err
}

// say gives the client the answer, and does to it what the shot says.
func (s *session) say(shot Shot, a reply, request []byte) bool {
	next := s.proxy.peek()
	if s.client != nil {
		select {
		case <-s.client.begun: // of this request: what comes is of the next
		default:
		}
		if shot.At == Idle && (shot.On == Refused || shot.On == Taken) {
			s.client.hold(shot.On == Taken)
		}
	}
	s.arm(next)
	out := a.plain()
	if why, ok := shot.Fault.own(); ok {
		return s.write(s.refusal(why).plain())
	}
	if shot.At == Instead {
		return s.script(shapes(shot.Fault, a, request))
	}
	if shot.Fault == "" || shot.Fault == Continue {
		return s.write(out)
	}
	cut := cutAt(out, shot)
	if !s.write(out[:cut]) {
		return false
	}
	if shot.Fault == Drip {
		return s.drip(out[cut:])
	}
	if shot.Fault == Garbage && (shot.At == AnswerHead || shot.At == AnswerBody) { // the promised length, broken
		return s.write(bytes.Repeat([]byte{0xff, '"', '}'}, len(out))[:len(out)-cut])
	}
	return s.act(shot.Fault, request)
}

// cutAt is how many bytes of an answer go before the shot's fault.
func cutAt(out []byte, shot Shot) int {
	head := bytes.Index(out, []byte("\r\n\r\n")) + 4
	switch shot.At {
	case BeforeVendor, BeforeAnswer:
		return 0
	case AnswerStatus:
		return 10
	case AnswerHeader:
		at := 0
		for line := 0; line <= shot.Line; line++ {
			end := bytes.Index(out[at:head-2], []byte("\r\n"))
			if end < 0 || at+end+2 >= head-2 {
				break
			}
			at += end + 2
		}
		return at + 3
	case AnswerHead:
		return head
	case AnswerBody:
		return head + (len(out)-head)/2
	}
	return len(out)
}
