package limit

import (
	"context"
	"time"

	"golang.org/x/time/rate"

	"importer/vendors"
)

// process is the limiter of one process. It does arithmetic only: it never waits and knows no clock.
//
// Two parts work together. A token bucket (x/time/rate) spreads requests evenly at the pace of the fastest limit. Beside it each limit has
// a window: a ring of the moments of its last N requests. A bucket alone lets burst+N through in one window; the ring does not.
type process struct {
	spread  *rate.Limiter // nil without limits
	windows []*window
}

// Slack is by how much each window is longer than its limit says, so that requests which travel at different speeds don't meet in one window at
// the vendor: 1 % of the window, one second at the most. It costs at most 1 % of the allowed rate.
func Slack(per time.Duration) time.Duration { return min(per/100, time.Second) }

// Largest is the largest N of a limit: a window costs 32 bytes a request.
const Largest = 1_000_000

// burstTime is how much of the pace may be caught up after a late timer. Without it every late wake-up would be lost for good.
const burstTime = 20 * time.Millisecond

// New makes the limiter of one process. All limits hold together; without any, every request may go at once.
func New(limits []vendors.Limit) Limiter {
	l := &process{}
	pace := 0.0
	for _, lim := range limits {
		pace = max(pace, float64(lim.N)/lim.Per.Seconds())
		l.windows = append(l.windows, &window{per: lim.Per + Slack(lim.Per), sent: make([]moment, lim.N)})
	}
	if pace > 0 {
		l.spread = rate.NewLimiter(rate.Limit(pace), max(1, int(pace*burstTime.Seconds())))
	}
	return l
}

func (l *process) Remember(_ context.Context, i int, sent []time.Time) error {
	for _, t := range sent {
		*l.windows[i].take(t) = moment{at: t, left: true}
	}
	return nil
}

func (l *process) Reserve(_ context.Context, now time.Time) (Reservation, time.Duration, error) {
	if d := l.wait(now); d > 0 {
		return nil, d, nil
	}
	if l.spread != nil {
		l.spread.AllowN(now, 1)
	}
	places := make(places, len(l.windows))
	for i, w := range l.windows {
		places[i] = w.take(now)
	}
	return places, 0, nil
}

// wait returns how long after now the next request may go; 0 when it may go at once.
func (l *process) wait(now time.Time) time.Duration {
	var d time.Duration
	for _, w := range l.windows {
		d = max(d, w.wait(now))
	}
	if l.spread != nil {
		if short := 1 - l.spread.TokensAt(now); short > 0 {
			d = max(d, time.Duration(short/float64(l.spread.Limit())*float64(time.Second))+1)
		}
	}
	return d
}

// places are one request's entries in the windows.
type places []*moment

// Sent moves the request to the moment at which it leaves: its intent had to become durable since it was reserved.
func (ps places) Sent(now time.Time) {
	for _, m := range ps {
		m.at, m.left = now, true
	}
}

// Unused counts the place as used now: a ring gives none back.
func (ps places) Unused(now time.Time) { ps.Sent(now) }

// window is the ring of the moments of the last len(sent) requests.
type window struct {
	per  time.Duration
	sent []moment
	next int
}

// moment is when a request left, or (not yet left) was admitted.
type moment struct {
	at   time.Time
	left bool
}

// recheck is how soon to look again at a request that was admitted a whole window ago and still has not left.
const recheck = time.Millisecond

func (w *window) wait(now time.Time) time.Duration {
	oldest := &w.sent[w.next]
	if oldest.at.IsZero() {
		return 0
	}
	d := max(0, oldest.at.Add(w.per).Sub(now))
	if !oldest.left {
		return max(d, recheck)
	}
	return d
}

func (w *window) take(now time.Time) *moment {
	m := &w.sent[w.next]
	*m = moment{at: now}
	w.next = (w.next + 1) % len(w.sent)
	return m
}
