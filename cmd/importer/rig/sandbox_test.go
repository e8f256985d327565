package rig

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// sandboxed is a sandbox in a process of its own. Its register file is written and fsynced before an answer leaves.
type sandboxed struct {
	base string // the vendor's base URL
	file string // the register
}

func serve(t testing.TB, vendor string, flags ...string) sandboxed {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command(plain(t), append([]string{"sandbox", "--directory", dir}, append(flags, vendor)...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the sandbox says nothing: %v", err)
	}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		io.Copy(io.Discard, out)
	}()
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		<-drained
		cmd.Wait()
	})
	return sandboxed{base: strings.Fields(line)[1], file: filepath.Join(dir, vendor+".jsonl")}
}

// registered reads how often each person was registered, by e-mail address.
func (s sandboxed) registered(t testing.TB) map[string]int {
	t.Helper()
	data, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	acts := map[string]int{}
	for line := range strings.Lines(string(data)) {
		var act struct {
			Email string `json:"email"`
		}
		if !strings.HasSuffix(line, "\n") {
			break // being written
		}
		if err := json.Unmarshal([]byte(line), &act); err != nil {
			t.Fatalf("register: %v", err)
		}
		acts[act.Email]++
	}
	return acts
}
