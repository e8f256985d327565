//go:build unix

package notify

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is a command line of the shell, in a process group of its own: a signal at the terminal is for the importer to hear, and the end of ctx ends
// all that the command has started.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}
