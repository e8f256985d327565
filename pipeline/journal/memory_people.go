package journal

import (
	"context"
	"slices"
	"time"
)

func (m *Memory) Recent(_ context.Context, account string, since time.Time, max int) ([]time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	var times []time.Time
	for _, r := range m.runs {
		if r == nil || r.Account != account {
			continue
		}
		for _, t := range r.sent {
			if !t.Before(micro(since)) {
				times = append(times, t)
			}
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times[len(times)-min(len(times), maxZero(max)):], nil
}

func maxZero(n int) int { return max(n, 0) }

func (m *Memory) Index(_ context.Context, account string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	m.index(account)
	return nil
}

func (m *Memory) index(account string) {
	people := map[Digest]Imported{}
	for who, was := range m.people[account] { // of purged runs only: all else is found again
		if m.runs[was.Run-1] == nil {
			people[who] = was
		}
	}
	for _, r := range m.runs {
		if r == nil || r.Account != account {
			continue
		}
		for row, s := range r.rows {
			old, known := people[s.Identity]
			newer := !known || old.Run < r.ID || old.Row < row
			if s.Kind == Settle && s.Status == Created && s.Identity != (Digest{}) && newer {
				people[s.Identity] = Imported{Run: r.ID, RunName: r.Name, Row: row, Content: s.Content}
			}
		}
	}
	m.people[account] = people
}

func (m *Memory) Imported(_ context.Context, account string, identity Digest) (Imported, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return Imported{}, false, ErrClosed
	}
	who, ok := m.people[account][identity]
	return who, ok, nil
}

func (m *Memory) Purgeable(_ context.Context, before time.Time) (runs []int64, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	for _, r := range m.runs {
		if r.purgeable(before) {
			runs = append(runs, r.ID)
		}
	}
	return runs, nil
}

func (m *Memory) Purge(_ context.Context, before time.Time) (runs int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return 0, ErrClosed
	}
	for i, r := range m.runs {
		if !r.purgeable(before) {
			continue
		}
		m.index(r.Account)
		for who, was := range m.people[r.Account] {
			if was.Run == r.ID {
				was.RunName = ""
				m.people[r.Account][who] = was
			}
		}
		m.runs[i] = nil
		runs++
	}
	return runs, nil
}

// purgeable reports whether Purge deletes a run; r is nil for one that is gone.
func (r *memoryRun) purgeable(before time.Time) bool {
	if r == nil || r.State != Complete || r.doubted() {
		return false
	}
	latest := append([]time.Time{r.Started, r.Ended}, r.sent...)
	return slices.MaxFunc(latest, time.Time.Compare).Before(micro(before))
}

func (m *Memory) Forget(_ context.Context, account string, identity Digest) (rows int64, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return 0, ErrClosed
	}
	if identity == (Digest{}) {
		return 0, nil
	}
	for _, r := range m.runs {
		if r == nil || account != "" && r.Account != account {
			continue
		}
		for _, s := range r.rows {
			if s.Identity == identity {
				s.Identity, s.Content, s.Message, s.VendorID = Digest{}, Digest{}, "", ""
				rows++
			}
		}
	}
	for name, people := range m.people {
		if account == "" || name == account {
			delete(people, identity)
		}
	}
	return rows, nil
}

// doubted reports whether nobody can say of some row what became of it.
func (r *memoryRun) doubted() bool {
	for _, s := range r.rows {
		if s.Kind == Intent || s.Kind == Uncertain || s.Kind == Settle && s.Status == InDoubt {
			return true
		}
	}
	return false
}
