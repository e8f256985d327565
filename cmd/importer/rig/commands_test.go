package rig

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"importer/reports"
)

// The commands that follow a run, each killed at its moments and given again until it comes to its end: retry of a run, of its results.csv and of a
// fixed failed.csv, settle, purge with the reports, and forget. Nobody is registered twice, and what is left is whole.
func TestKillsOfCommands(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts some hundred processes")
	}
	retried := []string{"after-intent:1", "after-send:1", "after-send:2", "after-answer:1", "before-commit:2", "after-commit:3", "wal-sync:2", "report-begun:2", "report-synced:1", "report-renamed:2"}
	for name, moments := range map[string][]string{
		"retry RUN": retried, "retry results.csv": retried, "retry fixed.csv": retried,
		"settle": {"before-commit:1", "wal-write:1", "after-commit:1", "report-begun:1", "report-renamed:1"},
		"purge":  {"before-commit:1", "after-commit:1", "after-commit:2", "checkpoint:1"},
		"forget": {"before-commit:1", "after-commit:1", "checkpoint:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killed := 0
			for _, moment := range moments {
				killed += killCommand(t, name, moment)
			}
			if killed == 0 {
				t.Error("no moment was reached: the test tests nothing")
			}
		})
	}
}

// killCommand prepares a finished run, kills the command once, gives it again, and reports 1 when it was killed.
func killCommand(t *testing.T, name, moment string) int {
	t.Helper()
	dir := t.TempDir()
	box := serve(t, "distinct", "--fault", "reset-before:#2") // what a person says of ben by --status in_doubt is true
	write(t, dir, "job.yaml", "vendor: distinct\nsettings: {experienceValue: wc-trophy-tour-2026, externalVendorId: mkod0a8imkod0a}\nfields: {email: email, first_name: first_name,"+
		" last_name: last_name,\n  terms_accepted: {value: true}, newsletter: {value: false}, birth_date: {column: born, format: YYYY-MM-DD}, language: {value: en-GB}}\n")
	list := "email,first_name,last_name,born\nada@example.net,Ada,Stone,1980-02-01\nben@example.net,Ben,Stone,1980-02-01\ncal@example.net,Cal,Stone,1980-02-31\ndan@example.net,Dan,Stone,1980-02-31\n"
	write(t, dir, "list.csv", list)
	run := func(crash string, args ...string) life {
		return starting{program: crashing(t), dir: dir, crash: crash, args: args}.live(t)
	}
	first := run("", "run", "--job", "job.yaml", "--base-url", box.base, "--rate", "none", "--workers", "1", "list.csv")
	if first.code != 6 {
		t.Fatalf("the first run ends with %d\n%s", first.code, first.errs)
	}
	folder := filepath.Join("reports", filepath.Base(readJournal(t, filepath.Join(dir, "reports")).run.Folder))
	args, want := commandOf(t, dir, folder, name)
	if name == "purge" { // rows in doubt keep a run
		run("", "settle", "1", "--row", "2", "--as", "created")
	}
	dead := run(moment, args...)
	last := run("", args...)
	if !slices.Contains(want, last.code) {
		t.Errorf("%s killed at %s, given again: exit %d, not one of %v\n%s", name, moment, last.code, want, last.errs)
	}
	for who, n := range box.registered(t) {
		if n > 1 {
			t.Errorf("%s killed at %s: %s is registered %d times", name, moment, who, n)
		}
	}
	for _, after := range []string{"runs", "report"} {
		l := run("", after)
		if name == "purge" && after == "report" {
			if _, err := os.Stat(filepath.Join(dir, folder)); l.code != 65 || err == nil {
				t.Errorf("purge killed at %s, given again: report ends with %d, the folder is left: %v", moment, l.code, err == nil)
			}
			continue
		}
		if !slices.Contains([]int{0, 1, 6}, l.code) {
			t.Errorf("%s killed at %s: %s ends with %d\n%s", name, moment, after, l.code, l.errs)
		}
	}
	if half, err := reports.HalfWritten(filepath.Join(dir, folder)); len(half) > 0 && name == "settle" {
		t.Errorf("%s killed at %s left %v, %v", name, moment, half, err)
	}
	if dead.signal == syscall.SIGKILL {
		return 1
	}
	return 0
}

// commandOf is the command, and the exit codes that its last life may end with.
func commandOf(t *testing.T, dir, folder, name string) (args []string, want []int) {
	t.Helper()
	switch name {
	case "retry RUN":
		return []string{"retry", "1", "--status", "invalid,in_doubt"}, []int{1, 6}
	case "retry results.csv":
		return []string{"retry", filepath.Join(folder, reports.ResultsName), "--status", "invalid,in_doubt"}, []int{1, 6}
	case "retry fixed.csv":
		text, err := os.ReadFile(filepath.Join(dir, folder, reports.FailedName))
		if err != nil {
			t.Fatal(err)
		}
		write(t, dir, "fixed.csv", strings.ReplaceAll(string(text), "1980-02-31", "1980-02-28"))
		return []string{"retry", "fixed.csv", "--out", "reports", "--workers", "1"}, []int{6}
	case "settle":
		return []string{"settle", "1", "--row", "2", "--as", "created"}, []int{0}
	case "purge":
		return []string{"purge", "--older-than", "1ns", "--reports", "--yes"}, []int{0}
	case "forget":
		return []string{"forget", "--identity", "ada@example.net"}, []int{0}
	}
	panic(fmt.Sprintf("unknown command %q", name))
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
