package faultproxy_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"
	"testing"
	"time"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// deadline is that of one attempt.
const deadline = 5 * time.Second

// bench is a client, a proxy and a stand-in, in memory.
type bench struct {
	t       testing.TB
	way     way
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

// newBench sets all up in memory; in a synctest bubble it must be closed there.
func newBench(t testing.TB, w way, o faultproxy.Options) *bench {
	t.Helper()
	return newBenchAt(t, w, sandbox.BaseURL(w.vendor), sandbox.Options{}, o, vendors.TransportOptions{Workers: 1})
}

// newBenchAt is newBench with a base URL, sandbox options and a transport of its own.
func newBenchAt(t testing.TB, w way, base string, options sandbox.Options, o faultproxy.Options, to vendors.TransportOptions) *bench {
	t.Helper()
	b := &bench{t: t, way: w, slack: 10 * time.Millisecond}
	s, ok := all.Standin(w.vendor)
	if !ok {
		t.Fatalf("no stand-in of %s", w.vendor)
	}
	options.Shape = w.shape
	var err error
	if b.sandbox, err = sandbox.New([]sandbox.Standin{s}, options); err != nil {
		t.Fatal(err)
	}
	b.network = b.sandbox.Network()
	o.Upstream = b.network.DialContext
	if o.Refuse == nil {
		o.Refuse = func(why sandbox.Refusal) sandbox.Answer { return s.Refusals[why] }
	}
	b.proxy = faultproxy.New(o)
	if to.Dial == nil {
		to.Dial = b.proxy.DialContext
	}
	b.client = vendors.NewTransport(to)
	b.account = w.bind(t, s, base)
	for _, v := range s.Credentials() {
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
		mapping.Email: email, mapping.FirstName: "Canaria", mapping.LastName: "Finchworth", mapping.Password: "C4nary#Passw0rd", mapping.Username: fmt.Sprintf("canary_u%d", n),
		mapping.TermsAccepted: "true", mapping.Newsletter: "false", mapping.Language: "en-IE", mapping.Country: "IE", mapping.UserType: "member",
		mapping.Sponsor: "anna.sponsor", mapping.Subdomain: fmt.Sprintf("birdhouse%d", n), mapping.ProductID: "17",
		mapping.AddressFirstName: "Canaria", mapping.AddressLastName: "Finchworth", mapping.AddressEmail: email, mapping.AddressLine: "12", mapping.AddressPremise: "Finchworth Square",
		mapping.AddressLocality: "Dublin", mapping.AddressPostalCode: "D02 X285", mapping.AddressCountry: "IE", mapping.AddressState: "D",
	} {
		c.SetText(f, text)
	}
	c.SetBirth(mapping.Date{Year: 1990, Month: 5, Day: 15})
	phone := mapping.PhoneParts{E164: fmt.Sprintf("+35387%07d", 2000000+n), CountryCode: 353, National: fmt.Sprintf("87%07d", 2000000+n), Region: "IE"}
	c.SetPhone(mapping.PhoneNumber, phone)
	c.SetPhone(mapping.AddressPhone, phone)
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
	if after.OtherHosts > 0 {
		b.t.Errorf("%d dials to another host", after.OtherHosts)
	}
	registered := b.registered(email)
	switch {
	case v.Class == vendors.Accepted && !registered:
		b.t.Errorf("reported as created, and not in the register")
	case v.Class == vendors.Accepted && v.VendorID == "" && v.Code == "created" && !b.way.nameless:
		b.t.Error("created, and the vendor's id was not kept")
	case registered && v.Class != vendors.Accepted && v.Class != vendors.Unknown && v.Class != vendors.Exists:
		b.t.Errorf("registered, and the verdict is %s/%s", v.Class, v.Code)
	}
	b.secret(b.t, v, email)
	return v
}

func (b *bench) registered(email string) bool {
	for _, e := range b.sandbox.Register(b.way.vendor).Snapshot().Entries {
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
	for _, s := range append([]string{email, "canary.person", "canary_u", "birdhouse", "Canaria", "Finchworth", "C4nary", "Passw0rd", "8720", "firstName", "\x16\x03", `\x16\x03`}, b.secrets...) {
		if strings.Contains(strings.ToLower(texts), strings.ToLower(s)) {
			t.Errorf("the verdict shows %q: %q", s, texts)
		}
	}
	if strings.ContainsFunc(texts, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
		t.Errorf("control characters: %q", texts)
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
