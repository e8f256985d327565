package journaltest

import (
	"os"
	"os/exec"
	"testing"
)

// ChildPath names the variable that tells a child process which file it works on.
const ChildPath = "JOURNAL_CHILD"

// StartChild runs the test binary again as another process, with only its TestChild, [ChildPath] and env. What the child writes to its file 3 is
// read from out; its standard input ends when this process does. It is killed at the end of the test.
func StartChild(t *testing.T, path string, env ...string) (child *exec.Cmd, out *os.File) {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	child = exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
	child.Env = append(append(child.Environ(), ChildPath+"="+path), env...)
	child.Stderr, child.ExtraFiles = t.Output(), []*os.File{in}
	if _, err := child.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	t.Cleanup(func() {
		_ = child.Wait() // the end of the test's context has killed it
		out.Close()
	})
	return child, out
}
