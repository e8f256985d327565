package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// sandboxPace is the limit of a run into the sandbox in process where nobody asks for another one: quick, and slow enough to watch.
var sandboxPace = vendors.Limit{N: 25, Per: time.Second}

// box is a sandbox in this process, for one run.
type box struct {
	sandbox *sandbox.Sandbox
	network *sandbox.Network
}

func (b *box) close() error { return errors.Join(b.network.Close(), b.sandbox.Close()) }

// unpack starts a sandbox for the work and points the binding at it. The stand-in's own credentials and settings are taken, since it knows
// no others; the nonce makes it an account that no earlier run has touched.
func (a *app) unpack(w *work, b *vendors.Binding) error {
	standin, ok := all.Standin(w.vendor.Name)
	if !ok {
		return fmt.Errorf("%s has no stand-in", w.vendor.Name)
	}
	if w.knobs.baseURL != "" {
		return usage(errors.New("--sandbox and --base-url exclude one another"), "leave one of them out")
	}
	sb, err := sandbox.New([]sandbox.Standin{standin}, sandbox.Options{
		Latency: w.knobs.sandboxLatency, Jitter: w.knobs.sandboxLatency / 2,
		Rates: w.knobs.sandboxRates, Faults: w.knobs.sandboxFaults, Seed: 1, Now: a.Now,
	})
	if err != nil {
		return fmt.Errorf("the sandbox: %w", err)
	}
	w.box = &box{sb, sb.Network()}
	if w.knobs.limits == nil {
		w.limits = []vendors.Limit{sandboxPace}
	}
	settings := b.Settings
	b.Settings = maps.Clone(settings)
	if b.Settings == nil {
		b.Settings = map[string]string{}
	}
	for name, value := range standin.Settings() {
		b.Settings[name] = value
	}
	credentials := standin.Credentials()
	b.Lookup = func(name string) (string, bool, error) {
		value, ok := credentials[name]
		return value, ok, nil
	}
	b.BaseURL, b.Nonce = sandbox.BaseURL(w.vendor.Name), a.Nonce()
	a.replaced(settings, b.Settings)
	return nil
}

// replaced says which settings of the job file the sandbox does not know.
func (a *app) replaced(job, used map[string]string) {
	var names []string
	for name, value := range job {
		if used[name] != value {
			names = append(names, mapping.Escape(name, 40))
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		a.voice.say("sandbox: its own values are used for %s", strings.Join(names, ", "))
	}
}
