package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// commandsBelow are all commands, with those that cobra makes.
func commandsBelow(c *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		list = append(list, commandsBelow(sub)...)
	}
	return list
}

// TestHelpExamples runs the examples of every command's help, each in a folder of its own in which the runs lie that the command is about.
func TestHelpExamples(t *testing.T) {
	t.Parallel()
	for _, cmd := range commandsBelow((&app{}).root()) {
		lines := strings.Split(strings.TrimSpace(cmd.Example), "\n")
		if len(lines[0]) == 0 {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for _, line := range lines {
			t.Run(strings.TrimSpace(line), func(t *testing.T) {
				t.Parallel()
				runHelpExample(t, cmd.Name(), strings.TrimSpace(line))
			})
		}
	}
}

// stampOfExamples begins the name of the run folder in the examples.
var stampOfExamples = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func runHelpExample(t *testing.T, command, line string) {
	t.Helper()
	env, stdout, stderr := testEnvironment(t)
	env.Now = func() time.Time { return stampOfExamples }
	if err := os.CopyFS(filepath.Join(env.Dir, "samples"), os.DirFS("../../samples")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(env.Dir, "address.txt"), []byte("jane@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := earlierRun(t, env, command)
	if command == "adopt" {
		leaveOldJournal(t, env)
	}
	env.LookupEnv = func(name string) (string, bool) { return *key, name == "DISTINCT_API_KEY" }
	line, input, piped := strings.Cut(line, " < ")
	if piped {
		text, err := os.ReadFile(filepath.Join(env.Dir, input))
		if err != nil {
			t.Fatal(err)
		}
		env.Stdin = bytes.NewReader(text)
	}
	words := strings.Fields(line)
	env.Args = words[1:]
	if command == "sandbox" { // it serves until it is stopped
		env.Signals, env.Stdout = interruptOnOutput(stdout)
	}
	if exit := run(env); exit != 0 && exit != 1 {
		t.Errorf("%s: exit %d\n%s%s", line, exit, stdout, stderr)
	}
	if said := stdout.String() + stderr.String(); words[0] != "importer" || said == "" {
		t.Errorf("%s says nothing", line)
	}
}

// earlierRun makes run 1 as the command needs it, and returns the key that the vendor accepts: complete, stopped by a wrong key for resume, with rows
// 17 and 18 in doubt for settle.
func earlierRun(t *testing.T, env environment, command string) *string {
	t.Helper()
	key := "distinct-demo-key"
	if !slices.Contains([]string{"resume", "retry", "status", "report", "settle", "runs", "forget", "purge"}, command) {
		return &key
	}
	sb, err := sandbox.New(all.Standins(), sandbox.Options{Seed: 1, Fault: func(n int, _ *http.Request) sandbox.Fault {
		if command == "settle" && (n == 17 || n == 18) {
			return sandbox.Fault{Kind: sandbox.ResetAfter}
		}
		return sandbox.Fault{}
	}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sb.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	list := "samples/customers.csv"
	if command == "settle" {
		list = "forty.csv"
		writeForty(t, filepath.Join(env.Dir, list))
	}
	used, want := key, map[string]int{"resume": 3, "settle": 6}[command]
	if command == "resume" {
		used = "wrong"
	}
	env.LookupEnv = func(name string) (string, bool) { return used, name == "DISTINCT_API_KEY" }
	env.Args = []string{"run", "--job", "samples/distinct.yaml", "--base-url", server.URL + "/distinct", "--rate", "none", "--workers", "1", "--in-doubt", "hold", list}
	if want == 0 {
		want = 1
	}
	if exit := run(env); exit != want {
		t.Fatalf("the run before the example: exit %d, want %d\n%s", exit, want, env.Stderr)
	}
	return &key
}

// leaveOldJournal makes a run whose journal is where earlier versions kept it.
func leaveOldJournal(t *testing.T, env environment) {
	t.Helper()
	env.Args = []string{"run", "--sandbox", "--sandbox-latency", "0s", "--journal", "reports/journal.db", "--job", "samples/demo.yaml", "samples/customers.csv"}
	if exit := run(env); exit != 0 {
		t.Fatalf("the run before the example: exit %d\n%s", exit, env.Stderr)
	}
}

// writeForty writes a list of forty people that pass all checks, in the columns of the samples.
func writeForty(t *testing.T, path string) {
	t.Helper()
	sample, err := os.ReadFile("../../samples/customers.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(sample), "\n")
	text := lines[0] + "\n"
	for i := range 40 {
		person := strings.Replace(lines[1], "028 9649 6010", fmt.Sprintf("028 9649 61%02d", i), 1)
		text += strings.Replace(person, "aoife.byrne@", fmt.Sprintf("aoife.byrne.%d@", i), 1) + "\n"
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// interruptOnOutput sends an interrupt when the program has said something on standard output.
func interruptOnOutput(stdout *bytes.Buffer) (signals func(chan<- os.Signal) func(), out writerFunc) {
	var to chan<- os.Signal
	ctx, stop := context.WithCancel(context.Background())
	signals = func(c chan<- os.Signal) func() {
		to = c
		return func() {}
	}
	return signals, func(p []byte) (int, error) {
		if ctx.Err() == nil {
			stop()
			to <- os.Interrupt
		}
		return stdout.Write(p)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestCompletion asks the program as a shell does, and wants the words that a person would look for.
func TestCompletion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, want string }{
		{"run --vendor ", "distinct epixel jframework thanx pelcro"},
		{"init --vendor ", "pelcro"},
		{"vendors ", "thanx"},
		{"sandbox ", "epixel"},
		{"run --format ", "csv tsv jsonl json xlsx"},
		{"run --quotes ", "strict loose none"},
		{"run --progress ", "auto bar plain none"},
		{"run --in-doubt ", "hold retry"},
		{"run --ok ", "phone_already_registered"},
		{"run --ok rate_limited,", "rate_limited,phone_already_registered"},
		{"run --identity ", "email phone"},
		{"retry --status ", "created in_doubt unsent"},
		{"retry --code ", "email_already_registered"},
		{"report --code ", "email_already_registered"},
		{"report --status ", "in_doubt"},
		{"status ", "20261121T120000Z-distinct-customers"},
		{"settle --as ", "created not-created"},
		{"resume ", "20261121T120000Z-distinct-customers"},
		{"retry ", "20261121T120000Z-distinct-customers"},
		{"report ", "20261121T120000Z-distinct-customers"},
		{"settle ", "20261121T120000Z-distinct-customers"},
	} {
		env, stdout, stderr := testEnvironment(t)
		env.Now = func() time.Time { return stampOfExamples }
		if err := os.CopyFS(filepath.Join(env.Dir, "samples"), os.DirFS("../../samples")); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(c.want, "customers") {
			earlierRun(t, env, "runs")
			stdout.Reset()
		}
		words := strings.Split(c.typed, " ")
		env.Args = append([]string{cobra.ShellCompRequestCmd}, words...)
		if exit := run(env); exit != 0 {
			t.Errorf("%q: exit %d: %s", c.typed, exit, stderr)
		}
		offered := strings.Fields(stdout.String())
		for _, word := range strings.Fields(c.want) {
			if !slices.Contains(offered, word) {
				t.Errorf("after %q there is no %q among %q", c.typed, word, offered)
			}
		}
	}
}
