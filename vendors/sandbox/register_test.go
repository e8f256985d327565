package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func add(t *testing.T, g *Register, id Identity, unique ...Key) (int, []Key) {
	t.Helper()
	n, taken, err := g.Add(id, unique...)
	if err != nil {
		t.Fatal(err)
	}
	return n, taken
}

func TestRegister(t *testing.T) {
	g := newRegister(nil)
	ann := Identity{Email: "ann@x.org", Phone: "+1555", Username: "ann"}
	if n, _ := add(t, g, ann, EmailKey, PhoneKey); n != 1 {
		t.Errorf("the first number is %d", n)
	}
	if _, taken := add(t, g, Identity{Email: "ANN@x.org", Phone: "+1555"}, PhoneKey, EmailKey); !reflect.DeepEqual(taken, []Key{PhoneKey, EmailKey}) {
		t.Errorf("taken %v, want phone and e-mail in the order asked", taken)
	}
	if _, taken := add(t, g, Identity{Email: "ben@x.org"}, PhoneKey, UsernameKey); taken != nil {
		t.Errorf("keys the person does not have were taken: %v", taken)
	}
	add(t, g, Identity{Email: "Ann@x.org", Phone: "+1666"}, PhoneKey) // e-mail not unique: registered again
	add(t, g, Identity{Email: "ann@x.org"})
	want := Snapshot{
		People: 2, Acts: 4, CreatedTwice: []Duplicate{{"Ann@x.org", []int{1, 3, 4}}},
		Entries: []Entry{{1, "ann@x.org", "created"}, {2, "ben@x.org", "created"}, {3, "Ann@x.org", "created"}, {4, "ann@x.org", "created"}},
	}
	if got := g.Snapshot(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if err := g.Reset(); err != nil || g.Summary().Acts != 0 || g.Has(EmailKey, "ann@x.org") {
		t.Errorf("somebody is left after a reset, %v", err)
	}
}

func TestRegisterEnroll(t *testing.T) {
	g := newRegister(Seeded)
	for range 2 {
		if err := g.Enroll(Identity{Email: "taken@example.com"}); err != nil {
			t.Fatal(err)
		}
	}
	add(t, g, Identity{Email: "ann@x.org"}, EmailKey)
	if err := g.Enroll(Identity{Email: "ann@x.org"}); err != nil { // is with the brand already
		t.Fatal(err)
	}
	want := []Entry{{1, "taken@example.com", "enrolled"}, {2, "ann@x.org", "created"}}
	if got := g.Snapshot(); !reflect.DeepEqual(got.Entries, want) || got.People != 2 {
		t.Errorf("got %+v", got)
	}
}

// TestRegisterOnce: of many who want the same phone number at the same time, one gets it.
func TestRegisterOnce(t *testing.T) {
	g := newRegister(nil)
	var wait sync.WaitGroup
	for i := range 50 {
		wait.Go(func() { g.Add(Identity{Email: fmt.Sprint(i, "@x.org"), Phone: "+1"}, PhoneKey) })
	}
	wait.Wait()
	if n := g.Summary().Acts; n != 1 {
		t.Errorf("%d people have the same phone number", n)
	}
}

func TestRegisterFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "toy.jsonl")
	open := func() *Sandbox {
		t.Helper()
		s, err := New([]Standin{toy()}, Options{Directory: dir})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	g := s.Register("toy")
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			g.Add(Identity{Email: fmt.Sprint(i, "@x.org"), Username: fmt.Sprint("user", i), Member: i == 3})
		})
	}
	wait.Wait()
	add(t, g, Identity{Email: "3@x.org"})
	g.Enroll(Identity{Email: "taken@example.com"})
	want, members := g.Snapshot(), g.Members()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(`{"number":23,"act":"cre`) // cut by a crash
	f.Close()

	s = open()
	if got := s.Register("toy").Snapshot(); !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v\nwant %+v", got, want)
	}
	if got := s.Register("toy").Members(); !reflect.DeepEqual(got, members) {
		t.Errorf("members %v, want %v", got, members)
	}
	if err := s.Reset(); err != nil {
		t.Fatal(err)
	}
	add(t, s.Register("toy"), Identity{Email: "new@x.org"})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != `{"number":1,"act":"created","email":"new@x.org"}`+"\n" {
		t.Errorf("the file holds %q, %v", data, err)
	}
}

