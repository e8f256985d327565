package runs

import (
	"errors"
	"fmt"
	"strings"

	"importer/mapping/problem"
	"importer/reports"
)

// Conclusion is how a call ended, for those who are told of it afterwards: the last record of a log, a command, a file of metrics.
type Conclusion struct {
	Exit    reports.ExitCode
	Err     error           // why it ended without a result; nil where it has one
	Run     string          // its name; "" where no run was begun
	Folder  string          // of its reports, as in Result
	Vendor  string          // its name; "" where that is not known
	Job     string          // the path of the job file; "" without one
	Summary reports.Summary // zero where no reports were written
	Again   bool            // of a retry, which a person asks for: it says nothing of the night
	Left    *LeftAtOnce     // what was left where requests in flight were cut; nil otherwise
	Telling                 // who is told
}

// Reported reports whether the conclusion has a summary.
func (c Conclusion) Reported() bool { return c.Summary.Run != "" }

// Document is the conclusion as JSON shows it: the members of summary.json where reports were written, else those that are known; and what went wrong
// where the call ended with an error. It holds no secret and nothing of a list.
func (c Conclusion) Document() any {
	text, hint := c.Problem()
	if c.Reported() {
		s := c.Summary
		s.Exit, s.Meaning = c.Exit, c.Meaning() // other than the summary's where the reports were written, and then something failed
		return struct {
			reports.Summary
			Error string `json:"error,omitzero"`
			Hint  string `json:"hint,omitzero"`
		}{s, text, hint}
	}
	return struct {
		Version int              `json:"version"`
		Run     string           `json:"run"`
		Vendor  string           `json:"vendor"`
		Exit    reports.ExitCode `json:"exit_code"`
		Meaning string           `json:"exit_meaning"`
		Error   string           `json:"error"`
		Hint    string           `json:"hint"`
	}{reports.SummaryVersion, c.Run, c.Vendor, c.Exit, c.Meaning(), text, hint}
}

// Meaning is one sentence that explains the exit code.
func (c Conclusion) Meaning() string {
	switch {
	case c.Reported() && c.Summary.Exit == c.Exit:
		return c.Summary.Meaning
	case c.Left != nil && c.Exit == reports.ExitInterrupted:
		return c.Left.meaning()
	}
	return c.Exit.Meaning()
}

// meaning is one sentence that says what happened to the rows.
func (l LeftAtOnce) meaning() string {
	switch {
	case l.InDoubt < 0:
		return "left at once; rows whose requests were cut are in doubt, and the remaining rows were not sent."
	case l.InDoubt == 0:
		return "left at once; no row is in doubt, and the remaining rows were not sent."
	case l.InDoubt == 1:
		return "left at once; 1 row is in doubt, and the remaining rows were not sent."
	}
	return fmt.Sprintf("left at once; %s rows are in doubt, and the remaining rows were not sent.", reports.Grouped(l.InDoubt))
}

// Problem is what went wrong, one fault a line, and what to do about it; empty where nothing did.
func (c Conclusion) Problem() (text, hint string) {
	var texts, hints []string
	for _, one := range problem.All(c.Err) {
		texts = append(texts, one.Error())
		if h := problem.Hint(one); h != "" {
			hints = append(hints, h)
		}
	}
	return strings.Join(texts, "\n"), strings.Join(hints, "\n")
}

// Witness gathers from the events of a call what its conclusion needs where the call ends with an error. Observe and Conclude are not to be called
// at the same time; the zero Witness is ready.
type Witness struct{ seen Conclusion }

// Observe takes note of an event.
func (w *Witness) Observe(event Event) {
	switch e := event.(type) {
	case Resolved:
		w.seen.Telling, w.seen.Again = e.Telling, e.Again
		if e.Job != "" {
			w.seen.Job, w.seen.Vendor = e.Job, e.Vendor
		}
	case RunBegun:
		w.seen.Run, w.seen.Folder, w.seen.Vendor = e.Run.Name, e.Run.Folder, e.Run.Vendor
	case RunResumed:
		w.seen.Run, w.seen.Folder, w.seen.Vendor = e.Run.Name, e.Run.Folder, e.Run.Vendor
	case LeftAtOnce:
		w.seen.Left = &e
	}
}

// Conclude is how the call ended that was observed.
func (w *Witness) Conclude(r Result, err error, exit reports.ExitCode) Conclusion {
	c := w.seen
	c.Exit, c.Err, c.Summary = exit, err, r.Summary
	if r.Run != "" {
		c.Run, c.Folder = r.Run, r.Folder
	}
	if c.Reported() {
		c.Vendor = c.Summary.Vendor
	}
	if errors.Is(err, ErrInterrupted) {
		c.Err = ErrInterrupted
	}
	return c
}
