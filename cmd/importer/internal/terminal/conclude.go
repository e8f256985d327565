package terminal

import (
	"log/slog"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/reports"
)

// Conclude writes the last record of a log: how the call ended and, as JSON, the whole summary. --quiet leaves it: a record is for a collector, which
// alerts when it does not come. Without log records it writes nothing.
func (t *Terminal) Conclude(c runs.Conclusion) {
	if t.notices.log == nil {
		return
	}
	level := slog.LevelError
	switch c.Exit {
	case reports.ExitOK:
		level = slog.LevelInfo
	case reports.ExitFailures, reports.ExitInDoubt, reports.ExitInterrupted:
		level = slog.LevelWarn
	}
	fields := []slog.Attr{slog.Int("exit_code", int(c.Exit)), slog.String("exit_meaning", c.Meaning())}
	if text, hint := c.Problem(); text != "" {
		fields = append(fields, slog.String("error", text), slog.String("hint", hint))
	}
	if c.Left != nil {
		fields = append(fields, leftFields(*c.Left)...)
	}
	switch {
	case !c.Reported():
	case t.display.LogFormat == "json":
		c.Summary.Profile = nil // records hold no person's data, not even masked
		fields = append(fields, slog.Any("summary", c.Summary))
	default:
		fields = append(fields, slog.Int64("rows", c.Summary.RowsRead), countsField(c.Summary.Counts))
	}
	t.notices.with(about("ended")...).record(level, "ended", fields...)
}

// Told says how telling other programs went: the last lines that the command of --on-end wrote, each behind its name, and what failed. A command that did its
// work has nothing to say to a quiet night.
func (t *Terminal) Told(lines []string, leftOut int, command, metrics error) {
	n := t.notices.with(about("on_end")...)
	show := n.info
	if command != nil {
		show = n.warn
	}
	if leftOut > 0 {
		show("on-end: (%s before these left out)", reports.Plural(int64(leftOut), "line"))
	}
	for _, line := range lines {
		show("on-end: %s", line)
	}
	n.trouble("--on-end", command)
	t.notices.with(about("metrics")...).trouble("--metrics", metrics)
}

// trouble warns of what went wrong with an option and is none of the run's.
func (n *notices) trouble(option string, err error) {
	switch hint := problem.Hint(err); {
	case err == nil:
	case hint != "":
		n.warn("%s: %v (%s)", option, err, hint)
	default:
		n.warn("%s: %v", option, err)
	}
}
