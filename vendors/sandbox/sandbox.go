package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// RetryAfterForm is how a 429 or 503 says how long to wait (RFC 9110, 10.2.3).
type RetryAfterForm uint8

const (
	Seconds  RetryAfterForm = iota // Retry-After: 7
	HTTPDate                       // Retry-After: Sat, 21 Nov 2026 01:32:20 GMT
	Silent                         // no Retry-After
)

// Options is what a sandbox simulates. The zero Options has no latency, no limit and no fault.
type Options struct {
	Latency time.Duration // each answer takes this long, after the person is registered
	Jitter  time.Duration // and up to this much longer

	Rates      []Rate // limits, counted for each vendor by itself
	RetryAfter RetryAfterForm

	Faults []FaultSpec
	Fault  func(n int, r *http.Request) Fault // asked before Faults, n from 1 for each vendor; nil and the zero Fault leave it to Faults
	Seed   uint64                             // of everything random

	Shape     string // the form of answers, for every vendor that has one of that name; "" is each vendor's default
	Unseeded  bool   // start without the people of Seeded; its sponsors stay, or no member could ever sign up
	Directory string // keep each register in the file NAME.jsonl there; "" keeps nothing

	Now func() time.Time // the vendors' clock; nil is time.Now
	Log *slog.Logger     // one record a request, without bodies and credentials; nil logs nothing
}

// Sandbox serves stand-ins. It is safe for concurrent use. Close it when it is no longer needed.
type Sandbox struct {
	options   Options
	endpoints []*endpoint
	trapped   atomic.Int64

	closing context.CancelFunc
	closed  context.Context
	gate    sync.Mutex // orders enter against Close
	calls   sync.WaitGroup
}

// endpoint is one vendor in one sandbox.
type endpoint struct {
	Standin
	shape    string
	register *Register
	windows  *windows
	stats    stats
}

// New makes a sandbox of the given stand-ins. It fails when two have the same name, when no stand-in has the wanted shape, or when a register
// file cannot be read.
func New(standins []Standin, o Options) (*Sandbox, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Sandbox{options: o}
	s.closed, s.closing = context.WithCancel(context.Background())
	shaped := o.Shape == ""
	for _, standin := range standins {
		if s.endpoint(standin.Name) != nil {
			return nil, errors.Join(fmt.Errorf("two stand-ins are named %q", standin.Name), s.Close())
		}
		d, err := newEndpoint(standin, o)
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		s.endpoints = append(s.endpoints, d)
		shaped = shaped || d.shape == o.Shape
	}
	if !shaped {
		return nil, errors.Join(fmt.Errorf("no vendor answers in the shape %q", o.Shape), s.Close())
	}
	return s, nil
}

func newEndpoint(standin Standin, o Options) (*endpoint, error) {
	d := &endpoint{Standin: standin, shape: shapeOf(standin, o), windows: newWindows(o.Rates)}
	seeded := Seeded
	if o.Unseeded {
		seeded = seededSponsors
	}
	d.register = newRegister(seeded)
	if o.Directory != "" {
		return d, d.register.open(filepath.Join(o.Directory, standin.Name+".jsonl"))
	}
	return d, nil
}

func shapeOf(standin Standin, o Options) string {
	if slices.Contains(standin.Shapes, o.Shape) {
		return o.Shape
	}
	if len(standin.Shapes) == 0 {
		return ""
	}
	return standin.Shapes[0]
}

// Register is the register of a vendor, nil when the sandbox does not have that vendor.
func (s *Sandbox) Register(vendor string) *Register {
	if d := s.endpoint(vendor); d != nil {
		return d.register
	}
	return nil
}

// Stats says what a vendor has seen so far; false when the sandbox does not have that vendor.
func (s *Sandbox) Stats(vendor string) (Stats, bool) {
	d := s.endpoint(vendor)
	if d == nil {
		return Stats{}, false
	}
	return d.stats.copy(), true
}

// Trapped counts requests that followed a redirect.
func (s *Sandbox) Trapped() int { return int(s.trapped.Load()) }

// Reset forgets everybody but the seeded people, in every register. Counts of requests are kept.
func (s *Sandbox) Reset() error {
	var err error
	for _, d := range s.endpoints {
		err = errors.Join(err, d.register.Reset())
	}
	return err
}

// Close ends every wait of a request in progress, waits for those requests, and closes the register files.
func (s *Sandbox) Close() error {
	s.gate.Lock()
	s.closing()
	s.gate.Unlock()
	s.calls.Wait()
	var err error
	for _, d := range s.endpoints {
		err = errors.Join(err, d.register.file.close())
		d.register.file = nil
	}
	return err
}

// enter counts a request that Close has to wait for; false when it is too late for any.
func (s *Sandbox) enter() bool {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed.Err() != nil {
		return false
	}
	s.calls.Add(1)
	return true
}

func (s *Sandbox) endpoint(name string) *endpoint {
	if i := slices.IndexFunc(s.endpoints, func(d *endpoint) bool { return d.Name == name }); i >= 0 {
		return s.endpoints[i]
	}
	return nil
}
