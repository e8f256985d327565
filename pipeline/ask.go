package pipeline

import (
	"context"
	"sync"
	"time"

	"importer/mapping"
	"importer/vendors"
)

// ask asks the vendor's questions about a row. True: the row may be sent. Otherwise the row was settled, stays unsent with its sponsor, is to
// come again, or the run ends. Of a row that may be registered since an earlier attempt nothing is asked, not even whether its sponsor is there:
// no answer could make it invalid now.
func (e *Engine) ask(hard context.Context, t *task) bool {
	if t.tries.doubted {
		return true
	}
	if ok, err := e.sponsored(t); !ok || err != nil {
		e.fail(err)
		return false
	}
	for _, q := range e.questions(t) {
		fault, ok := e.sender.question(hard, t, q)
		if ok && fault != nil {
			e.fail(e.settle(t, *invalid([]mapping.Fault{*fault})))
		}
		if !ok || fault != nil {
			return false
		}
	}
	return true
}

// question is one of a vendor's questions (does this sponsor exist?). Each distinct one is asked once in a run.
type question struct {
	vendors.Probe
	key string
}

func (e *Engine) questions(t *task) (list []question) {
	for _, p := range e.plan.Account.Probes() {
		if key := p.Key(&t.customer); key != "" {
			list = append(list, question{p, key})
		}
	}
	return list
}

// answers remembers what the vendor's questions were answered.
type answers struct {
	mu    sync.Mutex
	known map[[2]string]*answer // by the question's name and key
}

// answer is being asked for until done is closed. fault is nil when the row may go.
type answer struct {
	done  chan struct{}
	known bool // false once done: asking failed, and another row may ask again
	fault *mapping.Fault
}

// claim returns the answer to q, and whether the caller must find it.
func (a *answers) claim(q question) (*answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if ans, ok := a.known[[2]string{q.Name, q.key}]; ok {
		return ans, false
	}
	ans := &answer{done: make(chan struct{})}
	a.known[[2]string{q.Name, q.key}] = ans
	return ans, true
}

// give settles an answer; one that could not be found is forgotten.
func (a *answers) give(q question, ans *answer, known bool, fault *mapping.Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ans.known, ans.fault = known, fault
	if !known {
		delete(a.known, [2]string{q.Name, q.key})
	}
	close(ans.done)
}

// question returns the answer to one question. Not ok: the row waits and comes again, or the run ends.
func (e *Engine) question(hard context.Context, t *task, q question) (*mapping.Fault, bool) {
	ans, mine := e.answers.claim(q)
	if !mine {
		select {
		case <-ans.done:
		case <-e.drain.Done():
			return nil, false
		}
		if !ans.known {
			e.later(t)
		}
		return ans.fault, ans.known
	}
	known, fault := false, (*mapping.Fault)(nil)
	defer func() { e.answers.give(q, ans, known, fault) }()
	pass := e.pass()
	if pass == nil {
		return nil, false
	}
	defer pass.drop()
	pass.sent()
	var v *vendors.Verdict
	limited, cancel := context.WithTimeout(hard, e.plan.Timeout)
	defer cancel()
	e.tally.change(func(now *Progress) { now.Requests++ })
	fault, v = q.Ask(limited, e.plan.Account, e.plan.Transport, q.key)
	if v == nil {
		pass.learn(vendors.Verdict{Class: vendors.Accepted})
		known = true
		return fault, true
	}
	pass.learn(*v)
	if v.Class == vendors.Fatal {
		e.refused(t, *v)
		return nil, false
	}
	if v.Class == vendors.Unknown && t.tries.asks >= e.plan.MaxRetries {
		known = true // the vendor gives no answer that can be read: let it judge the row itself
		return nil, true
	}
	t.tries.asks++
	e.later(t)
	return nil, false
}

// later makes the row wait before it goes again.
func (e *Engine) later(t *task) {
	if t.tries.waits == nil {
		t.tries.waits = e.plan.Patience.curve()
	}
	t.tries.ready = time.Now().Add(e.jitter.full(t.tries.waits.NextBackOff()))
}

// refused stops the run for an answer that refuses us, not the row.
func (e *Engine) refused(t *task, v vendors.Verdict) {
	who := "the vendor refuses: "
	if v.HTTPStatus == 0 {
		who = "no request gets through to the vendor: "
	}
	e.end(Outcome{Reason: FatalAnswer, Verdict: v, Row: t.row.Number, Detail: who + v.Code})
}
