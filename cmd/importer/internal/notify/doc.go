// Package notify tells other programs how a run ended: a command of the person's own, which gets the summary, and Prometheus, by a file of metrics.
//
// [Notifier.Tell] comes when a call of package runs has ended, with its [runs.Conclusion], which also says who is to be told. It knows no terminal and no
// command line, so that any front end can use it; the application itself starts no other programs. What goes wrong here is a warning: it never changes
// how the run ended.
package notify
