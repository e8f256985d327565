package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// TestCanaries runs a list whose e-mail addresses, passwords and keys are canaries through every kind of simulated fault at every vendor, with all
// that can be asked for on top (--verbose, log records, --on-end, --metrics, check, retry, resume, settle, report, purge), and looks for them in every byte that is
// left behind or printed, also while the journal is open. The vendor repeats all of them in its own words, in several writings, with terminal
// escapes and a formula around them.
func TestCanaries(t *testing.T) {
	t.Parallel()
	for _, v := range all.Vendors() {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			newAviary(t, v).fly()
		})
	}
}

// aviary is one vendor that lets nothing be forgotten, and a folder in which its importer works.
type aviary struct {
	t       *testing.T
	vendor  *vendors.Vendor
	dir     string
	server  *httptest.Server
	box     *sandbox.Sandbox
	keys    map[string]string // by environment name: what the importer is given
	demo    map[string]string // by environment name: what the stand-in wants
	people  [][2]string       // e-mail address, password
	secret  []needle          // allowed nowhere
	private []needle          // allowed in failed files alone

	mu     sync.Mutex
	n      int    // requests seen
	said   string // on standard error, by the last call
	hits   map[string]bool
	looked map[string]bool // names of the files that were looked through
	given  map[string]bool // names of the files that the test wrote
}

// simulatedFaults are all kinds of fault, those that stop the run last.
func simulatedFaults() []sandbox.Fault {
	return []sandbox.Fault{
		{Kind: sandbox.ResetBefore}, {Kind: sandbox.ResetAfter}, {Kind: sandbox.HangUp}, {Kind: sandbox.Error500}, {Kind: sandbox.Error500Late},
		{Kind: sandbox.Gateway}, {Kind: sandbox.GatewayLate}, {Kind: sandbox.Unavailable}, {Kind: sandbox.Slow, Time: 10 * time.Millisecond},
		{Kind: sandbox.Truncated}, {Kind: sandbox.Empty}, {Kind: sandbox.Garbage}, {Kind: sandbox.Endless}, {Kind: sandbox.Redirect},
		{Kind: sandbox.Stale}, {Kind: sandbox.Limit}, {Kind: sandbox.Auth}, {Kind: sandbox.Forbid}, {Kind: sandbox.Closed},
	}
}

type faultKey struct{}

func newAviary(t *testing.T, v *vendors.Vendor) *aviary {
	standin, ok := all.Standin(v.Name)
	if !ok {
		t.Fatal("no stand-in")
	}
	a := &aviary{t: t, vendor: v, dir: t.TempDir(), keys: map[string]string{}, demo: standin.Credentials(), hits: map[string]bool{}, looked: map[string]bool{}, given: map[string]bool{}}
	for _, s := range v.Settings {
		if s.Secret && a.demo[s.Env] != "" {
			a.keys[s.Env] = "cnryKey-" + strings.ReplaceAll(s.Name, "_", "") + "-7hQ2xW9"
			a.secret = append(a.secret, needlesOf(a.keys[s.Env])...)
		}
	}
	a.secret = append(a.secret, needlesOf(sandbox.TokenMark)...)
	var err error
	a.box, err = sandbox.New([]sandbox.Standin{standin}, sandbox.Options{Fault: func(_ int, r *http.Request) sandbox.Fault {
		f, _ := r.Context().Value(faultKey{}).(sandbox.Fault)
		return f
	}})
	if err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(a)
	t.Cleanup(func() {
		a.server.Close()
		if err := a.box.Close(); err != nil {
			t.Error(err)
		}
	})
	a.writeInputs(standin.Settings())
	return a
}

const canaryRows = 44

