package vendors

import "importer/mapping/problem"

// Setting is one thing a vendor's account needs to know.
type Setting struct {
	Name     string                   `json:"name"`
	Env      string                   `json:"env,omitempty"` // environment variable that gives it, and with _FILE added the file that holds it; "" = job file only
	Secret   bool                     `json:"secret"`        // a key or token: never from the job file, never shown
	Required bool                     `json:"required"`
	Tenant   bool                     `json:"tenant"`            // part of the account's identity (brand, site, experience); a secret one counts by its fingerprint
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
}

// Problem is one thing wrong with the settings; all are reported at once. Its Error is of the kind Input and holds no secret's value; the caller
// who knows where the setting stands in a job file adds the place to it.
type Problem struct {
	*problem.Error
	Setting string // "" when no one setting is meant
	Env     string // the environment variable that can give it, if any
}

// NewProblem returns what is wrong with a setting, and what to do about it.
func NewProblem(setting, message, fix string) Problem {
	return Problem{Error: problem.New(problem.Input, message, fix), Setting: setting}
}
