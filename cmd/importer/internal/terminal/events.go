package terminal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping"
	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// Observe shows an event.
func (t *Terminal) Observe(event runs.Event) {
	if run := runOf(event); run != "" {
		t.notices.inRun(run)
	}
	n := t.notices.with(fieldsOf(event)...)
	switch e := event.(type) {
	case runs.Resolved:
		t.show(e.Display)
	case runs.JournalOpened:
		n.info("%s", journalText(e))
	case runs.OldJournal:
		n.info("%s is the journal of an earlier version; it knows %s, but nothing of this one", e.Path, reports.Plural(int64(e.Accounts), "account"))
	case runs.FilesFound:
		n.info("%s", filesText(e))
	case runs.SheetsFound:
		n.info("%s", sheetsText(e))
	case runs.SettingMissing:
		n.info("%s", missingText(e.Setting))
	case runs.AccountUnknown:
		n.info("without that, nobody knows which account of %s it is: people whom earlier runs created are not recognised in this check", e.Vendor.Title)
	case runs.SandboxSettings:
		n.info("sandbox: its own values are used for %s", escaped(e.Replaced))
	case runs.NewColumns:
		n.info("new columns that nothing maps: %s. The run goes on without them; map them under fields, or ignore them in the job file (ignore: [\"*\"] ignores whatever is new)",
			escaped(e.Names))
	case runs.WaitingForAccount:
		n.info("%v; waiting for it until %s", e.Holder, e.Until.UTC().Format(time.DateTime+" UTC"))
	case runs.InputRead:
		n.info("%s", e.File.Summary())
		if text := hiddenText(e.File); text != "" {
			n.info("%s: %s", e.File.Title, text)
		}
		for _, column := range e.File.Dates {
			if column.Parts > 0 {
				n.info("%s: in the column %s, %s shown without day, month or year, the first in row %d: the spreadsheet may have made up the rest when it was typed",
					e.File.Title, reports.Shown(column.Name), dates(column.Parts), column.First)
			}
		}
	case runs.EncodingDoubted:
		n.warn("%s: %s. It is read as %s here; a run sends nothing until one is set", e.File.Title, e.File.Doubt.Message(), e.File.Encoding)
		n.samples(e.Samples)
	case runs.RunBegun:
		where := e.URL
		if where == "" {
			where = "the sandbox"
		}
		if e.Kept != "" {
			where += " kept in " + e.Kept
		}
		n.info("run %s: to %s at %s, limit %s", e.Run.Name, e.Vendor.Title, where, runs.LimitText(e.Limits, e.Workers))
	case runs.RunResumed:
		n.info("resuming run %s: %s of %s settled", e.Run.Name, reports.Grouped(e.Settled), reports.Plural(e.Rows, "row"))
		if e.ReportsPending {
			n.info("it had ended, and was stopped while its reports were written: they are written now")
		}
	case runs.StartingOver:
		n.info("starting over: run %s is left as it is. People it created are skipped; its rows in doubt may be registered a second time", e.Unfinished.Name)
	case runs.Superseding:
		n.info("run %s was not finished (%s settled), and its input has changed: a new run imports the input as it is now. "+
			"People who are created are skipped, and who was in doubt still is", e.Run.Name, reports.Plural(e.Settled, "row"))
	case runs.ReportsIncomplete:
		n.nightly("run %s is complete, but was stopped while its reports were written, and its input has changed since; put the old input back and type: %s",
			e.Run.Name, e.Report)
	case runs.RunUnfinished:
		n.warn("%s", unfinishedText(e))
	case runs.RunUntold:
		n.warn("%s", untoldText(e))
	case runs.JobChanged:
		n.warn("the job file has changed since the run; masked identities are read with the new one")
	case runs.RowsChosen:
		n.info("%s of run %s again", reports.Plural(e.Rows, "row"), e.Of.Name)
	default:
		t.observeRules(event, n)
	}
}

func dates(n int64) string {
	if n == 1 {
		return "1 date is"
	}
	return reports.Plural(n, "date") + " are"
}

