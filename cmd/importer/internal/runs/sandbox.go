package runs

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// sandboxLimit is the limit of a run into the sandbox in process where nobody asks for another one: quick, and slow enough to watch.
var sandboxLimit = vendors.Limit{N: 25, Per: time.Second}

// localSandbox is a sandbox in this process, for one run.
type localSandbox struct {
	sandbox *sandbox.Sandbox
	network *sandbox.Network
}

func (b *localSandbox) close() error { return errors.Join(b.network.Close(), b.sandbox.Close()) }

// openSandbox starts a sandbox for the work and points the binding at it. The stand-in's own credentials and settings are taken, since it knows
// no others; the nonce makes it an account that no earlier run has touched.
func (c *call) openSandbox(s *setup, b *vendors.Binding) error {
	standin, ok := all.Standin(s.vendor.Name)
	if !ok {
		return fmt.Errorf("%s has no stand-in", s.vendor.Name)
	}
	if s.options.BaseURL != "" {
		return usage("--sandbox and --base-url exclude one another", "leave one of them out")
	}
	sb, err := sandbox.New([]sandbox.Standin{standin}, sandbox.Options{
		Latency: s.options.SandboxLatency, Jitter: s.options.SandboxLatency / 2,
		Rates: s.options.SandboxRates, Faults: s.options.SandboxFaults, Seed: 1, Now: c.Now,
	})
	if err != nil {
		return fmt.Errorf("the sandbox: %w", err)
	}
	s.sandbox = &localSandbox{sb, sb.Network()}
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
	b.BaseURL, b.Nonce = sandbox.BaseURL(s.vendor.Name), c.Nonce()
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
