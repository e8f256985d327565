package sandbox

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

// Conn is one end of a connection in memory. Each direction buffers 64 KiB, so a write of less does not wait for a reader. All methods are
// safe for concurrent use. Beyond net.Conn it has CloseWrite, as a TCP connection has, and Reset.
type Conn struct {
	in, out *stream
	local   addr
	remote  addr
}

// Pipe makes a connection and returns both its ends.
func Pipe() (client, server *Conn) {
	up, down := newStream(), newStream()
	client = &Conn{in: down, out: up, local: "127.0.0.1:49152", remote: "127.0.0.1:80"}
	server = &Conn{in: up, out: down, local: client.remote, remote: client.local}
	return client, server
}

// Read reads what the other end wrote: io.EOF after its Close or CloseWrite, ECONNRESET after its Reset.
func (c *Conn) Read(p []byte) (int, error) {
	n, err := c.in.read(p)
	return n, c.wrap("read", err)
}

// Write fails with EPIPE when the other end is closed, and with ECONNRESET after its Reset.
func (c *Conn) Write(p []byte) (int, error) {
	n, err := c.out.write(p)
	return n, c.wrap("write", err)
}

// Close ends both directions. The other end reads what is left, then io.EOF.
func (c *Conn) Close() error {
	c.in.closeRead()
	c.out.closeWrite(net.ErrClosed)
	return nil
}

// CloseWrite ends this end's writing: the other end reads io.EOF and can still write.
func (c *Conn) CloseWrite() error {
	c.out.closeWrite(os.NewSyscallError("write", syscall.EPIPE))
	return nil
}

// Reset drops what is on the way in both directions; the other end sees ECONNRESET, this one net.ErrClosed.
func (c *Conn) Reset() {
	c.in.reset(false)
	c.out.reset(true)
}

// SetWindow sets how many bytes the other end may write ahead of what this end reads, 64 KiB at first. Zero shuts the window: the other end's
// writes wait, as they do against a TCP peer that stopped reading.
func (c *Conn) SetWindow(bytes int) { c.in.setWindow(bytes) }

func (c *Conn) LocalAddr() net.Addr  { return c.local }
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

func (c *Conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

func (c *Conn) SetReadDeadline(t time.Time) error {
	return c.wrap("set", c.in.setDeadline(&c.in.reading, t))
}

func (c *Conn) SetWriteDeadline(t time.Time) error {
	return c.wrap("set", c.out.setDeadline(&c.out.writing, t))
}

func (c *Conn) wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &net.OpError{Op: op, Net: "tcp", Source: c.local, Addr: c.remote, Err: err}
}
