package simulation_test

import (
	"errors"
	"sync"
)

// ErrDead is what everything answers once a life has ended.
var ErrDead = errors.New("the process is dead")

// Life is one life of a simulated process, from its start to its end or its death. What goes through its [Store] and its [Wire] has an effect
// only while it lives: after Die not one record becomes durable and not one byte leaves, whatever the engine still tries. Safe for
// concurrent use. The zero Life lives.
type Life struct {
	mu      sync.RWMutex // held for reading while something takes effect
	dead    bool
	atDeath []func()
}

// Die ends the life at once. Only the first call counts.
func (l *Life) Die() {
	l.mu.Lock()
	if l.dead {
		l.mu.Unlock()
		return
	}
	l.dead = true
	tell := l.atDeath
	l.atDeath = nil
	l.mu.Unlock()
	for _, f := range tell {
		f()
	}
}

// Dead reports whether the life has ended.
func (l *Life) Dead() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.dead
}

// OnDeath has f called, once, when the life ends; at once if it has ended.
func (l *Life) OnDeath(f func()) {
	l.mu.Lock()
	if !l.dead {
		l.atDeath = append(l.atDeath, f)
		l.mu.Unlock()
		return
	}
	l.mu.Unlock()
	f()
}

// alive runs do while the life cannot end, or returns ErrDead.
func (l *Life) alive(do func() error) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.dead {
		return ErrDead
	}
	return do()
}
