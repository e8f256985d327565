package sandbox

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"importer/mapping/problem"
)

// Rate is a limit of N requests in every window of the length Per, wherever the window begins.
type Rate struct {
	N   int
	Per time.Duration
}

// ParseRates reads limits such as "5/s,2000/15m". The empty text and "none" are no limit. Windows are written s, m, h, or as a number before
// these.
func ParseRates(text string) ([]Rate, error) {
	if text == "" || text == "none" {
		return nil, nil
	}
	var rates []Rate
	for part := range strings.SplitSeq(text, ",") {
		count, window, ok := strings.Cut(strings.TrimSpace(part), "/")
		n, err := strconv.Atoi(count)
		if window != "" && strings.IndexByte(Digits, window[0]) < 0 {
			window = "1" + window
		}
		per, err2 := time.ParseDuration(window)
		if !ok || err != nil || err2 != nil || n < 1 || per <= 0 {
			return nil, problem.New(problem.Input, fmt.Sprintf("rate %q is not a count and a window", part), "write it like 5/s or 2000/15m")
		}
		rates = append(rates, Rate{n, per})
	}
	return rates, nil
}

// windows counts requests in sliding windows, exactly: it keeps the times of the last N admitted for each rate. A request is admitted when
// fewer than N were admitted in the window that ends with it; one exactly Per later is outside. Refused requests do not count. Memory is
// 24 bytes × N a rate. Safe for concurrent use.
type windows struct {
	mu    sync.Mutex
	rings []ring
}

type ring struct {
	rate Rate
	at   []time.Time
	next int // index of the oldest once the ring is full
}

func newWindows(rates []Rate) *windows {
	w := &windows{}
	for _, r := range rates {
		w.rings = append(w.rings, ring{rate: r})
	}
	return w
}

// admit takes a place in every window, or returns how long it is until there is one.
func (w *windows) admit(now time.Time) (wait time.Duration, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.rings {
		wait = max(wait, w.rings[i].wait(now))
	}
	if wait > 0 {
		return wait, false
	}
	for i := range w.rings {
		w.rings[i].add(now)
	}
	return 0, true
}

func (r *ring) wait(now time.Time) time.Duration {
	if len(r.at) < r.rate.N {
		return 0
	}
	return r.rate.Per - now.Sub(r.at[r.next])
}

func (r *ring) add(now time.Time) {
	if len(r.at) < r.rate.N {
		r.at = append(r.at, now)
		return
	}
	r.at[r.next] = now
	r.next = (r.next + 1) % r.rate.N
}
