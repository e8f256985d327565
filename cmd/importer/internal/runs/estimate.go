package runs

import (
	"time"

	"importer/vendors"
)

// leastTime is how long n requests take at the limits when nothing else holds them up.
func leastTime(limits []vendors.Limit, n int64) time.Duration {
	longest, _ := slowest(limits, n)
	return longest
}

// slowest is how long n requests take at the limits when nothing else holds them up, and the limit that makes it so. Each limit lets its number through in
// one window; within the windows the fastest pace rules. 0 and the zero Limit without limits.
func slowest(limits []vendors.Limit, n int64) (longest time.Duration, by vendors.Limit) {
	if n <= 0 {
		return 0, by
	}
	pace := 0.0 // requests a second
	for _, l := range limits {
		pace = max(pace, float64(l.N)/l.Per.Seconds())
	}
	for _, l := range limits {
		full := (n - 1) / int64(l.N) // windows that are used up before the last one
		rest := n - full*int64(l.N)
		if takes := time.Duration(full)*l.Per + time.Duration(float64(rest)/pace*float64(time.Second)); takes > longest {
			longest, by = takes, l
		}
	}
	return longest, by
}

// estimate is what is known of a run for predicting its end.
type estimate struct {
	limits   []vendors.Limit
	elapsed  time.Duration // of this start
	held     time.Duration // how long everybody still waits
	settled  int64         // rows of this start
	requests int64         // of this start
	left     int64         // rows
	rate     float64       // rows a second lately; 0: not known
}

// timeLeft predicts how long a run will still take: as fast as lately, but never faster than the limits allow. False when nothing is known yet.
func (e estimate) timeLeft() (time.Duration, bool) {
	if e.left <= 0 {
		return 0, true
	}
	if e.rate <= 0 || e.settled == 0 {
		return 0, false
	}
	byRate := time.Duration(float64(e.left) / e.rate * float64(time.Second))
	perRow := float64(e.requests) / float64(e.settled)
	total := e.requests + int64(perRow*float64(e.left)+0.5)
	byLimits := leastTime(e.limits, total) - e.elapsed
	return e.held + max(byRate, byLimits, 0), true
}
