package faultproxy_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"importer/vendors"
	"importer/vendors/sandbox/faultproxy"
)

// stray is a bench whose first answer is followed, a millisecond later, by one that nobody asked for.
func stray(t *testing.T, w way, o faultproxy.Options) *bench {
	o.Inject = func(n int) faultproxy.Injection {
		if n == 1 {
			return faultproxy.Injection{Fault: faultproxy.Stray, At: faultproxy.AfterAnswer}
		}
		return faultproxy.Injection{}
	}
	b := newBench(t, w, o)
	if v := b.send(); v.Class != vendors.Accepted {
		t.Fatalf("%+v", v)
	}
	return b
}

// TestStrayAnswer shows how far a client can see that an answer is not its own. Between two requests the pool drops the connection. While the
// request is being written, the client sees that it cannot have been answered. After that it cannot be told: HTTP/1.1 numbers no answers.
func TestStrayAnswer(t *testing.T) {
	quietLog(t)
	t.Run("before the request", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := stray(t, wayTo("distinct"), faultproxy.Options{})
			defer b.close()
			time.Sleep(time.Second)
			if v := b.send(); v.Class != vendors.Accepted {
				t.Errorf("%+v", v)
			}
		})
	})
	t.Run("while the request is written", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := stray(t, wayTo("distinct"), faultproxy.Options{ByteByByte: true})
			defer b.close()
			if v := b.send(); v.Class != vendors.Unknown || v.Code != "answer_misplaced" || v.HTTPStatus != 200 {
				t.Errorf("%+v", v)
			}
			if v := b.send(); v.Class != vendors.Accepted {
				t.Errorf("the next request: %+v", v)
			}
		})
	})
	t.Run("after the request", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := stray(t, wayTo("distinct"), faultproxy.Options{})
			defer b.close()
			r, _ := b.person()
			if v := b.account.Send(t.Context(), b.client, r); v.Class != vendors.Accepted {
				t.Errorf("%+v: if this can be told now, tell it in docs/faults.md", v)
			}
		})
	})
}

// TestAnswerTwice sends the second copy in the same breath, to a pool in which requests wait for the connection: the copy lies in the
// client's buffer when the next request begins. No request may take it for its own.
func TestAnswerTwice(t *testing.T) {
	quietLog(t)
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, wayTo("distinct"), faultproxy.Options{Inject: func(n int) faultproxy.Injection {
				if n%2 == 1 {
					return faultproxy.Injection{Fault: faultproxy.AnswerTwice, At: faultproxy.InsteadOfAnswer}
				}
				return faultproxy.Injection{Fault: faultproxy.HTML, At: faultproxy.InsteadOfAnswer} // and every other is never confirmed
			}})
			defer b.close()
			const n = 20
			var senders sync.WaitGroup
			var mu sync.Mutex
			accepted := 0
			for range n {
				r, _ := b.person()
				senders.Go(func() {
					if v := b.account.Send(t.Context(), b.client, r); v.Class == vendors.Accepted {
						mu.Lock()
						defer mu.Unlock()
						accepted++
					}
				})
			}
			senders.Wait()
			if c := b.proxy.Counts(); accepted > (c.Begun+1)/2 {
				t.Errorf("%d of %d requests were confirmed, and %d said so", (c.Begun+1)/2, c.Begun, accepted)
			}
		})
	}
}
