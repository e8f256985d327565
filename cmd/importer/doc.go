// Command importer registers the people of a customer list with a vendor, one call per row, and writes down what became of every row.
//
//	importer run --sandbox --job samples/distinct.yaml samples/customers.csv
//
// This package is the wiring, and the only one that knows the environment, the terminal, signals and exit codes. What it does with them:
//
//   - [run] is the whole program as a function of an [environment]; main only makes one of the process. Tests make others.
//   - One file per command (cmd_run.go, cmd_check.go, …). A command returns an error; [failure] gives it an exit code and a hint.
//   - The knobs of a run are one table (knobs.go). It makes the flags, the variables IMPORTER_<FLAG>, the job file's keys and the defaults;
//     layers.go says who beats whom.
//   - prepare.go puts everything together that can be known before the first request, and reports all that is wrong with it at once.
//   - session.go takes one run from the lock to the summary. note.go is what it leaves in the journal for `resume`, `report` and `retry`.
//   - progress.go looks at the run five times a second; progress_bar.go and progress_plain.go show it.
package main
