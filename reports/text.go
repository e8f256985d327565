package reports

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

const codesInText = 10

// Text writes the end of a run for a person: counts, reasons with hints and samples, rows in doubt, files, exit code, what to type
// next. Lines are at most width columns (at least 40) but for paths and commands, which are never broken. There is no colour, and
// nothing in it comes unescaped from a list or a vendor. The last line is the sum, always.
func (s Summary) Text(w io.Writer, width int) error {
	t := &textPage{width: max(width, 40)}
	s.textHead(t)
	s.textCounts(t)
	s.textCodes(t)
	s.textDoubt(t)
	s.textFiles(t)
	s.textEnd(t)
	_, err := io.WriteString(w, t.String())
	return err
}

func (s Summary) textHead(t *textPage) {
	t.line(Shown(s.Run))
	t.wrap("", stateSentence(s)+" "+speedSentence(s))
}

func stateSentence(s Summary) string {
	switch s.State {
	case journal.Complete.String():
		if s.Predicted {
			return "Every row was checked, none was sent."
		}
		return "Every row was processed."
	case journal.Stopped.String():
		return fmt.Sprintf("Stopped with %s unsent.", Plural(s.Counts[journal.Unsent], "row"))
	case journal.Interrupted.String():
		return fmt.Sprintf("Interrupted with %s unsent.", Plural(s.Counts[journal.Unsent], "row"))
	}
	return "Not finished."
}

// speedSentence is empty where no duration is known.
func speedSentence(s Summary) string {
	if s.Rate.Seconds <= 0 {
		return ""
	}
	limits := ""
	if s.Rate.Limits != "" {
		limits = fmt.Sprintf(" (limit %s)", Shown(s.Rate.Limits))
	}
	return fmt.Sprintf("%s and %s in %s: %.1f rows/s, %.1f requests/s%s.", Plural(s.Rate.Rows, "row"), Plural(s.Rate.Requests, "request"),
		elapsed(s.Rate.Seconds), s.Rate.RowsPerSecond, s.Rate.RequestsPerSecond, limits)
}

func (s Summary) textCounts(t *textPage) {
	t.blank()
	digits := len(Grouped(s.RowsRead))
	for _, status := range journal.Statuses() {
		if n := s.Counts[status]; n != 0 {
			t.line(fmt.Sprintf("  %-9s  %*s  %s", status, digits, Grouped(n), s.meaningOf(status)))
		}
	}
	if s.RowsRead == 0 {
		t.line("  no rows")
	}
}

// meaningOf is what a status tells in this summary: in a check, unsent rows are those to send.
func (s Summary) meaningOf(status journal.Status) string {
	if s.Predicted && status == journal.Unsent {
		return "ready to send"
	}
	return meaning(status)
}

func (s Summary) textCodes(t *textPage) {
	why, know := s.codesByUse()
	t.codes("Why rows were not created", why, s.Files.Summary)
	if s.faultsSayMore() {
		t.codes("Every fault of these rows (a row can have several)", s.Faults, s.Files.Summary)
	}
	t.codes("Good to know", know, s.Files.Summary)
}

// faultsSayMore reports whether a row has more than one fault, or a code stands for more than one field.
func (s Summary) faultsSayMore() bool {
	total, codes := int64(0), map[string]bool{}
	for _, f := range s.Faults {
		total += f.Count
		codes[f.Code] = true
	}
	return total > s.Counts[journal.Invalid] || len(codes) < len(s.Faults)
}

// codesByUse separates the codes that need a fix, which come first, from the others.
func (s Summary) codesByUse() (why, know []CodeCount) {
	first := slices.IndexFunc(s.Codes, func(c CodeCount) bool { return c.OK })
	if first < 0 {
		first = len(s.Codes)
	}
	return s.Codes[:first], s.Codes[first:]
}

