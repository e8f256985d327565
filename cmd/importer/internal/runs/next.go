package runs

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// next is what a person will want to type next, most useful first, when so many rows are in the failed file.
func (x *execution) next(o pipeline.Outcome, inFile int64) []reports.Command {
	failed, with := filepath.Join(x.folder(), reports.FailedName), "spreadsheet"
	if x.setup.form().JSONL {
		failed, with = filepath.Join(x.folder(), reports.FailedJSONLName), "editor"
	}
	counts := o.Counts
	var list []reports.Command
	add := func(why, command string) { list = append(list, reports.Command{Why: why, Type: command}) }
	unfinished := o.Reason != pipeline.Finished
	switch {
	case x.run.State == journal.Superseded:
		add("import the list as it is now", x.again())
	case o.Reason == pipeline.Sampled && !x.note.gone():
		add("send the other rows", x.command("resume", x.named(), "--yes"))
	case o.Reason == pipeline.Sampled:
		add("this sandbox ends with the program; to send all rows in one go", x.again()+" --yes")
	case unfinished && x.note.gone():
		add("this sandbox is gone, and the run with it; start again (--sandbox-state DIR keeps a sandbox)", x.again())
	case unfinished && o.Reason == pipeline.Drained:
		add("resume where it stopped", x.command("resume", x.named()))
	case unfinished && x.note.plain():
		// Not resume: what is fixed may be the account itself, such as a wrong site id, and that is a run of its own.
		add("when the cause is fixed, resume where it stopped", x.again())
	case unfinished:
		add("when the cause is fixed, resume where it stopped", x.command("resume", x.named()))
	}
	if counts[journal.InDoubt] > 0 && !x.note.gone() && !unfinished { // first: these rows keep the run open
		add("send the rows in doubt again, when you have looked up that they are not there", x.command("retry", x.named(), "--status", "in_doubt"))
		add("or say of each what you found there: created, or not-created", x.command("settle", x.named(), "--row", "N", "--as", "created"))
	}
	if inFile > counts[journal.InDoubt] && !unfinished { // a row in doubt has nothing to fix
		add("fix the rows in this file with any "+with+", then send them again", x.command("retry", failed))
	}
	if x.note.Sandbox && !unfinished && x.note.plain() {
		add(fmt.Sprintf("that was the sandbox; for %s itself", x.setup.vendor.Title)+x.setup.unlimited(x.LookupEnv), x.forReal())
	}
	return list
}

// resumeCommand continues the run; "" where that is not possible, since its sandbox is gone.
func (x *execution) resumeCommand(more ...string) string {
	if x.note.gone() {
		return ""
	}
	return x.command(append([]string{"resume", x.named()}, more...)...)
}

// again is the command that began the run.
func (x *execution) again() string { return x.commandLine(x.note.Asked) }

func (x *execution) commandLine(asked map[string]string) string {
	words := []string{"run"}
	if x.note.Job != "" {
		words = append(words, "--job", x.shown(x.note.Job))
	}
	for _, o := range AllOptions() {
		value, said := asked[o.Name]
		switch on, err := strconv.ParseBool(value); {
		case !said:
		case !o.Switch():
			words = append(words, "--"+o.Name, value)
		case err == nil && !on:
			words = append(words, "--"+o.Name+"=false")
		default:
			words = append(words, "--"+o.Name)
		}
	}
	return x.command(append(words, namesOf(x.note.Inputs)...)...)
}

// named is what a person calls the run in a command: its name or, where its journal is in its folder, the folder.
func (x *execution) named() string {
	if x.workspace.inFolder(x.run) {
		return x.folder()
	}
	return x.run.Name
}

// command is a command line of this program, for the run's journal.
func (x *execution) command(words ...string) string {
	return x.commandFor(x.setup, x.workspace, x.workspace.inFolder(x.run), words...)
}

// commandFor is a command line of this program, for the journal of a setup; found says that the words themselves lead to it.
func (c *call) commandFor(s *setup, ws *workspace, found bool, words ...string) string {
	line := append([]string{c.Program}, words...)
	place := ws.place
	begins := words[0] == "run"
	if begins && place.said { // else the job file says it, and what follows a run goes beside it
		line = append(line, "--out", place.out)
	}
	switch {
	case s.options.SandboxState != "" && !begins: // run has it among its options, or from the job file
		line = append(line, "--sandbox-state", c.shown(c.absolute(s.options.SandboxState)))
	case s.options.SandboxState != "" || place.kind == ownPlace || found || place.kind == runPlace && begins:
	default:
		line = append(line, "--journal", c.shown(place.url))
	}
	for i := 1; i < len(line); i++ {
		line[i] = quoted(line[i])
	}
	return strings.Join(line, " ")
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	plain := strings.IndexFunc(word, func(r rune) bool {
		return !strings.ContainsRune("-_./,:=@%+", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
	if plain && word != "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
