package rig

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"importer/vendors/sandbox"
)

// kind is what a row of a list is made to be.
type kind uint8

const (
	person  kind = iota // somebody new
	taken               // somebody the vendor has had since before
	invalid             // fails the local checks
	twin                // the same person as an earlier row
)

// who is one row of a list.
type who struct {
	kind  kind
	email string
	phone string // "" for none
}

// list is an input with what is known about its rows; row n is at index n-1.
type list struct {
	vendor string
	path   string
	job    string
	rows   []who
}

// newList writes an input of n rows and its job file into dir.
func newList(t testing.TB, dir, vendor string, n int, rng *rand.Rand) list {
	t.Helper()
	l := list{vendor: vendor, path: filepath.Join(dir, "list.csv"), job: filepath.Join(dir, "job.yaml")}
	file, err := os.Create(l.path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := csv.NewWriter(file)
	out.Write([]string{"email", "first_name", "last_name", "phone", "birth_date", "language", "terms_accepted", "password", "username", "country", "user_type"})
	for i := range n {
		w := who{email: fmt.Sprintf("p%05d@example.net", i)}
		if rng.IntN(2) == 0 || vendor == "epixel" { // who wants one of everybody
			w.phone = fmt.Sprintf("+35385%07d", 2000000+i)
		}
		switch c := rng.IntN(40); {
		case c == 0:
			w = who{kind: invalid, email: "nobody"}
		case c == 1 && i > 0 && l.rows[i-1].kind == person:
			w = l.rows[i-1]
			w.kind = twin
		case c == 2:
			w.kind, w.email = taken, fmt.Sprintf("taken+%d@example.com", i)
			w.phone = "+353860000001"
		}
		l.rows = append(l.rows, w)
		out.Write([]string{w.email, "Ada", "Stone", w.phone, "1980-02-01", "en-GB", "true", "Harbour!2301", fmt.Sprintf("user_%05d", i), "IE", "customer"})
	}
	out.Flush()
	settings := map[string]string{"distinct": "settings: {experienceValue: wc-trophy-tour-2026, externalVendorId: mkod0a8imkod0a}\n"}[vendor]
	text := "vendor: " + vendor + "\n" + settings
	if err := os.WriteFile(l.job, []byte(text), 0o600); err != nil || out.Error() != nil {
		t.Fatal(err, out.Error())
	}
	return l
}

// environment is what the vendors' demo credentials are called.
var environment = []string{"DISTINCT_API_KEY=distinct-demo-key", "PELCRO_SITE_ID=1234", "THANX_CLIENT_ID=thanx-demo-client",
	"EPIXEL_API_KEY=epixel-demo-key", "EPIXEL_ACCESS_TOKEN=" + sandbox.TokenMark + "-epixel-demo-access", "JFRAMEWORK_BRAND_URL=https://demo.brand.example"}
