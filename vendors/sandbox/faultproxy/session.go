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
	client   *clientEnd // the other end in memory; nil over TCP
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

// setWindow opens the window for the next request as far as its injection wants.
func (s *session) setWindow(injection Injection) {
	c, ok := s.raw.(interface{ SetWindow(int) })
	switch {
	case !ok || s.proxy.options.TLS != nil: // a handshake needs room
	case injection.At == RequestStart:
		c.SetWindow(0)
	case s.proxy.options.ByteByByte:
		c.SetWindow(1)
	}
}

// exchange serves one request and says whether the connection can take another.
func (s *session) exchange() bool {
	if s.client != nil && s.proxy.peek().At == RequestStart && s.proxy.options.TLS == nil {
		return s.refuseWrite()
	}
	r, injection, ok := s.read()
	if !ok {
		return false
	}
	if (injection.At.OfRequest() || injection.At == BeforeVendor) && injection.Fault != Drip && injection.Fault != Continue {
		return s.breakWire(injection.Fault, r.raw)
	}
	if injection.At == InsteadOfAnswer && injection.Fault.beforeVendor() {
		return s.sendAnswer(injection, reply{request: r.raw}, r.raw)
	}
	if injection.Fault == SentTwice {
		if _, err := s.forward(r.raw); err != nil {
			return false
		}
	}
	if injection.At == BeforeVendor && !s.wait(dripTime) {
		return false
	}
	a, err := s.forward(r.raw)
	if err != nil {
		return false
	}
	return s.sendAnswer(injection, a, r.raw)
}

// dripTime is longer than any deadline: the vendor gets the request when nobody waits for the answer.
const dripTime = time.Hour

// refuseWrite acts when the client tries to write its first byte, which the shut window does not take.
func (s *session) refuseWrite() bool {
	select {
	case <-s.client.started:
	case <-s.client.gone:
		return false
	case <-s.proxy.ctx.Done():
		return false
	}
	return s.breakWire(s.proxy.take().Fault, nil)
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
	return reply{status: resp.Status, kind: resp.Header.Get("Content-Type"), body: body, request: raw}, err
}

// sendAnswer gives the client the answer, and does to it what the injection says.
func (s *session) sendAnswer(injection Injection, a reply, request []byte) bool {
	if s.client != nil {
		select {
		case <-s.client.started: // by this request: the next token is about the next request
		default:
		}
		if injection.At == Idle && (injection.On == Refused || injection.On == Taken) {
			s.client.hold(injection.On == Taken)
		}
	}
	s.setWindow(s.proxy.peek())
	out := a.plain()
	if why, ok := refusals[injection.Fault]; ok {
		refused := s.proxy.options.Refuse(why)
		return s.write(reply{status: fmt.Sprintf("%d Refused", refused.Status), kind: refused.Type, body: refused.Body}.plain())
	}
	if injection.At == InsteadOfAnswer {
		return s.instead(answerFaults()[injection.Fault], a)
	}
	if injection.Fault == "" || injection.Fault == Continue {
		return s.write(out)
	}
	cut := cutAt(out, injection)
	if !s.write(out[:cut]) {
		return false
	}
	if injection.Fault == Drip {
		return s.drip(out[cut:])
	}
	if injection.Fault == Garbage && (injection.At == AnswerHead || injection.At == AnswerBody) { // the promised length, broken
		return s.write(bytes.Repeat([]byte{0xff, '"', '}'}, len(out))[:len(out)-cut])
	}
	return s.breakWire(injection.Fault, request)
}

// cutAt is how many bytes of an answer go before the injection's fault.
func cutAt(out []byte, injection Injection) int {
	head := bytes.Index(out, []byte("\r\n\r\n")) + 4
	switch injection.At {
	case BeforeVendor, BeforeAnswer:
		return 0
	case AnswerStatus:
		return 10
	case AnswerHeader:
		at := 0
		for line := 0; line <= injection.Line; line++ {
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
