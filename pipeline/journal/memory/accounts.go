package memory

import (
	"context"

	"importer/pipeline/journal"
)

func (s *Store) Bind(ctx context.Context, check journal.Digest) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.locked(func() error {
		if s.check == (journal.Digest{}) {
			s.check = check
		}
		if s.check != check {
			return journal.Failure(journal.ErrOtherKey, "", nil, "")
		}
		return nil
	})
}

// Rename moves the account's runs; who is known by purged runs goes along, and all else is found by the next Index.
func (s *Store) Rename(ctx context.Context, account, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.locked(func() error {
		if account == name {
			return nil
		}
		for _, r := range s.of(account) {
			r.Account = name
		}
		for who, was := range s.people[account] {
			if known, twice := s.people[name][who]; !twice || known.Run < was.Run {
				put(s.people, name, who, was)
			}
		}
		for claim, was := range s.claims[account] {
			if known, twice := s.claims[name][claim]; !twice || was.Created && !known.Created || was.Created == known.Created && was.Run < known.Run {
				put(s.claims, name, claim, was)
			}
		}
		for what, was := range s.found[account] {
			if known, twice := s.found[name][what]; !twice || known.Run < was.Run {
				put(s.found, name, what, was)
			}
		}
		delete(s.people, account)
		delete(s.claims, account)
		delete(s.found, account)
		return nil
	})
}

func put[K comparable, V any](all map[string]map[K]V, account string, key K, value V) {
	if all[account] == nil {
		all[account] = map[K]V{}
	}
	all[account][key] = value
}
