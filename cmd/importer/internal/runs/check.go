package runs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"importer/mapping"
	"importer/mapping/profile"
	"importer/mapping/suggest"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/spill"
	"importer/pipeline/journal/stores"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// CheckRequest asks for everything but sending.
type CheckRequest struct {
	Request
	Inputs []string // as for StartRequest
	Online bool     // ask the vendor what can be asked without harm: credentials, sponsors
}

// Forecast is what a check says of a run.
type Forecast struct {
	Ready     int64           // requests that it would make
	Questions int64           // questions that it would ask the vendor at most
	Limits    []vendors.Limit // that a run into the account itself would keep, also where this check is of the sandbox; none: without a limit
	Vendor    *vendors.Vendor
	Least     time.Duration // it takes at least at Limits or, without, at the vendor's own; 0 without requests
	Slowest   vendors.Limit // the one of them that makes it so
	Doubts    []error       // why a run would send nothing: inputs whose encoding is not certain
}

// Check reads every row, maps and checks it, writes the files that a run writes, and says what a run would cost. Nothing is sent.
func (s *Service) Check(ctx context.Context, r CheckRequest) (result Result, err error) {
	c := s.call(r.Request)
	c.hold()
	defer c.release()
	p := plan{purpose: forChecking, inputs: s.inputsOf(r.Inputs)}
	if r.Online {
		p.purpose = forAsking
	}
	setup, err := c.setUp(ctx, p)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, setup.close()) }()
	return c.check(ctx, setup, r.Online)
}

func (c *call) check(ctx context.Context, s *setup, online bool) (result Result, err error) {
	ws, err := c.workspaceForCheck(ctx, s)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	c.release()
	x, err := c.beginCheck(s, ws)
	if err != nil {
		return result, err
	}
	held := &spill.States{}
	defer func() { err = errors.Join(err, held.Close()) }()
	if online {
		unlock, _, err := c.lock(ctx, s, ws) // its questions count against the limits of a run that is under way
		if err != nil {
			return result, err
		}
		defer func() { err = errors.Join(err, unlock()) }()
	}
	began := c.Now()
	f, err := x.predict(ctx, held, online)
	if err != nil {
		return result, x.explain(err)
	}
	outcome := f.outcome
	if outcome.Reason == pipeline.Drained || outcome.Reason == pipeline.Cut {
		return result, ErrInterrupted
	}
	x.emitWhyStopped(outcome)
	pace := reports.Pace{Duration: c.Now().Sub(began), Rows: outcome.Counts.Sum(), Requests: f.requests}
	m := x.material(session{outcome: outcome, pace: pace})
	m.States, m.Predicted, m.RowsRead = held, true, outcome.Counts.Sum()
	m.Next = func(int64) []reports.Command { return x.afterCheck(outcome, f) }
	m.Faults, m.Messages, m.LeftOut, m.Profile = f.faults.sums(), f.faults.causes, &f.leftOut, f.profile.Masked()
	m.Optional = &reports.OptionalFaults{Rejected: f.savable.Share(), More: f.more, Dropped: f.saved.Share()}
	if outcome.Reason != pipeline.Finished {
		m.RowsRead = 0
	}
	if len(s.inDoubt(encodingOfList)) > 0 {
		m.Exit, m.Meaning = reports.ExitData, "which encoding the list is in must be said first; a run would send nothing."
	}
	if online {
		x.emit(CredentialsTried{s.vendor, s.account.CanTry(), f.credentials})
		if v := f.credentials; v != nil && v.Class == vendors.Fatal {
			m.Exit, m.Meaning = reports.ExitFatal, "the vendor refuses the credentials; no row was sent."
		}
	} else {
		m.Limits = "" // it ran at none
	}
	summary, err := reports.Write(ctx, m)
	if err != nil {
		return result, storage(err)
	}
	x.emitRead(f.profile)
	return x.reported(summary, x.forecast(f)), nil
}

// emitRead tells what was read of each field.
func (x *execution) emitRead(p *profile.Profile) {
	fields := p.Fields()
	for i, f := range fields {
		read := FieldRead{Field: f, First: i == 0, Last: i == len(fields)-1, Several: len(x.run.Inputs) > 1}
		if read.Last {
			read.NotRead = x.notRead()
		}
		x.emit(read)
	}
}

// notRead are the columns that nothing is read from, those that are named like a field first.
func (x *execution) notRead() []string {
	header, used := x.setup.set.Header, x.setup.mapper.Columns()
	var named, others []string
	for i, f := range suggest.Named(header) {
		switch {
		case slices.Contains(used, i) || strings.HasPrefix(header[i], mapping.ImportPrefix):
		case f != mapping.NoField:
			named = append(named, header[i])
		default:
			others = append(others, header[i])
		}
	}
	return append(named, others...)
}

// workspaceForCheck is the journal where there is one, so that people whom earlier runs created are known; a check makes none.
func (c *call) workspaceForCheck(ctx context.Context, s *setup) (*workspace, error) {
	if err := c.refuseOld(s); err != nil {
		return nil, err
	}
	if s.place.kind == runPlace || missing(s.place) {
		if s.place.kind != runPlace {
			c.first(JournalOpened{Path: c.shown(s.place.url)})
		}
		return &workspace{Service: c.Service, store: stores.None(), key: journal.NewKey(nil), place: s.place, dir: c.absolute(s.place.out)}, nil
	}
	ws, err := c.openWorkspace(s.place)
	if err != nil {
		return nil, err
	}
	if err := c.emitJournal(ctx, s, ws); err != nil {
		return nil, errors.Join(err, ws.close())
	}
	return ws, nil
}

