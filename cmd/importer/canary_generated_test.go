package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/all"
)

// TestCanariesGenerated takes passwords that the importer makes through the same flight as those of a list: the vendor learns them and repeats them in
// its own words, and they are in nothing that is left behind or printed. Each person's is the same in every request, also of repeats, resumed runs and
// retries, and nobody else's.
func TestCanariesGenerated(t *testing.T) {
	t.Parallel()
	for _, v := range all.Vendors() {
		takes := func(f vendors.WireField) bool { return f.From == mapping.Password }
		if !anyField(v, takes) {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			g := &generated{aviary: newAviary(t, v), of: map[string]string{}, by: map[string]string{}}
			g.server.Config.Handler = g
			g.writeJob()
			g.fly()
			if exit, out := g.call("", "check", "--show", "44", "list\x1b[31m.csv", "--job", "job.yaml", "--base-url", g.server.URL+"/"+v.Name); !strings.Contains(out, "[secret]") {
				t.Errorf("the check ends with %d and shows no request:\n%s", exit, out)
			}
			g.caught()
			if len(g.of) < canaryRows/2 || g.again == 0 {
				t.Errorf("%d people, %d requests again: too few to tell", len(g.of), g.again)
			}
		})
	}
}

func anyField(v *vendors.Vendor, is func(vendors.WireField) bool) bool {
	for _, f := range v.Fields {
		if is(f) {
			return true
		}
	}
	return false
}

// generated is an aviary whose canaries' passwords are made by the importer: they are known once the vendor is told them.
type generated struct {
	*aviary
	one   sync.Mutex
	of    map[string]string // password by person
	by    map[string]string // person by password
	again int               // requests that were not a person's first
}

// writeJob writes the job file again: the list's passwords are not mapped.
func (g *generated) writeJob() {
	for i := range g.people {
		g.people[i][1] = "" // the vendor is not told those of the list
	}
	standin, _ := all.Standin(g.vendor.Name)
	job := "extends: fields.yaml\nvendor: " + g.vendor.Name + "\nignore: [Notes, Odd one, Password]\nfields:\n  password: {generate: 20}\nsettings:\n"
	if len(g.vendor.Encodings) > 1 {
		job += "  encoding: " + string(vendors.URLEncoded) + "\n" // which is read here
	}
	for name, value := range standin.Settings() {
		job += "  " + name + ": " + value + "\n"
	}
	g.write("job.yaml", []byte(job))
}

// ServeHTTP notes the password, one request at a time, and lets the aviary answer.
func (g *generated) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.one.Lock()
	defer g.one.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	g.learn(body)
	g.aviary.ServeHTTP(w, r)
}

func (g *generated) learn(body []byte) {
	said := map[string]any{}
	if json.Unmarshal(body, &said) != nil {
		form, _ := url.ParseQuery(string(body))
		for name := range form {
			said[name] = form.Get(name)
		}
	}
	email, _ := said["email"].(string)
	if email == "" {
		email, _ = said["emailAddress"].(string)
	}
	password, _ := said["password"].(string)
	if email == "" {
		return // a question
	}
	email = strings.ToLower(email)
	switch before, known := g.of[email]; {
	case known && before != password:
		g.t.Error("a person's password is another one the next time")
	case known:
		g.again++
		return
	case len(password) != 20:
		g.t.Errorf("a password of %d characters", len(password))
	case g.by[password] != "":
		g.t.Error("two people have the same password")
	}
	g.of[email], g.by[password] = password, email
	g.mu.Lock()
	defer g.mu.Unlock()
	g.secret = append(g.secret, needlesOf(password)...)
	for i := range g.people {
		if strings.EqualFold(g.people[i][0], email) {
			g.people[i][1] = password
		}
	}
}
