package terminal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
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

// debug prints something for --verbose.
func (n *notices) debug(message string, attrs ...slog.Attr) {
	n.write(slog.LevelDebug, message, attrs...)
}

func (n *notices) write(level slog.Level, message string, attrs ...slog.Attr) {
	if n.quiet && level < slog.LevelWarn || level == slog.LevelDebug && !n.verbose {
		return
	}
	if n.log != nil {
		n.log.LogAttrs(context.Background(), level, reports.Shown(message), attrs...)
		return
	}
	line := reports.Shown(message)
	for _, attr := range attrs {
		line += " " + attr.Key + "=" + reports.Shown(attr.Value.String())
	}
	_, _ = n.screen.Write([]byte(line + "\n")) // a terminal that is gone must not end a run
}

// problem prints what is wrong and what to do about it. An excerpt of the file keeps its lines: a caret stands below what it means.
func (n *notices) problem(text, excerpt, hint string) {
	if n.log != nil {
		n.log.LogAttrs(context.Background(), slog.LevelError, strings.TrimSuffix(text+"\n"+excerpt, "\n"), slog.String("hint", hint))
		return
	}
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

// Fail prints an error: each of joined errors by itself, with its own hint.
func (t *Terminal) Fail(err error) {
	for _, one := range problem.All(err) {
		if errors.Is(one, context.Canceled) {
			one = runs.ErrInterrupted
		}
		excerpt := ""
		var placed *problem.Error
		if errors.As(one, &placed) {
			excerpt = placed.Excerpt()
		}
		t.notices.problem(one.Error(), excerpt, problem.Hint(one))
	}
}