// beginCheck makes the folder, and a run that is in no journal.
func (c *call) beginCheck(s *setup, ws *workspace) (*execution, error) {
	name, err := c.makeFolder(s, ws.place.out, "check-", nobody)
	if err != nil {
		return nil, err
	}
	run := c.record(s, ws, c.absolute(filepath.Join(ws.place.out, name)))
	n := note{Version: noteVersion, Job: s.jobPath, Inputs: s.inputs, Asked: s.asked, Sandbox: s.sandbox != nil, State: s.options.SandboxState}
	run.Job = s.digest(ws)
	if run.Note, err = json.Marshal(n); err != nil {
		return nil, err
	}
	run = run.Begun()
	run.ID = 1
	x := &execution{call: c, setup: s, workspace: ws, run: run, note: n, predicted: true}
	x.emitInputs()
	return x, nil
}

// prediction is what a check found.
type prediction struct {
	outcome     pipeline.Outcome
	ready       int64 // rows that would be sent
	requests    int64 // sent by the check
	questions   int64 // that a run would ask the vendor
	credentials *vendors.Verdict
	faults      faults
	leftOut     reports.LeftOut // rows that would be sent without fields
	saved       reports.LeftOut // of these, rows that would be invalid otherwise
	savable     reports.LeftOut // invalid rows that would be sent without fields if the job said so
	more        int64           // how many rows more would be sent then
	profile     *profile.Profile
}

// forecast says what the run would cost whose check this was. A sandbox has limits of its own, which say nothing of the vendor's.
func (x *execution) forecast(p prediction) *Forecast {
	f := &Forecast{Ready: p.ready, Questions: p.questions, Limits: x.setup.limits, Vendor: x.setup.vendor, Doubts: x.setup.inDoubt(encodingOfList)}
	if x.setup.sandbox != nil {
		f.Limits = x.setup.liveLimits(x.LookupEnv)
	}
	at := f.Limits
	if len(at) == 0 {
		at = f.Vendor.Limits
	}
	least, by := slowest(at, f.Ready+f.Questions)
	if least > 0 {
		f.Least, f.Slowest = max(least, time.Second), by
	}
	return f
}

// predict takes every row through the engine, with a sender that sends nothing.
func (x *execution) predict(ctx context.Context, held *spill.States, online bool) (f prediction, err error) {
	questions, err := x.workspace.store.Seen()
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, questions.Close()) }()
	f.faults, f.profile = faults{files: x.run.Inputs}, profile.New(x.setup.mapper, x.setup.set.Header)
	dry := &pipeline.DryRun{Found: held, Run: x.run.ID, Questions: questions, Online: online, Unfit: f.faults.add}
	dry.LeftOut = func(row source.Row, fields []journal.LeftOut) { f.leftOut.Add(sampleOf(row, x.run.Inputs), fields) }
	dry.Saved = func(row source.Row, fields []journal.LeftOut) { f.saved.Add(sampleOf(row, x.run.Inputs), fields) }
	dry.Savable = func(row source.Row, fields []journal.LeftOut) { f.savable.Add(sampleOf(row, x.run.Inputs), fields) }
	dry.Mapped = func(row source.Row, c *mapping.Customer, faults []mapping.Fault) {
		f.profile.Add(profile.Place(sampleOf(row, x.run.Inputs)), row.Cells, c, faults)
	}
	dry.Ready = func(row source.Row, request vendors.Request) {
		if f.ready++; f.ready <= x.setup.options.Show {
			x.emit(RequestReady{row, request})
		}
	}
	outcome, p, err := x.process(ctx, nil, func(plan *pipeline.Plan) { plan.Sender, plan.MaxErrors = dry, pipeline.Threshold{} }, func() error { return nil })
	f.outcome, f.requests, f.questions, f.credentials, f.more = outcome, p.Requests, dry.Asked, dry.Credentials, dry.More
	x.run.State, x.run.Ended = f.outcome.Reason.State(), x.Now().UTC()
	return f, err
}

// afterCheck is what to type after a check. It offers what is fit, and the rows that would be without their invalid optional values.
func (x *execution) afterCheck(o pipeline.Outcome, p prediction) []reports.Command {
	if len(x.setup.inDoubt(encodingOfList)) > 0 {
		return nil // a run would be refused, and what to say first is the person's choice
	}
	why := "send them"
	switch left := o.Counts[journal.Invalid] + o.Counts[journal.Duplicate]; {
	case left > 0 && p.ready == 0:
		why = "fix the list, and send it then"
	case left > 0:
		why = "fix the list, or send the rows that are fit now and the others later"
	}
	send := x.again()
	if x.setup.sandbox != nil {
		why += " (to the sandbox, as this check)"
	} else {
		send = x.withVariables(send)
	}
	list := []reports.Command{{Why: why, Type: send}}
	if p.more > 0 {
		list = append(list, reports.Command{
			Why: fmt.Sprintf("or send %s more, without their invalid optional values", reports.Plural(p.more, "row")), Type: send + " --on-invalid drop",
		})
	}
	return list
}
