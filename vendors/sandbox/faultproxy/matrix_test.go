package faultproxy_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/distinct"
	distinctstandin "importer/vendors/distinct/standin"
	"importer/vendors/pelcro"
	pelcrostandin "importer/vendors/pelcro/standin"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// deadline is that of one attempt.
const deadline = 5 * time.Second

// bench is a client, a proxy and a stand-in, in memory.
type bench struct {
	t       testing.TB
	vendor  string
	sandbox *sandbox.Sandbox
	network *sandbox.Network
	proxy   *faultproxy.Proxy
	client  *http.Transport
	account *vendors.Account
	secrets []string
	people  int

	patience time.Duration // of one attempt; 0 is the deadline
	slack    time.Duration // what an attempt may take longer: hardly anything in simulated time
}

type standin struct {
	vendor  func() *vendors.Vendor
	standin func() sandbox.Standin
}

var known = map[string]standin{
	"distinct": {distinct.Vendor, distinctstandin.New},
	"pelcro":   {pelcro.Vendor, pelcrostandin.New},
}

// newBench sets all up; in a synctest bubble it must be closed there.
func newBench(t testing.TB, vendor, base string, o faultproxy.Options, to vendors.TransportOptions) *bench {
	t.Helper()
	return newBenchIn(t, sandbox.Options{}, vendor, base, o, to)
}

// newBenchIn is newBench with a sandbox of its own weather.
func newBenchIn(t testing.TB, weather sandbox.Options, vendor, base string, o faultproxy.Options, to vendors.TransportOptions) *bench {
	t.Helper()
	b := &bench{t: t, vendor: vendor, slack: 10 * time.Millisecond}
	s := known[vendor].standin()
	var err error
	if b.sandbox, err = sandbox.New([]sandbox.Standin{s}, weather); err != nil {
		t.Fatal(err)
	}
	b.network = b.sandbox.Network()
	o.Upstream = b.network.DialContext
	b.proxy = faultproxy.New(o)
	if to.Dial == nil {
		to.Dial = b.proxy.DialContext
	}
	b.client = vendors.NewTransport(to)
	credentials := s.Credentials()
	account, problems := known[vendor].vendor().Bind(vendors.Binding{
		Settings: s.Settings(), BaseURL: base, Nonce: "bench",
		Lookup: func(env string) (string, bool, error) { v, ok := credentials[env]; return v, ok, nil },
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.account = account
	for _, v := range credentials {
		if len(v) > 5 {
			b.secrets = append(b.secrets, v)
		}
	}
	return b
}

func (b *bench) close() {
	b.client.CloseIdleConnections()
	b.proxy.Close()
	b.network.Close()
	b.sandbox.Close()
}

// person is a request of somebody new, with the texts that must show nowhere.
func (b *bench) person() (r vendors.Request, email string) {
	b.t.Helper()
	b.people++
	n := b.people
	email = fmt.Sprintf("canary.person%d@mail.example", n)
	var c mapping.Customer
	for f, text := range map[mapping.Field]string{
		mapping.Email: email, mapping.FirstName: "Canaria", mapping.LastName: "Finchworth", mapping.Password: "C4nary#Passw0rd",
		mapping.TermsAccepted: "true", mapping.Newsletter: "false", mapping.Language: "en-IE",
	} {
		c.SetText(f, text)
	}
	c.SetBirth(mapping.Date{Year: 1990, Month: 5, Day: 15})
	c.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{E164: fmt.Sprintf("+35387%07d", 2000000+n), CountryCode: 353, National: fmt.Sprintf("87%07d", 2000000+n), Region: "IE"})
	r, faults := b.account.Prepare(&c)
	if len(faults) > 0 {
		b.t.Fatal(faults)
	}
	return r, email
}

// send makes one attempt and holds what must hold of every attempt, whatever happened to it.
func (b *bench) send() vendors.Verdict {
	b.t.Helper()
	r, email := b.person()
	before, start := b.proxy.Counts(), time.Now()
	patience := b.patience
	if patience == 0 {
		patience = deadline
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	v := b.account.Send(ctx, b.client, r)
	if took := time.Since(start); took > patience+b.slack {
		b.t.Errorf("took %s", took)
	}
	after := b.proxy.Counts()
	if n := after.Begun - before.Begun; n > 1 {
		b.t.Errorf("%d requests for one attempt", n)
	}
	if v.Class == vendors.NotSent && after.Bytes > before.Bytes {
		b.t.Errorf("not sent (%s), but %d bytes of the request arrived", v.Code, after.Bytes-before.Bytes)
	}
	if after.Strangers > 0 {
		b.t.Errorf("%d dials to another host", after.Strangers)
	}
	registered := b.registered(email)
	switch {
	case v.Class == vendors.Accepted && !registered:
		b.t.Errorf("said to be created, and is not in the register")
	case registered && v.Class != vendors.Accepted && v.Class != vendors.Unknown:
		b.t.Errorf("registered, and the verdict is %s/%s", v.Class, v.Code)
	}
	b.secret(b.t, v, email)
	return v
}

func (b *bench) registered(email string) bool {
	for _, e := range b.sandbox.Register(b.vendor).Snapshot().Entries {
		if e.Identity == email {
			return true
		}
	}
	return false
}

// secret looks for what must not be shown: credentials, the row's values, pieces of both, and the bytes of garbage.
func (b *bench) secret(t testing.TB, v vendors.Verdict, email string) {
	t.Helper()
	texts := strings.Join([]string{v.Code, v.Hint, v.VendorCode, v.Field, v.Message, v.VendorID}, "\n")
	for _, s := range append([]string{email, "canary.person", "Canaria", "Finchworth", "C4nary", "Passw0rd", "8720", "firstName", "\x16\x03", `\x16\x03`}, b.secrets...) {
		if strings.Contains(strings.ToLower(texts), strings.ToLower(s)) {
			t.Errorf("the verdict shows %q: %q", s, texts)
		}
	}
	if strings.ContainsFunc(texts, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
		t.Errorf("control characters: %q", texts)
	}
}

// cleanRequests go before a shot, so that the connection is what the cell wants.
func cleanRequests(s faultproxy.Shot) int {
	if s.On == faultproxy.Fresh {
		return 0
	}
	return 1
}

// shots are the shots that try a cell: one for each header where it is about headers.
func shots(s faultproxy.Shot) []faultproxy.Shot {
	lines := 1
	switch s.At {
	case faultproxy.RequestHeader:
		lines = 6
	case faultproxy.AnswerHeader:
		lines = 2
	}
	all := make([]faultproxy.Shot, lines)
	for i := range all {
		s.Line = i
		all[i] = s
	}
	return all
}

func name(s faultproxy.Shot) string {
	return fmt.Sprintf("%s, %s, %s %d", s.On, s.At, s.Fault, s.Line)
}

// TestMatrix tries every cell of the table that needs no TLS.
func TestMatrix(t *testing.T) {
	quietLog(t)
	tried := 0
	for _, cell := range faultproxy.Cells() {
		if cell.Shot.At == faultproxy.Handshake {
			continue
		}
		for _, shot := range shots(cell.Shot) {
			tried++
			t.Run(name(shot), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { try(t, shot, cell) })
			})
		}
	}
	t.Logf("%d cells, %d shots", len(faultproxy.Cells()), tried)
}

