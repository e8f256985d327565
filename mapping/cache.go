package mapping

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"
)

// Sizes of memories: more than there are countries or languages in any list; and telephone numbers, since a row's number is read again soon after
// it was read first (for a retry, for its masked identity), and reading one costs 20 µs.
const (
	fewTexts  = 512
	manyTexts = 4096
)

// outcome is what reading a text came to.
type outcome struct {
	v   value
	bad *flaw
}

// rememberFirst wraps a reader of few distinct texts, and keeps the outcomes of the first ones. Texts over 64 bytes are not kept. It is safe for
// concurrent use when the reader is; looking up takes no lock.
func rememberFirst(read func(string) (value, *flaw)) func(string) (value, *flaw) {
	var mu sync.Mutex
	var seen atomic.Pointer[map[string]outcome] // a map is replaced, never changed
	seen.Store(&map[string]outcome{})
	return func(text string) (value, *flaw) {
		if o, known := (*seen.Load())[text]; known {
			return o.v, o.bad
		}
		v, bad := read(text)
		mu.Lock()
		defer mu.Unlock()
		if known := *seen.Load(); len(text) <= 64 && len(known) < fewTexts {
			grown := maps.Clone(known)
			grown[strings.Clone(text)] = outcome{v, bad}
			seen.Store(&grown)
		}
		return v, bad
	}
}

// remember wraps a reader, and keeps the outcomes of the texts read last: at least so many, at most twice as many. Texts over 64 bytes are not
// kept. It is safe for concurrent use when the reader is.
func remember(size int, read func(string) (value, *flaw)) func(string) (value, *flaw) {
	var mu sync.Mutex
	young, older := map[string]outcome{}, map[string]outcome{} // when the younger is full it becomes the older, and the older is forgotten
	return func(text string) (value, *flaw) {
		mu.Lock()
		o, known := young[text]
		if !known {
			o, known = older[text]
		}
		mu.Unlock()
		if known {
			return o.v, o.bad
		}
		v, bad := read(text)
		if len(text) <= 64 {
			mu.Lock()
			defer mu.Unlock()
			if len(young) >= size {
				young, older = make(map[string]outcome, size), young
			}
			young[strings.Clone(text)] = outcome{v, bad}
		}
		return v, bad
	}
}
