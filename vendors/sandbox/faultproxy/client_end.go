package faultproxy

import (
	"sync"

	"importer/vendors/sandbox"
)

// clientEnd is the client's end of a connection in memory. It reports to the proxy that a write has started, and hides from the client that the connection
// has ended until the client writes, as a network does whose packets are under way.
type clientEnd struct {
	*sandbox.Conn
	started chan struct{} // holds one token once a write has started; the proxy takes it
	gone    chan struct{} // closed by Close
	once    sync.Once

	mu   sync.Mutex
	news *news // nil: news arrive at once
}

// news is what the client does not know yet.
type news struct {
	swallow bool // writes succeed and go nowhere
	known   chan struct{}
	once    sync.Once
}

func newClientEnd(c *sandbox.Conn) *clientEnd {
	return &clientEnd{Conn: c, started: make(chan struct{}, 1), gone: make(chan struct{})}
}

// hold keeps the connection's end from the client until its next write.
func (c *clientEnd) hold(swallow bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.news = &news{swallow: swallow, known: make(chan struct{})}
}

func (c *clientEnd) held() *news {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.news
}

func (c *clientEnd) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if held := c.held(); n == 0 && err != nil && held != nil {
		select {
		case <-held.known:
		case <-c.gone:
		}
	}
	return n, err
}

func (c *clientEnd) Write(p []byte) (int, error) {
	select {
	case c.started <- struct{}{}:
	default:
	}
	held := c.held()
	if held == nil {
		return c.Conn.Write(p)
	}
	defer held.once.Do(func() { close(held.known) })
	if held.swallow {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

func (c *clientEnd) Close() error {
	c.once.Do(func() { close(c.gone) })
	return c.Conn.Close()
}
