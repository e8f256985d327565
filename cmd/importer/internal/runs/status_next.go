package runs

import (
	"cmp"
	"slices"

	"importer/pipeline/journal"
	"importer/reports"
)

// addCommands says what to type: for each cause, and next.
func (v *view) addCommands() {
	if v.list.UnderWay != "" {
		v.explainOpen()
		return
	}
	l, newest := &v.list, v.members[len(v.members)-1]
	from := newest.run.Name
	if l.File != nil {
		from = l.File.Path
	}
	unfinished := ""
	for _, m := range slices.Backward(v.members) {
		if m.resumable() && (unfinished == "" || m == v.members[v.base]) {
			unfinished = m.run.Name
		}
	}
	for i := range l.Causes {
		switch c := &l.Causes[i]; {
		case c.Status == journal.Unsent && unfinished != "":
			c.Command = v.command("resume", unfinished)
		case c.Status == journal.InDoubt, c.Status == journal.Unsent, c.Status == journal.Skipped:
			c.Command = v.command("retry", from, "--status", c.Status.String())
		default:
			c.Command = v.command("retry", from, "--code", c.Code)
		}
	}
	if l.OpenBy[journal.Unsent] > 0 && unfinished != "" {
		l.Next = append(l.Next, reports.Command{Why: "send what was not sent", Type: v.command("resume", unfinished)})
	}
	if l.File != nil && l.Open > l.OpenBy[journal.InDoubt]+l.OpenBy[journal.Unsent] {
		l.Next = append(l.Next, reports.Command{Why: "fix the rows in this file, then send them again", Type: v.command("retry", from)})
	}
	if l.OpenBy[journal.InDoubt] > 0 {
		l.Next = append(l.Next, reports.Command{Why: "look up who is in doubt; send those again that are not there", Type: v.command("retry", from, "--status", "in_doubt")})
		if run, one := v.runInDoubt(); one && !v.members[v.base].note.gone() {
			l.Next = append(l.Next, reports.Command{Why: "or say of each what you found there: created, or not-created", Type: v.command("settle", run, "--row", "N", "--as", "created")})
		}
	}
}

// resumable reports whether the run can be continued: one that stopped before its end, or crashed, and whose sandbox is kept if it went into one.
func (m *member) resumable() bool {
	switch m.run.State {
	case journal.Running, journal.Stopped, journal.Interrupted:
		return !m.note.gone()
	}
	return false
}

// runInDoubt is the run whose rows are in doubt; false where there are several.
func (v *view) runInDoubt() (name string, one bool) {
	for _, s := range v.people.open {
		run := cmp.Or(v.doubts[v.nameOf(s)].Run.Name, v.members[s.member].run.Name)
		if v.people.why(s).status != journal.InDoubt || run == name {
			continue
		}
		if one {
			return "", false
		}
		name, one = run, true
	}
	return name, one
}

// command is a command line of this program, for this journal.
func (v *view) command(words ...string) string {
	options, _, _ := precedence{given: v.Options, env: v.LookupEnv}.resolve() // their faults are known already
	return (&execution{call: v.call, setup: &setup{options: options}, workspace: v.ws}).command(words...)
}
