package vendors

// Setting is one thing a vendor's account needs to know.
type Setting struct {
	Name     string
	Env      string // environment variable that gives it, and with _FILE added the file that holds it; "" = job file only
	Secret   bool   // a key or token: never from the job file, never shown
	Required bool
	Tenant   bool   // part of the account's identity (brand, site, experience); a secret one counts by its fingerprint
	Default  string // taken when neither environment nor job file gives it
	Values   []string
	Example  string // a value as the vendor would give it; every required setting that is no secret has one
	Doc      string
	Check    func(value string) error // nil = any text; the error says what is wrong without the value
}

// Binding is where an account's settings come from.
type Binding struct {
	Settings map[string]string                      // from the job file and flags: never secrets
	Lookup   func(env string) (string, bool, error) // NAME and, by the caller, NAME_FILE; error = file unreadable or not 0600. nil = nothing is set
	BaseURL  string                                 // overrides everything before the vendor's own path; "" = the vendor's
	Nonce    string                                 // not "": an account of its own (in-process sandbox); plain http is allowed, and it becomes part of the ID
	Now      Clock                                  // for date headers and Retry-After dates; nil = time.Now
}

// Problem is one thing wrong with the settings; all are reported at once. No member holds a secret's value.
type Problem struct {
	Setting string // "" when no one setting is meant
	Env     string // the environment variable that would mend it, if any
	Message string // lower case, no full stop
	Hint    string
}
