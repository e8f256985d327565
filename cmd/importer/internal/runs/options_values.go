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
	"importer/pipeline/journal"
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

// number reads a whole number from least to most; what says what it counts, such as "a number of rows".
func number[T int | int64](at func(*Options) *T, least, most T, what string) func(*Options, string) error {
	return func(o *Options, s string) error {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < int64(least) || most > 0 && n > int64(most) {
			limits := fmt.Sprintf("from %d", least)
			if most > 0 {
				limits += fmt.Sprintf(" to %d", most)
			}
			return fmt.Errorf("%q is not %s; write a whole number %s", mapping.Escape(s, 40), what, limits)
		}
		*at(o) = T(n)
		return nil
	}
}

func rows(at func(*Options) *int64) func(*Options, string) error {
	return number(at, 0, 0, "a number of rows")
}

// parsed reads what another package parses. An empty text leaves the zero value.
func parsed[T any](at func(*Options) *T, parse func(string) (T, error)) func(*Options, string) error {
	return func(o *Options, s string) (err error) {
		if s != "" {
			*at(o), err = parse(s)
		}
		return err
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

// answers are the words of --again.
func answers() []string { return []string{journal.Exists.String(), journal.Rejected.String()} }

func setAgain(o *Options, s string) error {
	o.Again = nil
	for word := range strings.SplitSeq(s, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		if !slices.Contains(answers(), word) {
			return notOneOf(word, answers())
		}
		status, _ := journal.ParseStatus(word)
		o.Again = append(o.Again, status)
	}
	return nil
}

// setMetrics reads the name of a file of metrics. Its ending is asked for: node_exporter reads no other, and no list is ever overwritten by a slip.
func setMetrics(o *Options, s string) error {
	if s != "" && (!strings.HasSuffix(s, ".prom") || strings.HasSuffix(s, "/.prom") || s == ".prom") {
		return fmt.Errorf("%q does not end in .prom; node_exporter reads no other file", mapping.Escape(s, 120))
	}
	o.Metrics = s
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
