package memory

import (
	"context"
	"maps"

	"importer/pipeline/journal"
)

// claim keeps what a row's newest intent asks for.
func (r *run) claim(row int64, c journal.Claims) {
	if delete(r.claims, row); c != (journal.Claims{}) {
		r.claims[row] = c
	}
}

// indexClaims finds who sent what in an account. Of purged runs it keeps what there is.
func (s *Store) indexClaims(account string) {
	all := map[journal.Digest]journal.Claimed{}
	for claim, was := range s.claims[account] {
		if s.runs[was.Run-1] == nil {
			all[claim] = was
		}
	}
	for _, r := range s.of(account) {
		for row, c := range r.claims {
			state := r.rows[row]
			if state == nil || state.Kind != journal.Settle || !claims(state.Status) {
				continue
			}
			now := journal.Claimed{Run: r.ID, RunName: r.Name, Row: row, Identity: state.Identity, Created: state.Status == journal.Created}
			for _, claim := range []journal.Digest{c.Phone, c.Username} {
				if was, known := all[claim]; claim != (journal.Digest{}) && (!known || counts(now, was)) {
					all[claim] = now
				}
			}
		}
	}
	s.claims[account] = all
}

// claims reports whether the vendor may have what a row of this status asked for.
func claims(s journal.Status) bool {
	return s == journal.Created || s == journal.Exists || s == journal.InDoubt
}

// counts reports whether one of two rows with the same claim is the one to be named, rather than the other.
func counts(one, other journal.Claimed) bool {
	if one.Created != other.Created {
		return one.Created
	}
	return one.Run < other.Run || one.Run == other.Run && one.Row < other.Row
}

func (s *Store) Claimed(_ context.Context, account string, claim journal.Digest) (who journal.Claimed, ok bool, err error) {
	err = s.locked(func() error {
		who, ok = s.claims[account][claim]
		return nil
	})
	return who, ok, err
}

// unclaim forgets what a row asked for.
func (s *Store) unclaim(r *run, row int64) {
	delete(r.claims, row)
	maps.DeleteFunc(s.claims[r.Account], func(_ journal.Digest, was journal.Claimed) bool { return was.Run == r.ID && was.Row == row })
}
