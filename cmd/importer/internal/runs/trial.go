package runs

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"importer/vendors"
)

// forReal is the command that sends the rows of a run into the sandbox to the vendor itself: the variables that are not set yet first, and none of the
// options that were given because nothing was at stake.
func (x *execution) forReal() string {
	asked := withoutTrial(x.note.Asked)
	sandbox := OptionsNamed("sandbox")[0]
	if on, err := strconv.ParseBool(x.setup.saidBeside(x.LookupEnv, sandbox)); err == nil && on {
		asked[sandbox.Name] = "false" // the job file or the environment would send them to the sandbox again
	}
	return x.withVariables(x.commandLine(asked))
}

// withVariables puts the variables that the vendor requires before a command: those that neither the job file nor the environment gives.
func (x *execution) withVariables(line string) string {
	given := x.setup.job.SettingMap()
	for _, s := range slices.Backward(x.setup.vendor.Settings) {
		switch {
		case s.Env == "" || !s.Required || given[s.Name] != "" || !x.unset(s):
		case s.Secret:
			line = s.Env + "_FILE=… " + line
		default:
			line = s.Env + "=… " + line
		}
	}
	return line
}

// unset reports whether the environment gives a setting neither itself nor as a file.
func (c *call) unset(s vendors.Setting) bool {
	value, _ := c.LookupEnv(s.Env)
	file, _ := c.LookupEnv(s.Env + "_FILE")
	return value == "" && file == ""
}

// takenOver are the options of an earlier run that hold for this call too, apart from those named in drop. A person who now sends rows of a run into the
// sandbox to the vendor itself has said nothing of its limits there.
func (c *call) takenOver(n note, drop ...string) map[string]string {
	text, from, _ := precedence{given: c.Options, env: c.LookupEnv}.find(OptionsNamed("sandbox")[0])
	asked := map[string]string{}
	maps.Copy(asked, n.Asked)
	if n.State != "" {
		asked["sandbox-state"] = n.State // as it can be found from any folder
	}
	if on, err := strconv.ParseBool(text); n.Sandbox && from > byDefault && err == nil && !on {
		asked = withoutTrial(asked)
	}
	for _, name := range drop {
		delete(asked, name)
	}
	return asked
}

// withoutTrial are the options that hold for the vendor itself too.
func withoutTrial(asked map[string]string) map[string]string {
	kept := maps.Clone(asked)
	for _, o := range AllOptions() {
		if o.Trial {
			delete(kept, o.Name)
		}
	}
	return kept
}

// saidBeside is what the environment, else the job file, says of an option; "" for nothing. A command that does not name the option gets that.
func (s *setup) saidBeside(env func(string) (string, bool), o Option) string {
	text, from, _ := precedence{env: env, job: s.job}.find(o)
	if from == byDefault {
		return ""
	}
	return text
}

// liveLimits are the limits of the command of forReal: what environment or job file ask for, else the vendor's own.
func (s *setup) liveLimits(env func(string) (string, bool)) []vendors.Limit {
	limits, err := vendors.ParseLimits(s.saidBeside(env, OptionsNamed("rate")[0]))
	if err != nil { // nothing is said, or nothing that can be read
		return s.vendor.Limits
	}
	return limits
}

// unlimited warns where the command of forReal would keep no limit; "" where it keeps one.
func (s *setup) unlimited(env func(string) (string, bool)) string {
	if len(s.liveLimits(env)) > 0 {
		return ""
	}
	where := "the job file says limits.rate: none"
	if value, set := env(OptionsNamed("rate")[0].Variable()); set && value != "" {
		where = OptionsNamed("rate")[0].Variable() + " is none"
	}
	return fmt.Sprintf(" (careful: %s, so it would not keep to %s)", where, vendors.FormatLimits(s.vendor.Limits))
}
