package terminal

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

// Config is what a Terminal writes to and reads from.
type Config struct {
	In       io.Reader
	Out, Err io.Writer
	OutWidth func() (columns int, terminal bool)
	ErrWidth func() (columns int, terminal bool)
	Name     string // of the terminal's kind, as TERM has it
	Now      func() time.Time
}

// Terminal is a consumer of the application's events for people. Observe, Confirm and Fail may be called from different goroutines.
type Terminal struct {
	Config
	screen  *screen
	notices *notices
	display runs.Display
	stop    func() // ends the progress of the import under way; nil without one
}

// New returns a terminal.
func New(c Config) *Terminal {
	s := &screen{out: c.Err}
	return &Terminal{Config: c, screen: s, notices: &notices{screen: s, now: c.Now, fields: about("notice")}}
}

// Screen is standard error, for whole lines of other writers: a progress bar is moved out of their way.
func (t *Terminal) Screen() io.Writer { return t.screen }

// Printf writes to standard output. A reader that has gone away ends nothing.
func (t *Terminal) Printf(format string, args ...any) { _, _ = fmt.Fprintf(t.Out, format, args...) }

// Info prints something that a person may want to know.
func (t *Terminal) Info(format string, args ...any) { t.notices.info(format, args...) }

// Warn prints something that a person must know.
func (t *Terminal) Warn(format string, args ...any) { t.notices.warn(format, args...) }

// PrintJSON writes a value to standard output, indented.
func (t *Terminal) PrintJSON(value any) error {
	out := json.NewEncoder(t.Out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(value)
}

// show configures what follows as the options ask.
func (t *Terminal) show(d runs.Display) {
	t.display = d
	t.notices.configure(d)
}

// summary writes the summary to standard output.
func (t *Terminal) summary(s reports.Summary, f *runs.Forecast) error {
	switch {
	case t.display.JSON:
		return t.PrintJSON(s)
	case t.display.LogFormat == "json":
		return nil // the closing record has it all
	case t.display.Quiet && s.Calm():
		return nil
	case t.display.Quiet:
		_, err := fmt.Fprintln(t.Out, strings.Join(s.Brief(), "\n"))
		return err
	case f != nil:
		t.Printf("%s\n", forecastText(*f))
	}
	return s.Text(t.Out, t.textWidth())
}

// textWidth is how wide text may be: as the terminal, but no wider than is easily read.
func (t *Terminal) textWidth() int {
	width, terminal := t.OutWidth()
	if !terminal {
		return 100
	}
	return min(width, 110)
}
