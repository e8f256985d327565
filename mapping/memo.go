package mapping

import (
	"strings"
	"sync"
	"sync/atomic"
)

// outcome is what reading one text came to.
type outcome struct {
	v   value
	bad *flaw
}

// memoSize is how many distinct texts a memo keeps: more than there are countries or languages in any list.
const memoSize = 512

// memo keeps the outcomes of texts that repeat from row to row. Reading it takes no lock. When it is full it learns nothing more.
type memo struct {
	seen  atomic.Pointer[map[string]outcome]
	learn sync.Mutex
}

// remember wraps a reader of few distinct texts. Texts over 64 bytes are not kept.
func remember(read func(string) (value, *flaw)) func(string) (value, *flaw) {
	var m memo
	m.seen.Store(&map[string]outcome{})
	return func(text string) (value, *flaw) {
		if o, ok := (*m.seen.Load())[text]; ok {
			return o.v, o.bad
		}
		v, bad := read(text)
		if len(text) <= 64 {
			m.add(text, outcome{v, bad})
		}
		return v, bad
	}
}

func (m *memo) add(text string, o outcome) {
	m.learn.Lock()
	defer m.learn.Unlock()
	old := *m.seen.Load()
	if len(old) >= memoSize {
		return
	}
	grown := make(map[string]outcome, len(old)+1)
	for k, v := range old {
		grown[k] = v
	}
	grown[strings.Clone(text)] = o
	m.seen.Store(&grown)
}

// recent keeps the outcomes of the texts read last, in two generations: when the younger is full it becomes the older,
// and the older is forgotten. It serves values that are mostly distinct but are read more than once within a short while.
type recent struct {
	mu           sync.Mutex
	young, older map[string]outcome
	size         int // of one generation
}

func (r *recent) get(text string) (outcome, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if o, ok := r.young[text]; ok {
		return o, true
	}
	o, ok := r.older[text]
	return o, ok
}

func (r *recent) put(text string, o outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.young) >= r.size || r.young == nil {
		r.older, r.young = r.young, make(map[string]outcome, r.size)
	}
	r.young[strings.Clone(text)] = o
}
