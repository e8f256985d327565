package notify

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
)

const (
	commandTime = time.Minute     // see Notifier.Limit
	commandRest = 2 * time.Second // how long what it left behind may hold its output open
	saidMost    = 16 << 10        // bytes of its output that are kept
)

// passedOn are the variables that a command sees, besides those that say how the run ended. Keys and settings of vendors are not among them.
var passedOn = [...]string{"PATH", "HOME", "LANG", "TZ", "USER", "SHELL"}

// run runs the command with the conclusion as JSON on its standard input, and returns what it said. Neither error nor output holds the command: it may
// name a secret address.
func (n *Notifier) run(ctx context.Context, c runs.Conclusion) (said string, err error) {
	if ctx.Err() != nil {
		return "", problem.New(problem.Canceled, "the command was not run: you left at once", "")
	}
	document, err := json.MarshalIndent(c.Document(), "", "  ")
	if err != nil {
		return "", err
	}
	limit := cmp.Or(n.Limit, commandTime)
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	output := &head{most: saidMost}
	cmd := shell(limited, c.OnEnd)
	cmd.Dir, cmd.Env, cmd.WaitDelay = n.Dir, n.environment(c), commandRest
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(append(document, '\n')), output, output
	err = cmd.Run()
	const fix = "try it with a summary.json as its input; the run itself is as reported"
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay): // something it started in the background is still there
		return output.kept.String(), nil
	case ctx.Err() != nil:
		return output.kept.String(), problem.New(problem.Canceled, "the command was stopped", "")
	case limited.Err() != nil:
		return output.kept.String(), problem.New(problem.Usage, fmt.Sprintf("the command was stopped: it took longer than %s", limit), fix)
	}
	return output.kept.String(), problem.Wrap(problem.Usage, fmt.Errorf("the command failed: %w", err), fix)
}

// environment is what a command sees.
func (n *Notifier) environment(c runs.Conclusion) []string {
	folder := c.Folder
	if folder != "" && !filepath.IsAbs(folder) && n.Dir != "" {
		folder = filepath.Join(n.Dir, folder)
	}
	if abs, err := filepath.Abs(folder); folder != "" && err == nil {
		folder = abs
	}
	env := []string{"IMPORTER_EXIT_CODE=" + strconv.Itoa(int(c.Exit)), "IMPORTER_RUN=" + c.Run, "IMPORTER_FOLDER=" + folder}
	for _, name := range passedOn {
		if value, ok := n.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// head keeps the beginning of what is written to it.
type head struct {
	kept bytes.Buffer
	most int
}

// Write keeps what there is room for, and takes the rest as written.
func (h *head) Write(p []byte) (int, error) {
	h.kept.Write(p[:min(len(p), h.most-h.kept.Len())])
	return len(p), nil
}
