package vendors_test

import (
	"context"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"importer/vendors"
)

// lineConn takes a part of the first write.
type lineConn struct{ net.Conn }

func (lineConn) Write([]byte) (int, error) {
	return 100, &net.OpError{Op: "write", Err: syscall.ECONNRESET}
}

// TestALongRequestLineLeavesBeforeItsHeaders: net/http writes a request line larger than its buffer before it tells of any header. What left is
// a part of the request all the same.
func TestALongRequestLineLeavesBeforeItsHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rt := vendors.NewTransport(vendors.TransportOptions{Dial: func(context.Context, string, string) (net.Conn, error) {
			near, far := net.Pipe()
			t.Cleanup(func() { far.Close() })
			return lineConn{near}, nil
		}})
		a := toyAccount(t, "http://toy.example/"+strings.Repeat("path/", 4000))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if got := a.Send(ctx, rt, toyRequest(t, a)); got.Class != vendors.Unknown {
			t.Errorf("%s/%s (%s)", got.Class, got.Code, got.Message)
		}
		rt.CloseIdleConnections()
	})
}
