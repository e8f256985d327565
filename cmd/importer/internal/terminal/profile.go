package terminal

import (
	"strings"
	"unicode/utf8"

	"importer/cmd/importer/internal/runs"
	"importer/mapping"
	"importer/reports"
)

// linesAField is how many lines are printed of a field at most.
const linesAField = 6

// fieldRead shows what was read of a field: to people with cells and values in clear, on standard output; in log records by numbers alone.
func (t *Terminal) fieldRead(e runs.FieldRead, n *notices) {
	f := reports.NewFieldRead(e.Field, e.Several)
	if n.log != nil {
		n.info("field %s: %d filled, %d empty, %d invalid", e.Field.Name, e.Field.Filled, e.Field.Empty, e.Field.Invalid)
	}
	if d := t.display; d.JSON || d.Quiet || d.LogFormat == "json" {
		return
	}
	if e.First {
		t.Printf("What was read: field ← column, and line: cell → value. Compare some with the list.\n\n")
	}
	t.Printf("%s\n", strings.Join(fieldLines(f, t.textWidth()), "\n"))
	if e.Last {
		t.Printf("%s\n", notRead(e.NotRead, t.textWidth()))
	}
}

// notRead is the line about columns that nothing is read from; "" where there are none.
func notRead(columns []string, width int) string {
	if len(columns) == 0 {
		return ""
	}
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = mapping.Escape(name, 40)
	}
	return fit("not read: "+strings.Join(names, ", "), width) + "\n"
}

// fieldLines are the lines about a field, each at most width columns. Samples fill those that are left.
func fieldLines(f reports.FieldRead, width int) []string {
	lines := []string{fit(reports.Shown(f.Name)+" ← "+f.Source()+": "+f.Counts(), width)}
	for _, about := range []struct{ title, text string }{{"", f.Became()}, {"", f.Frequent()}, {"odd: ", f.Odd()}, {"look at: ", f.Suspicious()}} {
		if about.text != "" {
			lines = append(lines, fit(indent+about.title+about.text, width))
		}
	}
	return append(lines, sampleLines(f, width, linesAField-len(lines))...)
}

const indent = "  "

// sampleLines are the samples in at most so many lines: as many as there is room for, the most telling, in the order of the list.
func sampleLines(f reports.FieldRead, width, most int) (lines []string) {
	for n := len(f.Field.Samples); n > 0; n-- {
		if lines = flow(f.Samples(n), width); len(lines) <= most {
			return lines
		}
	}
	return lines
}

// fit cuts a line at width columns.
func fit(line string, width int) string {
	if utf8.RuneCountInString(line) <= width {
		return line
	}
	return string([]rune(line)[:width-1]) + "…"
}

// flow puts samples into lines of width columns.
func flow(samples []reports.SampleRead, width int) (lines []string) {
	const between = " | "
	line := ""
	for _, sample := range samples {
		text := sample.String()
		switch {
		case line == "":
			line = fit(indent+text, width)
		case utf8.RuneCountInString(line+between+text) <= width:
			line += between + text
		default:
			lines, line = append(lines, line), fit(indent+text, width)
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
