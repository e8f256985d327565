package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"importer/mapping"
	"importer/reports"
)

// app is one execution of the program.
type app struct {
	environment
	screen *screen
	voice  *voice
}

// run is the program: it executes the command line and returns the exit code. A panic becomes one line and exit 5; the journal is true
// whatever happens.
func run(env environment) (exit int) {
	a := &app{environment: env, screen: &screen{out: env.Stderr}}
	a.voice = &voice{screen: a.screen, now: env.Now}
	defer func() {
		if r := recover(); r != nil {
			exit = int(a.fail(&failure{reports.ExitInternal, internalError(r),
				"the journal has all that was acknowledged; please report this with the command you typed"}))
		}
	}()
	root := a.root()
	root.SetArgs(env.Args)
	if err := root.Execute(); err != nil {
		return int(a.fail(err))
	}
	return int(reports.ExitOK)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "importer",
		Short: "Import customer lists into a vendor's user registration",
		Long: "importer registers the people of a customer list (CSV or JSON lines) with a vendor, one call per row,\n" +
			"as fast as the vendor allows, and writes down what became of every row.",
		Example:           "  importer run --sandbox --job samples/distinct.yaml samples/customers.csv\n  importer check --job job.yaml list.csv\n  importer vendors distinct",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
	}
	root.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(root, args[0])
		}
		return nil
	}
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetIn(a.Stdin)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(err, fmt.Sprintf("%s --help lists the flags%s", a.called(cmd), didYouMeanFlag(cmd, err)))
	})
	root.AddCommand(a.initCommand(), a.runCommand(), a.checkCommand(), a.retryCommand(), a.resumeCommand(), a.reportCommand(), a.runsCommand(), a.settleCommand(),
		a.forgetCommand(), a.purgeCommand(), a.vendorsCommand(), a.sandboxCommand(), a.versionCommand())
	return root
}

// called is a command as a person types it.
func (a *app) called(cmd *cobra.Command) string {
	return strings.Replace(cmd.CommandPath(), "importer", a.Program, 1)
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
	return usage(fmt.Errorf("there is no command %q", mapping.Escape(word, 60)), hint)
}

// tell writes to standard output. A reader that has gone away ends nothing.
func (a *app) tell(format string, args ...any) { _, _ = fmt.Fprintf(a.Stdout, format, args...) }

// path makes a path that a person typed one that can be opened.
func (a *app) path(p string) string {
	if a.Dir == "" || p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.Dir, p)
}

// absolute is the path as it can be opened from anywhere.
func (a *app) absolute(p string) string {
	abs, err := filepath.Abs(a.path(p))
	if err != nil {
		return a.path(p)
	}
	return abs
}
