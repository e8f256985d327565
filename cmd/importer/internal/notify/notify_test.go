//go:build unix

package notify

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/reports"
)

func notifier(t *testing.T) *Notifier {
	t.Helper()
	return &Notifier{Dir: t.TempDir(), Now: time.Now, LookupEnv: func(name string) (string, bool) {
		return map[string]string{"PATH": os.Getenv("PATH"), "HOME": "/home/ops", "THANX_CLIENT_ID": "secret", "IMPORTER_ON_END": "secret"}[name], true
	}}
}

func concluded(command string) runs.Conclusion {
	return runs.Conclusion{Exit: reports.ExitBusy, Err: problem.New(problem.Busy, "somebody else runs", "wait"), Telling: runs.Telling{OnEnd: command}}
}

// TestACommandGetsTheConclusion: JSON on its standard input, and an environment without secrets.
func TestACommandGetsTheConclusion(t *testing.T) {
	t.Parallel()
	n := notifier(t)
	told := n.Tell(t.Context(), concluded("env; cat >told.json"))
	if told.Command != nil || told.Metrics != nil {
		t.Fatal(told)
	}
	for _, want := range []string{"HOME=/home/ops", "IMPORTER_EXIT_CODE=75", "IMPORTER_RUN=", "IMPORTER_FOLDER="} {
		if !slices.Contains(told.Lines, want) {
			t.Errorf("%q is not in\n%q", want, told.Lines)
		}
	}
	if strings.Contains(strings.Join(told.Lines, "\n"), "secret") {
		t.Errorf("a secret is in\n%q", told.Lines)
	}
	text, err := os.ReadFile(filepath.Join(n.Dir, "told.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil || got["exit_code"] != 75.0 || got["error"] != "somebody else runs" || got["hint"] != "wait" {
		t.Errorf("%v: %s", err, text)
	}
}

// TestACommandIsBounded: in time, with all that it has started, and in what it says; and one that hears nothing of its input is no failure.
func TestACommandIsBounded(t *testing.T) {
	t.Parallel()
	n := notifier(t)
	n.Limit = 50 * time.Millisecond
	if told := n.Tell(t.Context(), concluded("(sleep 1000; echo late) & sleep 1000")); told.Command == nil || !strings.Contains(told.Command.Error(), "longer than 50ms") {
		t.Errorf("a command that hangs: %+v", told)
	}
	n.Limit = 0
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if told := n.Tell(ctx, concluded("echo >run.txt")); problem.KindOf(told.Command) != problem.Canceled || exists(filepath.Join(n.Dir, "run.txt")) {
		t.Errorf("a person who left: %+v", told)
	}
	told := n.Tell(t.Context(), concluded("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; echo boo >&2; exit 7"))
	if told.Command == nil || len(told.Lines) != linesKept || told.LeftOut != 2981 || told.Lines[0] != "line 2981" || told.Lines[linesKept-1] != "boo" {
		t.Errorf("said %q after %d lines, error %v", told.Lines, told.LeftOut, told.Command)
	}
	big := concluded("true")
	big.Err = errors.New(strings.Repeat("x", 1<<20))
	if told := n.Tell(t.Context(), big); told.Command != nil {
		t.Errorf("a command that reads nothing: %v", told.Command)
	}
	if told := n.Tell(t.Context(), concluded("exit 3")); told.Command == nil || strings.Contains(told.Command.Error(), "exit 3") {
		t.Errorf("a command that fails: %+v", told)
	}
}

// TestAConclusionWithSummaryAndError: the reports were written, and then something failed. The document says both, and the exit code that counts.
func TestAConclusionWithSummaryAndError(t *testing.T) {
	t.Parallel()
	c := runs.Conclusion{Exit: reports.ExitStorage, Err: problem.New(problem.Storage, "disk full", ""),
		Summary: reports.Summary{Run: "night", Exit: reports.ExitOK, Meaning: "fine"}}
	text, err := json.Marshal(c.Document())
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	err = json.Unmarshal(text, &got)
	if err != nil || got["exit_code"] != 74.0 || got["error"] != "disk full" || got["run"] != "night" || got["exit_meaning"] == "fine" {
		t.Errorf("%v: %s", err, text)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// TestWhatIsThereIsLeft: a file of metrics that cannot be read says why, and stays as it is.
func TestWhatIsThereIsLeft(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.prom")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	told := notifier(t).Tell(t.Context(), runs.Conclusion{Telling: runs.Telling{Metrics: path}})
	if told.Metrics == nil || problem.KindOf(told.Metrics) != problem.Storage || told.Command != nil {
		t.Errorf("a folder in its place: %+v", told)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
