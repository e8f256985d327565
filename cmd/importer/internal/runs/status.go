package runs

import (
	"cmp"
	"context"
	"errors"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// StatusRequest asks what happened to the people of a list over all of its runs.
type StatusRequest struct {
	Request
	Of string // a list, by its path, or a run: number, name or folder; "" for the newest run
	To string // the file that gets the open rows; "" for one in the folder of the newest run
}

// StatusResult is one view over the life of a list. In every account that it went to it is another life.
type StatusResult struct {
	Exit  reports.ExitCode `json:"exit_code"` // ExitInDoubt, ExitFailures or ExitOK: rows in doubt, open ones, none
	Lists []ListStatus     `json:"lists"`     // the account with the newest run first
}

// ListStatus is what happened to the people of a list in one account. Each is counted once, however many rows and runs name them:
// People = Registered + There + Accepted + Open.
type ListStatus struct {
	Inputs     []string          `json:"inputs"` // of the newest run over the list itself
	Vendor     string            `json:"vendor"`
	Account    string            `json:"account"`
	Sandbox    bool              `json:"sandbox,omitzero"`
	People     int64             `json:"people"`
	Registered int64             `json:"registered"`            // some run of the account created them
	There      int64             `json:"already_there"`         // the vendor says that it had them before
	Accepted   int64             `json:"counted_as_ok"`         // their code counts as success (--ok)
	Open       int64             `json:"open"`                  // all others
	OpenBy     journal.Counts    `json:"open_by_status"`        // what they are
	Elsewhere  int64             `json:"registered_elsewhere"`  // of Registered: by runs that are not among Runs
	Duplicates int64             `json:"rows_repeating"`        // rows of the list that name a person again
	Filtered   int64             `json:"rows_filtered"`         // rows of the list that the job does not take
	Gone       int64             `json:"no_longer_there"`       // people who were open and whom the list does not name any more; not among People
	Causes     []Cause           `json:"causes"`                // why people are open, the most frequent first
	Runs       []Contribution    `json:"runs"`                  // what was added up, oldest first
	Unread     string            `json:"unread,omitempty"`      // why rows that the newest run over the list did not reach are not counted
	UnderWay   string            `json:"under_way,omitempty"`   // the run of the account that is under way; the numbers are those of a moment, and nothing is to be typed
	At         time.Time         `json:"at,omitzero"`           // that moment
	InFlight   int64             `json:"in_flight,omitzero"`    // of Open, and there among the unsent: people whose row is sent, and not answered yet
	File       *reports.Exported `json:"open_file,omitempty"`   // the open rows; nil where there are none, or they could not be written
	NotWritten error             `json:"-"`                     // why they could not
	WhyNot     string            `json:"not_written,omitempty"` // the same in words
	Next       []reports.Command `json:"next"`
}

// Cause is a reason why people are open.
type Cause struct {
	Status  journal.Status `json:"status"`
	Code    string         `json:"code"`
	Field   string         `json:"field,omitempty"`
	People  int64          `json:"people"`
	Hint    string         `json:"hint"`
	Command string         `json:"command"` // to type when that is done; "" while a run is under way
}

// Contribution is what one run added.
type Contribution struct {
	ID         int64     `json:"id"`
	Name       string    `json:"name"`
	Started    time.Time `json:"started_at"`
	State      string    `json:"state"`        // complete, stopped, interrupted, running, crashed
	Of         []string  `json:"of,omitempty"` // the runs whose rows it sent again; none for a run over the list itself
	Registered int64     `json:"registered"`   // people whom it registered
	Open       int64     `json:"says_open"`    // open people of whom it says last what they are
}

// Status adds up a run and everything that followed it: runs that sent its rows again, and later runs over the same list. Of a list it takes the newest
// run over it. The open rows are written into a file that can be sent again; nothing else is changed, and nothing is sent.
func (s *Service) Status(ctx context.Context, r StatusRequest) (result StatusResult, err error) {
	c := s.call(r.Request)
	ws, err := c.findWorkspace(c.journalOf(ctx, r.Of))
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	families, err := c.familiesOf(ctx, ws, r.Of)
	if err != nil {
		return result, err
	}
	if r.To != "" && len(families) > 1 {
		return result, usage("the list went to several accounts, and --to names one file", "name a run instead of the list")
	}
	for _, f := range families {
		list, err := c.statusOf(ctx, ws, f, r.To)
		if err != nil {
			return result, cmp.Or(context.Cause(ctx), err)
		}
		result.Lists = append(result.Lists, list)
		result.Exit = max(result.Exit, list.exit())
	}
	return result, nil
}

// exit says whether something is left to do.
func (l ListStatus) exit() reports.ExitCode {
	switch {
	case l.OpenBy[journal.InDoubt] > 0:
		return reports.ExitInDoubt
	case l.Open > 0, l.Unread != "":
		return reports.ExitFailures
	}
	return reports.ExitOK
}

// view is a family while it is looked at.
type view struct {
	*call
	*family
	ws     *workspace
	newest *execution // of the newest run over the list itself; nil where its input is not as it was
	people *people
	fixed  map[journal.Digest]journal.Status // what happened to rows that somebody fixed, by their content before; nil until it is asked for
	doubts map[rowName]pipeline.Origin       // of the rows of people in doubt: the row of another run that left them so, where they are in doubt by that alone
	list   ListStatus
	moment moment

	readers []*rowReader // of the members; nil until a row is asked for
}

func (c *call) statusOf(ctx context.Context, ws *workspace, f *family, to string) (_ ListStatus, err error) {
	v := &view{call: c, family: f, ws: ws}
	defer v.closeReaders()
	base := f.members[f.base]
	v.list = ListStatus{Vendor: base.run.Vendor, Account: base.run.Account, Sandbox: base.note.Sandbox, Causes: []Cause{}, Next: []reports.Command{}}
	for _, in := range base.note.Inputs {
		v.list.Inputs = append(v.list.Inputs, in.title())
	}
	var unread error
	if v.newest, unread = (&call{Service: c.Service}).recall(ctx, ws, base.run, forReading); unread == nil {
		defer func() { err = errors.Join(err, v.newest.close()) }()
	} else if ctx.Err() != nil {
		return v.list, context.Cause(ctx)
	}
	if v.people, err = newPeople(ws.store); err != nil {
		return v.list, err
	}
	defer func() { err = errors.Join(err, v.people.seen.Close()) }()
	if err := v.findMoment(ctx); err != nil {
		return v.list, err
	}
	if err := v.count(ctx, unread); err != nil {
		return v.list, err
	}
	if err := v.sum(); err != nil {
		return v.list, err
	}
	return v.list, v.writeOpen(ctx, to)
}
