package runs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/reports"
	"importer/vendors/sandbox"
)

// TestARunThatIsReplacedMeanwhile: a resume waits for the account while another process imports the list as it is now. The run that it was about to
// resume is superseded then, and stays so.
func TestARunThatIsReplacedMeanwhile(t *testing.T) {
	t.Parallel()
	_, server := serveSandbox(t, sandbox.Options{})
	dir := t.TempDir()
	list := filepath.Join(dir, "list.csv")
	write := func(rows string) {
		if err := os.WriteFile(list, []byte("email,first_name,last_name\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	nonce := 0
	service := runs.New(runs.Config{Program: "importer", Dir: dir, Now: time.Now, Nonce: func() string { nonce++; return strings.Repeat("n", nonce) },
		LookupEnv: func(name string) (string, bool) { return "thanx-demo-client", name == "THANX_CLIENT_ID" }})
	options := map[string]string{"vendor": "thanx", "base-url": server.URL + "/thanx", "rate": "none", "journal": "kept/journal.db", "max-errors": "1", "workers": "1"}
	if err := os.Mkdir(filepath.Join(dir, "kept"), 0o700); err != nil {
		t.Fatal(err)
	}
	start := func() (runs.Result, error) {
		return service.Start(t.Context(), runs.StartRequest{Request: runs.Request{Options: options}, Inputs: []string{"list.csv"}})
	}
	write("nobody,A,A\nno one,B,B\nada@example.com,Ada,Stone\n")
	stopped, err := start()
	if err != nil || stopped.Exit != reports.ExitTooMany {
		t.Fatalf("stopped: exit %d, %v", stopped.Exit, err)
	}
	locks, _ := filepath.Glob(filepath.Join(dir, "kept", "locks", "*.lock"))
	if len(locks) != 1 {
		t.Fatalf("locks: %v", locks)
	}
	held, err := journal.Acquire(journal.Holder{}, locks[0])
	if err != nil {
		t.Fatal(err)
	}
	meanwhile := func(e runs.Event) {
		if _, waiting := e.(runs.WaitingForAccount); !waiting {
			return
		}
		was, _ := os.ReadFile(list)
		write("ada@example.com,Ada,Stone\n")
		if err := held.Release(); err != nil {
			t.Error(err)
		}
		if ended, err := start(); err != nil || ended.Exit != reports.ExitOK {
			t.Errorf("meanwhile: exit %d, %v", ended.Exit, err)
		}
		if err := os.WriteFile(list, was, 0o600); err != nil {
			t.Error(err)
		}
	}
	_, err = service.Resume(t.Context(), runs.ResumeRequest{Run: stopped.Run,
		Request: runs.Request{Options: map[string]string{"journal": "kept/journal.db", "wait": "1m"}, Observe: meanwhile}})
	if problem.KindOf(err) != problem.Input || !strings.Contains(err.Error(), "is superseded") {
		t.Errorf("resumed a run that another one has replaced: %v", err)
	}
}
