package runs

import (
	"errors"
	"fmt"
	"strings"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/all"
)

// bind finds the vendor and resolves its settings.
func (c *call) bind(s *setup, p purpose) error {
	if s.options.Vendor == "" {
		if s.job == nil && s.jobPath != "" {
			return nil // the job file could not be read: it may well name one
		}
		return usage("no vendor is named", "name a job file with --job, or a vendor with --vendor; importer vendors lists them")
	}
	vendor, err := FindVendor(s.options.Vendor)
	if err != nil {
		if named, ok := s.job.Option("vendor"); ok && named.Text == s.options.Vendor {
			message, hint := noVendor(s.options.Vendor)
			return s.job.Problem(named.Pos, message, hint)
		}
		return err
	}
	s.vendor, s.limits = vendor, vendor.Limits
	if s.options.Limits != nil {
		s.limits = s.options.Limits
	}
	if p == forReading {
		return nil
	}
	binding := vendors.Binding{Settings: s.job.SettingMap(), Lookup: c.lookupSecret, BaseURL: s.options.BaseURL, Now: c.Now}
	if p == forChecking {
		binding.Missing = func(setting vendors.Setting) { c.emit(SettingMissing{setting}) }
	}
	if s.options.Sandbox {
		if err := c.openSandbox(s, p, &binding); err != nil {
			return err
		}
	}
	account, problems := vendor.Bind(binding)
	if len(problems) > 0 {
		return s.badSettings(problems)
	}
	s.account = account
	if !account.Known() {
		c.emit(AccountUnknown{vendor})
	}
	options := vendors.TransportOptions{Workers: s.options.Workers, Proxy: c.Proxy}
	if s.sandbox != nil {
		options.Dial, options.Proxy = s.sandbox.dial, nil
	}
	s.transport = vendors.NewTransport(options)
	return nil
}

// FindVendor returns the vendor of a name, or an error that names the nearest.
func FindVendor(name string) (*vendors.Vendor, error) {
	if v, ok := all.Find(name); ok {
		return v, nil
	}
	message, hint := noVendor(name)
	return nil, usage(message, hint)
}

func noVendor(name string) (message, hint string) {
	names := VendorNames()
	hint = "there are " + strings.Join(names, ", ")
	if near, ok := mapping.Nearest(name, names); ok {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return fmt.Sprintf("there is no vendor %q", mapping.Escape(name, 40)), hint
}

// VendorNames returns the names of all vendors.
func VendorNames() (names []string) {
	for _, v := range all.Vendors() {
		names = append(names, v.Name)
	}
	return names
}

// badSettings puts each problem where it can be fixed: at its place in the job file, or in the environment.
func (s *setup) badSettings(problems []vendors.Problem) error {
	var list []error
	for _, p := range problems {
		if pos := s.job.SettingPos(p.Setting); pos.Line > 0 {
			list = append(list, s.job.Problem(pos, p.Message, p.Fix))
			continue
		}
		list = append(list, p.Error)
	}
	return errors.Join(list...)
}
