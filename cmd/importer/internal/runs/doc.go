// Package runs is the application: everything that can be done with imports, as calls of a [Service] that know no command line and no terminal.
//
//	service := runs.New(runs.Config{…})
//	result, err := service.Start(ctx, runs.StartRequest{Inputs: []string{"list.csv"}, Request: runs.Request{Options: map[string]string{"job": "job.yaml"}}})
//
// [Service.Start] comes first; [Service.Check] does the same without sending, [Service.Resume] continues what was stopped, [Service.Retry] sends failed
// rows again, [Service.Report] writes the files of a run again, [Service.Export] its failed rows by cause, [Service.Status] adds up the runs of a list,
// [Service.Settle], [Service.Forget], [Service.Purge] and [Service.List] keep the journal in order, [Service.Adopt] takes over one of an earlier
// version, [Service.Propose] writes a first job file for a list.
//
// Requests are typed; what can be said of a run beyond them is an [Option] by name, since the environment, the job file and an earlier start of the
// run may say it as well (precedence.go). What happens meanwhile is an [Event]: [Started] brings the [Import] that is under way, with which a front end
// drains it and looks at it. A result or an error ends a call; errors are those of package problem.
//
// Inside: setup.go gathers and checks everything that can be known before the first request, and returns all faults at once. workspace.go is the
// journal with what lies beside it, place.go says where that is, lock.go keeps others off an account, or waits for them. supersede.go ends an unfinished
// run whose list has changed. execution.go takes one run from its first row to its reports. note.go is what a run leaves in the journal for a later
// call. kept.go is a sandbox that outlives the process; comparison.go holds a failed file that came back beside the rows it comes from. status_family.go
// finds the runs that belong together, status_people.go follows people through them. No rule about what may be sent again is here: they are in package
// pipeline.
package runs