// awkward is in the middle of passwords: each looks different when it is escaped.
var awkward = []string{"", `"`, `\`, "&amp;", "+/=", "%41", "é", "日", `\u0041`, "<b>'"}

func (a *aviary) writeInputs(settings map[string]string) {
	header := strings.Split("Customer No,Title,First Name,Surname,E-mail,Mobile,DOB,Sex,Post Code,Country,Lang,Opt-in,Terms,Company,Nickname,Login,Password,Role,Sponsor,Web Name,Referred By,Bounced,Branch,Notes", ",")
	var list bytes.Buffer
	out := csv.NewWriter(&list)
	_ = out.Write(append(header, "Odd one"))
	for i := range canaryRows {
		email, password := fmt.Sprintf("Canary.%03d.Bird@leaky%03d.example", i, i), fmt.Sprintf("Cnry%sPass-%03d!x&Y", awkward[i%len(awkward)], i)
		a.people = append(a.people, [2]string{email, password})
		a.secret = append(a.secret, needlesOf(password)...)
		a.private = append(a.private, needlesOf(email)...)
		born, surname := "01/02/1980", "Stone"
		if i%11 == 5 {
			born, surname = "31/02/1985", "Stone\x1b]0;owned\x07" // never sent
		}
		_ = out.Write([]string{fmt.Sprint(i), "Ms", "=Ada", surname, email, fmt.Sprintf("020 7946 0%03d", i), born, "F", "N1 1AA", "United Kingdom", "EN", "J", "J",
			"+cmd|'/c calc'!A0", "@nick", fmt.Sprintf("user_%03d", i), password, "C", "", "", "", "N", "Leeds", "-2+3", "\x1b[31mred\u202e"})
	}
	out.Flush()
	a.write("list\x1b[31m.csv", list.Bytes())
	job := "extends: fields.yaml\nvendor: " + a.vendor.Name + "\nignore: [Notes, Odd one]\nsettings:\n"
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		job += fmt.Sprintf("  %s: %q\n", name, settings[name])
	}
	for env, value := range a.demo {
		if a.keys[env] == "" {
			a.keys[env] = value // no secret, and the stand-in wants its own
		}
	}
	fields, err := os.ReadFile("../../samples/fields.yaml")
	if err != nil {
		a.t.Fatal(err)
	}
	a.write("fields.yaml", fields)
	a.write("job.yaml", []byte(job))
}

func (a *aviary) write(name string, text []byte) {
	a.given[name] = true
	if err := os.WriteFile(filepath.Join(a.dir, name), text, 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// ServeHTTP is the vendor: every second request meets a simulated fault, and whatever has words repeats what it was told.
func (a *aviary) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	n := a.n
	a.n++
	a.mu.Unlock()
	if n%8 == 7 {
		a.search("while it runs")
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	fault := sandbox.Fault{}
	if kinds := simulatedFaults(); n%2 == 1 && n/2 < len(kinds) {
		fault = kinds[n/2]
	}
	r = r.WithContext(context.WithValue(r.Context(), faultKey{}, fault))
	r.Body = io.NopCloser(bytes.NewReader(body))
	for env, demo := range a.demo {
		for name, values := range r.Header {
			for i := range values {
				r.Header[name][i] = strings.ReplaceAll(values[i], a.keys[env], demo)
			}
		}
	}
	switch fault.Kind {
	case sandbox.ResetBefore, sandbox.ResetAfter, sandbox.HangUp, sandbox.Truncated, sandbox.Endless, sandbox.Stale:
		a.box.Handler().ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	a.box.Handler().ServeHTTP(answer, r)
	maps.Copy(w.Header(), answer.Header())
	w.Header().Del("Content-Length")
	w.WriteHeader(answer.Code)
	_, _ = w.Write(sentences.ReplaceAllFunc(answer.Body.Bytes(), func(s []byte) []byte { return a.repeat(s, body) }))
}

// sentences are the JSON strings of a vendor's answer that people are to read.
var sentences = regexp.MustCompile(`"[^"\\{}]* [^"\\{}]*"`)

// repeat makes a sentence say what the request said, in every writing, with escapes for a terminal and a formula in front.
func (a *aviary) repeat(sentence, request []byte) []byte {
	said := `=HYPERLINK("x") ` + "\x1b[31m\u009b2J\u202e\a" + strings.Trim(string(sentence), `"`)
	for _, p := range a.people {
		if !bytes.Contains(bytes.ToLower(request), []byte(strings.ToLower(p[0]))) && !bytes.Contains(bytes.ToLower(request), []byte(strings.ToLower(url.QueryEscape(p[0])))) {
			continue
		}
		for _, value := range p {
			packed := base64.StdEncoding.EncodeToString([]byte(value))
			inJSON, _ := json.Marshal(value)
			twice, _ := json.Marshal(string(inJSON))
			said += " " + strings.Join([]string{value, strings.ToUpper(value), url.QueryEscape(value), packed, hex.EncodeToString([]byte(value)),
				string(inJSON), string(twice), html.EscapeString(value), html.EscapeString(string(inJSON)), url.PathEscape(string(inJSON)), packed[:9] + "\r\n" + packed[9:]}, " ")
		}
	}
	for _, key := range a.keys {
		said += " " + strings.Join([]string{key, strings.ToLower(key), base64.RawURLEncoding.EncodeToString([]byte(key)), hex.EncodeToString([]byte(key))}, " ")
	}
	quoted, _ := json.Marshal(said)
	return quoted
}

