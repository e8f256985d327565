package memory

import (
	"context"
	"maps"

	"importer/pipeline/journal"
)

// finding is what a known is kept by.
type finding struct {
	content journal.Digest
	status  journal.Status
}

// known is a finding with whose it is.
type known struct {
	journal.Known
	identity journal.Digest
}

// indexFound finds what the account's runs did not create. Of purged runs it keeps what there is.
func (s *Store) indexFound(account string) {
	found := map[finding]known{}
	for what, was := range s.found[account] {
		if s.runs[was.Run-1] == nil {
			found[what] = was
		}
	}
	for _, r := range s.of(account) {
		for row, state := range r.rows {
			if state.Kind != journal.Settle || !state.Status.Found() || state.Content == (journal.Digest{}) {
				continue
			}
			what := finding{state.Content, state.Status}
			was, again := found[what]
			if again && (was.Run > r.ID || was.Run == r.ID && was.Row > row) {
				continue
			}
			now := known{journal.Known{Status: state.Status, Code: state.Code, Run: r.ID, RunName: r.Name, Row: row, First: r.ID}, state.Identity}
			if again {
				now.First = was.First
			}
			found[what] = now
		}
	}
	s.found[account] = found
}

func (s *Store) Known(_ context.Context, account string, content journal.Digest) (list []journal.Known, err error) {
	err = s.locked(func() error {
		for _, status := range journal.Statuses() {
			if k, ok := s.found[account][finding{content, status}]; ok {
				list = append(list, k.Known)
			}
		}
		return nil
	})
	journal.SortKnown(list)
	return list, err
}

// forgetFound drops what is known of a content.
func (s *Store) forgetFound(account string, content journal.Digest) {
	maps.DeleteFunc(s.found[account], func(f finding, _ known) bool { return f.content == content })
}
