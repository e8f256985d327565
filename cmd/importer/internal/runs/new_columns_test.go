package runs_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/vendors/sandbox"
)

// A person who can be asked is told about a new column as about any fault, however often the job ran before; nobody to ask, and the run goes on.
func TestNewColumnsAreAFaultForAPerson(t *testing.T) {
	t.Parallel()
	_, server := serveSandbox(t, sandbox.Options{})
	dir := t.TempDir()
	for name, text := range map[string]string{
		"job.yaml": "vendor: pelcro\nsettings: {site_id: '1'}\nfields: {email: mail, password: {value: 'Str0ng!pass'}}\n",
		"old.csv":  "mail\na@example.com\n", "new.csv": "mail,size\na@example.com,1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	service := runs.New(runs.Config{Program: "importer", Dir: dir, Now: time.Now, Nonce: func() string { return "n" },
		LookupEnv: func(name string) (string, bool) { return "1234", name == "PELCRO_SITE_ID" }})
	var told []string
	run := func(list string, confirm runs.Confirm) error {
		told = nil
		_, err := service.Start(t.Context(), runs.StartRequest{Inputs: []string{list}, Request: runs.Request{
			Options: map[string]string{"job": "job.yaml", "base-url": server.URL + "/pelcro", "rate": "none", "journal": filepath.Join(dir, "journal.db")},
			Confirm: confirm,
			Observe: func(event runs.Event) {
				if e, ok := event.(runs.NewColumns); ok {
					told = e.Names
				}
			},
		}})
		return err
	}
	person := func(context.Context, runs.Question) (bool, error) { return true, nil }
	if err := run("old.csv", person); err != nil {
		t.Fatal(err)
	}
	if err := run("new.csv", person); err == nil || !strings.Contains(err.Error(), `column "size"`) {
		t.Errorf("a person is not told: %v", err)
	}
	if err := run("new.csv", nil); err != nil || !slices.Equal(told, []string{"size"}) {
		t.Errorf("a night: %v, told %q", err, told)
	}
}
