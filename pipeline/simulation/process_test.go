package simulation_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// process is one life with all that is its own.
type process struct {
	Life
	world   *world
	book    *book
	number  int // from 1
	died    bool
	end     ending
	store   *Store
	wire    *Wire
	client  *http.Transport
	account *vendors.Account
	mapper  *mapping.Mapper
	reports map[int64]journal.Record
	before  map[journal.Digest]bool // whom other runs had created when this life began
	said    map[answer]bool         // what the vendor had said of rows of other runs by then

	calls         atomic.Int32 // of the store, no Append
	writes, reads atomic.Int32 // so far, and since the last write
	struck        atomic.Bool  // the store was
	carrying      atomic.Bool  // what is written is about earlier runs
	fragile       atomic.Int32 // how often something could have panicked
	panicked      atomic.Int32
	engine        atomic.Pointer[pipeline.Engine]

	resumed bool
	order   *ahead.Order
	out     pipeline.Outcome
	err     error
	began   time.Time
}

// live runs one process to its end or death and holds what it left to the promises. It reports whether the run is through.
func (w *world) live(e ending, calm bool) bool {
	w.mu.Lock()
	w.lives++
	w.back += e.back
	p := &process{world: w, book: w.book, number: w.lives, end: e, reports: map[int64]journal.Record{}, began: time.Now()}
	w.mu.Unlock()
	base, shut := w.journal()
	defer shut()
	p.before, p.said = w.created(base), w.answered(base, w.others())
	p.store = &Store{Store: base, Life: &p.Life, Strike: p.strikeStore, Delay: p.delayCommit, Kept: p.kept, Single: w.sc.options.Workers == 1}
	p.wire = &Wire{Life: &p.Life, Next: w.network.DialContext, Polite: e.polite, Delay: p.delayWire,
		Strike: func(c Call, n int) Fate { return p.strikeWire(c, n, calm) }}
	p.client = vendors.NewTransport(vendors.TransportOptions{Workers: w.sc.options.Workers, Dial: p.wire.DialContext})
	p.bind()
	p.err = p.main()
	p.died = p.Dead()
	p.Die() // with the process end its connections, and a dial that nobody waits for any more
	w.disturb(p.wire.Struck() + int(p.panicked.Load()))
	p.book.panics += int(p.panicked.Load())
	if *seed != 0 {
		w.t.Logf("life %d, %s: %s to %s, dead %v, %v, %s (%s), %v, %d panics", p.number, p.book.name, p.began.Format(clock), time.Now().Format(clock),
			p.died, p.err, p.out.Detail, p.out.Verdict.Code, p.out.Counts, p.panicked.Load())
	}
	p.check(base)
	w.lookUp(base, e.settles)
	time.Sleep(e.pause)
	return p.err == nil && !p.died && p.out.Reason == pipeline.Finished
}

// bind makes the account and the mapper of this life.
func (p *process) bind() {
	w := p.world
	secrets := w.standin.Credentials()
	fragile := *w.vendor
	fragile.Read = func(status int, header http.Header, body []byte) vendors.Answer {
		p.mayPanic()
		return w.vendor.Read(status, header, body)
	}
	account, problems := fragile.Bind(vendors.Binding{
		Settings: maps.Clone(w.standin.Settings()), BaseURL: sandbox.BaseURL(w.vendor.Name),
		Lookup: func(env string) (string, bool, error) { v, ok := secrets[env]; return v, ok, nil },
	})
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	compiled := mapper
	if p.book.where {
		compiled = choosing
	}
	var err error
	if p.mapper, err = compiled(); err != nil {
		w.t.Fatal(err)
	}
	p.account = account
}

// mayPanic is where this program fails, once in a life at most.
func (p *process) mayPanic() bool {
	if int(p.fragile.Add(1)) != p.end.panics {
		return false
	}
	p.panicked.Add(1)
	panic("a fault of this program")
}

// RoundTrip is the transport of the life, which can panic before a request leaves and after its answer came.
func (p *process) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mayPanic()
	resp, err := p.client.RoundTrip(r)
	if int(p.fragile.Load())+1 == p.end.panics && err == nil {
		resp.Body.Close()
	}
	p.mayPanic()
	return resp, err
}

