package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/pipeline/journal"
	"importer/reports"
)

// open takes the account's lock, and finds the unfinished run that the command goes on with, or begins a new one.
func (a *app) open(ctx context.Context, w *work, l *ledger) (*course, func() error, error) {
	unlock, err := a.lock(w, l)
	if err != nil {
		return nil, nil, err
	}
	c, err := a.findOrBegin(ctx, w, l)
	if err != nil {
		return nil, nil, errors.Join(err, unlock())
	}
	return c, unlock, nil
}

// lock keeps other processes off the account. The sandbox in process is an account that nobody else has.
func (a *app) lock(w *work, l *ledger) (func() error, error) {
	if w.box != nil {
		return func() error { return nil }, nil
	}
	lock, err := l.lock(w.account.ID())
	if err != nil {
		return nil, err
	}
	l.held = lock
	return lock.Release, nil
}

func (a *app) findOrBegin(ctx context.Context, w *work, l *ledger) (*course, error) {
	earlier, found, err := l.unfinished(ctx, w)
	if err != nil {
		return nil, err
	}
	if found && w.knobs.fresh {
		a.voice.say("starting over: run %s is left as it is. Whom it created is skipped; its rows in doubt may be registered a second time", earlier.Name)
	}
	if !found || w.knobs.fresh {
		if !found && earlier.ID != 0 && l.unreported(earlier) {
			a.voice.warn("run %s is complete, but was stopped while its reports were written, and its input has changed since; put the old input back and type: %s report %s",
				earlier.Name, a.Program, earlier.Name)
		}
		return a.begin(ctx, w, l, note{Fresh: w.knobs.fresh})
	}
	if !bytes.Equal(earlier.Input, w.set.Digest()) {
		return nil, unusable(fmt.Errorf("the input is not the same as when run %s began, and that run is not finished", earlier.Name),
			"put the old input back and type the same command to finish it, or start over with --fresh; whom it created is then skipped")
	}
	n, err := noteOf(earlier)
	if err != nil {
		return nil, err
	}
	c := &course{app: a, work: w, ledger: l, run: earlier, note: n}
	return c, c.reopen(ctx)
}

// digest is what decides what is sent, besides the account: the job file, and which rows.
func (w *work) digest(l *ledger) journal.Digest {
	return l.key.Job(append([]string{string(w.job.Canonical()), fmt.Sprint(w.knobs.skipRows), fmt.Sprint(w.knobs.maxRows)}, w.policyDigest()...)...)
}

// unfinished finds the newest run of the same job and account that still has something to do: over the same input, or over inputs of the same
// names that have changed since.
func (l *ledger) unfinished(ctx context.Context, w *work) (journal.Run, bool, error) {
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, false, err
	}
	digest, job := w.set.Digest(), w.digest(l)
	for _, r := range runs {
		if r.Account != w.account.ID() || r.Job != job {
			continue
		}
		n, err := noteOf(r)
		if err != nil || !n.plain() {
			continue
		}
		same := bytes.Equal(r.Input, digest)
		if !same && !slices.Equal(paths(named(n.Inputs)), paths(named(w.inputs))) {
			continue
		}
		open, err := l.hasMore(ctx, r, same)
		return r, open, err
	}
	return journal.Run{}, false, nil
}

// named makes the name stand for the path where the input was standard input, which lies elsewhere each time.
func named(inputs []input) []input {
	list := slices.Clone(inputs)
	for i, in := range list {
		if in.Name == "-" {
			list[i].Path = "-"
		}
	}
	return list
}

