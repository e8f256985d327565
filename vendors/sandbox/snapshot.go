package sandbox

import "strings"

// Entry is one accepted act.
type Entry struct {
	Number   int    `json:"number"`   // from 1, in the order accepted
	Identity string `json:"identity"` // the e-mail address, else the username, else the phone number, as sent
	Act      Act    `json:"act"`
}

// Duplicate is a person who was registered more than once.
type Duplicate struct {
	Identity string `json:"identity"`
	Numbers  []int  `json:"numbers"`
}

// Snapshot is what a register holds at one moment; seeded people are not in it.
type Snapshot struct {
	People       int         `json:"people"`        // different people created or enrolled
	Acts         int         `json:"acts"`          // accepted acts; acts beyond people are double registrations
	CreatedTwice []Duplicate `json:"created_twice"` // never nil
	Entries      []Entry     `json:"entries,omitempty"`
}

// Snapshot copies what the register holds, every entry included.
func (g *Register) Snapshot() Snapshot {
	s := g.Summary()
	g.mu.Lock()
	defer g.mu.Unlock()
	s.Entries = make([]Entry, len(g.entries))
	for i, e := range g.entries {
		s.Entries[i] = Entry{i + 1, e.name, Created}
		if e.enrolled {
			s.Entries[i].Act = Enrolled
		}
	}
	return s
}

// Summary is a Snapshot without entries.
func (g *Register) Summary() Snapshot {
	g.mu.Lock()
	defer g.mu.Unlock()
	return Snapshot{People: g.people, Acts: len(g.entries), CreatedTwice: g.twice()}
}

func (g *Register) twice() []Duplicate {
	list := []Duplicate{}
	if g.again == 0 {
		return list
	}
	at := map[string]int{}
	for _, e := range g.entries {
		if name := strings.ToLower(e.name); e.again {
			if _, ok := at[name]; !ok {
				at[name] = len(list)
				list = append(list, Duplicate{Identity: e.name})
			}
		}
	}
	for i, e := range g.entries {
		if n, ok := at[strings.ToLower(e.name)]; ok {
			list[n].Numbers = append(list[n].Numbers, i+1)
		}
	}
	return list
}
