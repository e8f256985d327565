package runs_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
	"importer/vendors/sandbox"
)

// A crash between giving up a run and beginning the next leaves one that is superseded by none. The same command begins the next, whether the input is
// the new one or the old one again.
func TestSupersededByNone(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]string{
		"the new input": "mail\nz@example.com\na@example.com\nb@example.com\nc@example.com\n", "the old input": "mail\na@example.com\nb@example.com\nc@example.com\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sb, server := serveSandbox(t, sandbox.Options{Latency: time.Millisecond})
			dir := t.TempDir()
			write(t, filepath.Join(dir, "job.yaml"), "vendor: pelcro\nfields: {email: mail, password: {value: 'Str0ng!pass'}}\n")
			write(t, filepath.Join(dir, "list.csv"), "mail\na@example.com\nb@example.com\nc@example.com\n")
			service := runs.New(runs.Config{Program: "importer", Dir: dir, Now: time.Now, Nonce: func() string { return "n" },
				LookupEnv: func(name string) (string, bool) { return "1234", name == "PELCRO_SITE_ID" }})
			var current *runs.Import
			drained := false
			request := runs.StartRequest{Inputs: []string{"list.csv"}, Request: runs.Request{
				Options: map[string]string{"job": "job.yaml", "base-url": server.URL + "/pelcro", "rate": "none", "workers": "1", "verbose": "true",
					"journal": filepath.Join(dir, "journal.db")},
				Observe: func(event runs.Event) {
					switch e := event.(type) {
					case runs.Started:
						current = e.Import
					case runs.RowSettled:
						if !drained {
							current.Drain()
							drained = true
						}
					case runs.Superseding, runs.RunResumed:
						t.Errorf("%T", e)
					}
				},
			}}
			if r, err := service.Start(t.Context(), request); err != nil || r.Exit != 4 {
				t.Fatal(r.Exit, err)
			}
			store, err := sqlite.Open(filepath.Join(dir, "journal.db"), sqlite.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Finish(t.Context(), 1, journal.Superseded, time.Now()); err != nil {
				t.Fatal(err)
			}
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "list.csv"), list)
			r, err := service.Start(t.Context(), request)
			if err != nil || r.Exit != 0 || r.Summary.RunID != 2 || r.Summary.Counts[journal.Skipped] == 0 {
				t.Errorf("%+v, %v", r.Summary.Counts, err)
			}
			if held := sb.Register("pelcro").Snapshot(); len(held.CreatedTwice) > 0 {
				t.Errorf("created twice: %v", held.CreatedTwice)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
