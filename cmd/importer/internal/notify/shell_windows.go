package notify

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is a command line of cmd.exe, passed on as it is written.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: "cmd /C " + line}
	return cmd
}
