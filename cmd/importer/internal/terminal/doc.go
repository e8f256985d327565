// Package terminal shows what the application does to a person at a terminal, or in a log: notices and errors on standard error, a progress bar or
// lines, prompts, and the summary on standard output.
//
// [New] makes a [Terminal]; give its [Terminal.Observe] and [Terminal.Confirm] to a request of package runs, and errors to [Terminal.Fail]. It is one
// consumer of the application's events among others and decides nothing. Nothing from a list or a vendor reaches the screen unescaped.
package terminal
