package profile

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// The bounds of tallies.
const (
	maxValues = 10_000 // different values of a field
	maxGroups = 1_000  // different domains and the like
	maxTop    = 10     // that are told
)

// tally counts texts. Up to a bound of different ones it is exact. Beyond it the rarest half is forgotten whenever it is full: a text with at least a hundredth
// of all cells stays known, and a text that came or came back later has been missed a known number of times at most.
type tally struct {
	bound  int
	secret bool // texts are not kept, and nothing is counted beyond the bound
	early  bool // texts are kept at once; else when they come a second time
	over   bool // there were more than the bound

	at     map[uint64]uint32 // by hash: the place in list
	list   []entry
	missed int64 // cells that a text may have had when it was forgotten
}

type entry struct {
	hash          uint64
	cells, missed int64
	text          string
}

// seed makes the hashes of this process; what they are shows nowhere.
var seed = maphash.MakeSeed()

func newTally(bound int, secret, early bool) *tally {
	return &tally{bound: bound, secret: secret, early: early, at: map[uint64]uint32{}}
}

func (t *tally) add(text string) {
	hash := maphash.String(seed, text)
	if i, ok := t.at[hash]; ok {
		e := &t.list[i]
		e.cells++
		if e.text == "" && !t.secret {
			e.text = clip(text)
		}
		return
	}
	if len(t.list) == t.bound {
		if t.over = true; t.secret {
			return
		}
		t.forget()
	}
	e := entry{hash: hash, cells: 1, missed: t.missed}
	if t.early && !t.secret {
		e.text = clip(text)
	}
	t.at[hash] = uint32(len(t.list))
	t.list = append(t.list, e)
}

// forget takes out at least half of the texts, the rarest.
func (t *tally) forget() {
	most := t.median()
	t.missed += most
	clear(t.at)
	left := t.list[:0]
	for _, e := range t.list {
		if e.cells > most {
			t.at[e.hash] = uint32(len(left))
			left = append(left, e)
		}
	}
	clear(t.list[len(left):])
	t.list = left
}

// median is how many cells the rarer half of the texts have at most. Mostly that is 1.
func (t *tally) median() int64 {
	var few [256]int
	for _, e := range t.list {
		if e.cells < int64(len(few)) {
			few[e.cells]++
		}
	}
	sum := 0
	for cells, texts := range few {
		if sum += texts; 2*sum >= len(t.list) {
			return int64(cells)
		}
	}
	all := make([]int64, 0, len(t.list))
	for _, e := range t.list {
		all = append(all, e.cells)
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// different is how many different texts there were, and whether there were more.
func (t *tally) different() (int64, bool) {
	if t.over {
		return int64(t.bound), true
	}
	return int64(len(t.list)), false
}

// top are the most frequent texts with at least so many cells.
func (t *tally) top(least int64) (list []Count) {
	for _, e := range t.list {
		if e.text != "" && e.cells >= least {
			list = append(list, Count{Text: e.text, Cells: e.cells, Least: e.missed > 0})
		}
	}
	list = byCount(list)
	return list[:min(len(list), maxTop)]
}

// byCount sorts: the most frequent first, then by text.
func byCount(list []Count) []Count {
	slices.SortStableFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Cells, a.Cells), cmp.Compare(a.Text, b.Text)) })
	return list
}
