package runs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/vendors/sandbox"
)

// TestAFolderOfAnotherJournal: two journals have each a run of one name. A folder, or a file in it, leads to the run that it is of, or to none.
func TestAFolderOfAnotherJournal(t *testing.T) {
	t.Parallel()
	_, server := serveSandbox(t, sandbox.Options{})
	root := t.TempDir()
	second := time.Date(2026, 11, 28, 1, 2, 3, 0, time.UTC)
	in := func(place string) *runs.Service {
		dir := filepath.Join(root, place)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		return runs.New(runs.Config{Program: "importer", Dir: dir, State: filepath.Join(root, "state"), Now: func() time.Time { return second.Add(time.Since(began)) }, Nonce: func() string { return "n" },
			LookupEnv: func(name string) (string, bool) { return "thanx-demo-client", name == "THANX_CLIENT_ID" }})
	}
	options := func(journal string) runs.Request {
		o := map[string]string{"vendor": "thanx", "base-url": server.URL + "/thanx", "rate": "none"}
		if journal != "" {
			o["journal"] = journal
		}
		return runs.Request{Options: o}
	}
	start := func(place, journal, rows string) string {
		service := in(place)
		if err := os.WriteFile(filepath.Join(root, place, "list.csv"), []byte("email,first_name,last_name\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
		result, err := service.Start(t.Context(), runs.StartRequest{Request: options(journal), Inputs: []string{"list.csv"}})
		if err != nil {
			t.Fatal(err)
		}
		return result.Run
	}
	name := start("a", "", "nobody,A,A\n")
	if other := start("b", "j.db", "somebody,B,B\n"); other != name {
		t.Fatalf("the runs are %s and %s; they are to have one name", name, other)
	}

	asked := func(service *runs.Service, journal, word string) map[string]error {
		request := runs.Request{Options: map[string]string{}}
		if journal != "" {
			request.Options["journal"] = journal
		}
		_, report := service.Report(t.Context(), runs.ReportRequest{Request: request, Run: word})
		_, status := service.Status(t.Context(), runs.StatusRequest{Request: request, Of: word})
		request.Options["rate"] = "none"
		_, retry := service.Retry(t.Context(), runs.RetryRequest{Request: request, Of: word})
		return map[string]error{"report": report, "status": status, "retry": retry}
	}
	b := in("b")
	for _, word := range []string{"reports/" + name, filepath.Join(root, "b/reports", name), "reports/" + name + "/results.csv"} {
		for what, err := range asked(b, "", word) {
			if err == nil || !strings.Contains(err.Error(), "that folder is of a run in another journal") {
				t.Errorf("%s %s: %v", what, word, err)
			}
		}
	}
	if _, err := b.Retry(t.Context(), runs.RetryRequest{Of: "reports/" + name + "/failed.csv"}); err == nil || !strings.Contains(err.Error(), "in another journal") {
		t.Errorf("retry of the failed file: %v", err)
	}

	// the run itself is found: by its journal, by its name where no such folder is, by its own folder, wherever that was moved to, and where it is gone
	found := func(service *runs.Service, journal, word string) {
		t.Helper()
		for what, err := range asked(service, journal, word) {
			if err != nil {
				t.Errorf("%s %s: %v", what, word, err)
			}
		}
	}
	found(b, "j.db", "reports/"+name)
	found(b, "", name)
	found(b, "", "../a/reports/"+name)
	found(b, "", "1")
	if err := os.Rename(filepath.Join(root, "a/reports"), filepath.Join(root, "a/moved")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Status(t.Context(), runs.StatusRequest{Of: "../a/moved/" + name}); err != nil {
		t.Errorf("moved: %v", err)
	}
	found(b, "", "../a/reports/"+name)
}
