package terminal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/reports"
)

// notices is what the program says on standard error besides progress: plain lines, or log records where --log-format asks for them.
// Nothing of a list or a vendor reaches the terminal unescaped.
type notices struct {
	screen  *screen
	now     func() time.Time
	log     *slog.Logger // nil: plain lines
	quiet   bool
	verbose bool
	fields  []slog.Attr // of what is said now; plain lines leave them out
}

// with returns notices whose log records have fields.
func (n *notices) with(fields ...slog.Attr) *notices {
	about := *n
	about.fields = fields
	return &about
}

// inRun makes all log records from now on name the run.
func (n *notices) inRun(name string) {
	if n.log != nil {
		n.log = n.log.With(slog.String("run", name))
	}
}

func (n *notices) configure(d runs.Display) {
	n.quiet, n.verbose = d.Quiet, d.Verbose
	level := slog.LevelInfo
	if d.Verbose {
		level = slog.LevelDebug
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: n.clock}
	switch d.LogFormat {
	case "text":
		n.log = slog.New(slog.NewTextHandler(n.screen, options))
	case "json":
		n.log = slog.New(slog.NewJSONHandler(n.screen, options))
	}
}

// clock makes records carry the terminal's time, in UTC.
func (n *notices) clock(groups []string, attr slog.Attr) slog.Attr {
	if len(groups) == 0 && attr.Key == slog.TimeKey {
		return slog.Time(slog.TimeKey, n.now().UTC())
	}
	return attr
}

// info prints something that a person may want to know.
func (n *notices) info(format string, args ...any) {
	n.write(slog.LevelInfo, fmt.Sprintf(format, args...))
}

// warn prints something that a person must know; --quiet does not hide it.
func (n *notices) warn(format string, args ...any) {
	n.write(slog.LevelWarn, fmt.Sprintf(format, args...))
}

// nightly prints a warning that every run of the same job would repeat; --quiet hides it.
func (n *notices) nightly(format string, args ...any) {
	if !n.quiet {
		n.warn(format, args...)
	}
}

// row prints a row for --verbose.
func (n *notices) row(r journal.Record) {
	if !n.verbose {
		return
	}
	line := "row settled"
	if n.log == nil {
		for _, field := range rowFields(r) {
			line += " " + field.Key + "=" + field.Value.String()
		}
	}
	n.write(slog.LevelDebug, line)
}

func (n *notices) write(level slog.Level, message string) {
	if n.quiet && level < slog.LevelWarn {
		return
	}
	if n.log != nil {
		n.record(level, message)
		return
	}
	_, _ = n.screen.Write([]byte(reports.Shown(message) + "\n")) // a terminal that is gone must not end a run
}

// record writes a log record.
func (n *notices) record(level slog.Level, message string, fields ...slog.Attr) {
	n.log.LogAttrs(context.Background(), level, reports.Shown(message), slices.Concat(n.fields, fields)...)
}

// problem prints what is wrong and what to do about it. An excerpt of the file keeps its lines: a caret stands below what it means.
func (n *notices) problem(text, excerpt, hint string) {
	lines := []string{"importer: " + text}
	switch {
	case excerpt != "" && hint != "":
		lines = append(lines, strings.Split(excerpt+" "+hint, "\n")...)
	case excerpt != "":
		lines = append(lines, strings.Split(excerpt, "\n")...)
	case hint != "":
		lines = append(lines, "hint: "+hint)
	}
	for i := range lines {
		lines[i] = reports.Shown(lines[i]) + "\n"
	}
	_, _ = n.screen.Write([]byte(strings.Join(lines, "")))
}

// samples prints words of a list that a person must see to decide. No log gets them, nor the mail of a night.
func (n *notices) samples(lines []string) {
	if n.log != nil || n.quiet {
		return
	}
	for _, line := range lines {
		n.info("    %s", line)
	}
}

// Fail prints an error: each of joined errors by itself, with its own hint.
func (t *Terminal) Fail(err error) { t.notices.with(about("error")...).fail(err) }

func (n *notices) fail(err error) {
	for _, one := range problem.All(err) {
		if errors.Is(one, context.Canceled) {
			one = runs.ErrInterrupted
		}
		var placed *problem.Error
		errors.As(one, &placed)
		switch {
		case n.log != nil:
			n.record(slog.LevelError, one.Error(), problemFields(one, placed)...)
		case placed != nil:
			n.problem(one.Error(), placed.Excerpt(), problem.Hint(one))
			n.samples(placed.Samples)
		default:
			n.problem(one.Error(), "", problem.Hint(one))
		}
	}
}

// problemFields say what to do about an error, and where in a file it is.
func problemFields(err error, placed *problem.Error) []slog.Attr {
	fields := []slog.Attr{slog.String("hint", problem.Hint(err))}
	if placed != nil && placed.File != "" {
		fields = append(fields, slog.String("file", placed.File), slog.Int64("line", placed.Line), slog.Int("column", placed.Column))
	}
	return fields
}
