package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/cmd/importer/internal/terminal"
	"importer/mapping"
	"importer/mapping/problem"
	"importer/reports"
)

// app is one execution of the program.
type app struct {
	environment
	terminal *terminal.Terminal
	service  *runs.Service
}

// run is the program: it executes the command line and returns the exit code. A panic becomes one line and exit 5; the journal is true
// whatever happens.
func run(env environment) (exit int) {
	name, _ := env.LookupEnv("TERM")
	a := &app{
		environment: env,
		terminal: terminal.New(terminal.Config{In: env.Stdin, Out: env.Stdout, Err: env.Stderr, OutWidth: env.StdoutWidth, ErrWidth: env.StderrWidth,
			Name: name, Now: env.Now}),
		service: runs.New(runs.Config{Program: env.Program, Dir: env.Dir, State: env.State, LookupEnv: env.LookupEnv, Stdin: env.Stdin, Now: env.Now, Nonce: env.Nonce,
			Proxy: http.ProxyFromEnvironment}),
	}
	defer func() {
		if r := recover(); r != nil {
			exit = int(a.fail(panicked(r)))
		}
	}()
	root := a.root()
	root.SetArgs(env.Args)
	if err := root.ExecuteContext(context.Background()); err != nil {
		return int(a.fail(err))
	}
	return int(reports.ExitOK)
}

// housekeeping is the last group of commands in help.
const housekeeping = "Housekeeping"

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "importer",
		Short: "Import customer lists into a vendor's user registration",
		Long: "importer registers the people of a customer list (CSV, JSON lines or a workbook) with a vendor, one call per row,\n" +
			"as fast as the vendor allows, and writes down what happened to each row.\n\n" +
			"Exit codes: 0 every row was created, or nothing failed that had not failed in earlier runs (--exit-known: 1 then too); 1 some rows failed;\n" +
			"2 stopped, too many errors; 3 stopped, no row could succeed; 4 interrupted; 5 internal error; 6 rows in doubt; 64 command line;\n" +
			"65 input, job file or settings; 74 storage; 75 account in use. docs/nights.md says what each means in the night.",
		Example:       "  importer run --sandbox --job samples/distinct.yaml samples/customers.csv\n  importer check --job samples/distinct.yaml samples/customers.csv\n  importer vendors distinct",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(root *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(root, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetUsageFunc(func(cmd *cobra.Command) error { return writeUsage(a.Stdout, cmd) })
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetIn(a.Stdin)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		called := strings.Replace(cmd.CommandPath(), "importer", a.Program, 1)
		return problem.Wrap(problem.Usage, err, fmt.Sprintf("%s --help lists the flags%s", called, didYouMeanFlag(cmd, err)))
	})
	for _, g := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Import", []*cobra.Command{a.runCommand(), a.checkCommand(), a.resumeCommand(), a.retryCommand()}},
		{"After a run", []*cobra.Command{a.statusCommand(), a.reportCommand(), a.settleCommand(), a.runsCommand()}},
		{"Set up", []*cobra.Command{a.initCommand(), a.vendorsCommand(), a.sandboxCommand()}},
		{housekeeping, []*cobra.Command{a.forgetCommand(), a.purgeCommand(), a.adoptCommand(), a.versionCommand()}},
	} {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.title
			root.AddCommand(c)
		}
	}
	root.SetHelpCommandGroupID(housekeeping)
	root.SetCompletionCommandGroupID(housekeeping)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	exampleOfDefaults(root.Commands())
	return root
}

// exampleOfDefaults gives the commands that cobra makes an example: how they are called.
func exampleOfDefaults(commands []*cobra.Command) {
	for _, c := range commands {
		if c.Example == "" {
			c.Example = "  " + c.CommandPath()
		}
		exampleOfDefaults(c.Commands())
	}
}

func unknownCommand(root *cobra.Command, word string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	hint := "importer --help lists the commands"
	if near, ok := mapping.Nearest(word, names); ok {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return usage(fmt.Sprintf("there is no command %q", mapping.Escape(word, 60)), hint)
}
