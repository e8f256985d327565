package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/source"
	"importer/vendors"
	"importer/vendors/distinct"
	distinctstandin "importer/vendors/distinct/standin"
	"importer/vendors/epixel"
	epixelstandin "importer/vendors/epixel/standin"
	"importer/vendors/jframework"
	jframeworkstandin "importer/vendors/jframework/standin"
	"importer/vendors/pelcro"
	pelcrostandin "importer/vendors/pelcro/standin"
	"importer/vendors/sandbox"
	"importer/vendors/thanx"
	thanxstandin "importer/vendors/thanx/standin"
)

// world is one vendor's stand-in behind a network in memory, and a journal: everything around an engine, without a socket or a file.
type world struct {
	t       *testing.T
	vendor  *vendors.Vendor
	sandbox *sandbox.Sandbox
	network *sandbox.Network
	client  *http.Transport
	account *vendors.Account
	mapper  *mapping.Mapper
	store   journal.Store
	key     *journal.Key
	run     journal.Run
	rows    [][]string
}

type standin struct {
	vendor  func() *vendors.Vendor
	standin func() sandbox.Standin
}

var known = map[string]standin{
	"distinct": {distinct.Vendor, distinctstandin.New},
	"thanx":    {thanx.Vendor, thanxstandin.New},
	"pelcro":   {pelcro.Vendor, pelcrostandin.New},
	"epixel":   {epixel.Vendor, epixelstandin.New},

	"jframework": {jframework.Vendor, jframeworkstandin.New},
}

var header = []string{"email", "first_name", "last_name", "password", "terms_accepted", "newsletter", "birth_date", "language", "phone"}

// person makes the n-th row: a person nobody else is. Every tenth has no phone, so that Distinct takes a repeat.
func person(n int) []string {
	phone := fmt.Sprintf("+35386%07d", 1000000+n)
	if n%10 == 0 {
		phone = ""
	}
	return []string{fmt.Sprintf("p%d@example.com", n), "Ada", "Byrne", "Str0ng!pass", "true", "false", "1990-05-15", "en", phone}
}

func people(n int) [][]string {
	rows := make([][]string, n)
	for i := range rows {
		rows[i] = person(i + 1)
	}
	return rows
}

// newWorld must be called inside the synctest bubble in which the world is used.
func newWorld(t *testing.T, vendor string, rows [][]string, o sandbox.Options) *world {
	t.Helper()
	w := &world{t: t, rows: rows, store: memory.New()}
	k := known[vendor]
	w.vendor = k.vendor()
	s := k.standin()
	var err error
	if w.sandbox, err = sandbox.New([]sandbox.Standin{s}, o); err != nil {
		t.Fatal(err)
	}
	w.network = w.sandbox.Network()
	w.client = vendors.NewTransport(vendors.TransportOptions{Workers: 64, Dial: w.network.DialContext})
	settings := s.Settings()
	secrets := s.Credentials()
	account, problems := w.vendor.Bind(vendors.Binding{
		Settings: maps.Clone(settings), BaseURL: sandbox.BaseURL(vendor),
		Lookup: func(env string) (string, bool, error) { v, ok := secrets[env]; return v, ok, nil },
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w.account = account
	w.mapper, err = mapping.Compile(mapping.Spec{}, header, mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w.key = journal.NewKey([]byte("a key for tests, not for anything"))
	w.run = w.begin("first")
	t.Cleanup(w.close)
	return w
}

func (w *world) close() {
	w.client.CloseIdleConnections()
	w.network.Close()
	w.sandbox.Close()
}

func (w *world) begin(name string) journal.Run {
	w.t.Helper()
	r, err := w.store.Begin(context.Background(), journal.Run{Name: name, Vendor: w.vendor.Name, Account: w.account.ID(), Started: time.Now()})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// engine makes an engine for the world's run, changed by each of the given functions.
func (w *world) engine(change ...func(*pipeline.Plan)) *pipeline.Engine {
	w.t.Helper()
	p := pipeline.Plan{
		Rows: &slice{rows: w.rows}, Mapper: w.mapper, Account: w.account, Transport: w.client,
		Store: w.store, Run: w.run, Key: w.key, Seen: journal.NewSeenMap(),
		Rand: rand.New(rand.NewPCG(7, 7)), Now: time.Now,
	}
	for _, f := range change {
		f(&p)
	}
	e, err := pipeline.New(p)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// dry makes the engine send nothing. What it finds goes into a journal of its own.
func (w *world) dry(run *pipeline.DryRun) func(*pipeline.Plan) {
	found := memory.New()
	r, err := found.Begin(context.Background(), journal.Run{Name: "check"})
	if err != nil {
		w.t.Fatal(err)
	}
	run.Found, run.Run, run.Questions = found, r.ID, journal.NewSeenMap()
	return func(p *pipeline.Plan) { p.Sender = run }
}

// finish runs an engine to its end and fails the test on an error.
func (w *world) finish(change ...func(*pipeline.Plan)) pipeline.Outcome {
	w.t.Helper()
	out, err := w.engine(change...).Run(w.t.Context())
	if err != nil {
		w.t.Fatalf("run: %v", err)
	}
	return out
}

// states returns what the journal says of every row.
func (w *world) states() map[int64]journal.RowState {
	w.t.Helper()
	states := map[int64]journal.RowState{}
	for s, err := range w.store.Rows(context.Background(), w.run.ID, 1) {
		if err != nil {
			w.t.Fatal(err)
		}
		states[s.Row] = s
	}
	return states
}

// statuses counts what the journal says, with rows it does not know as unsent and open ones as in doubt.
func (w *world) statuses() map[journal.Status]int {
	counts := map[journal.Status]int{}
	states := w.states()
	for n := range w.rows {
		switch s := states[int64(n+1)]; s.Kind {
		case journal.Settle:
			counts[s.Status]++
		case journal.Intent, journal.Uncertain:
			counts[journal.InDoubt]++
		default:
			counts[journal.Unsent]++
		}
	}
	return counts
}

func (w *world) register() sandbox.Snapshot { return w.sandbox.Register(w.vendor.Name).Snapshot() }

// slice is an input in memory.
type slice struct {
	rows [][]string
	next int
}

func (s *slice) Next() (source.Row, error) {
	if s.next >= len(s.rows) {
		return source.Row{}, io.EOF
	}
	s.next++
	n := int64(s.next)
	return source.Row{Number: n, Line: n + 1, Cells: s.rows[n-1]}, nil
}

// collect is a reporter that remembers.
type collect struct{ recs []journal.Record }

func (c *collect) Settled(recs []journal.Record) error {
	c.recs = append(c.recs, recs...)
	return nil
}