// hasMore reports whether a run still has something to do. One that ended with rows in doubt is taken up again over the same input, so that
// they are not sent as if nobody had.
func (l *ledger) hasMore(ctx context.Context, r journal.Run, same bool) (bool, error) {
	if r.State != journal.Complete {
		return true, nil
	}
	if !same || l.unreported(r) {
		return same, nil
	}
	counts, err := l.store.Counts(ctx, r.ID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(counts, func(c journal.Count) bool { return c.Status == journal.InDoubt }), nil
}

// unreported reports whether a run came to its end and was stopped before its reports were whole.
func (l *ledger) unreported(r journal.Run) bool {
	_, pending := reports.Pending(l.folder(r))
	return pending
}

// reopen goes on with a run of the journal.
func (c *course) reopen(ctx context.Context) error {
	c.resume = true
	settled := settledRows(ctx, c.ledger.store, c.run.ID)
	total, err := c.countRows(ctx)
	if err != nil {
		return err
	}
	c.app.voice.say("going on with run %s: %s of %s %s are settled", c.run.Name, grouped(settled), grouped(total), noun(total, "row"))
	if c.run.State == journal.Complete && c.ledger.unreported(c.run) {
		c.app.voice.say("it had ended, and was stopped while its reports were written: they are written now")
	}
	c.sayInputs()
	if err := c.ledger.store.Reopen(ctx, c.run.ID); err != nil {
		return err
	}
	c.run.State = journal.Running
	return nil
}

// countRows reads the run's rows once; all else about them is known.
func (c *course) countRows(ctx context.Context) (n int64, err error) {
	rows, err := c.rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for {
		if _, err := rows.Next(); err != nil {
			if isEOF(err) {
				return n, nil
			}
			return n, c.explain(err)
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return n, context.Cause(ctx)
		}
	}
}

func (c *course) sayInputs() {
	for _, f := range c.work.set.Files {
		c.app.voice.say("%s", f.Said())
	}
}

// begin records a new run and makes its folder. n says what is special about the run; the rest of the note is filled in.
func (a *app) begin(ctx context.Context, w *work, l *ledger, n note) (*course, error) {
	job := w.digest(l)
	n.Version, n.Job, n.Digest, n.Inputs, n.Asked, n.Sandbox = noteVersion, w.jobPath, hex.EncodeToString(job[:]), w.inputs, w.asked, w.box != nil
	n.Identity = w.knobs.asPolicy().IdentityNames()
	name, err := a.makeFolder(w, l, "")
	if err != nil {
		return nil, err
	}
	if err := a.keepSpooled(w, filepath.Join(l.out, name)); err != nil {
		return nil, err
	}
	text, err := n.bytes()
	if err != nil {
		return nil, err
	}
	r := journal.Run{
		Name: name, Folder: filepath.Join(l.out, name), Vendor: w.vendor.Name, Account: w.account.ID(), Job: job,
		Input: w.set.Digest(), Started: a.Now().UTC(), State: journal.Running, Note: text,
	}
	for _, f := range w.set.Files {
		r.Inputs = append(r.Inputs, journal.InputFile{Path: f.Name, Size: f.Size, SHA256: f.SHA256})
	}
	if r, err = l.store.Begin(ctx, r); err != nil {
		return nil, err
	}
	c := &course{app: a, work: w, ledger: l, run: r, note: n}
	c.sayInputs()
	where := w.account.BaseURL()
	if n.Sandbox {
		where = "the sandbox"
	}
	a.voice.say("run %s: to %s at %s, limit %s", r.Name, w.vendor.Title, where, limitText(w.limits, w.knobs.workers))
	return c, nil
}

// makeFolder makes the run's folder under a name that no other run has.
func (a *app) makeFolder(w *work, l *ledger, prefix string) (string, error) {
	base := stamp(a.Now()) + "-" + prefix + w.vendor.Name + "-" + fileWord(w.inputs[0])
	for n := 1; n < 1000; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s-%d", base, n)
		}
		err := os.Mkdir(a.path(filepath.Join(l.out, name)), 0o700)
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return "", &failure{reports.ExitStorage, fmt.Errorf("folder of the run: %w", err), "choose another folder with --out"}
		}
	}
	return "", &failure{reports.ExitStorage, fmt.Errorf("folder of the run: %s is taken", base), ""}
}

// fileWord is the part of a folder's name that tells the input: its name without endings, letters, digits, dots and dashes only.
func fileWord(in input) string {
	if in.Name == "-" {
		return "stdin"
	}
	name := filepath.Base(in.Path)
	for _, ending := range []string{".gz", ".zst", ".csv", ".tsv", ".tab", ".txt", ".jsonl", ".ndjson", ".json"} {
		name = strings.TrimSuffix(name, ending)
	}
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
