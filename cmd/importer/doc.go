// Command importer registers the people of a customer list with a vendor, one call per row, and writes down what happened to each row.
//
//	importer run --sandbox --job samples/distinct.yaml samples/customers.csv
//
// This package is the command line: cobra commands, flags, signals and exit codes. Each command is a thin file: flags become a typed request, the request
// is one call of [runs.Service], and its result becomes output and an exit code.
//
//   - [run] is the whole program as a function of an [environment]; main only makes one from the process. Tests make others.
//   - flags.go makes flags and completion from the one table of options, [runs.AllOptions].
//   - exit.go makes exit codes of errors; signals.go turns signals into the two steps of stopping.
//   - internal/runs is the application; internal/terminal shows its events to a person.
package main
