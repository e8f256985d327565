package vendors

import (
	"context"
	"net/http"
	"sync"

	"importer/mapping"
)

// Question is one HTTP request without side effect, for the Ask of a [Probe].
type Question struct {
	Method  string // GET or POST
	Path    string // appended to the base URL; "{setting}" stands for a setting's value
	Members []mapping.Pair
}

// Put makes the question's one request. The verdict is on the lack of a reply, on a refusal that would meet every row (401, 403), or on a
// throttled one; its texts are safe to show. What else the reply means is for the asker to say; [Account.Judge] gives the rules' word.
func (a *Account) Put(ctx context.Context, rt http.RoundTripper, q Question) (Reply, *Verdict) {
	u, err := a.address(q.Path)
	if err != nil {
		return Reply{}, &Verdict{Class: Fatal, Code: codeNotPrepared, Hint: wireHint(codeNotPrepared), Message: err.Error()}
	}
	c := call{method: q.Method, url: u}
	if len(q.Members) > 0 {
		members := make([]member, len(q.Members))
		for i, p := range q.Members {
			members[i] = member{p.Name, pairValue(p), mapping.NoField}
		}
		c.body, c.contentType = encodeBody(a.encoding, "", members)
	}
	reply, failed := a.exchange(ctx, rt, c)
	if failed != nil {
		v := a.finish(*failed, questionValues(q))
		return Reply{}, &v
	}
	if v := a.Judge(reply, questionValues(q)); v.Class == Fatal || v.Class == Throttled {
		return Reply{}, &v
	}
	return reply, nil
}

// Judge gives the verdict of the description's rules on a reply, its texts safe to show; values are the personal ones to mask in them.
func (a *Account) Judge(r Reply, values []string) Verdict { return a.finish(a.judge(r), values) }

func questionValues(q Question) []string {
	values := make([]string, len(q.Members))
	for i, p := range q.Members {
		values[i] = p.Text
	}
	return values
}

// memory is a set of words that probes have learnt; safe for concurrent use.
type memory struct {
	mu    sync.Mutex
	words map[string]struct{}
}

// Learn keeps words for the life of the account.
func (a *Account) Learn(words []string) {
	a.recall.mu.Lock()
	defer a.recall.mu.Unlock()
	if a.recall.words == nil {
		a.recall.words = make(map[string]struct{}, len(words))
	}
	for _, w := range words {
		a.recall.words[w] = struct{}{}
	}
}

// Knows reports whether a word was learnt.
func (a *Account) Knows(word string) bool {
	a.recall.mu.Lock()
	defer a.recall.mu.Unlock()
	_, known := a.recall.words[word]
	return known
}
