package runs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"time"

	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// sandboxLimit is the limit of a run into the sandbox in process where nobody asks for another one: quick, and slow enough to watch.
var sandboxLimit = vendors.Limit{N: 25, Per: time.Second}

// localSandbox is a sandbox in this process: for one run, or kept for others.
type localSandbox struct {
	standin sandbox.Standin
	options sandbox.Options
	sandbox *sandbox.Sandbox // nil until it is open
	network *sandbox.Network
	lock    *journal.Lock // on the registers of a kept one; nil for one that nobody else has
}

// open starts the sandbox.
func (b *localSandbox) open() (err error) {
	if b.sandbox, err = sandbox.New([]sandbox.Standin{b.standin}, b.options); err != nil {
		return fmt.Errorf("the sandbox: %w", err)
	}
	b.network = b.sandbox.Network()
	return nil
}

// dial connects to the sandbox, which must be open.
func (b *localSandbox) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if b.network == nil {
		return nil, errors.New("the sandbox is not open yet")
	}
	return b.network.DialContext(ctx, network, address)
}

func (b *localSandbox) close() (err error) {
	if b.network != nil {
		err = errors.Join(b.network.Close(), b.sandbox.Close())
	}
	if b.lock != nil {
		err = errors.Join(err, b.lock.Release())
	}
	return err
}

// openSandbox starts a sandbox for the work and points the binding at it; one that is kept starts when its lock is taken. The stand-in's own credentials and settings are taken, since it knows
// no others; the nonce makes it an account that no earlier run has touched, or that of the kept sandbox.
func (c *call) openSandbox(s *setup, p purpose, b *vendors.Binding) error {
	standin, ok := all.Standin(s.vendor.Name)
	if !ok {
		return fmt.Errorf("%s has no stand-in", s.vendor.Name)
	}
	if s.options.BaseURL != "" {
		return usage("--sandbox and --base-url exclude one another", "leave one of them out")
	}
	options := sandbox.Options{
		Latency: s.options.SandboxLatency, Jitter: s.options.SandboxLatency / 2,
		Rates: s.options.SandboxRates, Faults: s.options.SandboxFaults, Seed: 1, Now: c.Now,
	}
	if s.options.SandboxState == "" {
		b.Nonce = c.Nonce()
	} else {
		var err error
		if b.Nonce, err = c.keep(s, p, &options); err != nil {
			return err
		}
	}
	s.sandbox = &localSandbox{standin: standin, options: options}
	if options.Directory == "" {
		if err := s.sandbox.open(); err != nil {
			return err
		}
	}
	if s.options.Limits == nil {
		s.limits = []vendors.Limit{sandboxLimit}
	}
	settings := b.Settings
	b.Settings = maps.Clone(settings)
	maps.Copy(b.Settings, standin.Settings())
	credentials := standin.Credentials()
	b.Lookup = func(name string) (string, bool, error) {
		value, ok := credentials[name]
		return value, ok, nil
	}
	b.BaseURL = sandbox.BaseURL(s.vendor.Name)
	c.emitReplaced(settings, b.Settings)
	return nil
}

// emitReplaced says which settings of the job file the sandbox does not know.
func (c *call) emitReplaced(job, used map[string]string) {
	var names []string
	for name, value := range job {
		if used[name] != value {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		c.emit(SandboxSettings{names})
	}
}
