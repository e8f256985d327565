// Package limit says when the next request may be sent, so that a vendor's limits hold over every window of time.
//
// A [Limiter] does no waiting: it gives a [Reservation], or says how long to wait before asking again. [New] makes the limiter of one process,
// which is arithmetic in memory. A limiter that several machines share can take its place: it keeps reservations in a database.
package limit

import (
	"context"
	"time"
)

// Limiter decides when the next request may go. One goroutine at a time uses a limiter and its reservations (in the engine, the gate sees to that).
type Limiter interface {
	// Reserve takes the place of one request that goes at now, by the caller's clock; a shared limiter goes by its own. When no request may go
	// yet, the reservation is nil, and the caller asks again after the returned time. An error means that it is unknown: nothing may be sent.
	Reserve(ctx context.Context, now time.Time) (Reservation, time.Duration, error)
	// Remember makes requests that were sent before, oldest first, count against limit i of those the limiter was made for. It is called before the
	// first Reserve. A shared limiter that has seen these requests itself ignores the call.
	Remember(ctx context.Context, i int, sent []time.Time) error
}

// Reservation is the place of one request that may go. Until it is ended it counts against every limit. It is ended once, by Sent or by Unused.
type Reservation interface {
	// Sent notes that the first byte of the request leaves at now, which may be long after the reservation was made.
	Sent(now time.Time)
	// Unused notes that the request was not sent. A limiter may free the place, or count it as used at now.
	Unused(now time.Time)
}