// call runs the program, and keeps an eye on what it prints.
func (a *aviary) call(stdin string, args ...string) (exit int, stdout string) {
	exit, stdout = a.callAt(time.Now, stdin, args...)
	if exit == 5 {
		a.t.Errorf("%q ends with %d: %s", args, exit, a.said)
	}
	return exit, stdout
}

// callAt is call with another clock, and the exit code is the caller's to judge.
func (a *aviary) callAt(now func() time.Time, stdin string, args ...string) (exit int, stdout string) {
	env, out, errs := testEnvironment(a.t, args...)
	env.Now = now
	env.Dir, env.State, env.Stdin = a.dir, filepath.Join(a.dir, "state"), strings.NewReader(stdin)
	env.LookupEnv = func(name string) (string, bool) { value, ok := a.keys[name]; return value, ok }
	exit = run(env)
	a.said = errs.String()
	word := args[0]
	a.look("what "+word+" prints", errs.Bytes(), true)
	shows := slices.Contains(args, "--show")
	a.look("what "+word+" prints", out.Bytes(), !shows)
	for _, text := range []string{out.String(), errs.String()} {
		if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' }); i >= 0 {
			a.t.Errorf("%s prints a control character: %q", word, text[max(0, i-80):min(len(text), i+40)])
		}
	}
	if strings.Contains(errs.String(), "goroutine ") {
		a.t.Errorf("%q prints a trace: %s", args, errs)
	}
	return exit, out.String()
}

func (a *aviary) fly() {
	list := "list\x1b[31m.csv"
	base := []string{"--job", "job.yaml", "--base-url", a.server.URL + "/" + a.vendor.Name}
	a.write("header.csv", []byte("E-mail\x1b[2J,=First Name\a,\u009b2J\u202e\njane@example.com,Jane,x\n"))
	a.call("", append([]string{"check", "header.csv"}, base...)...)
	a.call("", append([]string{"check", "--show", "3", list}, base...)...)
	start := append([]string{"run", "--verbose", "--log-format", "json", "--rate", "none", "--workers", "2", "--in-doubt", "hold",
		"--metrics", "night.prom", "--on-end", "cat >>told.json; env >told.env", list}, base...)
	exit, said := a.call("", start...)
	for range 8 {
		if exit != 3 && exit != 4 {
			break
		}
		exit, said = a.call("", "resume", "--verbose", "--log-format", "text")
	}
	if exit != 6 && exit != 1 || !strings.Contains(said, "\nsum: 44 read = ") {
		a.t.Fatalf("ended with %d: %s%s", exit, said, a.said)
	}
	a.mu.Lock()
	if a.n < 2*len(simulatedFaults()) {
		a.t.Errorf("only %d requests: not every simulated fault happened\n%s", a.n, said)
	}
	a.mu.Unlock()
	a.call("", start...)
	a.call("", "report", "--json", "--verbose")
	failed := a.only("failed.csv")
	a.returned(failed)
	a.call("", "retry", failed, "--verbose", "--rate", "none")
	a.call("", "retry", "1", "--status", "in_doubt,exists,invalid", "--verbose", "--rate", "none")
	for _, row := range a.doubted() {
		a.call("", "settle", "1", "--row", row, "--as", "created")
		break
	}
	a.call("", "runs", "--json")
	a.call("", "vendors", a.vendor.Name)
	a.call(a.people[0][0]+"\n", "forget", "--identity", "-")
	a.search("at the end")
	a.permissions()
	a.everywhere("journal.db", "journal.db-wal", "journal.db-shm", "journal.key", ".lock", "results.csv", "failed.csv", "summary.json", "report.html", "night.prom", "told.json", "told.env")
	a.call("", "purge", "--older-than", "1ns")
	a.search("after the purge")
	a.caught()
}

// caught tells of every canary that was seen.
func (a *aviary) caught() {
	for hit := range a.hits {
		a.t.Error(hit)
	}
}
