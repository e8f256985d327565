package mapping

import (
	"strings"
	"sync"
)

// outcome is what reading one text came to.
type outcome struct {
	v   value
	bad *flaw
}

// Sizes of memories: more than there are countries or languages in any list; and telephone numbers, since a row's number is read again soon after
// it was read first (for a retry, for its masked identity), and reading one costs 20 µs.
const (
	fewTexts  = 512
	manyTexts = 4096
)

// remember wraps a reader, and keeps the outcomes of the texts read last. Texts over 64 bytes are not kept.
func remember(size int, read func(string) (value, *flaw)) func(string) (value, *flaw) {
	cache := &recent{size: size}
	return func(text string) (value, *flaw) {
		if o, ok := cache.get(text); ok {
			return o.v, o.bad
		}
		v, bad := read(text)
		if len(text) <= 64 {
			cache.put(text, outcome{v, bad})
		}
		return v, bad
	}
}

// recent keeps outcomes in two generations: when the younger is full it becomes the older, and the older is forgotten.
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
		r.older, r.young = r.young, make(map[string]outcome)
	}
	r.young[strings.Clone(text)] = o
}
