package pipeline

import (
	"context"
	"sync"
	"time"

	"importer/mapping"
	"importer/vendors"
)

// asked remembers the answers to a vendor's questions (does this sponsor exist?): each distinct one is asked once in a run.
type asked struct {
	mu      sync.Mutex
	answers map[question]*answer
}

type question struct{ probe, key string }

// answer is being asked for until done is closed. fault is nil when the row may go.
type answer struct {
	done  chan struct{}
	known bool // false once done: asking failed, somebody else may ask again
	fault *mapping.Fault
}

func newAsked() *asked { return &asked{answers: map[question]*answer{}} }

// claim returns the answer to q, and whether the caller must find it.
func (a *asked) claim(q question) (*answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if ans, ok := a.answers[q]; ok {
		return ans, false
	}
	ans := &answer{done: make(chan struct{})}
	a.answers[q] = ans
	return ans, true
}

// give settles an answer; one that could not be found is forgotten.
func (a *asked) give(q question, ans *answer, known bool, fault *mapping.Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ans.known, ans.fault = known, fault
	if !known {
		delete(a.answers, q)
	}
	close(ans.done)
}

// clear asks the vendor's questions about a row. True: the row may be sent. Otherwise the row was settled, stays unsent with its sponsor, is to
// come again, or the run drains. Of a row that may be registered since an earlier attempt nothing is asked, not even how its sponsor stands:
// no answer could make it invalid now.
func (e *Engine) clear(hard context.Context, t *task) bool {
	if t.life.doubted {
		return true
	}
	if ok, err := e.sponsored(hard, t); !ok || err != nil {
		e.wrote(err)
		return false
	}
	for _, p := range e.plan.Account.Probes() {
		key := p.Key(&t.customer)
		if key == "" {
			continue
		}
		fault, ok := e.ask(hard, t, p, question{p.Name, key})
		if !ok {
			return false
		}
		if fault != nil {
			e.wrote(e.note(hard, t, invalid([]mapping.Fault{*fault})))
			return false
		}
	}
	return true
}

// ask returns the answer to one question. Not ok: the row waits and comes again, or the run drains.
func (e *Engine) ask(hard context.Context, t *task, p vendors.Probe, q question) (*mapping.Fault, bool) {
	ans, mine := e.asked.claim(q)
	if !mine {
		select {
		case <-ans.done:
		case <-e.drain.Done():
			return nil, false
		}
		if !ans.known {
			t.life.ready = time.Now().Add(e.delay(&t.life))
		}
		return ans.fault, ans.known
	}
	known, fault := false, (*mapping.Fault)(nil)
	defer func() { e.asked.give(q, ans, known, fault) }()
	pass, err := e.gate.pass(e.drain)
	if err != nil {
		return nil, false
	}
	defer pass.drop()
	pass.sent()
	var v *vendors.Verdict
	fault, v = e.askOnce(hard, p, q.key)
	if v == nil {
		pass.learn(vendors.Verdict{Class: vendors.Accepted})
		known = true
		return fault, true
	}
	pass.learn(*v)
	if v.Class == vendors.Fatal {
		e.end(Outcome{Reason: FatalAnswer, Verdict: *v, Row: t.row.Number, Detail: "the vendor refuses: " + v.Code})
		return nil, false
	}
	if v.Class == vendors.Unknown && t.life.asks >= e.plan.MaxRetries {
		known = true // the vendor gives no answer that can be read: let it judge the row itself
		return nil, true
	}
	t.life.asks++
	t.life.ready = time.Now().Add(e.delay(&t.life))
	return nil, false
}

func (e *Engine) askOnce(hard context.Context, p vendors.Probe, key string) (*mapping.Fault, *vendors.Verdict) {
	ctx, cancel := context.WithTimeout(hard, e.plan.Timeout)
	defer cancel()
	e.tally.requests.Add(1)
	return p.Ask(ctx, e.plan.Account, e.plan.Transport, key)
}
