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

func (s *Store) Purge(_ context.Context, runs []int64) (purged int, err error) {
	err = s.locked(func() error {
		for _, id := range runs {
			if id < 1 || id > int64(len(s.runs)) || s.runs[id-1] == nil {
				continue
			}
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
			purged++
		}
		return nil
	})
	return purged, err
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

func (s *Store) Forget(_ context.Context, account string, identity journal.Digest) (gone journal.Forgotten, err error) {
	if identity == (journal.Digest{}) {
		return gone, nil
	}
	err = s.locked(func() error {
		theirs := map[string]map[journal.Digest]bool{} // by account, before the claims go
		for name := range s.people {
			if account == "" || name == account {
				theirs[name] = s.whose(name, identity)
				gone.Purged += s.keptOfPurged(name, identity, theirs[name])
			}
		}
		for _, r := range s.of(account) {
			for row, state := range r.rows {
				if r.holds(row, state, identity) {
					delete(s.people[r.Account], state.Identity)
					s.unclaim(r, row)
					s.forgetFound(r.Account, state.Content)
					state.Identity, state.Content, state.Message, state.VendorID = journal.Digest{}, journal.Digest{}, "", ""
					gone.Rows++
				}
			}
		}
		for name, who := range theirs {
			maps.DeleteFunc(s.people[name], func(d journal.Digest, _ journal.Imported) bool { return who[d] })
			maps.DeleteFunc(s.claims[name], func(claim journal.Digest, was journal.Claimed) bool { return claim == identity || who[was.Identity] })
			maps.DeleteFunc(s.found[name], func(_ finding, k known) bool { return who[k.identity] })
		}
		return nil
	})
	return gone, err
}

// whose are the digests of a person by one of them: an identity, or a claim, which names whose it is.
func (s *Store) whose(account string, identity journal.Digest) map[journal.Digest]bool {
	who := map[journal.Digest]bool{identity: true}
	if was := s.claims[account][identity]; was.Identity != (journal.Digest{}) {
		who[was.Identity] = true
	}
	return who
}

// keptOfPurged is how much an account keeps of people from purged runs.
func (s *Store) keptOfPurged(account string, claim journal.Digest, who map[journal.Digest]bool) (n int64) {
	purged := func(run int64, theirs bool) {
		if theirs && s.runs[run-1] == nil {
			n++
		}
	}
	for d, was := range s.people[account] {
		purged(was.Run, who[d])
	}
	for c, was := range s.claims[account] {
		purged(was.Run, c == claim || who[was.Identity])
	}
	for _, k := range s.found[account] {
		purged(k.Run, who[k.identity])
	}
	return n
}
