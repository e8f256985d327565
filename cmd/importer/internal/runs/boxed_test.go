package runs_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
)

// TestARunIntoTheSandboxThatIsUnderWay: nothing deletes or changes what it writes, and what it leaves is what a run leaves.
func TestARunIntoTheSandboxThatIsUnderWay(t *testing.T) {
	t.Parallel()
	service, dir := inFolder(t, map[string]string{"list.csv": "email,first_name,last_name\nada@example.com,Ada,Stone\n"})
	ask := runs.Request{Options: map[string]string{"journal": "own/journal.db"}}
	purge := func() (runs.PurgeResult, error) {
		return service.Purge(t.Context(), runs.PurgeRequest{Request: ask, OlderThan: 1, Files: true, Yes: true})
	}
	if err := os.Mkdir(filepath.Join(dir, "own"), 0o700); err != nil {
		t.Fatal(err)
	}
	options := map[string]string{"vendor": "thanx", "sandbox": "true", "sandbox-latency": "0s"}
	seen := false
	meanwhile := func(e runs.Event) {
		if _, started := e.(runs.Started); !started || seen {
			return
		}
		seen = true
		if purged, err := purge(); err != nil || purged.Rehearsals != 0 || purged.Kept != 1 {
			t.Errorf("purge: %+v, %v", purged, err)
		}
		if _, err := service.Forget(t.Context(), runs.ForgetRequest{Request: ask, Identity: "ada@example.com"}); !errors.Is(err, journal.ErrRunning) {
			t.Errorf("forget: %v", err)
		}
	}
	start := runs.StartRequest{Request: runs.Request{Options: options, Observe: meanwhile}, Inputs: []string{"list.csv"}}
	if _, err := service.Start(t.Context(), runs.StartRequest{Request: runs.Request{Options: map[string]string{"vendor": "thanx", "sandbox": "true", "sandbox-state": "own"}}, Inputs: start.Inputs}); err != nil {
		t.Fatal(err) // so that there is a journal to name
	}
	result, err := service.Start(t.Context(), start)
	if err != nil || result.Exit != 0 || !seen {
		t.Fatalf("%+v, %v", result, err)
	}
	if _, err := os.Stat(filepath.Join(dir, result.Folder, "locks")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its lock is left: %v", err)
	}
	if purged, err := purge(); err != nil || purged.Rehearsals != 1 {
		t.Errorf("purge afterwards: %+v, %v", purged, err)
	}
	if _, err := os.Stat(filepath.Join(dir, result.Folder)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its folder is left: %v", err)
	}
}
