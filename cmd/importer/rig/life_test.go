package rig

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// life is one process of the importer, from its start to its end.
type life struct {
	code   int            // exit code; -1 when a signal ended it
	signal syscall.Signal // that ended it
	out    string
	errs   string
}

// starting is how a life begins and what happens to it.
type starting struct {
	program string
	dir     string
	crash   string // IMPORTER_CRASH
	args    []string
	env     []string
	signals []aimed
	upon    func(*os.Process) // called when it runs; the life's end is waited for after it returns
}

// aimed is a signal at a time after the start, or after the signal before.
type aimed struct {
	after  time.Duration
	signal os.Signal
}

func (s starting) live(t testing.TB) life {
	t.Helper()
	cmd := exec.Command(s.program, s.args...)
	cmd.Dir = s.dir
	cmd.Env = append(append(os.Environ(), environment...), s.env...)
	cmd.Env = append(cmd.Env, "IMPORTER_JOURNAL=reports/journal.db", "XDG_STATE_HOME="+s.dir) // journal and reports are on one disk
	if s.crash != "" {
		cmd.Env = append(cmd.Env, "IMPORTER_CRASH="+s.crash)
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	aim := make(chan struct{})
	go func() {
		defer close(aim)
		for _, a := range s.signals {
			timer := time.NewTimer(a.after)
			select {
			case <-timer.C:
				cmd.Process.Signal(a.signal)
			case <-ended:
				timer.Stop()
				return
			}
		}
	}()
	if s.upon != nil {
		s.upon(cmd.Process)
	}
	err := cmd.Wait()
	close(ended)
	<-aim
	l := life{out: out.String(), errs: errs.String()}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		l.code = exit.ExitCode()
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			l.signal = status.Signal()
		}
	} else if err != nil {
		t.Fatal(err)
	}
	return l
}
