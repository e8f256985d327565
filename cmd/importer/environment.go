package main

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"
)

// environment is everything the program takes from outside.
type environment struct {
	Args           []string // without the program's name
	Program        string   // what a person types to call it, for hints: "importer"
	LookupEnv      func(name string) (string, bool)
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	StderrWidth    func() (columns int, terminal bool)
	StdoutWidth    func() (columns int, terminal bool)
	Signals        func(to chan<- os.Signal) (stop func()) // delivers SIGINT, SIGTERM, SIGHUP and SIGQUIT until stop is called
	Now            func() time.Time
	Dir            string        // the working directory; "" is the process's own
	State          string        // the folder for what the program keeps of a user; "": none is known
	Nonce          func() string // a text that no other call returns
}

// processEnvironment is that of this process. A closed pipe on standard output becomes an error of the write instead of the end.
func processEnvironment() environment {
	signal.Ignore(syscall.SIGPIPE)
	return environment{
		Args: os.Args[1:], Program: programName(os.Args[0]), LookupEnv: os.LookupEnv,
		Stdin: os.Stdin, Stdout: patientPipe{os.Stdout}, Stderr: os.Stderr,
		StderrWidth: func() (int, bool) { return widthOf(os.Stderr) },
		StdoutWidth: func() (int, bool) { return widthOf(os.Stdout) },
		Signals:     processSignals,
		State:       stateFolder(runtime.GOOS, os.LookupEnv, homeFolder),
		Now:         time.Now,
		Nonce:       rand.Text,
	}
}

// patientPipe is a writer whose reader may go away, as `head` does: what is written then is lost without an error. A command ends as it would have.
type patientPipe struct{ io.Writer }

func (p patientPipe) Write(b []byte) (int, error) {
	n, err := p.Writer.Write(b)
	if errors.Is(err, syscall.EPIPE) {
		return len(b), nil
	}
	return n, err
}

// programName is how to call the program again: `go run` puts it into a folder of its own that is gone afterwards.
func programName(arg0 string) string {
	if strings.Contains(filepath.ToSlash(arg0), "/go-build") {
		return "go run ./cmd/importer"
	}
	return "importer"
}

func widthOf(f *os.File) (int, bool) {
	width, _, err := term.GetSize(int(f.Fd()))
	return width, err == nil && width > 0
}

func processSignals(to chan<- os.Signal) func() {
	signal.Notify(to, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT) // the last would end with a stack trace, and exit code 2
	return func() { signal.Stop(to) }
}
