package terminal

import (
	"log/slog"
	"math"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline"
	"importer/pipeline/journal"
)

// fieldsOf are the fields of the log records that an event makes, besides time, level and msg: "event" is its stable name, the others are typed.
// docs/nights.md lists them. None holds a person's data, not even masked, nor a vendor's words.
func fieldsOf(event runs.Event) []slog.Attr {
	switch e := event.(type) {
	case runs.JournalOpened:
		return about("journal_opened", slog.String("path", e.Path), slog.Bool("sandbox", e.Sandbox), slog.Bool("account_known", e.AccountKnown))
	case runs.OldJournal:
		return about("old_journal", slog.String("path", e.Path), slog.Int("accounts", e.Accounts))
	case runs.FilesFound:
		return about("files_found", slog.String("input", e.Input), slog.Int("files", len(e.Files)), slog.Int("left_out", len(e.Others)))
	case runs.SettingMissing:
		return about("setting_missing", slog.String("setting", e.Setting.Name), slog.String("variable", e.Setting.Env))
	case runs.AccountUnknown:
		return about("account_unknown", slog.String("vendor", e.Vendor.Name))
	case runs.SandboxSettings:
		return about("sandbox_settings", slog.Any("replaced", e.Replaced))
	case runs.NewColumns:
		return about("new_columns", slog.Any("columns", e.Names))
	case runs.WaitingForAccount:
		return about("waiting", slog.Time("until", e.Until.UTC()))
	case runs.InputRead:
		return about("input_read", slog.String("path", e.File.Title), slog.Int64("size", e.File.Size), slog.String("sha256", e.File.SHA256),
			slog.String("format", e.File.Format), slog.String("encoding", e.File.Encoding), slog.Int("columns", len(e.File.Header)),
			slog.Int64("hidden_rows", e.File.HiddenRows), slog.Int64("hidden_columns", e.File.HiddenColumns), slog.Bool("skips_hidden", e.File.SkipsHidden()))
	case runs.EncodingDoubted:
		return about("encoding_doubted", slog.String("path", e.File.Title), slog.Any("candidates", e.File.Doubt.Candidates))
	case runs.RunBegun:
		return about("run_begun", slog.String("vendor", e.Vendor.Name), slog.String("url", e.URL), slog.String("folder", e.Run.Folder),
			slog.String("limits", runs.LimitText(e.Limits, e.Workers)), slog.Int("workers", e.Workers))
	case runs.RunResumed:
		return about("run_resumed", slog.String("vendor", e.Run.Vendor), slog.String("folder", e.Run.Folder), slog.Int64("settled", e.Settled),
			slog.Int64("rows", e.Rows), slog.Bool("reports_pending", e.ReportsPending))
	case runs.StartingOver:
		return about("starting_over", slog.String("unfinished", e.Unfinished.Name))
	case runs.Superseding:
		return about("superseding", slog.String("superseded", e.Run.Name), slog.Int64("settled", e.Settled))
	case runs.ReportsIncomplete:
		return about("reports_incomplete", slog.String("unreported", e.Run.Name), slog.String("command", e.Report))
	case runs.RunUnfinished:
		return about("run_unfinished", slog.String("unfinished", e.Run.Name), slog.Int64("settled", e.Settled), slog.Int64("in_doubt", e.InDoubt),
			slog.Int("more", e.More), slog.String("command", e.Resume))
	case runs.RunUntold:
		return about("run_untold", slog.String("untold", e.Run.Name), slog.Int64("earlier", e.Earlier), slog.String("results", e.Results))
	case runs.JobChanged:
		return about("job_changed")
	case runs.RowsChosen:
		return about("rows_chosen", slog.String("of", e.Of.Name), slog.Int64("rows", e.Rows))
	}
	return ruleFields(event)
}

// ruleFields are those of what is said about rows in doubt and the order of rows.
func ruleFields(event runs.Event) []slog.Attr {
	switch e := event.(type) {
	case runs.DoubtPolicy:
		policy := "retry"
		if e.Policy == pipeline.DoubtHold {
			policy = "hold"
		}
		return about("doubt_policy", slog.String("policy", policy), slog.String("vendor", e.Vendor.Name))
	case runs.DoubtsElsewhere:
		return about("doubts_elsewhere", slog.Int64("people", e.People), slog.String("of", e.Run.Name), slog.Int64("row", e.Row), slog.String("command", e.Settle))
	case runs.DoubtsCarried:
		return about("doubts_carried", slog.Int64("rows", e.Rows), slog.String("vendor", e.Vendor.Name))
	case runs.DoubtsOfFile:
		return about("doubts_of_file", slog.Bool("resent", e.Resent))
	case runs.FailedFileCompared:
		return about("failed_file_compared", slog.String("file", e.File), slog.Int64("rows", e.Rows), slog.Bool("accepted", e.Accepted))
	case runs.IdentityDiffers:
		return about("identity_differs", slog.String("earlier", e.Earlier), slog.String("now", e.Now))
	case runs.SponsorsOrdered:
		return about("sponsors_ordered", slog.Int64("inside", e.Inside), slog.Int64("outside", e.Outside), slog.Int64("cyclic", e.Cyclic), slog.Int("passes", e.Passes))
	}
	return runFields(event)
}