func TestRegisterMemory(t *testing.T) {
	const people = 200_000
	g := newRegister(Seeded)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range people {
		g.Add(Identity{Email: fmt.Sprintf("person.%d@example.org", i), Phone: fmt.Sprintf("+35386%07d", i+10), Username: fmt.Sprintf("p%d", i)},
			EmailKey, PhoneKey, UsernameKey)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := int(after.HeapAlloc-before.HeapAlloc) / people
	t.Logf("%d bytes a person", each)
	if each > 200 {
		t.Errorf("%d bytes a person, want 200 at most", each)
	}
	if n := g.Summary().People; n != people-seededAmong(people) {
		t.Errorf("%d people", n)
	}
}

// seededAmong counts the phone numbers of TestRegisterMemory that were taken from the start.
func seededAmong(people int) (n int) {
	for i := range people {
		if Seeded(PhoneKey, fmt.Sprintf("+35386%07d", i+10)) {
			n++
		}
	}
	return n
}

func TestOwn(t *testing.T) {
	s := newToy(t, Options{})
	add(t, s.Register("toy"), Identity{Email: "a@x.org"})
	ask := func(method, path string) (int, string) {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(method, path, nil))
		body, _ := io.ReadAll(w.Body)
		return w.Code, string(body)
	}
	status, body := ask("GET", "/_sandbox/register?vendor=toy&entries=1")
	var reports map[string]Report
	if err := json.Unmarshal([]byte(body), &reports); status != 200 || err != nil || len(reports["toy"].Entries) != 1 {
		t.Errorf("got %d %s, %v", status, body, err)
	}
	if status, body := ask("GET", "/_sandbox/register"); status != 200 || strings.Contains(body, `"entries"`) || !strings.Contains(body, `"created_twice":[]`) {
		t.Errorf("got %d %s", status, body)
	}
	for path, want := range map[string]int{"/_sandbox/register?vendor=x": 404, "/_sandbox/reset": 404, "/other/x": 404, "/toy": 404, "/_sandbox/": 200} {
		if status, body := ask("GET", path); status != want {
			t.Errorf("GET %s: %d %s, want %d", path, status, body, want)
		}
	}
	if status, _ := ask("POST", "/_sandbox/reset"); status != 204 || s.Register("toy").Summary().Acts != 0 {
		t.Errorf("reset answered %d", status)
	}
}

func TestSeeded(t *testing.T) {
	for value, want := range map[string]bool{
		"0taken@example.com": true, "0Taken+ann@example.net": true, "0taken@x.org": false, "0mistaken@example.com": false,
		"1+353860000001": true, "1+14155550100": true, "1+14155550101": false,
		"2taken": true, "2taken_ann": true, "2takenann": false, "2old.sponsor": true, "2ann": false,
		"3anna.sponsor": true, "3old.sponsor": false,
	} {
		if got := Seeded(Key(value[0]-'0'), value[1:]); got != want {
			t.Errorf("%s: %v", value, got)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		standins []Standin
		options  Options
	}{
		"two of a name": {[]Standin{toy(), toy()}, Options{}},
		"unknown shape": {[]Standin{toy()}, Options{Shape: "odd"}},
		"no directory":  {[]Standin{toy()}, Options{Directory: filepath.Join(t.TempDir(), "none")}},
	} {
		if _, err := New(test.standins, test.options); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestUnseeded(t *testing.T) {
	g := newToy(t, Options{Unseeded: true}).Register("toy")
	if g.Has(EmailKey, "taken@example.com") || g.Has(PhoneKey, "+353860000001") || g.Has(UsernameKey, "taken") {
		t.Error("somebody is there from the start")
	}
	if !g.Has(MemberKey, "anna.sponsor") || g.Has(MemberKey, "old.sponsor") {
		t.Error("the sponsors are not those of the seed")
	}
}
