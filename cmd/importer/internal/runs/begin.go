package runs

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// StartRequest asks for a run over inputs.
type StartRequest struct {
	Request
	Inputs []string // files, folders, patterns, or "-" for standard input
}

// Start sends every row of the inputs to the vendor and writes down what happened to each. An unfinished run of the same job and inputs is
// continued.
func (s *Service) Start(ctx context.Context, r StartRequest) (result Result, err error) {
	c := s.call(r.Request)
	c.hold()
	defer c.release()
	setup, err := c.setUp(ctx, plan{purpose: forSending, inputs: s.inputsOf(r.Inputs)})
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, setup.close()) }()
	if setup.options.DryRun {
		return c.check(ctx, setup, false)
	}
	ws, err := c.openFor(setup)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	if err := c.emitJournal(ctx, setup, ws); err != nil {
		return result, err
	}
	c.release()
	unlock, waited, err := c.lock(ctx, setup, ws)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if waited { // the night that was waited for may have taken hours
		if err := c.lookAgain(ctx, setup); err != nil {
			return result, err
		}
	}
	x, err := c.findOrBegin(ctx, setup, ws)
	if err != nil {
		return result, err
	}
	if err := x.emitLeftBehind(ctx); err != nil {
		return result, err
	}
	return x.execute(ctx)
}

// findOrBegin finds the unfinished run that the request continues, or begins a new one.
func (c *call) findOrBegin(ctx context.Context, s *setup, ws *workspace) (*execution, error) {
	earlier, found, err := ws.unfinished(ctx, s)
	if err != nil {
		return nil, err
	}
	if found && s.options.Fresh {
		c.emit(StartingOver{earlier})
	}
	if !found || s.options.Fresh {
		if !found && earlier.State == journal.Complete && earlier.ID != 0 && ws.unreported(earlier) {
			c.emit(ReportsIncomplete{earlier, c.Program + " report " + earlier.Name})
		}
		return c.begin(ctx, s, ws, note{Fresh: s.options.Fresh})
	}
	if !bytes.Equal(earlier.Input, ws.digestOf(s)) {
		if err := c.supersede(ctx, ws, earlier); err != nil {
			return nil, err
		}
		return c.begin(ctx, s, ws, note{})
	}
	n, err := noteOf(earlier)
	if err == nil {
		err = ws.fill(earlier, &n, s.asked)
	}
	if err != nil {
		return nil, err
	}
	x := &execution{call: c, setup: s, workspace: ws, run: earlier, note: n}
	if err := x.recallTold(ctx); err != nil {
		return nil, err
	}
	return x, x.reopen(ctx)
}

// digest is what decides what is sent, besides the account: the job file, and which rows.
func (s *setup) digest(ws *workspace) journal.Digest {
	return ws.key.Job(append([]string{string(s.job.Canonical()), fmt.Sprint(s.options.SkipRows), fmt.Sprint(s.options.MaxRows)}, s.policyDigest()...)...)
}

// unfinished finds the newest run of the same job and account that still has something to do: over the same input, or over inputs of the same
// names that have changed since.
func (ws *workspace) unfinished(ctx context.Context, s *setup) (journal.Run, bool, error) {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, false, err
	}
	digest, job := ws.digestOf(s), s.digest(ws)
	for _, r := range runs {
		if r.Account != s.account.ID() || r.Job != job {
			continue
		}
		n, err := noteOf(r)
		if err != nil || !n.plain() {
			continue
		}
		same := bytes.Equal(r.Input, digest)
		if !same && !sameList(n.Inputs, s.inputs) {
			continue
		}
		open, err := ws.hasMore(ctx, r, same)
		return r, open, err
	}
	return journal.Run{}, false, nil
}

