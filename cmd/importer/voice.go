package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"importer/reports"
)

// voice is what the program says on standard error besides progress: plain lines, or log records where --log-format asks for them.
// Nothing of a list or a vendor reaches the terminal unescaped.
type voice struct {
	screen  *screen
	now     func() time.Time
	log     *slog.Logger // nil: plain lines
	quiet   bool
	verbose bool
}

// as sets how the voice speaks from here on.
func (v *voice) as(format string, quiet, verbose bool) {
	v.quiet, v.verbose = quiet, verbose
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: v.clock}
	switch format {
	case "text":
		v.log = slog.New(slog.NewTextHandler(v.screen, options))
	case "json":
		v.log = slog.New(slog.NewJSONHandler(v.screen, options))
	}
}

// clock makes records carry the app's time, in UTC.
func (v *voice) clock(groups []string, attr slog.Attr) slog.Attr {
	if len(groups) == 0 && attr.Key == slog.TimeKey {
		return slog.Time(slog.TimeKey, v.now().UTC())
	}
	return attr
}

// say tells something that a person may want to know.
func (v *voice) say(format string, args ...any) {
	v.speak(slog.LevelInfo, fmt.Sprintf(format, args...))
}

// warn tells something that a person must know; --quiet does not hide it.
func (v *voice) warn(format string, args ...any) {
	v.speak(slog.LevelWarn, fmt.Sprintf(format, args...))
}

// detail tells something for --verbose.
func (v *voice) detail(message string, attrs ...slog.Attr) {
	v.speak(slog.LevelDebug, message, attrs...)
}

func (v *voice) speak(level slog.Level, message string, attrs ...slog.Attr) {
	if v.quiet && level < slog.LevelWarn || level == slog.LevelDebug && !v.verbose {
		return
	}
	if v.log != nil {
		v.log.LogAttrs(context.Background(), level, reports.Shown(message), attrs...)
		return
	}
	line := reports.Shown(message)
	for _, attr := range attrs {
		line += " " + attr.Key + "=" + reports.Shown(attr.Value.String())
	}
	_, _ = v.screen.Write([]byte(line + "\n")) // a terminal that is gone must not end a run
}

// problem prints an error and what to do about it. Its lines are kept: a caret stands below what it means.
func (v *voice) problem(text, hint string) {
	if v.log != nil {
		v.log.LogAttrs(context.Background(), slog.LevelError, text, slog.String("hint", hint))
		return
	}
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i == 0 {
			line = "importer: " + line
		}
		b.WriteString(reports.Shown(line) + "\n")
	}
	if hint != "" {
		b.WriteString("hint: " + reports.Shown(hint) + "\n")
	}
	_, _ = v.screen.Write([]byte(b.String()))
}
