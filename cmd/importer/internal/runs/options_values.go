package runs

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// Each of the functions below makes the setter of an option: it reads a text into its place, or says what is wrong with it.

func text(at func(*Options) *string) func(*Options, string) error {
	return func(o *Options, s string) error {
		*at(o) = s
		return nil
	}
}

func truth(at func(*Options) *bool) func(*Options, string) error {
	return func(o *Options, s string) (err error) {
		if s == "" {
			return nil
		}
		if *at(o), err = strconv.ParseBool(s); err != nil {
			return fmt.Errorf("%q is neither true nor false", mapping.Escape(s, 40))
		}
		return nil
	}
}

func duration(at func(*Options) *time.Duration, least time.Duration) func(*Options, string) error {
	return func(o *Options, s string) error {
		d, err := time.ParseDuration(s)
		if err != nil || d < least {
			return fmt.Errorf("%q is not a duration; write it with its unit, such as 500ms, 30s or 2m", mapping.Escape(s, 40))
		}
		*at(o) = d
		return nil
	}
}

func count(at func(*Options) *int64) func(*Options, string) error {
	return func(o *Options, s string) error {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("%q is not a number of rows; write a whole number from 0", mapping.Escape(s, 40))
		}
		*at(o) = n
		return nil
	}
}

// choice completes an option that takes one of the words, each of which stands for a value. "" among them is the default.
func choice[T any](o Option, words map[string]T, at func(*Options) *T) Option {
	o.Values = slices.DeleteFunc(slices.Sorted(maps.Keys(words)), func(w string) bool { return w == "" })
	o.set = func(to *Options, s string) error {
		value, ok := words[s]
		if !ok {
			return notOneOf(s, o.Values)
		}
		*at(to) = value
		return nil
	}
	return o
}

// word completes an option that takes one of the words. Without a default it may stay empty.
func word(o Option, at func(*Options) *string, words ...string) Option {
	o.Values = words
	o.set = func(to *Options, s string) error {
		if !slices.Contains(words, s) && (s != "" || o.Default != "") {
			return notOneOf(s, words)
		}
		*at(to) = s
		return nil
	}
	return o
}

func notOneOf(s string, words []string) error {
	return fmt.Errorf("%q is none of %s", mapping.Escape(s, 40), strings.Join(words, ", "))
}

func setRate(o *Options, s string) (err error) {
	if s != "" {
		o.Limits, err = vendors.ParseLimits(s)
	}
	return err
}

func setSandboxRates(o *Options, s string) (err error) {
	o.SandboxRates, err = sandbox.ParseRates(s)
	return err
}

func setFaults(o *Options, s string) (err error) {
	o.SandboxFaults, err = sandbox.ParseFaults(s)
	return err
}

func setMaxErrors(o *Options, s string) (err error) {
	o.MaxErrors, err = pipeline.ParseThreshold(s)
	return err
}

func setWorkers(o *Options, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1024 {
		return fmt.Errorf("%q is not a number of workers; write a whole number from 1 to 1024", mapping.Escape(s, 40))
	}
	o.Workers = n
	return nil
}

func setOK(o *Options, s string) error {
	o.OK = nil
	for code := range strings.SplitSeq(s, ",") {
		code = strings.TrimSpace(code)
		switch {
		case code == "" && strings.TrimSpace(s) != "":
			return errors.New("there is an empty code between the commas")
		case code != "":
			o.OK = append(o.OK, code)
		}
	}
	return nil
}

func setIdentity(o *Options, s string) error {
	o.Identity = nil
	for name := range strings.SplitSeq(s, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		f, err := job.IdentityField(name)
		if err != nil {
			return err
		}
		o.Identity = append(o.Identity, f)
	}
	return nil
}