// hasMore reports whether a run still has something to do. One that ended with rows in doubt is resumed over the same input, so that they are settled
// where they belong: in a run of its own the engine would hold them.
func (ws *workspace) hasMore(ctx context.Context, r journal.Run, same bool) (bool, error) {
	switch r.State {
	case journal.Complete:
	case journal.Superseded:
		return false, nil
	default:
		return true, nil
	}
	if !same || ws.unreported(r) {
		return same, nil
	}
	counts, err := ws.store.Counts(ctx, r.ID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(counts, func(c journal.Count) bool { return c.Status == journal.InDoubt }), nil
}

// unreported reports whether a run came to its end and was stopped before its reports were complete.
func (ws *workspace) unreported(r journal.Run) bool {
	_, pending := reports.Pending(ws.folder(r))
	return pending
}

// begin records a new run and makes its folder. n says what is special about the run; the rest of the note is filled in.
func (c *call) begin(ctx context.Context, s *setup, ws *workspace, n note) (x *execution, err error) {
	job := s.digest(ws)
	n.Version, n.Job, n.Digest, n.Asked, n.Sandbox = noteVersion, s.jobPath, hex.EncodeToString(job[:]), s.asked, s.sandbox != nil
	n.NewColumns, n.State = len(s.left) > 0, s.options.SandboxState
	n.Identity = s.options.asPolicy().IdentityNames()
	open, texts, digests := ws.withoutPeople(n.Asked)
	n.Kept = digests
	r, err := c.beginNamed(ctx, s, ws, func(folder string) (r journal.Run, err error) {
		r = c.record(s, ws, folder)
		n.Inputs, r.Job, r.State = s.inputs, job, journal.Running
		stored := n
		stored.Asked = open
		if r.Note, err = json.Marshal(stored); err != nil {
			return r, err
		}
		return r, storage(keepAsked(folder, texts))
	})
	if err != nil {
		return nil, err
	}
	x = &execution{call: c, setup: s, workspace: ws, run: r, note: n}
	x.emitInputs()
	where := ""
	if !n.Sandbox {
		where = s.account.BaseURL()
	}
	if err := x.emitUntold(ctx); err != nil {
		return nil, err
	}
	c.emit(RunBegun{Run: r, Vendor: s.vendor, URL: where, Kept: c.shown(n.State), Limits: s.limits, Workers: s.options.Workers})
	return x, nil
}

// beginNamed makes the folder of a run and begins the run in the journal, under a name that neither has yet: runs of one moment may have other folders
// of run folders and the same journal.
func (c *call) beginNamed(ctx context.Context, s *setup, ws *workspace, record func(folder string) (journal.Run, error)) (journal.Run, error) {
	for {
		name := ws.made
		if name == "" {
			runs, err := ws.store.Runs(ctx)
			if err == nil {
				taken := func(name string) bool {
					return slices.ContainsFunc(runs, func(r journal.Run) bool { return r.Name == name })
				}
				name, err = c.makeFolder(s, ws.place.out, "", taken)
			}
			if err != nil {
				return journal.Run{}, err
			}
		}
		r, err := record(c.absolute(filepath.Join(ws.place.out, name)))
		if err == nil {
			r, err = ws.store.Begin(ctx, r)
		}
		if !errors.Is(err, journal.ErrTaken) || ws.made != "" {
			return r, err
		}
	}
}

// record is a new run over the inputs, as the journal keeps it.
func (c *call) record(s *setup, ws *workspace, folder string) journal.Run {
	r := journal.Run{Name: filepath.Base(folder), Folder: folder, Vendor: s.vendor.Name, Account: s.account.ID(), Input: ws.digestOf(s), Started: c.Now().UTC()}
	for _, f := range s.set.Files {
		r.Inputs = append(r.Inputs, journal.InputFile{Path: f.Title, Size: f.Size, Digest: ws.inputDigest(f.SHA256)})
	}
	return r
}

func (x *execution) emitInputs() {
	for _, f := range x.setup.set.Files {
		x.emit(InputRead{f})
	}
	x.emitEncodings()
}

// folderStamp begins the name of a run's folder.
const folderStamp = "20060102T150405Z"

// makeFolder makes the run's folder under a name that no other has and that is not taken, and moves the copy of standard input there.
func (c *call) makeFolder(s *setup, out, prefix string, taken func(string) bool) (string, error) {
	if err := journal.MakeFolder(c.Path(out)); err != nil {
		return "", noFolder(err)
	}
	base := c.Now().UTC().Format(folderStamp) + "-" + prefix + s.vendor.Name + "-" + fileWord(s.inputs[0])
	for n := 1; n < 1000; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s-%d", base, n)
		}
		if taken(name) {
			continue
		}
		err := os.Mkdir(c.Path(filepath.Join(out, name)), 0o700)
		if err == nil {
			return name, c.keepSpooled(s, filepath.Join(out, name))
		}
		if !errors.Is(err, os.ErrExist) {
			return "", &problem.Error{Kind: problem.Storage, Message: "folder of the run", Err: err, Fix: "choose another folder with --out"}
		}
	}
	return "", problem.New(problem.Storage, fmt.Sprintf("folder of the run: %s is taken", base), "")
}

// fileWord is the part of a folder's name that names the input: its name without endings, letters, digits, dots and dashes only.
func fileWord(in input) string {
	if in.Name == "-" {
		return "stdin"
	}
	name := source.TrimEndings(filepath.Base(in.Path))
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '.', r == '-', r == '_':
			return r
		}
		return '-'
	}, name)
	name = strings.TrimLeft(name, ".-")
	if name == "" {
		return "list"
	}
	return name[:min(len(name), 60)]
}

// nobody takes names where there is no journal yet.
func nobody(string) bool { return false }
