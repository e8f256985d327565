package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// grace is how long requests in progress may take when serving ends.
const grace = 2 * time.Second

// Serve answers on a listener until the context ends, then closes it and the sandbox, and returns nil when all went well. The listener must be
// on a loopback address: the demo credentials are public.
func (s *Sandbox) Serve(ctx context.Context, l net.Listener) error {
	if a, ok := l.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		return errors.Join(fmt.Errorf("the sandbox serves on loopback only, not on %s", a), l.Close())
	}
	server := newServer(s.Handler())
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(l) }()
	select {
	case err := <-stopped:
		return errors.Join(fmt.Errorf("serve sandbox: %w", err), s.Close())
	case <-ctx.Done():
	}
	s.closing()
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if server.Shutdown(late) != nil {
		server.Close()
	}
	if err := <-stopped; err != nil && !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(fmt.Errorf("serve sandbox: %w", err), s.Close())
	}
	return s.Close()
}

func newServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute}
}
