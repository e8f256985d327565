package runs

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// A sandbox in process is gone with the program, and the journal with it, unless --sandbox-state names a folder for it: then the registers of the
// stand-ins, the journal with its key, and the locks are kept there, and the account is the same each time. Interrupts, resumes, retries and nights can be
// practised in it as with the vendor.

// placeState checks the option sandbox-state and points the journal into the folder. values says who gave it.
func (c *call) placeState(o *Options, values precedence, sends bool) error {
	if o.SandboxState == "" {
		return nil
	}
	state, from, _ := values.find(OptionsNamed("sandbox-state")[0])
	switch _, given := c.Options["journal"]; {
	case given:
		return usage("--sandbox-state and --journal exclude one another: the journal of a kept sandbox is in its folder", "leave one of them out")
	case sends && !o.Sandbox && from >= byEnvironment:
		return usage("--sandbox-state keeps a sandbox, and this is to go to the vendor itself", "add --sandbox, or leave --sandbox-state out")
	case sends && !o.Sandbox: // a job file that is practised with
		o.SandboxState = ""
		return nil
	}
	o.SandboxState = c.absolute(state)
	o.Journal = filepath.Join(o.SandboxState, journalName)
	return nil
}

// keep completes the options of a sandbox that is kept, and returns what makes its account: the same text each time. A check sends nothing and needs no
// registers; where nothing is kept yet it makes nothing.
func (c *call) keep(s *setup, p purpose, o *sandbox.Options) (account string, err error) {
	dir := s.options.SandboxState
	if p == forChecking {
		if _, err := os.Stat(filepath.Join(dir, keyName)); errors.Is(err, fs.ErrNotExist) {
			return c.Nonce(), nil
		}
	} else if err := journal.MakeFolder(dir); err != nil {
		return "", storage(err)
	}
	if err := keyThere(filepath.Join(dir, journalName), filepath.Join(dir, keyName)); err != nil {
		return "", err
	}
	key, err := journal.OpenKey(filepath.Join(dir, keyName))
	if err != nil {
		return "", err
	}
	name := key.Identity("the account of a kept sandbox")
	account = "kept-" + hex.EncodeToString(name[:6])
	if p != forChecking {
		o.Directory = dir
	}
	return account, nil
}

// lockKept takes the lock on the registers of a sandbox that is kept, waiting as for an account, and opens them. They are free when the setup is closed.
func (c *call) lockKept(ctx context.Context, s *setup) (waited bool, err error) {
	path := filepath.Join(s.options.SandboxState, lockFolder, "sandbox-"+s.vendor.Name+".lock")
	s.sandbox.lock, waited, err = c.acquire(ctx, s.options.Wait, func() (*journal.Lock, error) {
		return journal.Acquire(journal.Holder{Since: c.Now()}, path)
	})
	if err != nil {
		return waited, err
	}
	return waited, s.sandbox.open()
}
