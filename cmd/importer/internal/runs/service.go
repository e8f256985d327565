package runs

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"importer/mapping/problem"
	"importer/reports"
)

// Config is what the application takes from outside. All members but Dir, State and Proxy are required.
type Config struct {
	Program   string                                    // how a person calls the program, for commands to type next: "importer"
	Dir       string                                    // the folder that relative paths start from; "" is the process's own
	State     string                                    // the folder of the user's own journal, absolute; "": none is known
	LookupEnv func(name string) (value string, ok bool) // options (IMPORTER_…), and settings and keys of vendors
	Stdin     io.Reader                                 // what the input "-" reads
	Now       func() time.Time
	Nonce     func() string                         // a text that no other call returns
	Proxy     func(*http.Request) (*url.URL, error) // for requests to vendors; nil: none
}

// Service does everything that can be done with imports. Its methods are safe for concurrent use: calls that need the same account exclude one another by
// its lock.
type Service struct{ Config }

// New returns a service.
func New(c Config) *Service { return &Service{c} }

// Request is what all requests have in common.
type Request struct {
	Options map[string]string // options given, as text, by name without dashes; see [AllOptions]
	Observe func(Event)       // called for each event, one at a time, in order; must not block; may be nil
	Confirm Confirm           // asks a person; nil: nobody can be asked
}

// Confirm asks a person. An error ends the call.
type Confirm func(context.Context, Question) (bool, error)

// Result is how a call that writes reports ended.
type Result struct {
	Exit    reports.ExitCode
	Run     string          // its name; "" where no run was begun
	Folder  string          // of its reports
	Summary reports.Summary // zero where no reports were written
}

// ErrInterrupted is what a call ends with that was stopped before it had anything to report. Front ends give it as the cause when they cancel a call.
var ErrInterrupted error = problem.New(problem.Canceled, "interrupted", "")

// call is one call of the service.
type call struct {
	*Service
	Request
	again   bool    // a person asks for rows again: it is a retry, or the resume of one
	holding bool    // events wait for those that come first
	held    []Event // that wait
}

func (s *Service) call(r Request) *call { return &call{Service: s, Request: r} }

// emit passes an event on to the front end, unless events are held.
func (c *call) emit(e Event) {
	if c.holding {
		c.held = append(c.held, e)
		return
	}
	if c.Observe != nil {
		c.Observe(e)
	}
}

// hold keeps events back until release.
func (c *call) hold() { c.holding = true }

// first passes an event on before those that are held.
func (c *call) first(e Event) {
	if c.Observe != nil {
		c.Observe(e)
	}
}

// release passes on what was held.
func (c *call) release() {
	c.holding = false
	for _, e := range c.held {
		c.emit(e)
	}
	c.held = nil
}

// Path makes a path that a person typed one that can be opened.
func (s *Service) Path(p string) string {
	if s.Dir == "" || p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(s.Dir, p)
}

// absolute is the path as it can be opened from anywhere.
func (s *Service) absolute(p string) string {
	abs, err := filepath.Abs(s.Path(p))
	if err != nil {
		return s.Path(p)
	}
	return abs
}

// shown is an absolute path as a person would write it: relative where it lies below the working directory.
func (s *Service) shown(path string) string {
	if rest, ok := strings.CutPrefix(path, s.absolute(".")+string(filepath.Separator)); ok && s.Dir == "" {
		return rest
	}
	return path
}

func usage(message, fix string) error { return problem.New(problem.Usage, message, fix) }

func unusable(message, fix string) error { return problem.New(problem.Input, message, fix) }

// storage is a report or another file of the run that cannot be written or read.
func storage(err error) error {
	return problem.Wrap(problem.Storage, err, "the journal has all that was acknowledged; when there is room again, importer report writes the files again")
}

// noFolder is a folder for reports that cannot be made.
func noFolder(err error) error {
	return &problem.Error{Kind: problem.Storage, Message: "folder of the reports", Err: err, Fix: "choose another folder with --out"}
}

// asStorage is an error of writing files: the storage's, unless it says itself what it is.
func asStorage(err error) error {
	if problem.KindOf(err) != problem.Internal {
		return err
	}
	return storage(err)
}