// runFields are those of what happens while rows are processed and afterwards.
func runFields(event runs.Event) []slog.Attr {
	switch e := event.(type) {
	case runs.RowSettled:
		return append(about("row_settled"), rowFields(e.Record)...)
	case runs.Crashed:
		return about("crashed", slog.String("trace", e.Trace))
	case runs.StoppedEarly:
		return about("stopped_early", slog.Int64("row", e.Outcome.Row), slog.String("code", e.Outcome.Verdict.Code), countsField(e.Outcome.Counts))
	case runs.LeftAtOnce:
		return about("left_at_once", append(leftFields(e), slog.String("command", e.Resume))...)
	case runs.CredentialsTried:
		code := "accepted"
		switch {
		case !e.Tried:
			code = "not_tried"
		case e.Verdict != nil:
			code = e.Verdict.Code
		}
		return about("credentials_tried", slog.String("vendor", e.Vendor.Name), slog.String("code", code))
	case runs.SampleSent:
		return about("sample_sent", slog.Int64("rows", e.Rows), slog.Bool("continues", e.Go), slog.String("command", e.Resume))
	case runs.FieldNoted:
		return about("field_noted", slog.String("code", e.Note.Code), slog.String("field", e.Note.Field), slog.Int64("cells", e.Note.Cells))
	case runs.FieldRead:
		f := e.Field
		return about("field_read", slog.String("field", f.Name), slog.Int64("filled", f.Filled), slog.Int64("empty", f.Empty), slog.Int64("invalid", f.Invalid),
			slog.Int64("distinct", f.Distinct), slog.Int64("odd", f.OddCells()), slog.Int64("suspicious", f.SuspiciousCells()))
	case runs.FailedKept:
		return about("failed_kept", slog.String("failed", e.Failed), slog.String("kept", e.Kept), slog.String("command", e.Retry))
	case runs.ReportsUnfinished:
		return about("reports_unfinished", slog.String("command", e.Report))
	}
	return about("notice")
}

// leftFields say what is in doubt after leaving at once, as the text does: in_doubt is -1 where the journal cannot be read.
func leftFields(e runs.LeftAtOnce) []slog.Attr {
	return []slog.Attr{slog.Int64("in_doubt", e.InDoubt), slog.Any("rows", append([]int64{}, e.Rows...)), slog.String("results", e.Results), slog.String("report", e.Report)}
}

// about are fields with the name of their event in front.
func about(event string, fields ...slog.Attr) []slog.Attr {
	return append([]slog.Attr{slog.String("event", event)}, fields...)
}

// runOf is the name of the run that an event begins or continues; "" of any other.
func runOf(event runs.Event) string {
	switch e := event.(type) {
	case runs.RunBegun:
		return e.Run.Name
	case runs.RunResumed:
		return e.Run.Name
	}
	return ""
}

// rowFields is what is said of a row: no identity, not even masked, and nothing in the vendor's words.
func rowFields(r journal.Record) []slog.Attr {
	fields := []slog.Attr{slog.Int64("row", r.Row), slog.String("status", r.Status.String()), slog.String("code", r.Code)}
	if r.HTTPStatus != 0 {
		fields = append(fields, slog.Int("http_status", r.HTTPStatus))
	}
	return append(fields, slog.Int("attempts", r.Attempt), slog.Int64("elapsed_ms", r.Elapsed.Milliseconds()))
}

// progressFields are those of a snapshot: rows and requests so far, and how fast it goes.
func progressFields(s runs.Snapshot) []slog.Attr {
	fields := about("progress", slog.Int64("rows", s.Counts.Sum()), countsField(s.Counts), slog.Float64("rate", math.Round(s.Rate*10)/10),
		slog.Int64("requests", s.Requests), slog.Int64("in_flight", s.InFlight))
	if s.LeftKnown {
		fields = append(fields, slog.Float64("seconds_left", s.Left.Round(time.Second).Seconds()))
	}
	if s.HeldTill.After(s.Now) {
		fields = append(fields, slog.Time("held_until", s.HeldTill.UTC()), slog.String("held", s.Held))
	}
	return fields
}

// countsField has a number for every status.
func countsField(c journal.Counts) slog.Attr {
	var each []any
	for _, status := range journal.Statuses() {
		each = append(each, slog.Int64(status.String(), c[status]))
	}
	return slog.Group("counts", each...)
}
