package runs

import (
	"fmt"
	"path/filepath"
	"slices"
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
	case o.Reason == pipeline.Sampled && !x.note.Sandbox:
		add("send the other rows", x.command("resume", x.named(), "--yes"))
	case o.Reason == pipeline.Sampled:
		add("this sandbox ends with the program; to send all rows in one go", x.again()+" --yes")
	case unfinished && x.note.Sandbox:
		add("this sandbox is gone, and the run with it; start again", x.again())
	case unfinished && o.Reason == pipeline.Drained:
		add("resume where it stopped", x.command("resume", x.named()))
	case unfinished && x.note.plain():
		// Not resume: what is fixed may be the account itself, such as a wrong site id, and that is a run of its own.
		add("when the cause is fixed, resume where it stopped", x.again())
	case unfinished:
		add("when the cause is fixed, resume where it stopped", x.command("resume", x.named()))
	}
	if inFile > counts[journal.InDoubt] && !unfinished { // a row in doubt has nothing to fix
		add("fix the rows in this file with any "+with+", then send them again", x.command("retry", failed))
	}
	if counts[journal.InDoubt] > 0 && !x.note.Sandbox && !unfinished {
		add("send the rows in doubt again, when you have looked up that they are not there", x.command("retry", x.named(), "--status", "in_doubt"))
		add("or say of each what you found there: created, or not-created", x.command("settle", x.named(), "--row", "N", "--as", "created"))
	}
	if x.note.Sandbox && !unfinished && x.note.plain() {
		add(fmt.Sprintf("that was the sandbox; for %s itself", x.setup.vendor.Title), x.forReal())
	}
	return list
}

// resumeCommand continues the run; "" where that is not possible, since its sandbox is gone.
func (x *execution) resumeCommand(more ...string) string {
	if x.note.Sandbox {
		return ""
	}
	return x.command(append([]string{"resume", x.named()}, more...)...)
}

// again is the command that began the run.
func (x *execution) again() string { return x.commandLine(true) }

// forReal is the command that began a run into the sandbox, without the sandbox: the variables that the vendor requires first.
func (x *execution) forReal() string {
	line := x.commandLine(false)
	given := x.setup.job.SettingMap()
	for _, s := range slices.Backward(x.setup.vendor.Settings) {
		switch {
		case s.Env == "" || !s.Required || given[s.Name] != "":
		case s.Secret:
			line = s.Env + "_FILE=… " + line
		default:
			line = s.Env + "=… " + line
		}
	}
	return line
}

func (x *execution) commandLine(sandboxed bool) string {
	words := []string{"run"}
	if x.note.Job != "" {
		words = append(words, "--job", x.shown(x.note.Job))
	}
	for _, o := range AllOptions() {
		value, asked := x.note.Asked[o.Name]
		if !asked || !sandboxed && strings.HasPrefix(o.Name, "sandbox") {
			continue
		}
		words = append(words, "--"+o.Name)
		if !o.Switch() {
			words = append(words, value)
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
	line := append([]string{x.Program}, words...)
	place := x.workspace.place
	if place.out != defaultOut && place.out != "" {
		line = append(line, "--out", place.out) // where the run is, however it was found
	}
	if place.kind != ownPlace && !x.workspace.inFolder(x.run) && !(place.kind == runPlace && words[0] == "run") {
		line = append(line, "--journal", x.shown(place.url))
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