// hiddenText says what of a sheet is not shown, and whether it is read all the same; "" where all is shown.
func hiddenText(f source.File) string {
	var parts []string
	if f.HiddenRows > 0 {
		parts = append(parts, reports.Plural(f.HiddenRows, "hidden row"))
	}
	if f.HiddenColumns > 0 {
		parts = append(parts, reports.Plural(f.HiddenColumns, "hidden column"))
	}
	if parts == nil {
		return ""
	}
	are := " are"
	if f.HiddenRows+f.HiddenColumns == 1 {
		are = " is"
	}
	if f.SkipsHidden() {
		return strings.Join(parts, " and ") + are + " left out (hidden: skip)"
	}
	return strings.Join(parts, " and ") + are + " read, like all others; `input: {hidden: skip}` in the job file leaves hidden rows and columns out"
}

// unfinishedText says what another run has left, and how it is finished.
func unfinishedText(e runs.RunUnfinished) string {
	text := fmt.Sprintf("run %s was never finished: %s settled, %s in doubt", e.Run.Name, reports.Plural(e.Settled, "row"), reports.Grouped(e.InDoubt))
	if e.Again {
		text += "; this run takes its whole list"
	} else {
		text += "; the rest of its list was not sent"
	}
	if e.More > 0 {
		text += fmt.Sprintf(" (and %s before it)", reports.Plural(int64(e.More), "run"))
	}
	how := ". Finish it with: "
	if e.JobChanged {
		how = ". With the job file as it was then, finish it with: "
	}
	return text + how + e.Resume
}

// journalText names the journal, and says where it is of no help.
func journalText(e runs.JournalOpened) string {
	switch {
	case e.Sandbox:
		return "journal " + e.Path + ", of this sandbox alone"
	case !e.AccountKnown:
		return "journal " + e.Path + ": no earlier runs for this account are known here"
	}
	return "journal " + e.Path
}

// observeRules shows what is said about rows in doubt and the order of rows.
func (t *Terminal) observeRules(event runs.Event, n *notices) {
	switch e := event.(type) {
	case runs.DoubtPolicy:
		if e.Policy == pipeline.DoubtHold {
			n.info("--in-doubt hold: rows in doubt are not sent again, even where %s refuses or absorbs a repeat; each stays in doubt until a person looks it up", e.Vendor.Title)
		} else {
			n.nightly("--in-doubt retry: rows in doubt are sent again whatever %s does with a repeat; somebody may be registered twice", e.Vendor.Title)
		}
	case runs.DoubtsCarried:
		n.info("rows that an earlier run left in doubt are sent only where %s refuses or absorbs a repeat; the others are held: see %s in %s",
			e.Vendor.Title, pipeline.CodeHeld, reports.ResultsName)
	case runs.DoubtsElsewhere:
		are := "people are"
		if e.People == 1 {
			are = "person is"
		}
		n.warn("%s %s in doubt since earlier runs and not in this list; look them up, and say what you found, first of row %d of run %s: %s", reports.Grouped(e.People), are, e.Row, e.Run.Name, e.Settle)
	case runs.DoubtsOfFile:
		if e.Resent {
			n.info("rows in doubt are sent again, as you asked: people whom the vendor has already may be registered a second time")
		} else {
			n.info("rows in doubt since their first run are sent again only where the vendor refuses or absorbs a repeat; --status in_doubt sends them in any case")
		}
	case runs.FailedFileCompared:
		n.compared(e)
	case runs.IdentityDiffers:
		n.nightly("earlier runs identified people by %s, this one by %s: of the people they created it recognises only those whose rows have not changed", e.Earlier, e.Now)
	case runs.SponsorsOrdered:
		n.info("%s", sponsorsText(e))
	default:
		t.observeRun(event, n)
	}
}

