package pipeline

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

// DryRun is a [Sender] that sends nothing: with it an engine does everything else, and finds what would happen to every row. Rows fit to be sent
// are settled as Unsent with the code CodeReady, which go to the reporter like any other; the plan's store is only read, and its Run needs no ID.
// A DryRun serves one engine.
type DryRun struct {
	Found Found // gets the predicted states of all rows but those that are ready
	Run   int64 // the run in Found that gets them

	Questions journal.Seen                                  // empty, owned by the caller: recognises the questions that a run would ask, and people who are counted
	Online    bool                                          // ask the vendor's harmless questions, within the limits, the credentials first
	Ready     func(row source.Row, request vendors.Request) // called for each row that would be sent, one at a time; in input order unless Online. May be nil
	Unfit     func(row source.Row, faults []mapping.Fault)  // called with all faults of a row, in input order. May be nil

	// Mapped is called for each row that was mapped, in the order in which rows are placed, one at a time: with its customer, and the faults of its fields,
	// also those that it goes without. Not for broken rows, nor for rows that the job's where does not take. May be nil.
	Mapped func(row source.Row, customer *mapping.Customer, faults []mapping.Fault)

	LeftOut func(row source.Row, fields []journal.LeftOut) // called for each row that would be sent without fields, one at a time. May be nil

	// What `on_invalid` decides; called one at a time, may be nil:
	Saved   func(row source.Row, fields []journal.LeftOut) // a row that would be sent, and would be invalid with the fields
	Savable func(row source.Row, fields []journal.LeftOut) // an invalid row that would be sent without the fields if the job dropped what is invalid. nil: More is not found

	// The results, when the engine has run:
	More        int64            // how many rows more would be sent if the job dropped what is invalid: with Savable rows whom they sponsor, without rows that are duplicates then
	Asked       int64            // how many of the vendor's questions a run would ask, each distinct one counted once
	Credentials *vendors.Verdict // why the vendor did not take the credentials, or that they could not be tried; nil: it took them, or they were not tried
}

// Found takes what a dry run finds of rows, as [journal.Store.Append] takes records: in whatever order, and a row's own in theirs.
type Found interface {
	Append(ctx context.Context, run int64, recs []journal.Record) error
}

func (d *DryRun) serve(e *Engine) sender {
	run := &dryRun{Engine: e, of: d, doubts: map[int64][]journal.Record{}}
	e.plan.Run.ID, e.plan.Store = 0, dryStore{e.plan.Store, run}
	return run
}

// dryRun is the sender of a DryRun.
type dryRun struct {
	*Engine
	of *DryRun

	mu     sync.Mutex
	doubts map[int64][]journal.Record // by row: what other runs left in doubt, as carried

	other *otherChoice // nil: this is it, or nobody wants to know
}

// begin prepares the other choice, and tries the credentials. Where the vendor does not take them, nothing else is asked.
func (d *dryRun) begin(ctx context.Context) (err error) {
	if d.of.Savable != nil && d.plan.Policy.OnInvalid != mapping.DropInvalid {
		if d.other, err = newOtherChoice(ctx, d.Engine, d.of.Questions); err != nil {
			return err
		}
	}
	if !d.of.Online {
		return nil
	}
	if err := d.recollect(ctx); err != nil || !d.plan.Account.CanTry() {
		return err
	}
	pass := d.pass()
	if pass == nil {
		return nil
	}
	defer pass.drop()
	pass.sent()
	d.tally.change(func(now *Progress) { now.Requests++ })
	limited, cancel := context.WithTimeout(ctx, d.plan.Timeout)
	defer cancel()
	if d.of.Credentials = d.plan.Account.Try(limited, d.plan.Transport); d.of.Credentials != nil {
		pass.learn(*d.of.Credentials)
	}
	return nil
}

func (d *dryRun) intends() bool { return false }

// placing shows the row as it was mapped, and places it under the other choice, too.
func (d *dryRun) placing(ctx context.Context, t *task) error {
	d.mapped(t)
	if d.other == nil {
		return nil
	}
	sent, err := d.other.would(ctx, t)
	if !sent || err != nil {
		return err
	}
	d.of.More++
	if len(t.faults) > 0 {
		d.tell(d.of.Savable, t, leftOutOf(t.faults))
	}
	return nil
}

