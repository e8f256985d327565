package runs

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// waitingCall is a call of a service whose journal lies in a folder of its own, and what it says while it waits.
func waitingCall(t *testing.T) (*call, *workspace, *[]WaitingForAccount) {
	t.Helper()
	var said []WaitingForAccount
	c := New(Config{Now: time.Now}).call(Request{Observe: func(e Event) {
		if w, ok := e.(WaitingForAccount); ok {
			said = append(said, w)
		}
	}})
	return c, &workspace{Service: c.Service, dir: filepath.Join(t.TempDir(), "journal")}, &said
}

// TestWaitingForAnAccount: the lock is taken soon after it is free, who holds it is said once, and a wait in vain ends as without one.
func TestWaitingForAnAccount(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wait, held time.Duration // held 0: until the end
		cancel     time.Duration // 0: never
		took       time.Duration
		said       int
		want       error
	}{
		"not at all":       {took: 0, want: journal.ErrRunning},
		"free in time":     {wait: time.Hour, held: 20*time.Minute - time.Millisecond, took: 20 * time.Minute, said: 1},
		"free at the end":  {wait: 1200 * time.Millisecond, held: 1100 * time.Millisecond, took: 1200 * time.Millisecond, said: 1},
		"in vain":          {wait: time.Hour, took: time.Hour, said: 1, want: journal.ErrRunning},
		"a signal ends it": {wait: time.Hour, cancel: time.Minute + time.Millisecond, took: time.Minute + time.Millisecond, said: 1, want: ErrInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				call, ws, said := waitingCall(t)
				other, err := ws.lock("thanx here")
				if err != nil {
					t.Fatal(err)
				}
				defer other.Release()
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				if c.held > 0 {
					time.AfterFunc(c.held, func() { _ = other.Release() })
				}
				if c.cancel > 0 {
					time.AfterFunc(c.cancel, func() { cancel(ErrInterrupted) })
				}
				began := time.Now()
				lock, waited, err := call.acquire(ctx, c.wait, func() (*journal.Lock, error) { return ws.lock("thanx here") })
				if took := time.Since(began); !errors.Is(err, c.want) || took != c.took || waited != (c.said > 0) {
					t.Errorf("took %s, waited %v, error %v", took, waited, err)
				}
				if errors.Is(c.want, journal.ErrRunning) && problem.KindOf(err) != problem.Busy {
					t.Errorf("an account that is held is %v", err)
				}
				if len(*said) != c.said || c.said > 0 && !(*said)[0].Until.Equal(began.Add(c.wait)) {
					t.Errorf("said %+v", *said)
				}
				if err == nil {
					if err := lock.Release(); err != nil {
						t.Error(err)
					}
				}
			})
		})
	}
}

// TestWaitingForSeveralAccounts: they are taken in the same order whatever the order of the runs, and the time to wait is for all of them.
func TestWaitingForSeveralAccounts(t *testing.T) {
	t.Parallel()
	runs := []journal.Run{{Account: "thanx c"}, {Account: "thanx a"}, {Account: "thanx b"}, {Account: "thanx a"}}
	for i := range runs {
		runs[i].Note = []byte(`{"version": 1}`)
	}
	_, ws, _ := waitingCall(t)
	for _, given := range [][]journal.Run{runs, {runs[1], runs[2], runs[0]}} {
		var order []string
		held, err := ws.lockEach(given, func(account string) (*journal.Lock, error) {
			order = append(order, account)
			return ws.lock(account)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := held.release(); err != nil || !slices.Equal(order, []string{"thanx a", "thanx b", "thanx c"}) {
			t.Errorf("taken in the order %v, %v", order, err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		call, ws, _ := waitingCall(t)
		for _, account := range []string{"thanx a", "thanx b"} { // the first is free after most of the time, the second never
			other, err := ws.lock(account)
			if err != nil {
				t.Fatal(err)
			}
			defer other.Release()
			if account == "thanx a" {
				time.AfterFunc(50*time.Minute, func() { _ = other.Release() })
			}
		}
		began := time.Now()
		if _, err := call.acquireAll(t.Context(), ws, runs, time.Hour); !errors.Is(err, journal.ErrRunning) || time.Since(began) != time.Hour {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		lock, err := ws.lock("thanx a")
		if err != nil {
			t.Fatalf("the account it had is not free again: %v", err)
		}
		_ = lock.Release()
	})
}
