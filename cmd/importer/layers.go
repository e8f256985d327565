package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"importer/mapping"
	"importer/mapping/job"
	"importer/mapping/problem"
	"importer/reports"
)

// layering is where the values of knobs come from. A flag beats the environment, which beats what an earlier start of the run was asked
// for, which beats the job file, which beats the default.
type layering struct {
	flags *pflag.FlagSet
	env   func(string) (string, bool)
	noted map[string]string
	job   *job.File
}

// origin is the layer that gave a value.
type origin uint8

const (
	byDefault origin = iota
	byJob
	byNote
	byEnv
	byFlag
)

// find returns the text for a knob, where it comes from, and its place in the job file where that gave it.
func (l layering) find(k knob) (text string, from origin, pos mapping.Pos) {
	if f := l.flags.Lookup(k.name); f != nil && f.Changed && k.owns(f) {
		return f.Value.String(), byFlag, pos
	}
	if value, ok := l.env(k.variable()); ok && value != "" {
		return value, byEnv, pos
	}
	if value, ok := l.noted[k.name]; ok {
		return value, byNote, pos
	}
	if s, ok := l.job.Flag(k.name); ok {
		return s.Text, byJob, s.Pos
	}
	return k.def, byDefault, pos
}

// resolve sets every knob. asked holds what flags, environment and note gave and `resume` will need again. All faults come at once.
func (l layering) resolve(table []knob) (values knobs, asked map[string]string, faults []error) {
	asked = map[string]string{}
	for _, k := range runKnobs() { // knobs that the command does not offer have their defaults, or what the note or the job file says
		value, from, pos := l.find(k)
		if err := k.set(&values, value); err != nil {
			faults = append(faults, l.wrong(k, from, pos, err))
			continue
		}
		if !k.look && from >= byNote {
			asked[k.name] = value
		}
	}
	return values, asked, faults
}

// wrong names the place that gave a bad value.
func (l layering) wrong(k knob, from origin, pos mapping.Pos, err error) error {
	switch from {
	case byJob:
		return unusable(l.job.Problem(pos, err.Error(), problem.Hint(err)), "")
	case byEnv:
		return &failure{reports.ExitUsage, fmt.Errorf("%s: %w", k.variable(), err), ""}
	}
	return &failure{reports.ExitUsage, fmt.Errorf("--%s: %w", k.name, err), ""}
}

// addKnobs makes the flags of a table.
func addKnobs(flags *pflag.FlagSet, table []knob) {
	flags.SortFlags = false
	for _, k := range table {
		doc := k.doc
		if k.arg == "" {
			flags.BoolP(k.name, k.short, false, doc)
			continue
		}
		flags.VarP(&knobText{text: k.def, arg: k.arg}, k.name, k.short, doc)
	}
}

// knobText is a flag's value before it is looked at: all values are judged together, whatever layer they come from.
type knobText struct{ text, arg string }

func (t *knobText) String() string { return t.text }
func (t *knobText) Type() string   { return t.arg }
func (t *knobText) Set(s string) error {
	t.text = s
	return nil
}

// owns tells a knob's flag from one of a command's own that has the same name (forget --identity).
func (k knob) owns(f *pflag.Flag) bool {
	_, text := f.Value.(*knobText)
	return text == (k.arg != "")
}

// newKnobFlags are the flags of a command line that says nothing.
func newKnobFlags() *pflag.FlagSet {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	addKnobs(flags, runKnobs())
	return flags
}
