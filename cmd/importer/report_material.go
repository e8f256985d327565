package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/source"
	"importer/reports"
)

// report writes the files of the run, prints the summary, and returns the error that carries the exit code.
func (c *course) report(ctx context.Context, went session) error {
	m := c.material(went)
	summary, err := reports.Write(ctx, m)
	if err != nil {
		if ctx.Err() != nil {
			c.app.voice.warn("the reports were not finished; the journal has everything. Write them with: %s", c.command("report", c.run.Name))
			return ended{reports.ExitInterrupted}
		}
		if errors.Is(err, source.ErrChanged) {
			return c.explain(err)
		}
		return storage(err)
	}
	c.sayKept(summary)
	c.sayNotes()
	if err := c.app.print(c.work.knobs, summary); err != nil {
		c.app.voice.warn("the summary could not be printed: %v", err)
	}
	return exitWith(summary.Exit)
}

// sayKept tells where a failed file is that a person had edited.
func (c *course) sayKept(s reports.Summary) {
	if s.Kept != "" {
		c.app.voice.warn("%s had been edited; it is kept as %s, and a new one is in its place. Send the edited rows with: %s",
			filepath.Base(s.Files.Failed), filepath.Base(s.Kept), c.command("retry", c.run.Folder+"/"+filepath.Base(s.Kept)))
	}
}

// print writes the summary to standard output.
func (a *app) print(k knobs, s reports.Summary) error {
	switch {
	case k.json:
		out := json.NewEncoder(a.Stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(s)
	case k.quiet && s.Exit == reports.ExitOK:
		_, err := fmt.Fprintln(a.Stdout, s.Sum())
		return err
	}
	return s.Text(a.Stdout, a.textWidth())
}

// textWidth is how wide text may be: as the terminal, but no wider than is easily read.
func (a *app) textWidth() int {
	width, terminal := a.StdoutWidth()
	if !terminal {
		return 100
	}
	return min(width, 110)
}

func (c *course) material(went session) reports.Material {
	w := c.work
	return reports.Material{
		Folder: c.folder(), Run: c.run, States: c.ledger.store,
		Open: func(context.Context) (reports.Rows, error) { return c.rows() },
		Form: formOf(w), Key: keyOf(w), OK: w.knobs.ok, Hint: hints(w.vendor),
		Exit: exitOfOutcome(went.outcome), RowsRead: went.read, Pace: went.pace,
		Limits: limitText(w.limits, w.knobs.workers), Next: c.next(went.outcome), Meaning: c.meaningOf(went.outcome),
	}
}

func exitOfOutcome(o pipeline.Outcome) reports.ExitCode {
	if o.Panics > 0 {
		return reports.ExitInternal
	}
	switch o.Reason {
	case pipeline.TooManyErrors:
		return reports.ExitTooMany
	case pipeline.FatalAnswer, pipeline.VendorFailing:
		return reports.ExitFatal
	case pipeline.Drained, pipeline.Cut, pipeline.Sampled:
		return reports.ExitInterrupted
	}
	return reports.ExitOK
}

// formOf makes failed.csv what its input was.
func formOf(w *work) reports.Form {
	form := reports.Form{Header: w.set.Header, JSONL: true}
	for _, f := range w.set.Files {
		if f.Tabular() {
			form.JSONL = false
			form.Comma = cmp.Or(f.Delimiter, ',')
			form.BOM = form.BOM || f.Encoding != source.UTF8 // programs that wrote another encoding guess it again without the mark
			break
		}
	}
	for _, i := range w.mapper.HiddenColumns() {
		form.Secret = append(form.Secret, w.set.Header[i])
	}
	return form
}

// keyOf shows what makes a row a person: masked, or in clear where the person asked for that.
func keyOf(w *work) func([]string) string {
	identity := w.vendor.Identity
	return func(cells []string) string {
		customer, _ := w.mapper.MapOnly(cells, identity...)
		for _, f := range identity {
			switch value := customer.Text(f); {
			case value == "":
			case w.knobs.showKeys:
				return value
			default:
				return mapping.Mask(f, value)
			}
		}
		return ""
	}
}

// next is what a person will want to type next, most useful first.
func (c *course) next(o pipeline.Outcome) []reports.Command {
	failed, with := c.run.Folder+"/"+reports.FailedName, "spreadsheet"
	if formOf(c.work).JSONL {
		failed, with = c.run.Folder+"/"+reports.FailedJSONLName, "editor"
	}
	counts := o.Counts
	var list []reports.Command
	unfinished := o.Reason != pipeline.Finished
	switch {
	case o.Reason == pipeline.Sampled && !c.note.Sandbox:
		list = append(list, reports.Command{Why: "send the other rows", Type: c.command("resume", c.run.Name, "--yes")})
	case o.Reason == pipeline.Sampled:
		list = append(list, reports.Command{Why: "this sandbox ends with the program; to send all rows in one go", Type: c.again() + " --yes"})
	case unfinished && c.note.Sandbox:
		list = append(list, reports.Command{Why: "this sandbox is gone, and the run with it; start again", Type: c.again()})
	case unfinished && o.Reason == pipeline.Drained:
		list = append(list, reports.Command{Why: "go on where it stopped", Type: c.command("resume", c.run.Name)})
	case unfinished && c.note.plain():
		// Not resume: what is mended may be the account itself, such as a wrong site id, and that is a run of its own.
		list = append(list, reports.Command{Why: "when the cause is mended, go on where it stopped", Type: c.again()})
	case unfinished:
		list = append(list, reports.Command{Why: "when the cause is mended, go on where it stopped", Type: c.command("resume", c.run.Name)})
	}
	if failedRows(counts) > counts[inDoubt] && !unfinished { // a row in doubt has nothing to mend
		list = append(list, reports.Command{Why: "mend the rows in it with any " + with + ", then send them again", Type: c.command("retry", failed)})
	}
	if counts[inDoubt] > 0 && !c.note.Sandbox && !unfinished {
		list = append(list, reports.Command{Why: "send the rows in doubt again, when you have looked up that they are not there",
			Type: c.command("retry", c.run.Name, "--status", "in_doubt")},
			reports.Command{Why: "or say of each what you found there: created, or not-created", Type: c.command("settle", c.run.Name, "--row", "N", "--as", "created")})
	}
	if c.note.Sandbox && !unfinished && c.note.plain() {
		list = append(list, reports.Command{Why: fmt.Sprintf("that was the sandbox; for %s itself", c.work.vendor.Title), Type: c.forReal()})
	}
	return list
}
