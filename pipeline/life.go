package pipeline

import (
	"time"

	"github.com/cenkalti/backoff/v5"
)

// life is what the engine remembers of a row between attempts.
type life struct {
	attempt int       // number of the last attempt; 0: none
	first   time.Time // when the first attempt's intent was written
	doubted bool      // an attempt ended in doubt: "already registered" is then probably our own doing
	retries int       // attempts sent again after doubt
	asks    int       // questions about the row that got no answer
	waits   *backoff.ExponentialBackOff
	ready   time.Time // not before
}

// delay returns how long the row waits before it goes again, with full jitter.
func (e *Engine) delay(l *life) time.Duration {
	if l.waits == nil {
		l.waits = e.plan.Patience.curve()
	}
	return e.jitter.full(l.waits.NextBackOff())
}