func (d *dryRun) mapped(t *task) {
	if d.of.Mapped == nil || t.row.Broken != nil || t.filtered || isInternal(t.faults) {
		return
	}
	faults := t.faults
	for _, f := range t.saved {
		faults = append(slices.Clip(faults), mapping.Fault{Code: f.Code, Field: f.Field})
	}
	d.of.Mapped(t.row, &t.customer, faults)
}

func (d *dryRun) unfit(t *task) {
	if d.of.Unfit != nil {
		d.of.Unfit(t.row, t.faults)
	}
}

// tell calls one of the functions about fields that a row is sent without.
func (d *dryRun) tell(to func(source.Row, []journal.LeftOut), t *task, fields []journal.LeftOut) {
	if to == nil || len(fields) == 0 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	to(t.row, fields)
}

func (d *dryRun) asks() bool { return d.of.Online && d.of.Credentials == nil }

// accept counts the row, and the questions that a run would ask because of the row. It does not ask for sponsors that are in the list.
func (d *dryRun) accept(t *task) (atOnce bool, err error) {
	if d.other != nil && d.other.differs {
		d.of.More--
	}
	if t.tries.doubted {
		return true, nil
	}
	questions := d.questions(t)
	if sponsor, _ := d.order.Sponsor(t.row.Number); sponsor == 0 {
		for _, q := range questions {
			first, err := d.of.Questions.First(d.plan.Key.Identity("question", q.Name, q.key), t.row.Number)
			if err != nil {
				return false, err
			}
			if first == t.row.Number {
				d.of.Asked++
			}
		}
	}
	return len(questions) == 0 || !d.asks(), nil
}

func (d *dryRun) question(hard context.Context, t *task, q question) (*mapping.Fault, bool) {
	if !d.asks() {
		return nil, true
	}
	return d.Engine.question(hard, t, q)
}

func (d *dryRun) send(_ context.Context, t *task) {
	if d.of.Ready != nil {
		d.mu.Lock()
		d.of.Ready(t.row, t.request)
		d.mu.Unlock()
	}
	d.tell(d.of.LeftOut, t, t.leftOut)
	d.tell(d.of.Saved, t, t.saved)
	d.fail(d.settle(t, journal.Record{Status: journal.Unsent, Code: CodeReady}))
}

// end records the rows that other runs left in doubt and that a run would hold.
func (d *dryRun) end(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, row := range slices.Sorted(maps.Keys(d.doubts)) {
		if err := d.of.Found.Append(ctx, d.of.Run, d.doubts[row]); err != nil {
			return err
		}
	}
	return nil
}

// dryStore is the journal of a dry run: what was before is the store's, what it writes itself goes to DryRun.Found.
type dryStore struct {
	journal.Store
	dry *dryRun
}

// Append keeps carried doubts until it is known whether they are held, and takes them back where the row would be sent.
func (s dryStore) Append(ctx context.Context, _ int64, recs []journal.Record) error {
	s.dry.mu.Lock()
	defer s.dry.mu.Unlock()
	var found []journal.Record // mostly none: a row that is ready is not kept
	for _, r := range recs {
		doubt, carried := s.dry.doubts[r.Row]
		switch {
		case r.Kind == journal.Intent || r.Code == CodeHeld:
			s.dry.doubts[r.Row] = append(doubt, r)
		case r.Status == journal.Unsent:
			delete(s.dry.doubts, r.Row)
		case r.Kind == journal.Settle && carried:
			s.dry.doubts[r.Row] = append(doubt[:1], r)
		case r.Kind == journal.Settle:
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return s.dry.of.Found.Append(ctx, s.dry.of.Run, found)
}

// Row knows no row of the dry run's own: it is asked before anything is carried.
func (s dryStore) Row(ctx context.Context, run, row int64) (none journal.RowState, known bool, err error) {
	if run == 0 {
		return none, false, nil
	}
	return s.Store.Row(ctx, run, row)
}

// Rows yields the carried doubts of rows that no earlier pass has sent.
func (s dryStore) Rows(ctx context.Context, run, from int64) iter.Seq2[journal.RowState, error] {
	if run != 0 {
		return s.Store.Rows(ctx, run, from)
	}
	s.dry.mu.Lock()
	defer s.dry.mu.Unlock()
	doubts := maps.Clone(s.dry.doubts)
	return func(yield func(journal.RowState, error) bool) {
		for _, row := range slices.Sorted(maps.Keys(doubts)) {
			recs := doubts[row]
			if !yield(journal.RowState{Record: recs[len(recs)-1], First: recs[0].At}, nil) {
				return
			}
		}
	}
}
