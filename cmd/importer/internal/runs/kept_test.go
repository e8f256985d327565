package runs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
)

// inFolder is a service in a folder of its own that holds the files.
func inFolder(t *testing.T, files map[string]string) (*runs.Service, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return runs.New(runs.Config{Program: "importer", Dir: dir, Now: time.Now, Nonce: func() string { return "n" },
		LookupEnv: func(string) (string, bool) { return "", false }}), dir
}

func practising(more ...string) map[string]string {
	options := map[string]string{"vendor": "thanx", "sandbox": "true", "sandbox-state": "kept", "sandbox-latency": "0s", "rate": "none"}
	for _, m := range more {
		name, value, _ := strings.Cut(m, "=")
		options[name] = value
	}
	return options
}

// TestAKeptSandboxIsForOneProcess: its registers are files that one process at a time may write.
func TestAKeptSandboxIsForOneProcess(t *testing.T) {
	t.Parallel()
	service, dir := inFolder(t, map[string]string{"list.csv": "email,first_name,last_name\nada@example.com,Ada,Stone\n"})
	lock, err := journal.Acquire(journal.Holder{Since: time.Now()}, filepath.Join(dir, "kept", "locks", "sandbox-thanx.lock"))
	if err != nil {
		t.Fatal(err)
	}
	start := runs.StartRequest{Request: runs.Request{Options: practising()}, Inputs: []string{"list.csv"}}
	if _, err := service.Start(t.Context(), start); !errors.Is(err, journal.ErrRunning) {
		t.Errorf("beside another: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "kept", "thanx.jsonl")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the register was opened beside another process")
	}
	if _, err := service.Check(t.Context(), runs.CheckRequest{Request: runs.Request{Options: map[string]string{"vendor": "thanx", "sandbox": "true", "sandbox-state": "kept"}}, Inputs: start.Inputs}); err != nil {
		t.Errorf("a check needs no lock: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	for night, want := range []journal.Status{journal.Created, journal.Skipped} {
		result, err := service.Start(t.Context(), start)
		if err != nil || result.Exit != 0 || result.Summary.Counts[want] != 1 {
			t.Errorf("night %d: %+v, %v", night+1, result.Summary.Counts, err)
		}
	}
}

// TestAFailedFileInAnyOrder: a failed file that is larger than what is held at once, sorted otherwise, is compared row by row all the same.
func TestAFailedFileInAnyOrder(t *testing.T) {
	t.Parallel()
	const rows = 12000
	list := []string{"email,first_name,last_name,external_id"}
	for i := range rows {
		list = append(list, fmt.Sprintf("nobody%d@example,Ada,%s,%08d", i, strings.Repeat("x", 1000), i+1))
	}
	job := "vendor: thanx\nfields: {email: email, first_name: first_name, last_name: last_name, legacy_id: external_id}\n"
	service, dir := inFolder(t, map[string]string{"list.csv": strings.Join(list, "\n") + "\n", "job.yaml": job})
	options := practising("job=job.yaml")
	result, err := service.Start(t.Context(), runs.StartRequest{Request: runs.Request{Options: options}, Inputs: []string{"list.csv"}})
	if err != nil || result.Summary.Counts[journal.Invalid] != rows {
		t.Fatalf("%+v, %v", result.Summary.Counts, err)
	}
	folders, err := filepath.Glob(filepath.Join(dir, "reports", "*-thanx-list", "failed.csv"))
	if err != nil || len(folders) != 1 {
		t.Fatal(folders, err)
	}
	text, err := os.ReadFile(folders[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	slices.Reverse(lines[1:])
	for i, line := range lines[1:] {
		before, after, _ := strings.Cut(line, ","+strings.Repeat("x", 1000)+",")
		lines[i+1] = before + "," + strings.Repeat("x", 1000) + "," + strings.TrimLeft(after, "0")
	}
	if err := os.WriteFile(filepath.Join(dir, "failed.csv"), []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var compared runs.FailedFileCompared
	_, err = service.Retry(t.Context(), runs.RetryRequest{Of: "failed.csv", Request: runs.Request{Options: map[string]string{"sandbox-state": "kept"}, Observe: func(e runs.Event) {
		if c, ok := e.(runs.FailedFileCompared); ok {
			compared = c
		}
	}}})
	if err == nil || !strings.Contains(err.Error(), "12,000 cells of failed.csv changed") {
		t.Errorf("retried with %v", err)
	}
	if compared.Rows != rows || len(compared.Changes) != 1 || compared.Changes[0].Cells != rows || compared.Changes[0].Column != "external_id" {
		t.Errorf("compared %d rows: %+v", compared.Rows, compared.Changes)
	}
	if got := compared.Changes[0].Lines; !slices.Equal(got, []int64{2, 3, 4}) {
		t.Errorf("lines %v, want the first of the file", got)
	}
}
