package limit

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"importer/vendors"
)

// admitted drives a limiter by arithmetic alone: n requests as early as it allows, each leaving late() after it was admitted and each timer
// waking late() after its time.
func admitted(l *process, start time.Time, n int, late func() time.Duration) []time.Time {
	var times []time.Time
	now := start
	for range n {
		p := reserve(l, &now, late)
		left := now.Add(late())
		p.Sent(left)
		times = append(times, left)
	}
	return times
}

// reserve moves now to the moment at which a request may go.
func reserve(l Limiter, now *time.Time, late func() time.Duration) Reservation {
	for {
		p, d, _ := l.Reserve(context.Background(), *now)
		if p != nil {
			return p
		}
		*now = now.Add(d + late())
	}
}

// most returns the greatest number of times in any window of length per (closed at one end).
func most(times []time.Time, per time.Duration) int {
	best, from := 0, 0
	for i := range times {
		for times[i].Sub(times[from]) >= per {
			from++
		}
		best = max(best, i-from+1)
	}
	return best
}

func TestLimiterHoldsEveryWindow(t *testing.T) {
	t.Parallel()
	cases := []struct {
		limits string
		n      int
	}{
		{"5/s", 400}, {"20/s", 1000}, {"1/s", 50}, {"100/s", 5000}, {"1000/s", 20000}, {"1/10s", 30},
		{"5/s,2000/15m", 6500}, {"10/s,100/m", 700}, {"7/s,50/10s,3000/h", 7000},
	}
	for _, c := range cases {
		for _, lateness := range []time.Duration{0, 200 * time.Microsecond} {
			t.Run(fmt.Sprintf("%s late %s", c.limits, lateness), func(t *testing.T) {
				limits, err := vendors.ParseLimits(c.limits)
				if err != nil {
					t.Fatal(err)
				}
				rnd := rand.New(rand.NewPCG(1, 2))
				start := time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC)
				times := admitted(New(limits).(*process), start, c.n, func() time.Duration {
					return time.Duration(rnd.Int64N(int64(lateness) + 1))
				})
				for _, l := range limits {
					if got := most(times, l.Per); got > l.N {
						t.Errorf("%d requests in a window of %s, limit %d", got, l.Per, l.N)
					}
				}
				if used := share(times, limits); used < 0.98 {
					t.Errorf("used %.2f %% of the allowed rate, want at least 98 %%", 100*used)
				}
			})
		}
	}
}

// share compares the time taken with the least time in which the limits allow so many requests. Spreading the first window's requests evenly
// costs one of the shortest windows, once: that is not counted as time lost.
func share(times []time.Time, limits []vendors.Limit) float64 {
	best := make([]time.Duration, len(times))
	shortest := limits[0].Per
	for i := range best {
		if i > 0 {
			best[i] = best[i-1]
		}
		for _, l := range limits {
			shortest = min(shortest, l.Per)
			if i >= l.N {
				best[i] = max(best[i], best[i-l.N]+l.Per)
			}
		}
	}
	n := len(times) - 1
	return (best[n] + shortest).Seconds() / times[n].Sub(times[0]).Seconds()
}

// Requests leave evenly: no second holds a burst that the next ones pay for.
func TestLimiterSpreads(t *testing.T) {
	t.Parallel()
	times := admitted(New([]vendors.Limit{{N: 10, Per: time.Second}}).(*process), time.Unix(0, 0), 100, func() time.Duration { return 0 })
	for i := 1; i < len(times); i++ {
		if gap := times[i].Sub(times[i-1]); gap < 99*time.Millisecond || gap > 120*time.Millisecond {
			t.Errorf("gap %d is %s, want about 100ms", i, gap)
		}
	}
}

// Requests of an earlier start count: a crash must not buy a second allowance.
func TestLimiterRemembers(t *testing.T) {
	t.Parallel()
	limit := vendors.Limit{N: 3, Per: time.Minute}
	l := New([]vendors.Limit{limit}).(*process)
	start := time.Unix(1000, 0)
	sent := []time.Time{start.Add(-30 * time.Second), start.Add(-20 * time.Second), start.Add(-time.Second)}
	if err := l.Remember(t.Context(), 0, sent); err != nil {
		t.Fatal(err)
	}
	if got, want := l.wait(start), 30*time.Second+Slack(time.Minute); got != want {
		t.Errorf("wait %s, want %s", got, want)
	}
}

// A request admitted a window ago whose intent is still being written keeps its place.
func TestLimiterWaitsForRequestsThatHaveNotLeft(t *testing.T) {
	t.Parallel()
	l := New([]vendors.Limit{{N: 1, Per: time.Second}}).(*process)
	now := time.Unix(1000, 0)
	p := reserve(l, &now, nil)
	later := now.Add(5 * time.Second)
	if l.wait(later) == 0 {
		t.Fatal("a second request was let through before the first had left")
	}
	p.Sent(later)
	if got, want := l.wait(later), time.Second+Slack(time.Second); got != want {
		t.Errorf("wait %s after the first left, want %s", got, want)
	}
}

func FuzzLimiter(f *testing.F) {
	f.Add(uint16(5), uint32(1000), uint16(2000), uint32(900_000), uint64(1))
	f.Fuzz(func(t *testing.T, n1 uint16, per1 uint32, n2 uint16, per2 uint32, seed uint64) {
		limits := []vendors.Limit{
			{N: 1 + int(n1%200), Per: time.Duration(1+per1%100_000) * time.Millisecond},
			{N: 1 + int(n2%200), Per: time.Duration(1+per2%100_000) * time.Millisecond},
		}
		rnd := rand.New(rand.NewPCG(seed, 0))
		times := admitted(New(limits).(*process), time.Unix(0, 0), 500, func() time.Duration {
			return time.Duration(rnd.Int64N(int64(5 * time.Millisecond)))
		})
		for _, l := range limits {
			if got := most(times, l.Per); got > l.N {
				t.Fatalf("%d requests in a window of %s, limit %d", got, l.Per, l.N)
			}
		}
	})
}
