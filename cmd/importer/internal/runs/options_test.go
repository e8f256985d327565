package runs

import (
	"strings"
	"testing"

	"importer/mapping/job"
)

// TestOptionsAreComplete: what help and completion are made from is there.
func TestOptionsAreComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range AllOptions() {
		if o.Doc == "" || o.Group == "" || o.set == nil || seen[o.Name] || strings.HasPrefix(o.Doc, strings.ToUpper(o.Doc[:1])) && o.Doc[0] >= 'A' && o.Doc[0] <= 'Z' {
			t.Errorf("--%s: %+v", o.Name, o)
		}
		seen[o.Name] = true
		for _, word := range o.Values {
			if err := o.set(new(Options), word); err != nil {
				t.Errorf("--%s refuses %q, which completion offers: %v", o.Name, word, err)
			}
		}
	}
}

func noEnvironment(string) (string, bool) { return "", false }

// TestDefaultsAreValid: no option refuses its own default.
func TestDefaultsAreValid(t *testing.T) {
	t.Parallel()
	o, asked, faults := precedence{env: noEnvironment}.resolve()
	if len(faults) > 0 || len(asked) > 0 {
		t.Fatalf("faults %v, asked %v", faults, asked)
	}
	if o.Workers != 8 || o.Out != "reports" || o.Limits != nil || o.Progress != "auto" {
		t.Errorf("defaults are %+v", o)
	}
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	file, err := job.Parse("job.yaml", []byte("limits: {workers: 2}\n"), jobOptions(), nil)
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]string{}
	p := precedence{env: func(name string) (string, bool) { v, ok := set[name]; return v, ok }, job: file}
	workers := func() int {
		o, _, faults := p.resolve()
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return o.Workers
	}
	if got := workers(); got != 2 {
		t.Errorf("the job file says 2, got %d", got)
	}
	p.noted = map[string]string{"workers": "3"}
	if got := workers(); got != 3 {
		t.Errorf("the note says 3, got %d", got)
	}
	set["IMPORTER_WORKERS"] = "4"
	if got := workers(); got != 4 {
		t.Errorf("the environment says 4, got %d", got)
	}
	p.given = map[string]string{"workers": "5"}
	if got := workers(); got != 5 {
		t.Errorf("the request says 5, got %d", got)
	}
}
