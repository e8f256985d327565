package runs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// Finding is what a person found out about rows in doubt.
type Finding uint8

// The findings; there is no default.
const (
	FoundCreated    Finding = iota + 1 // the vendor has the person
	FoundNotCreated                    // the vendor does not; the row may be sent again
)

// ruling is what the journal records for a finding: a status, and a code that distinguishes it from an answer of the vendor.
func (f Finding) ruling() (journal.Status, string) {
	if f == FoundCreated {
		return journal.Created, pipeline.CodeSettledCreated
	}
	return journal.Unsent, pipeline.CodeSettledNotCreated
}

// SettleRequest says what a person found out about rows in doubt.
type SettleRequest struct {
	Request
	Run     string // number, name or folder
	Rows    []int64
	Finding Finding
}

// SettleResult says what was written down.
type SettleResult struct {
	Run     journal.Run
	Settled []SettledRow // in row order
	Already []int64      // rows that were so already
	Also    []HeldRow    // the same people, in doubt in other runs of the account
	Next    []reports.Command
	Summary reports.Summary // of the files written again; zero where Files is not nil
	Files   error           // why the files could not be written again; what was said is recorded all the same
}

// SettledRow is a row that a person has settled, and what it was before.
type SettledRow struct {
	Row  int64
	Was  journal.Status
	Code string
}

// HeldRow is a row in doubt of another run about the person of a row.
type HeldRow struct {
	Row   int64 // the row that was settled
	Run   journal.Run
	InRun int64 // the row of that run
}

// Settle records what a person found out about rows in doubt: all of them, or none where one is not in doubt. Then it writes the run's files again.
func (s *Service) Settle(ctx context.Context, r SettleRequest) (result SettleResult, err error) {
	c := s.call(r.Request)
	ws, err := c.findWorkspace(r.Run)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	if result.Run, err = ws.find(ctx, r.Run, nil); err != nil {
		return result, err
	}
	lock, _, err := c.acquire(ctx, c.waits(), func() (*journal.Lock, error) { return ws.lock(result.Run.Account) }) // a run under way settles its rows by itself
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	rows := slices.Clone(r.Rows)
	slices.Sort(rows)
	states, err := c.rule(ctx, ws, &result, slices.Compact(rows), r.Finding)
	if err != nil {
		return result, err
	}
	if result.Also, err = ws.alsoInDoubt(ctx, result.Run, states); err != nil {
		return result, err
	}
	return result, c.rewrite(ctx, ws, &result, r.Finding)
}

// rule records the finding for rows, for all or none, and returns the rows as they were. Rows that are so already are passed over.
func (c *call) rule(ctx context.Context, ws *workspace, result *SettleResult, rows []int64, found Finding) (was []journal.RowState, err error) {
	to, code := found.ruling()
	var rulings []journal.Record
	var faults []error
	for _, n := range rows {
		s, _, err := ws.store.Row(ctx, result.Run.ID, n)
		if err != nil {
			return nil, err
		}
		status, why := s.Reported()
		switch {
		case s.Kind == 0:
			faults = append(faults, unusable(fmt.Sprintf("row %d of run %s was not reached, or is none of its rows", n, result.Run.Name), notInDoubt))
		case isSettledAs(s, to):
			result.Already = append(result.Already, n)
		case !pipeline.MaySettle(s):
			faults = append(faults, unusable(fmt.Sprintf("row %d of run %s is not in doubt: it is %s (%s)", n, result.Run.Name, status, reports.Shown(why)), notInDoubt))
		default:
			was = append(was, s)
			result.Settled = append(result.Settled, SettledRow{n, status, why})
			rulings = append(rulings, journal.Record{Kind: journal.Ruling, Row: n, Attempt: s.Attempt, At: c.Now().UTC(), Status: to, Code: code,
				Message: journal.WithLeftOut(journal.ReadLeftOut(s.Message), "said by a person"+userNumber())})
		}
	}
	if len(faults) > 0 || len(rulings) == 0 {
		return nil, errors.Join(faults...)
	}
	return was, ws.store.Append(ctx, result.Run.ID, rulings)
}

const notInDoubt = "only rows in doubt are settled by a person: those with status in_doubt in " + reports.ResultsName + "; nothing was written down"

// isSettledAs reports whether the journal has the row so already, whether a person or an answer said so.
func isSettledAs(s journal.RowState, to journal.Status) bool {
	if to == journal.Unsent {
		return s.Kind == journal.NotRegistered
	}
	return s.Kind == journal.Settle && s.Status == to
}

// userNumber is who says it, as far as the system knows, without a name.
func userNumber() string {
	if uid := os.Getuid(); uid >= 0 {
		return fmt.Sprintf(" (user number %d)", uid)
	}
	return ""
}

// alsoInDoubt finds the same people in other runs of the account: a row that is in doubt there holds them back as well.
func (ws *workspace) alsoInDoubt(ctx context.Context, r journal.Run, settled []journal.RowState) (list []HeldRow, err error) {
	people := map[journal.Digest]int64{}
	for _, s := range settled {
		if s.Identity != (journal.Digest{}) {
			people[s.Identity] = s.Row
		}
	}
	runs, err := ws.store.Runs(ctx)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	for _, other := range runs {
		if other.Account != r.Account || other.ID == r.ID {
			continue
		}
		for s, err := range ws.store.Rows(ctx, other.ID, 1) {
			if err != nil {
				return nil, err
			}
			if status, _ := s.Reported(); people[s.Identity] > 0 && status == journal.InDoubt {
				list = append(list, HeldRow{people[s.Identity], other, s.Row})
			}
		}
	}
	return list, nil
}

// rewrite writes the run's files again and finds what to type next. What was said is durable before; the files can be written at any time.
func (c *call) rewrite(ctx context.Context, ws *workspace, result *SettleResult, found Finding) (err error) {
	x, err := c.recall(ctx, ws, result.Run, forReading)
	if err != nil {
		if result.Run.State != journal.Superseded { // whose input has changed: its files stay as they are
			result.Files = err
		}
		return nil //nolint:nilerr // what was said is recorded
	}
	defer func() { err = errors.Join(err, x.close()) }()
	outcome, err := x.recount(ctx)
	if err != nil {
		return err
	}
	if err = os.MkdirAll(x.folder(), 0o700); err == nil {
		result.Summary, err = reports.Write(ctx, x.material(session{outcome: outcome}))
	}
	if err != nil {
		result.Summary, result.Files = reports.Summary{}, err
		return nil //nolint:nilerr // what was said is recorded
	}
	x.emitKept(result.Summary)
	result.Next = result.Summary.Next
	if found == FoundNotCreated && !x.note.gone() {
		how := x.command("resume", result.Run.Name)
		if result.Run.State == journal.Superseded {
			how = x.again()
		}
		result.Next = []reports.Command{{Why: "send what was not created", Type: how}}
	}
	return result.Summary.Check()
}
