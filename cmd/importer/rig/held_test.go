package rig

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A run that holds people whom an earlier one left in doubt is killed in its first moments, before all of that is written down. Resumed, by
// whichever command, it holds them all the same: Distinct would register them a second time.
func TestKillsBeforeDoubtsAreHeld(t *testing.T) {
	t.Parallel()
	held := 0
	for n := 1; n <= 4; n++ {
		for _, goOn := range [][]string{nil, {"resume"}} {
			held += killedBeforeHolding(t, fmt.Sprintf("after-commit:%d", n), goOn)
		}
	}
	if held == 0 {
		t.Error("nobody was ever held after a kill: the test tests nothing")
	}
}

// killedBeforeHolding reports 1 when the second run was killed and, resumed, held the person.
func killedBeforeHolding(t *testing.T, moment string, goOn []string) int {
	t.Helper()
	dir := t.TempDir()
	box := serve(t, "distinct", "--fault", "reset-after:#2")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("job.yaml", "vendor: distinct\nsettings: {experienceValue: wc-trophy-tour-2026, externalVendorId: mkod0a8imkod0a}\nfields: {email: email, first_name: first_name,"+
		" last_name: last_name,\n  terms_accepted: {value: true}, newsletter: {value: false}, birth_date: {value: 1980-02-01}, language: {value: en-GB}}\n")
	const head, ada, ben, cal = "email,first_name,last_name\n", "ada@example.net,Ada,Stone\n", "ben@example.net,Ben,Stone\n", "cal@example.net,Cal,Stone\n"
	write("list.csv", head+ada+ben)
	write("tomorrow.csv", head+ben+cal)
	run := func(crash string, args ...string) life {
		return starting{program: crashing(t), dir: dir, crash: crash, args: args}.live(t)
	}
	command := func(list string) []string {
		return []string{"run", "--job", "job.yaml", "--base-url", box.base, "--rate", "none", "--workers", "1", list}
	}
	if l := run("", command("list.csv")...); l.code != 6 {
		t.Fatalf("the first run ends with %d\n%s", l.code, l.errs)
	}
	killed := run(moment, command("tomorrow.csv")...)
	if goOn == nil {
		goOn = command("tomorrow.csv")
	}
	l := run("", goOn...)
	if n := box.registered(t)["ben@example.net"]; n != 1 || l.code != 6 {
		t.Errorf("killed at %s, then %s: ben is registered %d times, exit %d\n%s", moment, strings.Join(goOn[:1], " "), n, l.code, l.errs)
		return 0
	}
	if killed.signal == syscall.SIGKILL && strings.Contains(l.out, "held_in_doubt") {
		return 1
	}
	return 0
}
