package main

import (
	"testing"

	"importer/mapping/job"
)

// TestDefaultsAreValid: no knob refuses its own default.
func TestDefaultsAreValid(t *testing.T) {
	t.Parallel()
	l := layering{flags: newKnobFlags(), env: func(string) (string, bool) { return "", false }}
	k, asked, faults := l.resolve(runKnobs())
	if len(faults) > 0 || len(asked) > 0 {
		t.Fatalf("faults %v, asked %v", faults, asked)
	}
	if k.workers != 8 || k.out != "reports" || k.limits != nil || k.progress != "auto" {
		t.Errorf("defaults are %+v", k)
	}
}

func TestLayers(t *testing.T) {
	t.Parallel()
	file, err := job.Parse("job.yaml", []byte("limits: {workers: 2}\n"), jobOptions(), nil)
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]string{}
	l := layering{flags: newKnobFlags(), env: func(name string) (string, bool) { v, ok := set[name]; return v, ok }, job: file}
	workers := func() int {
		k, _, faults := l.resolve(runKnobs())
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return k.workers
	}
	if got := workers(); got != 2 {
		t.Errorf("the job file says 2, got %d", got)
	}
	l.noted = map[string]string{"workers": "3"}
	if got := workers(); got != 3 {
		t.Errorf("the note says 3, got %d", got)
	}
	set["IMPORTER_WORKERS"] = "4"
	if got := workers(); got != 4 {
		t.Errorf("the environment says 4, got %d", got)
	}
	if err := l.flags.Set("workers", "5"); err != nil {
		t.Fatal(err)
	}
	if got := workers(); got != 5 {
		t.Errorf("the flag says 5, got %d", got)
	}
}