func try(t *testing.T, shot faultproxy.Shot, cell faultproxy.Cell) {
	o := faultproxy.Options{Narrow: true}
	before := cleanRequests(shot)
	if shot.At == faultproxy.Dialing {
		o.Dial = func(n int) faultproxy.Fault {
			if n == 1 {
				return shot.Fault
			}
			return ""
		}
	} else {
		at := before + 1
		if shot.At == faultproxy.Idle {
			at = before // it follows the request before
		}
		o.Shoot = func(n int) faultproxy.Shot {
			if n == at {
				return shot
			}
			return faultproxy.Shot{}
		}
	}
	b := newBench(t, "distinct", sandbox.BaseURL("distinct"), o, vendors.TransportOptions{Workers: 1})
	defer b.close()
	for range before {
		if v := b.send(); v.Class != vendors.Accepted {
			t.Fatalf("a request before the fault: %+v", v)
		}
	}
	if shot.On == faultproxy.Noticed || shot.On == faultproxy.Refused || shot.On == faultproxy.Taken {
		time.Sleep(100 * time.Millisecond) // simulated: the connection dies in it
	}
	if v := b.send(); v.Class != cell.Class || v.Code != cell.Code || v.Hint == "" && v.Class != vendors.Accepted {
		t.Errorf("got %s/%s (%q), want %s/%s", v.Class, v.Code, v.Message, cell.Class, cell.Code)
	}
	time.Sleep(20 * time.Second) // simulated: the connection's end is known, and a dial that outlives its request has ended by its own limit
	if v := b.send(); v.Class != vendors.Accepted {
		t.Errorf("the next request: %s/%s (%q)", v.Class, v.Code, v.Message)
	}
	b.client.CloseIdleConnections()
	synctest.Wait()
	if n := b.proxy.Counts().Open; n > 0 {
		t.Errorf("%d connections were left open", n)
	}
	if c := b.proxy.Counts(); c.Strangers > 0 {
		t.Errorf("%d dials to another host", c.Strangers)
	}
	if twice := b.sandbox.Register("distinct").Snapshot().CreatedTwice; len(twice) > 0 {
		t.Errorf("registered twice: %v", twice)
	}
}

// quietLog takes the standard logger, to which net/http writes what a server says unasked, until the test ends.
func quietLog(t testing.TB) *bytes.Buffer {
	var b bytes.Buffer
	before := log.Writer()
	log.SetOutput(&b)
	t.Cleanup(func() { log.SetOutput(before) })
	return &b
}
