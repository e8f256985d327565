package runs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// RetryRequest asks to send failed rows again.
type RetryRequest struct {
	Request
	Of   string       // a run (number, name or folder), its results.csv, or a failed file
	Pick reports.Pick // which rows; zero: those that are chosen by themselves

	AcceptChanges bool // of a failed file: send cells that a spreadsheet seems to have changed
}

// named reports whether the person chose rows.
func (r RetryRequest) named() bool { return len(r.Pick.Codes)+len(r.Pick.Statuses) > 0 }

// resends reports whether the person asks for rows in doubt to be sent.
func (r RetryRequest) resends() bool {
	return slices.Contains(r.Pick.Statuses, journal.InDoubt)
}

// sendsAgain is which of the chosen rows are sent although they have not changed since the vendor's answer. Of a run whatever is chosen; of a failed
// file, in which people that exist stand beside rows to fix, those that exist only where the person chose rows.
func (r RetryRequest) sendsAgain(file bool) []journal.Status {
	if file && !r.named() {
		return []journal.Status{journal.Rejected}
	}
	return []journal.Status{journal.Rejected, journal.Exists}
}

// Retry sends failed rows again in a run of their own.
func (s *Service) Retry(ctx context.Context, r RetryRequest) (result Result, err error) {
	c := s.call(r.Request)
	c.again = true
	ws, err := c.findForSending(r.Of)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	begin := c.retryRun
	switch path := s.Path(r.Of); {
	case isFile(path) && !isResults(path):
		begin = c.retryFailedFile
	case r.AcceptChanges:
		return result, usage("--accept-changes is for a "+reports.FailedName+" that came back; the rows of a run are taken from its list as they are", "leave it out")
	}
	x, err := begin(ctx, ws, r)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	return x.execute(ctx)
}

// isResults recognizes a results.csv, whatever its name, by its header.
func isResults(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	want := strings.Join(reports.Columns(), ",")
	head := make([]byte, len(want)+5)
	n, _ := io.ReadFull(file, head)
	head = bytes.TrimPrefix(head[:n], []byte("\ufeff")) // a spreadsheet puts the mark there
	n = len(head)
	return strings.TrimRight(string(head[:n]), "\r\n") == want || strings.HasPrefix(string(head[:n]), want+"\n")
}

// retryRun begins a new run over the input of an earlier one, of some of its rows.
func (c *call) retryRun(ctx context.Context, ws *workspace, r RetryRequest) (*execution, error) {
	origin, err := ws.find(ctx, r.Of, nil)
	if err != nil {
		return nil, err
	}
	ws.sendBeside(origin)
	was, err := c.recall(ctx, ws, origin, forSending, "sandbox-fault")
	if err != nil {
		return nil, err
	}
	if was.unlock, _, err = c.lock(ctx, was.setup, ws); err != nil { // first: a run that it waits for changes what is chosen
		return nil, errors.Join(err, was.close())
	}
	chosen, err := was.choose(ctx, r)
	if err == nil && chosen.Len() == 0 {
		condition := " by default: none is rejected, invalid or unsent"
		if r.named() {
			condition = " with that status or code"
		}
		err = unusable(fmt.Sprintf("run %s has no rows to send again%s", origin.Name, condition),
			"say which rows with --status or --code; "+reports.ResultsName+" says what happened to each")
	}
	if err != nil {
		return nil, errors.Join(err, was.close())
	}
	x, err := c.beginAgain(ctx, was.setup, ws, note{Of: origin.Name, Rows: chosen.String(), FailedFile: was.note.FailedFile, Resend: r.resends(), Again: r.sendsAgain(false)})
	if err != nil {
		return nil, errors.Join(err, was.close())
	}
	x.chosen, x.secrets, x.originOf, x.unlock = chosen, was.secrets, was.originOf, was.unlock
	c.emit(RowsChosen{Rows: chosen.Len(), Of: origin})
	if err := x.takeUp(ctx); err != nil {
		return nil, errors.Join(err, x.close())
	}
	return x, nil
}

// choose picks rows of the run: by the lines of the results.csv that was named, else by the journal.
func (x *execution) choose(ctx context.Context, r RetryRequest) (*reports.Rowset, error) {
	if path := x.Path(r.Of); isFile(path) {
		rows, err := reports.Select(reports.ReadResults(path), r.Pick)
		return rows, asInput(err)
	}
	rows := new(reports.Rowset)
	err := x.eachRow(ctx, func(row source.Row, status journal.Status, code string) {
		if r.Pick.Takes(status, code) {
			rows.Add(row.Number)
		}
	})
	return rows, err
}

// beginAgain finds the unfinished run that the same request began, or begins one; the caller holds the account. Which of its rows are taken is
// known only when the caller has completed the execution: takeUp is called then.
func (c *call) beginAgain(ctx context.Context, s *setup, ws *workspace, n note) (*execution, error) {
	x, err := c.findAgain(ctx, s, ws, n)
	if err != nil || x != nil {
		return x, err
	}
	return c.begin(ctx, s, ws, n)
}

// findAgain finds the newest run that sends the same rows again, by the same job, into the same account, and is not finished; nil without one.
func (c *call) findAgain(ctx context.Context, s *setup, ws *workspace, n note) (*execution, error) {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		if r.State == journal.Complete && !ws.unreported(r) || r.Account != s.account.ID() || r.Job != s.digest(ws) || !bytes.Equal(r.Input, ws.digestOf(s)) {
			continue
		}
		was, err := noteOf(r)
		if err == nil && was.Of == n.Of && was.Rows == n.Rows && was.FailedFile == n.FailedFile && was.Resend == n.Resend && slices.Equal(was.Again, n.Again) && !was.plain() {
			if err := ws.fill(r, &was, s.asked); err != nil {
				return nil, err
			}
			return &execution{call: c, setup: s, workspace: ws, run: r, note: was, resume: true}, nil
		}
	}
	return nil, nil
}

// takeUp continues a run that was found.
func (x *execution) takeUp(ctx context.Context) error {
	if x.resume {
		return x.reopen(ctx)
	}
	return nil
}
