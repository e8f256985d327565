package runs_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// TestASecondFrontEnd starts an import, watches it, drains it halfway and resumes it, with nothing but the service: no command line and no terminal.
func TestASecondFrontEnd(t *testing.T) {
	t.Parallel()
	sb, server := serveSandbox(t, sandbox.Options{Latency: time.Millisecond})
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "samples"), os.DirFS("../../../../samples")); err != nil {
		t.Fatal(err)
	}
	service := runs.New(runs.Config{Program: "importer", Dir: dir, State: t.TempDir(), Now: time.Now, Nonce: func() string { return "n" },
		LookupEnv: func(name string) (string, bool) { return "distinct-demo-key", name == "DISTINCT_API_KEY" }})

	var current *runs.Import
	var settled int
	request := runs.Request{
		Options: map[string]string{"job": "samples/distinct.yaml", "base-url": server.URL + "/distinct", "rate": "none", "workers": "1", "verbose": "true"},
		Observe: func(event runs.Event) {
			switch e := event.(type) {
			case runs.Started:
				current = e.Import
			case runs.RowSettled:
				if settled++; settled == 5 {
					current.Drain()
				}
			}
		},
	}
	stopped, err := service.Start(t.Context(), runs.StartRequest{Request: request, Inputs: []string{"samples/customers.csv"}})
	if err != nil || stopped.Exit != 4 || stopped.Summary.Counts[journal.Unsent] == 0 || !current.Snapshot().Draining {
		t.Fatalf("drained: %+v, %v", stopped, err)
	}
	list, err := service.List(t.Context(), runs.ListRequest{})
	if err != nil || len(list) != 1 || list[0].State != journal.Interrupted.String() {
		t.Fatalf("listed: %+v, %v", list, err)
	}
	ended, err := service.Resume(t.Context(), runs.ResumeRequest{Request: runs.Request{Options: map[string]string{"rate": "none"}}, Run: stopped.Run})
	if err != nil || ended.Run != stopped.Run || ended.Exit != 1 || ended.Summary.Counts[journal.Created] != 34 || ended.Summary.Counts[journal.Unsent] != 0 {
		t.Fatalf("resumed: %+v, %v", ended, err)
	}
	if held := sb.Register("distinct").Snapshot(); held.People != 34 || len(held.CreatedTwice) > 0 {
		t.Errorf("registered: %d, twice: %v", held.People, held.CreatedTwice)
	}
}
