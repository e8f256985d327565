package vendors

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"importer/mapping"
)

// Clock returns the current time. It must be safe for concurrent use.
type Clock func() time.Time

// Bind resolves a vendor's settings: the environment first, then the job file, then the default. All problems are returned at once; the
// account is nil when there are any.
func (v *Vendor) Bind(b Binding) (*Account, []Problem) {
	r := resolver{vendor: v, binding: b, settings: map[string]string{}, secrets: map[string]Secret{}}
	r.unknownNames()
	for i := range v.Settings {
		r.resolve(&v.Settings[i])
	}
	base := r.baseURL()
	if v.Check != nil && len(r.problems) == 0 {
		r.between()
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	a, err := newAccount(v, b, &r, base)
	if err != nil {
		return nil, []Problem{NewProblem("", err.Error(), "check the settings that make the address")}
	}
	return a, nil
}

// resolver gathers settings and what is wrong with them.
type resolver struct {
	vendor   *Vendor
	binding  Binding
	settings map[string]string
	secrets  map[string]Secret
	problems []Problem
	unknown  bool // a setting that decides which account it is has no value
}

func (r *resolver) add(s *Setting, message, hint string) {
	p := NewProblem(s.Name, message, hint)
	p.Env = s.Env
	r.problems = append(r.problems, p)
}

func (r *resolver) unknownNames() {
	for _, name := range slices.Sorted(maps.Keys(r.binding.Settings)) {
		if r.vendor.setting(name) != nil {
			continue
		}
		hint := "settings of " + r.vendor.Name + ": " + strings.Join(r.vendor.settingNames(), ", ")
		if near, ok := mapping.Nearest(name, r.vendor.settingNames()); ok {
			hint = "did you mean " + near + "? " + hint
		}
		r.problems = append(r.problems, NewProblem(name, fmt.Sprintf("%s has no setting %q", r.vendor.Name, name), hint))
	}
}

// resolve finds one setting's value and checks it.
func (r *resolver) resolve(s *Setting) {
	value, ok := r.lookup(s)
	if !ok {
		return
	}
	if value == "" {
		if s.Required && !r.replacedByBaseURL(s) && !r.missing(s) {
			r.add(s, s.variable()+" is not set", s.hint())
		}
		return
	}
	if message := s.wrong(value); message != "" {
		r.add(s, message, s.hint())
		return
	}
	if s.Secret {
		r.secrets[s.Name] = NewSecret(value)
		return
	}
	r.settings[s.Name] = value
}

// missing puts the stand-in for a setting without a value; false where that is a problem.
func (r *resolver) missing(s *Setting) bool {
	if r.binding.Missing == nil {
		return false
	}
	r.binding.Missing(*s)
	r.unknown = r.unknown || s.Tenant || r.makesBaseURL(s)
	if s.Secret {
		r.secrets[s.Name] = NewSecret(s.standIn())
	} else {
		r.settings[s.Name] = s.standIn()
	}
	return true
}

// between finds what is wrong between settings. That one without a value is needed is for missing to judge.
func (r *resolver) between() {
	for _, p := range r.vendor.Check(func(name string) string { return r.settings[name] }) {
		if s := r.vendor.setting(p.Setting); s == nil || r.settings[s.Name] != "" || !r.missing(s) {
			r.problems = append(r.problems, p)
		}
	}
}

// lookup returns a setting's trimmed value; false when a problem was noted.
func (r *resolver) lookup(s *Setting) (string, bool) {
	fromJob := strings.TrimSpace(r.binding.Settings[s.Name])
	if s.Secret && fromJob != "" {
		r.add(s, s.Name+" is a secret and must not be in a job file or on the command line", s.hint())
		return "", false
	}
	if s.Env != "" && r.binding.Lookup != nil {
		value, set, err := r.binding.Lookup(s.Env)
		if err != nil {
			r.add(s, err.Error(), "give "+s.Env+", or "+s.Env+"_FILE with the path of a file that you alone can read (mode 0600)")
			return "", false
		}
		if value = strings.TrimSpace(value); set && value != "" {
			return value, true
		}
	}
	if fromJob != "" {
		return fromJob, true
	}
	return s.Default, true
}

// replacedByBaseURL reports whether a setting only makes the vendor's base URL, and the binding brings its own.
func (r *resolver) replacedByBaseURL(s *Setting) bool {
	return r.binding.BaseURL != "" && r.makesBaseURL(s)
}

func (r *resolver) makesBaseURL(s *Setting) bool {
	return strings.Contains(r.vendor.BaseURL, "{"+s.Name+"}")
}

// baseURL checks and returns everything before the vendor's own path, without a slash at its end; nil when a problem was noted.
func (r *resolver) baseURL() *url.URL {
	text := r.binding.BaseURL
	if text == "" {
		var without []string
		text, without = expand(r.vendor.BaseURL, func(name string) string { return r.settings[name] })
		if len(without) > 0 && len(r.problems) > 0 {
			return nil // its settings are the problem, and were reported
		}
	}
	u, err := url.Parse(strings.TrimRight(text, "/"))
	message := ""
	switch {
	case err != nil:
		message = "the base URL cannot be read"
	case u.User != nil:
		message = "the base URL must not hold a user name or password"
	case u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		message = "the base URL must be a scheme, a host and perhaps a path"
	case u.Scheme != "https" && !r.plainAllowed(u):
		message = "the base URL must begin with https://; plain http is for this machine only"
	default:
		return u
	}
	r.problems = append(r.problems, NewProblem("base-url", message, "write it like https://api.example.com/v1"))
	return nil
}

func (r *resolver) plainAllowed(u *url.URL) bool {
	return u.Scheme == "http" && (r.binding.Nonce != "" || isLoopback(u.Hostname()))
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
