package vendortest

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"importer/vendors"
)

// transcript is one documented answer and what it must mean.
type transcript struct {
	name   string
	page   string
	shows  string
	status int
	header http.Header
	body   []byte

	class      string
	code       string
	field      string
	vendorCode string
	vendorID   string
	retryAfter time.Duration
}

// transcripts reads testdata/answers of the package under test.
func transcripts(t testing.TB) []transcript {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "answers", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no transcripts in testdata/answers: %v", err)
	}
	var all []transcript
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := parseTranscript(string(text))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		tr.name = strings.TrimSuffix(filepath.Base(path), ".txt")
		all = append(all, tr)
	}
	return all
}

func parseTranscript(text string) (tr transcript, err error) {
	tr.header = http.Header{}
	head, body, found := strings.Cut(text, "\n\n")
	if !found {
		return tr, fmt.Errorf("no empty line before the body")
	}
	tr.body = []byte(strings.TrimSuffix(body, "\n"))
	texts := map[string]*string{
		"page": &tr.page, "shows": &tr.shows, "class": &tr.class, "code": &tr.code, "field": &tr.field, "vendor_code": &tr.vendorCode, "vendor_id": &tr.vendorID,
	}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case texts[name] != nil:
			*texts[name] = value
		case name == "status":
			tr.status, err = strconv.Atoi(value)
		case name == "retry_after":
			tr.retryAfter, err = time.ParseDuration(value)
		case name == "header":
			key, content, _ := strings.Cut(value, ": ")
			tr.header.Add(key, content)
		default:
			err = fmt.Errorf("unknown line %q", line)
		}
		if err != nil {
			return tr, err
		}
	}
	if tr.page == "" || tr.shows == "" || tr.status == 0 || tr.class == "" || tr.code == "" {
		return tr, fmt.Errorf("page, shows, status, class and code must be there")
	}
	return tr, nil
}

func (tr transcript) reply() vendors.Reply {
	return vendors.Reply{Status: tr.status, Header: tr.header, Body: tr.body}
}