// observeRun shows what happens while rows are processed and afterwards.
func (t *Terminal) observeRun(event runs.Event, n *notices) {
	switch e := event.(type) {
	case runs.Started:
		t.stop = watch(e.Import.Snapshot, t.newProgress())
	case runs.Ended:
		t.stop()
		t.stop = nil
	case runs.RowSettled:
		n.row(e.Record)
	case runs.RequestReady:
		t.Printf("row %d\n", e.Row.Number)
		e.Request.Show(t.Out)
		t.Printf("\n")
	case runs.Crashed:
		trace := e.Trace
		if e.Err != nil {
			trace = "nowhere: " + e.Err.Error()
		}
		n.warn("internal error at %s; its trace is in %s; please report it", e.What, trace)
	case runs.StoppedEarly:
		n.stopped(e.Outcome)
	case runs.LeftAtOnce:
		n.warn("left at once; %s", leftText(e))
	case runs.CredentialsTried:
		n.credentials(e)
	case runs.SampleSent:
		n.sampleSent(e)
	case runs.FieldNoted:
		n.info("note: %s", e.Note)
	case runs.FieldRead:
		t.fieldRead(e, n)
	case runs.FailedKept:
		n.warn("%s had been edited; it is kept as %s, and a new one is in its place. Send the edited rows with: %s", e.Failed, e.Kept, e.Retry)
	case runs.ReportsUnfinished:
		n.warn("the reports were not finished; the journal has everything. Write them with: %s", e.Report)
	case runs.Reported:
		if err := t.summary(e.Summary, e.Forecast); err != nil {
			n.warn("the summary could not be printed: %v", err)
		}
	}
}

// stopped says why a run stopped by itself.
func (n *notices) stopped(o pipeline.Outcome) {
	if o.Reason == pipeline.TooManyErrors {
		n.fail(problem.New(problem.Input, "stopped: "+o.Detail, "the codes below say what went wrong; fix the cause and resume"))
		return
	}
	text := "stopped: " + o.Detail
	if o.Row > 0 {
		text = fmt.Sprintf("stopped at row %d: %s", o.Row, o.Detail)
	}
	if o.Verdict.Message != "" {
		text += fmt.Sprintf(" (%s)", o.Verdict.Message)
	}
	n.fail(problem.New(problem.Input, text, o.Verdict.Hint))
}

// credentials says what an online check learned of the credentials.
func (n *notices) credentials(e runs.CredentialsTried) {
	switch v := e.Verdict; {
	case !e.Tried:
		n.info("credentials: not tried; %s", e.Vendor.CredentialCheck.Doc)
	case v == nil:
		n.info("credentials: accepted (%s)", e.Vendor.CredentialCheck.Doc)
	case v.Class == vendors.Fatal:
		text := "credentials: refused (" + v.Code
		if v.Message != "" {
			text += ": " + v.Message
		}
		n.fail(problem.New(problem.Input, text+")", v.Hint))
	default:
		n.fail(problem.New(problem.Input, "credentials: unknown; the question got no answer that can be read ("+v.Code+")", v.Hint))
	}
}

// sampleSent says how the run continues after the sample, or how it can be continued.
func (n *notices) sampleSent(e runs.SampleSent) {
	how := "This sandbox is gone with the program; start again with --yes"
	if e.Resume != "" {
		how = "Resume with: " + e.Resume
	}
	switch {
	case e.Go:
		n.info("%s; continuing, as --yes says", sampleText(e.Rows, e.Earlier))
	case e.Asked:
		n.info("stopped after the sample. %s", how)
	default:
		n.warn("%s. Nothing more is sent until you say so. %s", sampleText(e.Rows, e.Earlier), how)
	}
}

func sampleText(rows int64, earlier bool) string {
	if earlier {
		return fmt.Sprintf("the sample of %s was sent by an earlier start", reports.Plural(rows, "row"))
	}
	return "stopped after the sample of " + reports.Plural(rows, "row")
}

// untoldText says which runs ended without reports, and what that means for this one.
func untoldText(e runs.RunUntold) string {
	which, in := "run "+e.Run.Name, "it"
	if e.Earlier > 0 {
		which, in = fmt.Sprintf("%s and the %s before it", which, reports.Plural(e.Earlier, "run")), "them"
	}
	return fmt.Sprintf("%s ended without reports: rows that failed in %s count as new now, and whom the vendor had or rejected then is sent again; what it did is in %s",
		which, in, e.Results)
}

