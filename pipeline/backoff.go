package pipeline

import (
	"math/rand/v2"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// jitter draws from one source of randomness for many goroutines, so that a seed decides a whole run.
type jitter struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

// full returns a moment between 0 and d, evenly: "full jitter", which keeps waiting clients from coming back together
// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
func (j *jitter) full(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return time.Duration(j.rnd.Int64N(int64(d) + 1))
}

// curve returns the growing waits, without jitter: first, twice that, and so on up to longest.
func (p Patience) curve() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval = p.First, p.Longest
	b.Multiplier, b.RandomizationFactor = 2, 0
	b.Reset()
	return b
}
