package terminal

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/reports"
)

// causesShown is how many causes the text lists.
const causesShown = 10

// Status writes to standard output what happened to a list.
func (t *Terminal) Status(r runs.StatusResult) error {
	if t.display.JSON {
		return t.PrintJSON(r)
	}
	for i, l := range r.Lists {
		if i > 0 {
			t.Printf("\n")
		}
		if err := t.listStatus(l); err != nil {
			return err
		}
	}
	return nil
}

func (t *Terminal) listStatus(l runs.ListStatus) error {
	account := l.Account
	if l.Sandbox {
		account = l.Vendor + ", the sandbox"
	}
	t.Printf("%s → %s\n%s\n", reports.Shown(strings.Join(l.Inputs, ", ")), reports.Shown(account), peopleText(l))
	for _, line := range besides(l) {
		t.Printf("%s\n", line)
	}
	if l.Unread != "" {
		t.Warn("the rows that the newest run did not reach are not counted: %s", reports.Shown(l.Unread))
	}
	t.causes(l)
	if err := t.contributions(l); err != nil {
		return err
	}
	if l.NotWritten != nil {
		t.Warn("the open rows were not written: %s", reports.Shown(l.NotWritten.Error()))
		if hint := problem.Hint(l.NotWritten); hint != "" {
			t.Info("hint: %s", hint)
		}
	}
	if l.File != nil {
		t.Printf("\nopen rows: %s (%s)\n", reports.Shown(l.File.Path), reports.Plural(l.File.Rows, "row"))
		t.afterExport(*l.File)
	}
	for _, n := range l.Next {
		t.Printf("  %s\n    %s\n", n.Why, n.Type)
	}
	return nil
}

// peopleText is the sum in one line: "3,000 people: 2,909 registered, 91 open: 60 invalid (phone), …".
func peopleText(l runs.ListStatus) string {
	people := reports.Grouped(l.People) + " people"
	if l.People == 1 {
		people = "1 person"
	}
	parts := []string{reports.Grouped(l.Registered) + " registered"}
	if l.There > 0 {
		parts = append(parts, reports.Grouped(l.There)+" already there")
	}
	if l.Accepted > 0 {
		parts = append(parts, reports.Grouped(l.Accepted)+" counted as success")
	}
	var open []string
	for _, status := range []journal.Status{journal.Invalid, journal.Rejected, journal.Exists, journal.Duplicate, journal.Skipped, journal.InDoubt, journal.Unsent} {
		n := l.OpenBy[status]
		if status == journal.Unsent && l.InFlight > 0 {
			open = append(open, reports.Grouped(l.InFlight)+" under way")
			n -= l.InFlight
		}
		if n > 0 {
			open = append(open, reports.Grouped(n)+" "+openWord(status)+reasons(l.Causes, status))
		}
	}
	text := fmt.Sprintf("%s: %s, %s open", people, strings.Join(parts, ", "), reports.Grouped(l.Open))
	if len(open) > 0 {
		text += ": " + strings.Join(open, ", ")
	}
	return text
}

func openWord(s journal.Status) string {
	switch s {
	case journal.InDoubt:
		return "in doubt"
	case journal.Unsent:
		return "not sent"
	case journal.Exists:
		return "taken"
	}
	return s.String()
}

// reasons are the fields of invalid rows and the codes of others, the first three of them.
func reasons(causes []runs.Cause, status journal.Status) string {
	var words []string
	for _, c := range causes {
		word := c.Code
		if status == journal.Invalid && c.Field != "" {
			word = c.Field
		}
		if c.Status == status && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	switch {
	case status == journal.InDoubt, status == journal.Unsent, len(words) == 0:
		return ""
	case len(words) > 3:
		words = append(words[:3], "…")
	}
	return " (" + reports.Shown(strings.Join(words, ", ")) + ")"
}

// besides are the rows and people that the sum leaves out.
func besides(l runs.ListStatus) (lines []string) {
	if l.UnderWay != "" {
		lines = append(lines, fmt.Sprintf("run %s is under way: the numbers are those of %s", reports.Shown(l.UnderWay), l.At.Local().Format("15:04:05")))
	}
	if l.Elsewhere > 0 {
		lines = append(lines, fmt.Sprintf("%s of those registered were created by other runs of the account", reports.Grouped(l.Elsewhere)))
	}
	if l.Duplicates > 0 {
		lines = append(lines, reports.Plural(l.Duplicates, "row")+" more of people whom the list names already")
	}
	if l.Filtered > 0 {
		lines = append(lines, reports.Plural(l.Filtered, "row")+" of the list left out by where")
	}
	if l.Gone > 0 {
		lines = append(lines, reports.Grouped(l.Gone)+" not counted: they were open, and the list does not name them any more")
	}
	return lines
}

func (t *Terminal) causes(l runs.ListStatus) {
	digits := 0
	for _, c := range l.Causes {
		digits = max(digits, len(reports.Grouped(c.People)))
	}
	if digits > 0 {
		t.Printf("\nWhy people are open\n")
	}
	for i, c := range l.Causes {
		if i == causesShown {
			t.Printf("  and %s more: --json has them all\n", reports.Plural(int64(len(l.Causes)-i), "cause"))
			break
		}
		where := openWord(c.Status)
		if c.Code == runs.CodeUnderWay {
			where = "no answer yet"
		}
		if c.Field != "" {
			where = c.Field
		}
		t.Printf("  %*s  %s (%s)\n", digits, reports.Grouped(c.People), reports.Shown(c.Code), reports.Shown(where))
		indent := strings.Repeat(" ", digits+4)
		if c.Hint != "" {
			t.Printf("%s%s\n", indent, c.Hint)
		}
		if c.Command != "" {
			t.Printf("%s%s\n", indent, c.Command)
		}
	}
}

// contributions lists the runs, oldest first.
func (t *Terminal) contributions(l runs.ListStatus) error {
	t.Printf("\nRuns\n")
	out := tabwriter.NewWriter(t.Out, 0, 0, 2, ' ', 0) // its errors come with Flush
	for _, r := range l.Runs {
		what := "the list"
		if len(r.Of) > 0 {
			what = "rows of " + strings.Join(idsOf(r.Of, l.Runs), ", ")
		}
		if r.State != journal.Complete.String() {
			what += ", " + r.State
		}
		parts := reports.Grouped(r.Registered) + " registered"
		if r.Open > 0 {
			parts += ", " + reports.Grouped(r.Open) + " open"
		}
		_, _ = fmt.Fprintf(out, "  %d\t%s\t%s\t%s\t%s\n", r.ID, r.Started.Local().Format("2006-01-02 15:04"), reports.Shown(r.Name), what, parts)
	}
	return out.Flush()
}

// idsOf are the numbers of runs, or the names of those that are gone.
func idsOf(names []string, all []runs.Contribution) []string {
	words := slices.Clone(names)
	for i, name := range names {
		for _, r := range all {
			if r.Name == name {
				words[i] = fmt.Sprint(r.ID)
			}
		}
	}
	return words
}