// missingText says what sending will need.
func missingText(s vendors.Setting) string {
	name := s.Env
	if name == "" {
		name = s.Name + " (under settings: in the job file)"
	}
	text := fmt.Sprintf("%s is not set: a run will need it (%s)", name, s.Doc)
	if s.Example != "" && !s.Secret {
		text += "; here the example " + s.Example + " stands for it"
	}
	return text
}

// filesText says which files stand for a folder or a pattern.
func filesText(e runs.FilesFound) string {
	text := fmt.Sprintf("%s: %s: %s", e.Input, reports.Plural(int64(len(e.Files)), "file"), firstTen(e.Files))
	if len(e.Others) > 0 {
		text += "; left out: " + firstTen(e.Others)
	}
	return text
}

func sheetsText(e runs.SheetsFound) string {
	text := fmt.Sprintf("%s: %s: %s", e.Input, reports.Plural(int64(len(e.Sheets)), "sheet"), reports.Shown(firstTen(e.Sheets)))
	if len(e.Others) > 0 {
		text += "; left out, since there are no failed rows: " + reports.Shown(firstTen(e.Others))
	}
	return text
}

func firstTen(names []string) string {
	if len(names) <= 10 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s, and %d more", strings.Join(names[:10], ", "), len(names)-10)
}

func escaped(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = mapping.Escape(name, 40)
	}
	return strings.Join(list, ", ")
}

// sponsorsText says what was found about sponsors.
func sponsorsText(e runs.SponsorsOrdered) string {
	has := "rows have"
	if e.Inside == 1 {
		has = "row has"
	}
	text := fmt.Sprintf("sponsors first: %s %s a sponsor in the list", reports.Grouped(e.Inside), has)
	if e.Outside > 0 {
		text += fmt.Sprintf(", %s one that %s must know already", reports.Grouped(e.Outside), e.Vendor.Title)
	}
	if e.Cyclic > 0 {
		text += fmt.Sprintf(", %s sponsor each other in a cycle", reports.Grouped(e.Cyclic))
	}
	if e.Passes > 1 {
		text += fmt.Sprintf("; the list is read %d times", e.Passes+1)
	}
	return text
}

// forecastText says what a run would cost.
func forecastText(f runs.Forecast) string {
	text := "a run would make " + reports.Plural(f.Ready, "request")
	if len(f.Doubts) > 0 {
		return doubtsText(f.Doubts) + "\nonce it is, " + text
	}
	if f.Questions > 0 {
		text += fmt.Sprintf(", and ask the vendor up to %s before", reports.Plural(f.Questions, "question"))
	}
	if f.Least == 0 {
		return text
	}
	takes, of := lengthText(f.Least), ""
	byDefault := fmt.Sprintf("%s, the default for %s,", vendors.FormatLimits(f.Vendor.Limits), f.Vendor.Title)
	if len(f.Limits) > 1 || len(f.Limits) == 0 && len(f.Vendor.Limits) > 1 {
		of = fmt.Sprintf(": %s decides", f.Slowest)
	}
	switch {
	case len(f.Limits) == 0:
		return fmt.Sprintf("%s; no limit is set, so they go as fast as %s answers; at %s they would take %s at least%s", text, f.Vendor.Title, byDefault, takes, of)
	case slices.Equal(f.Limits, f.Vendor.Limits):
		return fmt.Sprintf("%s; at %s that takes %s at least%s", text, byDefault, takes, of)
	}
	return fmt.Sprintf("%s; at %s that takes %s at least%s", text, vendors.FormatLimits(f.Limits), takes, of)
}

// doubtsText says why a run would send nothing.
func doubtsText(doubts []error) string {
	var lines []string
	for _, d := range doubts {
		lines = append(lines, fmt.Sprintf("a run would send nothing: %v\n  %s", d, problem.Hint(d)))
	}
	return strings.Join(lines, "\n")
}
