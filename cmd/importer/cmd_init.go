package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/mapping"
	"importer/mapping/problem"
)

func (a *app) initCommand() *cobra.Command {
	var set []string
	var interactive bool
	cmd := &cobra.Command{
		Use:   "init FILE --vendor NAME",
		Short: "Propose a job file for a list",
		Long: "init reads the header and a sample of the rows, and writes a commented job file to standard output: which column is which field, how dates,\n" +
			"phone numbers and words are written, what is required and missing, and which columns are left over. What is not certain is in it as\n" +
			"a comment. No value of a person gets into it.",
		Example: "  importer init samples/customers.csv --vendor distinct\n  importer init samples/customers.csv --vendor epixel --set operation=signup-package",
		Args:    needArgs(1, 1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			request := runs.ProposeRequest{File: args[0], Settings: map[string]string{}}
			for _, text := range set {
				name, value, ok := strings.Cut(text, "=")
				if !ok {
					return usage("--set "+mapping.Escape(text, 60)+" has no value", "write --set name=value")
				}
				request.Settings[name] = value
			}
			if interactive {
				if request.Answer = a.terminal.Answer; !a.terminal.CanAsk() {
					return usage("--interactive needs a terminal", "leave it out: the questions are in the file as comments")
				}
			}
			return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
				request.Request = r
				proposed, err := a.service.Propose(ctx, request)
				if err != nil {
					return err
				}
				return a.printProposed(proposed, args[0])
			})
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "a setting of the vendor, as `NAME=VALUE`; may be given several times")
	cmd.Flags().BoolVar(&interactive, "interactive", false, "ask about what is not certain (on a terminal)")
	return withOptions(cmd, runs.OptionsFor(runs.ProposeRequest{}))
}

// printProposed writes the job file, and says on standard error what came out and what to do next.
func (a *app) printProposed(p runs.Proposed, file string) error {
	if _, err := a.Stdout.Write(p.YAML); err != nil {
		return err
	}
	text := fmt.Sprintf("Fields mapped: %d. Questions: %d. Columns left over: %d.", p.Mapped, p.Questions, p.Ignored)
	if p.ReadWith != nil {
		text = fmt.Sprintf("%s.\nThe proposal says how to read the list: see that it says what you mean.\n", problem.All(p.ReadWith)[0]) + text
	}
	if p.Unread > 0 {
		text += fmt.Sprintf(" Rows that cannot be read: %d.", p.Unread)
	}
	if len(p.Missing) > 0 {
		text += "\nRequired and not mapped: " + strings.Join(p.Missing, ", ")
	}
	if len(p.Unset) > 0 {
		text += "\nNot set, and needed only to send: " + strings.Join(p.Unset, ", ")
	}
	_, err := fmt.Fprintf(a.Stderr, "%s\nSave it as job.yaml, look through it, then: %s check --job job.yaml %s\n", text, a.Program, file)
	return err
}
