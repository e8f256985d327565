package memory

import (
	"context"
	"maps"
	"slices"
	"time"

	"importer/pipeline/journal"
)

// of returns the account's runs, oldest first; all runs for "".
func (s *Store) of(account string) (runs []*run) {
	for _, r := range s.runs {
		if r != nil && (account == "" || r.Account == account) {
			runs = append(runs, r)
		}
	}
	return runs
}

func (s *Store) Index(_ context.Context, account string) error {
	return s.locked(func() error {
		s.index(account)
		return nil
	})
}

func (s *Store) index(account string) {
	people := map[journal.Digest]journal.Imported{}
	for who, was := range s.people[account] { // of purged runs only: all else is found again
		if s.runs[was.Run-1] == nil {
			people[who] = was
		}
	}
	for _, r := range s.of(account) {
		for row, state := range r.rows {
			old, known := people[state.Identity]
			newer := !known || old.Run < r.ID || old.Row < row
			if state.Kind == journal.Settle && state.Status == journal.Created && state.Identity != (journal.Digest{}) && newer {
				people[state.Identity] = journal.Imported{Run: r.ID, RunName: r.Name, Row: row, Content: state.Content}
			}
		}
	}
	s.people[account] = people
	s.indexClaims(account)
	s.indexFound(account)
}

func (s *Store) Imported(_ context.Context, account string, identity journal.Digest) (who journal.Imported, ok bool, err error) {
	err = s.locked(func() error {
		who, ok = s.people[account][identity]
		return nil
	})
	return who, ok, err
}

func (s *Store) Purgeable(_ context.Context, before time.Time) (runs []int64, err error) {
	err = s.locked(func() error {
		for _, r := range s.of("") {
			if s.purgeable(r, journal.Moment(before)) {
				runs = append(runs, r.ID)
			}
		}
		return nil
	})
	return runs, err
}

func (s *Store) Purge(ctx context.Context, before time.Time) (int, error) {
	runs, err := s.Purgeable(ctx, before)
	if err != nil {
		return 0, err
	}
	return len(runs), s.locked(func() error {
		for _, id := range runs {
			account := s.runs[id-1].Account
			s.index(account)
			for who, was := range s.people[account] {
				if was.Run == id {
					was.RunName = ""
					s.people[account][who] = was
				}
			}
			for claim, was := range s.claims[account] {
				if was.Run == id {
					was.RunName = ""
					s.claims[account][claim] = was
				}
			}
			for what, was := range s.found[account] {
				if was.Run == id {
					was.RunName = ""
					s.found[account][what] = was
				}
			}
			s.runs[id-1] = nil
		}
		return nil
	})
}

// purgeable reports whether Purge deletes a run.
func (s *Store) purgeable(r *run, before time.Time) bool {
	for _, state := range r.rows {
		if state.InDoubt() && (r.State != journal.Superseded || !s.knowsLater(r, state.Identity)) {
			return false
		}
	}
	latest := slices.MaxFunc(append(r.sent, r.Started, r.Ended), time.Time.Compare)
	return (r.State == journal.Complete || r.State == journal.Superseded) && latest.Before(before)
}

// knowsLater reports whether a later run of the account has the person too: in doubt, or with the vendor's answer.
func (s *Store) knowsLater(r *run, identity journal.Digest) bool {
	for _, later := range s.of(r.Account) {
		for _, state := range later.rows {
			known := state.InDoubt() || state.Kind == journal.Settle && state.Status.Answered()
			if later.ID > r.ID && known && identity != (journal.Digest{}) && state.Identity == identity {
				return true
			}
		}
	}
	return false
}

func (s *Store) Holding(_ context.Context, account string, identity journal.Digest) (runs []int64, err error) {
	err = s.locked(func() error {
		for _, r := range s.of(account) {
			for row, state := range r.rows {
				if r.holds(row, state, identity) {
					runs = append(runs, r.ID)
					break
				}
			}
		}
		return nil
	})
	return runs, err
}

// holds reports whether a row is of a person, or claims what is theirs.
func (r *run) holds(row int64, state *journal.RowState, identity journal.Digest) bool {
	c := r.claims[row]
	return identity != (journal.Digest{}) && (state.Identity == identity || c.Phone == identity || c.Username == identity)
}

func (s *Store) Forget(_ context.Context, account string, identity journal.Digest) (rows int64, err error) {
	if identity == (journal.Digest{}) {
		return 0, nil
	}
	err = s.locked(func() error {
		for _, r := range s.of(account) {
			for row, state := range r.rows {
				if r.holds(row, state, identity) {
					delete(s.people[r.Account], state.Identity)
					s.unclaim(r, row)
					s.forgetFound(r.Account, state.Content)
					state.Identity, state.Content, state.Message, state.VendorID = journal.Digest{}, journal.Digest{}, "", ""
					rows++
				}
			}
		}
		for name, people := range s.people {
			if account == "" || name == account {
				delete(people, identity)
				s.forgetClaims(name, identity)
				maps.DeleteFunc(s.found[name], func(_ finding, k known) bool { return k.identity == identity })
			}
		}
		return nil
	})
	return rows, err
}
