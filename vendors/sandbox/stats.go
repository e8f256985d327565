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

type stats struct {
	mu sync.Mutex
	s  Stats
}

func (c *stats) arrive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.Requests++
}

func (c *stats) admit() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.Admitted++
	return c.s.Admitted
}

func (c *stats) violate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.Violations++
}

func (c *stats) answer(kind FaultKind, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.s.Statuses == nil {
		c.s.Faults, c.s.Statuses = map[FaultKind]int{}, map[int]int{}
	}
	c.s.Statuses[status]++
	if kind != NoFault {
		c.s.Faults[kind]++
	}
}

func (c *stats) copy() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.s
	s.Faults, s.Statuses = maps.Clone(s.Faults), maps.Clone(s.Statuses)
	return s
}
