package notify

import (
	"context"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
)

// Notifier tells other programs how runs ended.
type Notifier struct {
	LookupEnv func(name string) (value string, ok bool) // required; what a command may see of the environment is taken from here
	Now       func() time.Time                          // required
	Dir       string                                    // the folder that a command starts in; "" is the process's own
	Limit     time.Duration                             // how long a command may take; 0: a minute
}

// Told is how telling went. An error is none of the run's.
type Told struct {
	Said
	Command error // nil where it ended with success, or there was none to run
	Metrics error // nil where they were written, or none were asked for
}

// Said is what a command wrote, to standard output and error as it came.
type Said struct {
	Lines   []string // the last ones, without their ends
	LeftOut int      // lines before them
}

// Tell tells all that the conclusion names: first the metrics are written, then the command runs. The end of ctx stops the command at once.
func (n *Notifier) Tell(ctx context.Context, c runs.Conclusion) (told Told) {
	if c.Metrics != "" {
		if err := writeMetrics(c, n.Now()); err != nil {
			told.Metrics = problem.Wrap(problem.Storage, err, "the run itself is as reported")
		}
	}
	if c.OnEnd != "" {
		told.Said, told.Command = n.run(ctx, c)
	}
	return told
}
