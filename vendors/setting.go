package vendors

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"importer/mapping/problem"
)

// Setting is one thing a vendor's account needs to know.
type Setting struct {
	Name     string                   `json:"name"`
	Env      string                   `json:"env,omitempty"` // environment variable that gives it, and with _FILE added the file that holds it; "" = job file only
	Secret   bool                     `json:"secret"`        // a key or token: never from the job file, never shown
	Required bool                     `json:"required"`
	Tenant   bool                     `json:"tenant"`            // part of the account's identity (brand, site); a secret counts by its fingerprint
	Default  string                   `json:"default,omitempty"` // taken when neither environment nor job file gives it
	Example  string                   `json:"example,omitempty"` // a value as the vendor would give it; every required setting that is no secret has one
	Values   []string                 `json:"values,omitempty"`
	Doc      string                   `json:"doc"`
	Check    func(value string) error `json:"-"` // nil = any text; the error says what is wrong without the value
}

// Binding is where an account's settings come from.
type Binding struct {
	Settings map[string]string                      // from the job file and flags: never secrets
	Lookup   func(env string) (string, bool, error) // NAME and, by the caller, NAME_FILE; error = file unreadable or not 0600. nil = nothing is set
	BaseURL  string                                 // overrides everything before the vendor's own path; "" = the vendor's
	Nonce    string                                 // not "": an account of its own (in-process sandbox); plain http is allowed, and it becomes part of the ID
	Now      Clock                                  // for date headers and Retry-After dates; nil = time.Now

	// Missing is called for each setting without which nothing can be sent and that has no value; nil = that is a problem. The account then has an example in
	// its place: rows can be mapped and checked with it, and no request of it may leave. See [Account.Known].
	Missing func(Setting)
}

// standIn is what an account without the setting has in its place.
func (s *Setting) standIn() string { return cmp.Or(s.Example, "not-set-in-this-check") }

// variable is how a person calls the setting: by its environment variable where it has one.
func (s *Setting) variable() string { return cmp.Or(s.Env, "setting "+s.Name) }

// Problem is one thing wrong with the settings; all are reported at once. Its Error is of the kind Input and holds no secret's value; the caller
// who knows where the setting is in a job file adds the place to it.
type Problem struct {
	*problem.Error
	Setting string // "" when no one setting is meant
	Env     string // the environment variable that can give it, if any
}

// NewProblem returns what is wrong with a setting, and what to do about it.
func NewProblem(setting, message, fix string) Problem {
	return Problem{Error: problem.New(problem.Input, message, fix), Setting: setting}
}

// wrong says what is wrong with a value, without showing it when it is secret; "" = nothing.
func (s *Setting) wrong(value string) string {
	if i := strings.IndexFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f || r > '~' && s.Secret }); i >= 0 {
		return s.Name + " holds a character that cannot be sent"
	}
	if len(s.Values) > 0 && !slices.Contains(s.Values, value) {
		return s.Name + " must be one of " + strings.Join(s.Values, ", ")
	}
	if s.Check == nil {
		return ""
	}
	if err := s.Check(value); err != nil {
		return s.Name + " " + err.Error()
	}
	return ""
}

// hint says how to set a setting.
func (s *Setting) hint() string {
	switch {
	case s.Secret:
		return "export " + s.Env + "=..., or keep it in a file only you can read and export " + s.Env + "_FILE=path"
	case s.Env != "":
		return "export " + s.Env + "=..., or write " + s.Name + " under settings: in the job file"
	}
	hint := "write " + s.Name + " under settings: in the job file"
	if len(s.Values) > 0 {
		hint += " (one of " + strings.Join(s.Values, ", ") + ")"
	}
	return hint
}

func (v *Vendor) setting(name string) *Setting {
	if i := slices.IndexFunc(v.Settings, func(s Setting) bool { return s.Name == name }); i >= 0 {
		return &v.Settings[i]
	}
	return nil
}

func (v *Vendor) settingNames() []string {
	names := make([]string, len(v.Settings))
	for i := range v.Settings {
		names[i] = v.Settings[i].Name
	}
	return names
}

// expand puts values in place of "{name}". The list names those that had none; their places are left empty.
func expand(template string, get func(string) string) (text string, without []string) {
	for {
		before, rest, _ := strings.Cut(template, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return text + template, without
		}
		value := get(name)
		if value == "" {
			without = append(without, name)
		}
		text, template = text+before+value, after
	}
}

// WholeNumber returns a setting check: a whole number from 1 to most.
func WholeNumber(most int) func(string) error {
	return func(value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > most {
			return errors.New("must be a whole number from 1 to " + strconv.Itoa(most))
		}
		return nil
	}
}