// main is what the command does: find or begin the run, move it, record how it ended.
func (p *process) main() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p.OnDeath(cancel)
	run, err := p.find(ctx)
	if err != nil {
		return err
	}
	p.book.run = run.ID
	sample, err := p.sample(ctx, run)
	if err != nil {
		return err
	}
	engine, err := p.prepare(ctx, run, max(0, sample))
	if err != nil {
		return err
	}
	for _, timer := range []struct {
		after time.Duration
		do    func()
	}{{p.end.drain, p.drain}, {p.end.cut, cancel}, {p.end.die, p.Die}} {
		if timer.after > 0 {
			defer time.AfterFunc(timer.after, timer.do).Stop()
		}
	}
	defer p.client.CloseIdleConnections()
	if sample < 0 {
		p.out.Reason = pipeline.Sampled
		return p.store.Finish(context.Background(), run.ID, journal.Interrupted, time.Now())
	}
	if err = p.move(ctx, engine, run); err != nil || p.out.Reason != pipeline.Sampled || !p.end.yes {
		return err
	}
	p.book.agreed = true
	if err := p.store.Reopen(ctx, run.ID); err != nil {
		return err
	}
	p.resumed, p.reports = true, map[int64]journal.Record{}
	if engine, err = p.prepare(context.Background(), run, 0); err != nil {
		return err
	}
	return p.move(ctx, engine, run)
}

// prepare makes an engine that has noted whom earlier runs left in doubt.
func (p *process) prepare(ctx context.Context, run journal.Run, sample int64) (*pipeline.Engine, error) {
	plan := p.plan(run)
	plan.Resume, plan.Order, plan.Policy.Sample = p.resumed, p.order, sample
	engine, err := pipeline.New(plan)
	if err != nil {
		return nil, err
	}
	p.carrying.Store(true)
	defer p.carrying.Store(false)
	prepared, err := engine.Prepare(ctx)
	p.order = prepared.Order
	return engine, err
}

func (p *process) drain() {
	if e := p.engine.Load(); e != nil {
		e.Drain()
	}
}

// move runs an engine and records how it ended.
func (p *process) move(ctx context.Context, engine *pipeline.Engine, run journal.Run) (err error) {
	p.engine.Store(engine)
	panics := p.out.Panics
	p.out, err = engine.Run(ctx)
	p.out.Panics += panics
	if err != nil {
		return err
	}
	return p.store.Finish(context.Background(), run.ID, p.out.Reason.State(), time.Now())
}

// find resumes the run that an earlier life began, or begins it.
func (p *process) find(ctx context.Context) (journal.Run, error) {
	runs, err := p.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, err
	}
	for _, r := range runs {
		if r.Name == p.book.name {
			p.resumed = true
			return r, p.store.Reopen(ctx, r.ID)
		}
	}
	return p.store.Begin(ctx, journal.Run{Name: p.book.name, Vendor: p.account.Vendor().Name, Account: p.account.ID(), Started: time.Now()})
}

// Settled is the report of a process: what it was told last of each row.
func (p *process) Settled(recs []journal.Record) error {
	for _, r := range recs {
		if was, ok := p.reports[r.Row]; ok {
			return errors.New("row " + r.Key + " was reported twice, as " + was.Status.String() + " and " + r.Status.String())
		}
		p.reports[r.Row] = r
	}
	return nil
}

func (p *process) plan(run journal.Run) pipeline.Plan {
	sc, people := p.world.sc, p.book.people
	plan := pipeline.Plan{
		Rows: &list{people: people, breaks: p.end.input, wait: p.end.wait}, Mapper: p.mapper, Account: p.account, Transport: p,
		Store: p.store, Run: run, Key: p.world.key, Seen: journal.NewSeenMap(), Reporter: p, Options: sc.options,
		Policy: p.book.policy, Again: func() (pipeline.ClosingRows, error) { return &list{people: people}, nil },
		OnPanic: func(what string, stack []byte) {
			if p.panicked.Load() == 0 {
				p.world.t.Errorf("a worker panicked: %s\n%s", what, stack)
			}
		},
		Rand: rand.New(rand.NewPCG(sc.seed, uint64(p.number))),
		Now:  func() time.Time { return time.Now().Add(-p.world.back) },
	}
	plan.Policy.Sample = 0
	plan.SendAgain = p.sendsAgain()
	plan.InDoubt, plan.MaxErrors.Rows = p.end.inDoubt, p.end.maxErrors
	if p.end.resend > 0 {
		plan.Resend = func(s journal.RowState) bool { return p.resends(s.Row) }
	}
	return plan
}

// sendsAgain is what a person wants to be sent again in this life although the vendor has said no before.
func (p *process) sendsAgain() (answers []journal.Status) {
	for _, s := range []journal.Status{journal.Exists, journal.Rejected} {
		if p.world.sc.share(uint64(s), uint64(p.number), 12) < 0.2 {
			answers = append(answers, s)
		}
	}
	return answers
}

// resends reports whether a person named the row to be sent again in this life.
func (p *process) resends(row int64) bool {
	return p.world.sc.share(uint64(row), uint64(p.number), 10) < p.end.resend
}
