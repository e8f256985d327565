package runs

import (
	"errors"
	"fmt"
	"maps"
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
	sandbox *sandbox.Sandbox
	network *sandbox.Network
	lock    *journal.Lock // on the registers of a kept one; nil for one that nobody else has
}

func (b *localSandbox) close() error {
	err := errors.Join(b.network.Close(), b.sandbox.Close())
	if b.lock != nil {
		err = errors.Join(err, b.lock.Release())
	}
	return err
}

// openSandbox starts a sandbox for the work and points the binding at it. The stand-in's own credentials and settings are taken, since it knows
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
	var lock *journal.Lock
	if s.options.SandboxState == "" {
		b.Nonce = c.Nonce()
	} else {
		var err error
		if b.Nonce, lock, err = c.keep(s, p, &options); err != nil {
			return err
		}
	}
	sb, err := sandbox.New([]sandbox.Standin{standin}, options)
	if err != nil {
		err = fmt.Errorf("the sandbox: %w", err)
		if lock != nil {
			err = errors.Join(err, lock.Release())
		}
		return err
	}
	s.sandbox = &localSandbox{sb, sb.Network(), lock}
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
