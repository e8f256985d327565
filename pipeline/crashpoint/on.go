//go:build crashpoints

package crashpoint

import (
	"context"
	"net/http/httptrace"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
)

// planned is the moment at which this process dies, when it was passed so often as left says.
var (
	planned string
	left    atomic.Int64
)

func init() {
	text := os.Getenv("IMPORTER_CRASH")
	name, number, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if name != "" && (err != nil || n < 1) {
		panic("IMPORTER_CRASH=" + text + ": want NAME:N")
	}
	planned = name
	left.Store(n)
}

// reached reports whether this is the n-th time that the moment planned is passed.
func reached(name string) bool { return name == planned && left.Add(-1) == 0 }

// Here kills the process when the moment named is passed for the n-th time. It does not return then.
func Here(name string) {
	if !reached(name) {
		return
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

// Sending returns a context for a request: when its last byte was written, that is the moment after-send.
func Sending(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { Here("after-send") }})
}
