package sqlite

import (
	"cmp"
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
		account, err := accountID(d, r.Account)
		if err != nil {
			return err
		}
		err = d.query(`INSERT INTO runs (name, folder, vendor, account, job, input, started, state, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).
			name(r.Name).name(r.Folder).name(r.Vendor).int(account).digest(r.Job).bytes(r.Input).time(r.Started).name(r.State.String()).bytes(r.Note).exec()
		if errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) {
			return errRollback{journal.NameTaken(r.Name)}
		}
		if err != nil {
			return err
		}
		r.ID = d.conn.LastInsertRowID()
		for i, in := range r.Inputs {
			err := d.query(`INSERT INTO inputs (run, input, path, size, sha256) VALUES (?, ?, ?, ?, ?)`).
				int(r.ID).int(int64(i)).name(in.Path).int(in.Size).name(in.SHA256).exec()
			if err != nil {
				return err
			}
		}
		return d.query(`INSERT INTO progress (run, steps, indexed) VALUES (?, 0, 0)`).int(r.ID).exec()
	})
	if err != nil {
		return journal.Run{}, err
	}
	return r, nil
}

// accountID returns the account's number, and gives it one when it has none.
func accountID(d *db, account string) (id int64, err error) {
	if err := d.query(`INSERT INTO accounts (name) VALUES (?) ON CONFLICT DO NOTHING`).name(account).exec(); err != nil {
		return 0, err
	}
	_, err = d.query(`SELECT id FROM accounts WHERE name = ?`).name(account).one(func(q *query) { id = q.getInt() })
	return id, err
}

func (s *Store) Finish(ctx context.Context, run int64, state journal.RunState, at time.Time) error {
	return s.setState(ctx, run, state, journal.Moment(at))
}

func (s *Store) Reopen(ctx context.Context, run int64) error {
	return s.setState(ctx, run, journal.Running, time.Time{})
}

func (s *Store) setState(ctx context.Context, run int64, state journal.RunState, ended time.Time) error {
	return s.tx(ctx, func(d *db) error {
		err := d.query(`UPDATE runs SET state = ?, ended = ? WHERE id = ?`).name(state.String()).time(ended).int(run).exec()
		if err == nil && d.conn.Changes() != 1 {
			return errRollback{journal.NoRun(run)}
		}
		return err
	})
}

func (s *Store) Runs(ctx context.Context) (runs []journal.Run, err error) {
	err = s.view(ctx, func(d *db) error {
		err := d.query(`SELECT runs.id, runs.name, folder, vendor, accounts.name, job, input, started, ended, state, note
			FROM runs JOIN accounts ON accounts.id = account ORDER BY runs.id DESC`).each(func(q *query) {
			r := journal.Run{ID: q.getInt(), Name: q.getText(), Folder: q.getText(), Vendor: q.getText(), Account: q.getText()}
			r.Job, r.Input, r.Started, r.Ended = q.getDigest(), q.getBytes(), q.getTime(), q.getTime()
			r.State, _ = journal.ParseRunState(q.getText())
			r.Note = q.getBytes()
			runs = append(runs, r)
		})
		for i := range runs {
			if err != nil {
				break
			}
			err = d.query(`SELECT path, size, sha256 FROM inputs WHERE run = ? ORDER BY input`).int(runs[i].ID).each(func(q *query) {
				runs[i].Inputs = append(runs[i].Inputs, journal.InputFile{Path: q.getText(), Size: q.getInt(), SHA256: q.getText()})
			})
		}
		return err
	})
	return runs, err
}

// Recent reads the attempts of those runs only that sent anything since.
func (s *Store) Recent(ctx context.Context, account string, since time.Time, limit int) ([]time.Time, error) {
	micros := []int64{}
	err := s.view(ctx, func(d *db) error {
		var runs []int64
		err := d.query(`SELECT runs.id FROM runs JOIN accounts ON accounts.id = account JOIN progress ON progress.run = runs.id
			WHERE accounts.name = ? AND latest >= ?`).name(account).int(since.UnixMicro()).each(func(q *query) { runs = append(runs, q.getInt()) })
		for _, run := range runs {
			if err != nil {
				return err
			}
			err = d.query(`SELECT at FROM attempts WHERE run = ? AND at >= ?`).int(run).int(since.UnixMicro()).each(func(q *query) {
				micros = newest(append(micros, q.getInt()), limit, 1<<16)
			})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	micros = newest(micros, limit, 0)
	times := make([]time.Time, len(micros))
	for i, us := range micros {
		times[i] = time.UnixMicro(us).UTC()
	}
	return times, nil
}

// newest sorts values and keeps the limit highest once there are more than limit+slack, so that memory stays bounded.
func newest(values []int64, limit, slack int) []int64 {
	limit = max(limit, 0)
	if slack > 0 && len(values) <= limit+slack {
		return values
	}
	slices.SortFunc(values, cmp.Compare)
	return append(values[:0], values[len(values)-min(len(values), limit):]...)
}
