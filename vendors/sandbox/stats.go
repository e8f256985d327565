package sandbox

import (
	"maps"
	"sync"
)

// Stats counts what one vendor has seen.
type Stats struct {
	Requests   int               `json:"requests"`   // all, refused ones included
	Admitted   int               `json:"admitted"`   // inside the limits; faults count these
	Violations int               `json:"violations"` // beyond a limit, answered with 429
	Faults     map[FaultKind]int `json:"faults"`
	Statuses   map[int]int       `json:"statuses"` // by HTTP status; those without an answer are under 0
}

// stats guards Stats.
type stats struct {
	mu sync.Mutex
	s  Stats
}

// note changes the counts and returns how many requests were admitted so far.
func (c *stats) note(change func(s *Stats)) (admitted int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.s)
	return c.s.Admitted
}

// answered counts an answer of the status; 0 is none.
func (c *stats) answered(kind FaultKind, status int) {
	c.note(func(s *Stats) {
		if s.Statuses == nil {
			s.Faults, s.Statuses = map[FaultKind]int{}, map[int]int{}
		}
		s.Statuses[status]++
		if kind != NoFault {
			s.Faults[kind]++
		}
	})
}

func (c *stats) copy() (copied Stats) {
	c.note(func(s *Stats) {
		copied = *s
		copied.Faults, copied.Statuses = maps.Clone(s.Faults), maps.Clone(s.Statuses)
	})
	return copied
}
