package sqlite

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

func (s *Store) Begin(ctx context.Context, r journal.Run) (journal.Run, error) {
	r = r.Begun()
	err := s.tx(ctx, func(d *db) error {
		if err := d.exec(`INSERT INTO accounts (name) VALUES (?) ON CONFLICT DO NOTHING`, r.Account); err != nil {
			return err
		}
		err := d.exec(`INSERT INTO runs (name, folder, vendor, account, job, input, started, state, note)
			VALUES (?, ?, ?, (SELECT id FROM accounts WHERE name = ?), ?, ?, ?, ?, ?)`,
			r.Name, r.Folder, r.Vendor, r.Account, r.Job, r.Input, r.Started, r.State.String(), r.Note)
		if errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) {
			return errRollback{journal.NameTaken(r.Name)}
		}
		if err != nil {
			return err
		}
		r.ID = d.conn.LastInsertRowID()
		if err := insertInputs(d, r); err != nil {
			return err
		}
		return d.exec(`INSERT INTO progress (run, steps, indexed) VALUES (?, 0, 0)`, r.ID)
	})
	if err != nil {
		return journal.Run{}, err
	}
	return r, nil
}

func insertInputs(d *db, r journal.Run) error {
	for i, in := range r.Inputs {
		err := d.exec(`INSERT INTO inputs (run, input, path, size, sha256) VALUES (?, ?, ?, ?, ?)`, r.ID, i, in.Path, in.Size, in.Digest)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) Amend(ctx context.Context, r journal.Run) error {
	return s.erase(ctx, func(d *db) error {
		err := d.exec(`UPDATE runs SET input = ?, note = ? WHERE id = ?`, r.Input, r.Note, r.ID)
		if err == nil && d.conn.Changes() != 1 {
			return errRollback{journal.NoRun(r.ID)}
		}
		if err == nil {
			err = d.exec(`DELETE FROM inputs WHERE run = ?`, r.ID)
		}
		if err != nil {
			return err
		}
		return insertInputs(d, r)
	})
}

func (s *Store) Reopen(ctx context.Context, run int64) error {
	return s.Finish(ctx, run, journal.Running, time.Time{})
}

func (s *Store) Finish(ctx context.Context, run int64, state journal.RunState, ended time.Time) error {
	return s.tx(ctx, func(d *db) error {
		err := d.exec(`UPDATE runs SET state = ?, ended = ? WHERE id = ?`, state.String(), ended, run)
		if err == nil && d.conn.Changes() != 1 {
			return errRollback{journal.NoRun(run)}
		}
		return err
	})
}

func (s *Store) Runs(ctx context.Context) (runs []journal.Run, err error) {
	err = s.read(ctx, func(d *db) error {
		return d.query(`SELECT runs.id, runs.name, folder, vendor, accounts.name, job, runs.input, started, ended, state, note, path, size, sha256
			FROM runs JOIN accounts ON accounts.id = account LEFT JOIN inputs ON inputs.run = runs.id ORDER BY runs.id DESC, inputs.input`).each(func(q *query) {
			r := journal.Run{ID: q.getInt(), Name: q.getText(), Folder: q.getText(), Vendor: q.getText(), Account: q.getText()}
			r.Job, r.Input, r.Started, r.Ended = q.getDigest(), q.getBytes(), q.getTime(), q.getTime()
			r.State, _ = journal.ParseRunState(q.getText())
			r.Note = q.getBytes()
			if len(runs) == 0 || runs[len(runs)-1].ID != r.ID {
				runs = append(runs, r)
			}
			if in := (journal.InputFile{Path: q.getText(), Size: q.getInt(), Digest: q.getText()}); in != (journal.InputFile{}) {
				r := &runs[len(runs)-1]
				r.Inputs = append(r.Inputs, in)
			}
		})
	})
	return runs, err
}

// Recent reads the attempts of those runs only that sent anything since.
func (s *Store) Recent(ctx context.Context, account string, since time.Time, limit int) (times []time.Time, err error) {
	err = s.read(ctx, func(d *db) error {
		return d.query(`SELECT at FROM attempts WHERE at >= ?2 AND run IN (
				SELECT runs.id FROM runs JOIN accounts ON accounts.id = account JOIN progress ON progress.run = runs.id WHERE accounts.name = ?1 AND latest >= ?2)
			ORDER BY at DESC LIMIT ?3`, account, since.UnixMicro(), max(limit, 0)).each(func(q *query) { times = append(times, q.getTime()) })
	})
	slices.Reverse(times)
	return times, err
}
