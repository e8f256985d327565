package simulation_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/simulation"
	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// world is what outlives a process: the vendor, the network, the journal's file. It must be made, used and closed in one synctest bubble.
type world struct {
	t       *testing.T
	sc      *scenario
	vendor  *vendors.Vendor
	standin sandbox.Standin
	box     *sandbox.Sandbox
	network *sandbox.Network
	memory  *journal.Memory // nil where the journal is a file
	path    string
	blow    *blow // what befalls the present life; mostly nil
	mapper  *mapping.Mapper
	key     *journal.Key

	mu        sync.Mutex
	lives     int
	back      time.Duration // how far the clock was set back so far
	thoughts  uint64
	requests  []request
	trace     map[int64][]journal.Record // what became durable of each row, in order
	open      map[int64]bool             // rows that are open now, by the journal
	opened    int                        // rows that deaths left open
	disturbed int                        // exchanges that something happened to: each may leave one row in doubt
}

// request is one that the vendor took up.
type request struct {
	life  int
	at    time.Time
	fault sandbox.FaultKind
}

var mapper = sync.OnceValues(func() (*mapping.Mapper, error) { return mapping.Compile(mapping.Spec{}, header, mapping.Options{}) })

func newWorld(t *testing.T, sc *scenario, folder string) *world {
	w := &world{t: t, sc: sc, key: journal.NewKey([]byte("a key for tests, not for anything")), trace: map[int64][]journal.Record{}}
	if sc.sqlite {
		w.path = filepath.Join(folder, "journal.db")
	} else {
		w.memory = journal.NewMemory()
	}
	var err error
	if w.mapper, err = mapper(); err != nil {
		t.Fatal(err)
	}
	w.vendor, _ = all.Find(sc.vendor)
	w.standin, _ = all.Standin(sc.vendor)
	slow := w.standin
	slow.Answer = func(c *sandbox.Call) sandbox.Answer {
		w.think()
		return w.standin.Answer(c)
	}
	w.box, err = sandbox.New([]sandbox.Standin{slow}, sandbox.Options{
		Latency: sc.latency, Jitter: sc.jitter, Rates: sc.rates, RetryAfter: sc.form, Seed: sc.seed, Fault: w.fault, Shape: sc.shape,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.network = w.box.Network()
	return w
}

// close ends the vendor's side and waits until the last request has had its effect.
func (w *world) close() {
	w.network.Close()
	w.box.Close()
}

// think has the vendor dwell on a request before it registers anybody: the client may have given up by then.
func (w *world) think() {
	w.mu.Lock()
	w.thoughts++
	n := w.thoughts
	w.mu.Unlock()
	if n < 100 && w.sc.share(n, 3) < w.sc.slowMind {
		w.disturb(1)
		time.Sleep(time.Duration(w.sc.share(n, 4) * float64(40*time.Second)))
	}
}

func (w *world) disturb(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.disturbed += n
}

func (w *world) fault(n int, _ *http.Request) sandbox.Fault {
	f := w.sc.misfortune(n)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, request{w.lives, time.Now(), f.Kind})
	switch f.Kind {
	case sandbox.NoFault, sandbox.Auth, sandbox.Forbid, sandbox.Closed, sandbox.Limit:
	default:
		w.disturbed++
	}
	return f
}

func (sc *scenario) misfortune(n int) sandbox.Fault {
	if n > sc.weather {
		return sandbox.Fault{}
	}
	for i, f := range sc.faults {
		if f.First <= n && n <= f.Last || f.Last == 0 && sc.share(uint64(n), uint64(i), 5) < f.Share {
			return f.Fault
		}
	}
	return sandbox.Fault{}
}

// journal opens the journal as a new process would.
func (w *world) journal() (journal.Store, func()) {
	if w.memory != nil {
		return w.memory, func() {}
	}
	s, err := journal.OpenSQLite(w.path, journal.SQLiteOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
	return s, func() { s.Close() }
}

const clock = "15:04:05.000000"

// process is one life with all that is its own.
type process struct {
	simulation.Life
	world   *world
	number  int // from 1
	died    bool
	end     ending
	store   *simulation.Store
	wire    *simulation.Wire
	client  *http.Transport
	account *vendors.Account
	reports map[int64]journal.Record

	calls         atomic.Int32 // of the store, no Append
	writes, reads atomic.Int32 // so far, and since the last write
	struck        atomic.Bool  // the store was

	resumed bool
	out     pipeline.Outcome
	err     error
	began   time.Time
}

// live runs one process to its end or death and holds what it left to the promises. It reports whether the run is through.
func (w *world) live(e ending, calm bool) bool {
	w.mu.Lock()
	w.lives++
	w.back += e.back
	p := &process{world: w, number: w.lives, end: e, reports: map[int64]journal.Record{}, began: time.Now()}
	w.mu.Unlock()
	base, shut := w.journal()
	p.store = &simulation.Store{Store: base, Life: &p.Life, Strike: p.strikeStore, Delay: p.delayCommit, Kept: w.kept, Single: w.sc.options.Workers == 1}
	p.wire = &simulation.Wire{Life: &p.Life, Next: w.network.DialContext, Polite: e.polite, Delay: p.delayWire,
		Strike: func(c simulation.Call, n int) simulation.Fate { return p.strikeWire(c, n, calm) }}
	p.client = vendors.NewTransport(vendors.TransportOptions{Workers: w.sc.options.Workers, Dial: p.wire.DialContext})
	p.account = w.bind()
	p.err = p.main()
	p.died = p.Dead()
	p.Die() // with the process end its connections, and a dial that nobody waits for any more
	w.disturb(p.wire.Struck())
	if *seed != 0 {
		w.t.Logf("life %d: %s to %s, dead %v, %v, %s (%s), %v", p.number, p.began.Format(clock), time.Now().Format(clock), p.died, p.err,
			p.out.Detail, p.out.Verdict.Code, p.out.Counts)
	}
	p.check(base)
	shut()
	time.Sleep(e.pause)
	return p.err == nil && !p.died && p.out.Reason == pipeline.Finished
}

func (p *process) strikeStore(n int, call string, recs []journal.Record) simulation.Fate {
	if b := p.world.blow; b != nil {
		fate := b.onStore(n, call, recs)
		p.struck.Store(p.struck.Load() || fate != simulation.Pass)
		return fate
	}
	hit := false
	if call != "Append" && call != "Imported" { // rows are looked up in the same instant in which others are sent
		hit = int(p.calls.Add(1)) == p.end.storeCall
	}
	for _, r := range recs {
		hit = hit || r.Row == p.end.row && p.end.done == (r.Kind != journal.Intent)
	}
	if !hit {
		return simulation.Pass
	}
	p.struck.Store(true)
	return p.end.fate
}

// delayCommit makes commits late; of what was settled without an attempt not, since that is written while other rows are under way.
func (p *process) delayCommit(recs []journal.Record) time.Duration {
	r := recs[0]
	if r.Attempt == 0 {
		return 0
	}
	return time.Duration(p.world.sc.share(uint64(r.Row), uint64(r.Kind), uint64(r.Attempt), 6) * float64(p.world.sc.commit))
}

// strikeWire counts reads from the last write on: how many it takes to read an answer is a matter of chance.
func (p *process) strikeWire(c simulation.Call, n int, calm bool) simulation.Fate {
	if b := p.world.blow; b != nil {
		return b.onWire(c, n)
	}
	sc, lives := p.world.sc, uint64(p.number)
	read := int32(0)
	switch c {
	case simulation.Write:
		p.writes.Store(int32(n))
		p.reads.Store(0)
	case simulation.Read:
		n, read = int(p.writes.Load()), p.reads.Add(1)
	}
	if n == p.end.netCall && c == p.end.call && read < 2 {
		return p.end.fate
	}
	if calm || n > sc.wireCalls || read > 2 || sc.share(uint64(c), uint64(n), uint64(read), lives, 7) >= sc.wire {
		return simulation.Pass
	}
	return simulation.Before + simulation.Fate(3*sc.share(uint64(c), uint64(n), uint64(read), lives, 8))
}

// delayWire makes dials and writes late; answers are late by the vendor's own latency.
func (p *process) delayWire(c simulation.Call, n int) time.Duration {
	if c == simulation.Read {
		return 0
	}
	return time.Duration(p.world.sc.share(uint64(c), uint64(n), 9) * float64(p.world.sc.travel) / 2) // a dial and a write make one journey
}

func (w *world) kept(recs []journal.Record) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range recs {
		w.trace[r.Row] = append(w.trace[r.Row], r)
	}
}

func (w *world) bind() *vendors.Account {
	secrets := w.standin.Credentials()
	account, problems := w.vendor.Bind(vendors.Binding{
		Settings: maps.Clone(w.standin.Settings()), BaseURL: sandbox.BaseURL(w.vendor.Name),
		Lookup: func(env string) (string, bool, error) { v, ok := secrets[env]; return v, ok, nil },
	})
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	return account
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
	engine, err := pipeline.New(p.plan(run))
	if err != nil {
		return err
	}
	for _, timer := range []struct {
		after time.Duration
		do    func()
	}{{p.end.drain, engine.Drain}, {p.end.cut, cancel}, {p.end.die, p.Die}} {
		if timer.after > 0 {
			defer time.AfterFunc(timer.after, timer.do).Stop()
		}
	}
	defer p.client.CloseIdleConnections()
	if p.out, err = engine.Run(ctx); err != nil {
		return err
	}
	return p.store.Finish(context.Background(), run.ID, p.out.Reason.State(), time.Now())
}

// find goes on with the run that an earlier life began, or begins it.
func (p *process) find(ctx context.Context) (journal.Run, error) {
	runs, err := p.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, err
	}
	if len(runs) > 0 {
		p.resumed = true
		return runs[0], p.store.Reopen(ctx, runs[0].ID)
	}
	return p.store.Begin(ctx, journal.Run{Name: "run", Vendor: p.account.Vendor().Name, Account: p.account.ID(), Started: time.Now()})
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
	sc := p.world.sc
	return pipeline.Plan{
		Rows: &list{people: sc.people, breaks: p.end.input, wait: p.end.wait}, Mapper: p.world.mapper, Account: p.account, Transport: p.client,
		Store: p.store, Run: run, Key: p.world.key, Seen: journal.NewSeenMap(), Reporter: p, Resume: p.resumed, Options: sc.options,
		OnPanic: func(what string, stack []byte) { p.world.t.Errorf("a worker panicked: %s\n%s", what, stack) },
		Rand:    rand.New(rand.NewPCG(sc.seed, uint64(p.number))),
		Now:     func() time.Time { return time.Now().Add(-p.world.back) },
	}
}
