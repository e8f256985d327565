package mapping

import (
	"strings"
	"sync"
)

// Sizes of memories: more than there are countries or languages in any list; and telephone numbers, since a row's number is read again soon after
// it was read first (for a retry, for its masked identity), and reading one costs 20 µs.
const (
	fewTexts  = 512
	manyTexts = 4096
)

// remember wraps a reader, and keeps the outcomes of the texts read last: at least so many, at most twice as many. Texts over 64 bytes are not
// kept. It is safe for concurrent use when the reader is.
func remember(size int, read func(string) (value, *flaw)) func(string) (value, *flaw) {
	type outcome struct {
		v   value
		bad *flaw
	}
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
