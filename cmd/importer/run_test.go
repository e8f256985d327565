package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// testEnvironment is one without a terminal, in a folder of its own.
func testEnvironment(t *testing.T, args ...string) (environment, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	nonces, dir := 0, t.TempDir()
	return environment{
		Args: args, Program: "importer", LookupEnv: func(string) (string, bool) { return "", false },
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		StderrWidth: func() (int, bool) { return 0, false }, StdoutWidth: func() (int, bool) { return 0, false },
		Signals: func(chan<- os.Signal) func() { return func() {} },
		Now:     time.Now, Dir: dir, State: filepath.Join(dir, "state"),
		Nonce: func() string { nonces++; return strings.Repeat("n", nonces) },
	}, &stdout, &stderr
}

func TestRunInProcess(t *testing.T) {
	t.Parallel()
	env, stdout, stderr := testEnvironment(t, "run", "--sandbox", "--sandbox-latency", "0s", "--vendor", "thanx", "list.csv")
	list := "email,first_name,last_name\nada@example.com,Ada,Stone\n"
	if err := os.WriteFile(filepath.Join(env.Dir, "list.csv"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	if exit := run(env); exit != 0 {
		t.Fatalf("exit %d\n%s%s", exit, stdout, stderr)
	}
	if !strings.HasSuffix(stdout.String(), "\nsum: 1 read = 1 created\n") {
		t.Errorf("the sum is the last line:\n%s", stdout)
	}
	if found, _ := filepath.Glob(filepath.Join(env.Dir, "reports", "*-thanx-list", "results.csv")); len(found) != 1 {
		t.Errorf("results: %v", found)
	}
}

// TestAPanicIsOneLine: a fault of the program is exit 5, and never a stack trace.
func TestAPanicIsOneLine(t *testing.T) {
	t.Parallel()
	env, _, stderr := testEnvironment(t, "version")
	env.Stdout = panicking{}
	if exit := run(env); exit != 5 {
		t.Errorf("exit %d", exit)
	}
	if got := stderr.String(); !strings.HasPrefix(got, "importer: internal error: string at importer/run_test.go:") || !strings.Contains(got, "\nhint: ") || strings.Contains(got, "luck") || strings.Contains(got, "goroutine") {
		t.Errorf("said %q", got)
	}
}

// TestAPanicIsTold: a fault of the program ends the run with 5, and whoever waits for the end of the run hears of it.
func TestAPanicIsTold(t *testing.T) {
	t.Parallel()
	env, _, stderr := testEnvironment(t, "run", "--sandbox", "--sandbox-latency", "0s", "--vendor", "thanx", "--on-end", "cat >told.json", "list.csv")
	if err := os.WriteFile(filepath.Join(env.Dir, "list.csv"), []byte("email,first_name,last_name\nada@example.com,Ada,Stone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env.Stdout = panicking{}
	if exit := run(env); exit != 5 {
		t.Errorf("exit %d: %s", exit, stderr)
	}
	told, err := os.ReadFile(filepath.Join(env.Dir, "told.json"))
	if err != nil || !strings.Contains(string(told), `"exit_code": 5,`) || !strings.Contains(string(told), "internal error: ") || strings.Contains(string(told), "luck") {
		t.Errorf("told %s, %v", told, err)
	}
}

// TestARuntimeErrorIsTold: its text holds numbers and types alone.
func TestARuntimeErrorIsTold(t *testing.T) {
	t.Parallel()
	for text, wrong := range map[string]func(){
		"index out of range [3] with length 0 at importer/run_test.go:":                  func() { _ = strings.Fields("")[len("abc")] },
		"interface conversion: interface {} is string, not int at importer/run_test.go:": func() { var x any = "canary"; _ = x.(int) },
		"invalid memory address or nil pointer dereference at importer/run_test.go:":     func() { var x *environment; _ = x.Args[0] },
		"*fmt.wrapError at importer/run_test.go:":                                        func() { panic(fmt.Errorf("canary: %w", io.EOF)) },
	} {
		func() {
			defer func() {
				if got := internalError(recover()).Error(); !strings.HasPrefix(got, "internal error: "+text) || strings.Contains(got, "canary") {
					t.Errorf("said %q, want %q", got, text)
				}
			}()
			wrong()
		}()
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("no such luck") }

// TestAClosedOutputDoesNotEndARun: what can't be printed is said, and the run counts.
func TestAClosedOutputDoesNotEndARun(t *testing.T) {
	t.Parallel()
	env, _, stderr := testEnvironment(t, "run", "--sandbox", "--sandbox-latency", "0s", "--vendor", "thanx", "list.csv")
	if err := os.WriteFile(filepath.Join(env.Dir, "list.csv"), []byte("email,first_name,last_name\nada@example.com,Ada,Stone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env.Stdout = closedPipe{}
	if exit := run(env); exit != 0 {
		t.Errorf("exit %d: %s", exit, stderr)
	}
	if !strings.Contains(stderr.String(), "the summary could not be printed") {
		t.Errorf("said %q", stderr)
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestProgramName(t *testing.T) {
	t.Parallel()
	if got := programName("/tmp/go-build123/b001/exe/importer"); got != "go run ./cmd/importer" {
		t.Errorf("got %q", got)
	}
	if got := programName("/usr/local/bin/importer"); got != "importer" {
		t.Errorf("got %q", got)
	}
}