// codes writes a list of codes, the most frequent first.
func (t *textPage) codes(title string, codes []CodeCount, rest string) {
	if len(codes) == 0 {
		return
	}
	t.blank()
	t.line(title)
	digits := len(Grouped(codes[0].Count))
	for i, c := range codes {
		if i == codesInText {
			t.line(fmt.Sprintf("  and %s more: see %s", Plural(int64(len(codes)-i), "code"), Shown(rest)))
			return
		}
		t.code(c, digits)
	}
}

func (t *textPage) code(c CodeCount, digits int) {
	what := cmp.Or(Shown(c.Field), c.Status.String())
	t.line(fmt.Sprintf("  %*s  %s (%s)", digits, Grouped(c.Count), Shown(c.Code), what))
	indent := strings.Repeat(" ", digits+4)
	if c.Hint != "" {
		t.wrap(indent, Shown(c.Hint))
	}
	more := ""
	if c.Count > int64(len(c.Samples)) {
		more = ", …"
	}
	t.wrap(indent, "at "+strings.Join(placesOf(c.Samples), ", ")+more)
}

// placesOf writes file:line, and only the line where the file is that of the sample before.
func placesOf(samples []Sample) []string {
	places, last := make([]string, 0, len(samples)), ""
	for i, at := range samples {
		switch {
		case at.File == "":
			places = append(places, fmt.Sprintf("line %d", at.Line))
		case i > 0 && at.File == last:
			places = append(places, fmt.Sprintf(":%d", at.Line))
		default:
			places = append(places, fmt.Sprintf("%s:%d", Shown(at.File), at.Line))
		}
		last = at.File
	}
	return places
}

func (s Summary) textDoubt(t *textPage) {
	if text := s.doubtText(); text != "" {
		t.blank()
		t.line("In doubt")
		t.wrap("  ", text)
	}
}

// doubtText says what doubt means and what to do about it; "" where no row is in doubt. It points to the failed file: results.csv masks people.
func (s Summary) doubtText() string {
	n := s.Counts[journal.InDoubt]
	if n == 0 {
		return ""
	}
	were := "were"
	if n == 1 {
		were = "was"
	}
	return fmt.Sprintf("%s %s sent, but no answer says whether the customer was registered. "+
		"The importer sends such a row again by itself only where the vendor refuses or absorbs a repeat: anywhere else that could register somebody twice. "+
		"Look each person up at the vendor, by their data in %s (%s %s): if the vendor has them, there is nothing to do; "+
		"if not, send the row again with retry --status in_doubt.", Plural(n, "row"), were, Shown(path.Base(s.Files.Failed)), statusColumn, journal.InDoubt)
}

func (s Summary) textFiles(t *textPage) {
	t.blank()
	t.line("Reports")
	t.line("  results  " + Shown(s.Files.Results))
	if s.Failed > 0 {
		t.line(fmt.Sprintf("  to fix   %s (%s)", Shown(s.Files.Failed), Plural(s.Failed, "row")))
	}
	t.line("  summary  " + Shown(s.Files.Summary))
	t.line("  page     " + Shown(s.Files.Page))
}

func (s Summary) textEnd(t *textPage) {
	if len(s.Next) > 0 {
		t.blank()
		t.line("Next")
		for _, next := range s.Next {
			t.wrap("  ", Shown(next.Why))
			t.line("    " + Shown(next.Type))
		}
	}
	t.blank()
	t.wrap("", fmt.Sprintf("exit %d: %s", s.Exit, s.Meaning))
	if err := s.Check(); err != nil {
		t.wrap("", err.Error())
		if hint := problem.Hint(err); hint != "" {
			t.wrap("", "hint: "+hint)
		}
	}
	t.line(s.Sum())
}

// textPage gathers lines.
type textPage struct {
	strings.Builder
	width int
}

func (t *textPage) blank() { t.line("") }

func (t *textPage) line(text string) { t.WriteString(text + "\n") }

// wrap breaks text between words, each line behind the indent.
func (t *textPage) wrap(indent, text string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = indent + word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > t.width:
			t.line(line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	t.line(line)
}
