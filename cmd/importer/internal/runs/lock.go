package runs

import (
	"context"
	"errors"
	"slices"
	"time"

	"importer/pipeline/journal"
)

// lockPoll is how often a call that waits for an account tries to take it.
const lockPoll = 500 * time.Millisecond

// lock keeps other processes off the account, and waits for it as long as the options say. A sandbox in process that is not kept is an account that
// nobody else has; but while a run has its journal in its folder, others must not delete or change it. waited says that time has passed since the setup was made.
func (c *call) lock(ctx context.Context, s *setup, ws *workspace) (unlock func() error, waited bool, err error) {
	if s.sandbox != nil && s.options.SandboxState == "" {
		if !ws.isBoxed() {
			return func() error { return nil }, false, nil
		}
		lock, err := ws.lock(s.account.ID())
		if err != nil {
			return nil, false, err
		}
		ws.held = lock
		return func() error { return ws.unlock(lock) }, false, nil
	}
	end := time.Now().Add(s.options.Wait)
	if s.sandbox != nil {
		if waited, err = c.lockKept(ctx, s); err != nil {
			return nil, waited, err
		}
	}
	lock, also, err := c.acquire(ctx, time.Until(end), func() (*journal.Lock, error) { return ws.lock(s.account.ID()) })
	waited = waited || also
	if err != nil {
		return nil, waited, err
	}
	ws.held = lock
	return func() error { return ws.unlock(lock) }, waited, nil
}

// acquire takes a lock. While another process holds it, it waits as long as wait says: it tells so once, and ends with ctx. The error of a wait in vain
// is that of not waiting: who holds it.
func (c *call) acquire(ctx context.Context, wait time.Duration, take func() (*journal.Lock, error)) (lock *journal.Lock, waited bool, err error) {
	lock, err = take()
	if wait <= 0 || !errors.Is(err, journal.ErrRunning) {
		return lock, false, err
	}
	c.emit(WaitingForAccount{Holder: err, Until: c.Now().Add(wait)})
	end, again := time.NewTimer(wait), time.NewTicker(lockPoll)
	defer end.Stop()
	defer again.Stop()
	for last := false; !last; {
		select {
		case <-ctx.Done():
			return nil, true, context.Cause(ctx)
		case <-end.C:
			last = true
		case <-again.C:
		}
		if lock, err = take(); !errors.Is(err, journal.ErrRunning) {
			break
		}
	}
	return lock, true, err
}

// waits is how long the request's options say to wait for accounts. What is wrong with options is told where the journal is found.
func (c *call) waits() time.Duration {
	values := precedence{given: c.Options, env: c.LookupEnv}
	options, _, _ := values.resolve()
	return options.Wait
}

// acquireAll takes the locks of the accounts of the runs as acquire does, waiting until wait has passed for all of them together.
func (c *call) acquireAll(ctx context.Context, ws *workspace, runs []journal.Run, wait time.Duration) (*locks, error) {
	end := time.Now().Add(wait)
	return ws.lockEach(runs, func(account string) (*journal.Lock, error) {
		lock, _, err := c.acquire(ctx, time.Until(end), func() (*journal.Lock, error) { return ws.lock(account) })
		return lock, err
	})
}

// locks are those of several accounts.
type locks struct {
	ws   *workspace
	held []*journal.Lock
}

// check returns an error where one of them is no longer where it was: see journal.Lock.
func (l *locks) check() error {
	for _, lock := range l.held {
		if err := lock.Check(); err != nil {
			return err
		}
	}
	return nil
}

func (l *locks) release() (err error) {
	for _, lock := range l.held {
		err = errors.Join(err, l.ws.unlock(lock))
	}
	return err
}

// lockAll takes the locks of the accounts of the runs, or says who holds one.
func (ws *workspace) lockAll(runs []journal.Run) (*locks, error) {
	return ws.lockEach(runs, ws.lock)
}

// lockEach takes the locks of the accounts of the runs, all or none, always in the same order: two calls that wait never wait for each other.
func (ws *workspace) lockEach(runs []journal.Run, take func(account string) (*journal.Lock, error)) (*locks, error) {
	l := &locks{ws: ws}
	for _, account := range ws.accountsOf(runs) {
		lock, err := take(account)
		if err != nil {
			return nil, errors.Join(err, l.release())
		}
		l.held = append(l.held, lock)
	}
	return l, nil
}

// accountsOf are the accounts of the runs that others may hold, each once, sorted. Nobody else has the account of a sandbox in process, unless its run
// may be under way, with its journal in its folder.
func (ws *workspace) accountsOf(runs []journal.Run) (accounts []string) {
	for _, r := range runs {
		if !isGone(r) || ws.isBoxed() && r.State == journal.Running {
			accounts = append(accounts, r.Account)
		}
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}
