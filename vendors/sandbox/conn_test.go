package sandbox

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/nettest"
)

// TestConnConforms runs the net package's own suite for connections.
func TestConnConforms(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		a, b := Pipe()
		return a, b, func() { a.Close(); b.Close() }, nil
	})
}

func TestConnBuffers(t *testing.T) {
	a, b := Pipe()
	defer a.Close()
	defer b.Close()
	sent := make([]byte, streamSize)
	for i := range sent {
		sent[i] = byte(i * 7)
	}
	if n, err := a.Write(sent); n != len(sent) || err != nil {
		t.Fatalf("a write of the buffer's size without a reader: %d, %v", n, err)
	}
	got := make([]byte, len(sent))
	if _, err := io.ReadFull(b, got); err != nil || string(got) != string(sent) {
		t.Fatalf("read something else, %v", err)
	}
}

func TestConnEnds(t *testing.T) {
	tests := []struct {
		name        string
		end         func(a *Conn)
		read, write error // what the other end sees
		left        string
	}{
		{"close", func(a *Conn) { a.Close() }, io.EOF, syscall.EPIPE, "left"},
		{"close write", func(a *Conn) { a.CloseWrite() }, io.EOF, nil, "left"},
		{"reset", (*Conn).Reset, syscall.ECONNRESET, syscall.ECONNRESET, ""},
		{"reset, then close", func(a *Conn) { a.Reset(); a.Close() }, syscall.ECONNRESET, syscall.ECONNRESET, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, b := Pipe()
			defer b.Close()
			a.Write([]byte("left"))
			test.end(a)
			buffer := make([]byte, 10)
			if test.left != "" {
				if n, err := b.Read(buffer); string(buffer[:n]) != test.left || err != nil {
					t.Errorf("read %q, %v before the end, want %q", buffer[:n], err, test.left)
				}
			}
			if _, err := b.Read(buffer); !errors.Is(err, test.read) {
				t.Errorf("read: %v, want %v", err, test.read)
			}
			if _, err := b.Write(buffer); !errors.Is(err, test.write) {
				t.Errorf("write: %v, want %v", err, test.write)
			}
		})
	}
}

// TestConnOwnEnd says what an end sees after its own act.
func TestConnOwnEnd(t *testing.T) {
	for name, end := range map[string]func(*Conn){"close": func(c *Conn) { c.Close() }, "reset": (*Conn).Reset} {
		a, _ := Pipe()
		end(a)
		if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("read after %s: %v", name, err)
		}
		if _, err := a.Write(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("write after %s: %v", name, err)
		}
	}
}

// TestConnDeadlines needs a bubble: an hour passes at once only when every goroutine is durably blocked.
func TestConnDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe()
		defer a.Close()
		defer b.Close()
		start := time.Now()
		a.SetReadDeadline(start.Add(time.Hour))
		if _, err := a.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(start) != time.Hour {
			t.Errorf("read: %v after %v", err, time.Since(start))
		}
		a.SetWriteDeadline(time.Now().Add(time.Hour))
		if n, err := a.Write(make([]byte, streamSize+1)); n != streamSize || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("write: %d, %v", n, err)
		}
		if time.Since(start) != 2*time.Hour {
			t.Errorf("the write took until %v", time.Since(start))
		}
		a.SetReadDeadline(time.Time{})
		go func() { time.Sleep(time.Minute); b.Write([]byte("x")) }()
		if _, err := a.Read(make([]byte, 1)); err != nil {
			t.Errorf("read after the deadline was taken away: %v", err)
		}
	})
}

// TestConnWindow: a shut window takes nothing, a narrow one lets exactly so much be written ahead of the reader.
func TestConnWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe()
		defer a.Close()
		defer b.Close()
		for window, want := range []int{0, 1, 2} {
			b.SetWindow(window)
			a.SetWriteDeadline(time.Now().Add(time.Minute))
			if n, err := a.Write([]byte("abcdef")); n != want || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("window %d: wrote %d, %v", window, n, err)
			}
			if want > 0 {
				b.Read(make([]byte, 10))
			}
		}
		go b.SetWindow(6)
		a.SetWriteDeadline(time.Time{})
		if n, err := a.Write([]byte("abcdef")); n != 6 || err != nil {
			t.Errorf("an opened window: wrote %d, %v", n, err)
		}
	})
}
