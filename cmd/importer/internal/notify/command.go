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
)

// passedOn are the variables that a command sees, besides those that say how the run ended. Keys and settings of vendors are not among them.
var passedOn = [...]string{"PATH", "HOME", "LANG", "TZ", "USER", "SHELL"}

// run runs the command with the conclusion as JSON on its standard input, and returns the last of what it said: there it says what went wrong. Neither
// error nor output holds the command: it may name a secret address.
func (n *Notifier) run(ctx context.Context, c runs.Conclusion) (said Said, err error) {
	if ctx.Err() != nil {
		return said, problem.New(problem.Canceled, "the command was not run: you left at once", "")
	}
	document, err := json.MarshalIndent(c.Document(), "", "  ")
	if err != nil {
		return said, err
	}
	limit := cmp.Or(n.Limit, commandTime)
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	output := &tail{}
	cmd := shell(limited, c.OnEnd)
	cmd.Dir, cmd.Env, cmd.WaitDelay = n.Dir, n.environment(c), commandRest
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(append(document, '\n')), output, output
	err = cmd.Run()
	const fix = "try it with a summary.json as its input; the run itself is as reported"
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay): // something it started in the background is still there
		return output.said(), nil
	case ctx.Err() != nil:
		return output.said(), problem.New(problem.Canceled, "the command was stopped", "")
	case limited.Err() != nil:
		return output.said(), problem.New(problem.Usage, fmt.Sprintf("the command was stopped: it took longer than %s", limit), fix)
	}
	return output.said(), problem.Wrap(problem.Usage, fmt.Errorf("the command failed: %w", err), fix)
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
