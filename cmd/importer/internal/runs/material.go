package runs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// report writes the files of the run and tells the summary.
func (x *execution) report(ctx context.Context, went session) (Result, error) {
	summary, err := reports.Write(ctx, x.material(went))
	switch {
	case err == nil:
		return x.reported(summary, nil), nil
	case ctx.Err() != nil:
		x.emit(ReportsUnfinished{x.command("report", x.named())})
		return x.result(reports.ExitInterrupted), nil //nolint:nilerr // an interrupt is an outcome, not an error
	case errors.Is(err, source.ErrChanged):
		return Result{}, x.explain(err)
	}
	return Result{}, asStorage(err)
}

// reported tells what was written.
func (x *execution) reported(summary reports.Summary, f *Forecast) Result {
	x.emitKept(summary)
	if x.setup.mapper != nil {
		for _, note := range x.setup.mapper.Notes() {
			x.emit(FieldNoted{note})
		}
	}
	x.emit(Reported{summary, f})
	result := x.result(summary.Exit)
	result.Summary = summary
	return result
}

// emitKept tells where a failed file is that a person had edited.
func (x *execution) emitKept(s reports.Summary) {
	if s.Kept != "" {
		kept := filepath.Base(s.Kept)
		x.emit(FailedKept{Failed: filepath.Base(s.Files.Failed), Kept: kept, Retry: x.command("retry", filepath.Join(x.folder(), kept))})
	}
}

func (x *execution) material(went session) reports.RunData {
	s, codes := x.setup, x.setup.hints()
	return reports.RunData{
		Folder: x.folder(), Run: x.run, Sums: s.sums(), States: x.workspace.store,
		Open:   func(context.Context) (reports.Rows, error) { return x.rows() },
		Format: s.form(), Key: s.shownKey(), OK: s.options.OK, NewColumns: s.unmapped(), Known: x.known(), ExitKnown: s.options.ExitKnown, Again: !x.note.plain(),
		Hint:        func(code string) string { return codes[code] },
		HintLeftOut: func(code string) string { return cmp.Or(pipeline.LeftOutHint(code), codes[code]) },
		Exit:        exitOf(went.outcome), RowsRead: went.read, Pace: went.pace,
		Limits: LimitText(s.limits, s.options.Workers), Next: func(failed int64) []reports.Command { return x.next(went.outcome, failed) }, Meaning: x.meaningOf(went.outcome),
	}
}

// sums are the SHA-256 of the inputs, which the journal does not have.
func (s *setup) sums() (list []string) {
	for _, f := range s.set.Files {
		list = append(list, f.SHA256)
	}
	return list
}

// known says of a failed row whether an earlier run of the account found the same, or an earlier start of this one, and somebody got a report of that.
// A check comes after all runs.
func (x *execution) known() func(context.Context, journal.Record) (bool, error) {
	first := x.run.ID
	if x.predicted {
		first = math.MaxInt64
	}
	var audience *audience
	return func(ctx context.Context, r journal.Record) (known bool, err error) {
		if x.told.Has(r.Row) {
			return true, nil
		}
		if audience == nil {
			if audience, err = x.workspace.audience(ctx); err != nil {
				return false, err
			}
		}
		list, err := x.workspace.store.Known(ctx, x.run.Account, r.Content)
		told := func(run int64) bool { return run < first && audience.heard(run) }
		return slices.ContainsFunc(list, func(k journal.Known) bool { return k.Status == r.Status && (told(k.First) || told(k.Run)) }), err
	}
}

// LimitText says what a run is held to: "20/s, 8 workers".
func LimitText(limits []vendors.Limit, workers int) string {
	return fmt.Sprintf("%s, %s", vendors.FormatLimits(limits), reports.Plural(int64(workers), "worker"))
}

func exitOf(o pipeline.Outcome) reports.ExitCode {
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

// meaningOf says more of an exit code than the code does, where there is more to say.
func (x *execution) meaningOf(o pipeline.Outcome) string {
	if o.Reason == pipeline.Sampled {
		return fmt.Sprintf("stopped after the sample of %s; the others go when you say so.", reports.Plural(x.setup.options.Sample, "row"))
	}
	return ""
}

// form makes failed.csv what its input was.
func (s *setup) form() reports.Format {
	form := reports.Format{Header: s.set.Header, JSONL: true}
	for _, f := range s.set.Files {
		if f.Tabular() {
			form.JSONL = false
			form.Comma = cmp.Or(f.Comma(), ',')
			break
		}
	}
	for _, i := range s.mapper.HiddenColumns() {
		form.Secret = append(form.Secret, s.set.Header[i])
	}
	return form
}

// shownKey shows what makes a row a person: masked, or in clear where the person asked for that.
func (s *setup) shownKey() func([]string) string {
	identity := s.vendor.Identity
	return func(cells []string) string {
		customer, _ := s.mapper.MapOnly(cells, identity...)
		for _, f := range identity {
			switch value := customer.Text(f); {
			case value == "":
			case s.options.ShowKeys:
				return value
			default:
				return mapping.Mask(f, value)
			}
		}
		return ""
	}
}
