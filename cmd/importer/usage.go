package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"importer/cmd/importer/internal/runs"
)

// writeUsage writes what follows the description of a command in its help: how it is typed, examples, its commands and its flags, both under headings.
func writeUsage(w io.Writer, cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString("Usage:\n  " + cmd.UseLine() + "\n")
	if cmd.HasAvailableSubCommands() {
		b.WriteString("  " + cmd.CommandPath() + " COMMAND\n")
	}
	if cmd.HasExample() {
		b.WriteString("\nExamples:\n" + cmd.Example + "\n")
	}
	for _, g := range cmd.Groups() {
		b.WriteString("\n" + g.Title + ":\n")
		for _, c := range commandsOf(cmd, g.ID) {
			fmt.Fprintf(&b, "  %-*s  %s\n", c.NamePadding(), c.Name(), c.Short)
		}
	}
	writeFlags(&b, cmd.LocalFlags())
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n" + cmd.CommandPath() + " COMMAND --help says more about a command.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// commandsOf are the commands of a group, those that people need first at the top: cobra sorts them by name.
func commandsOf(cmd *cobra.Command, group string) []*cobra.Command {
	order := []string{"run", "check", "resume", "retry", "status", "report", "settle", "runs", "init", "vendors", "sandbox", "forget", "purge", "adopt"}
	list := slices.DeleteFunc(slices.Clone(cmd.Commands()), func(c *cobra.Command) bool { return c.GroupID != group || c.Hidden })
	slices.SortStableFunc(list, func(a, b *cobra.Command) int {
		return cmp.Compare(uint(slices.Index(order, a.Name())), uint(slices.Index(order, b.Name())))
	})
	return list
}

// optionGroup is the annotation of a flag with its group.
const optionGroup = "group"

// writeFlags lists flags under their headings. Those that are no options stand first.
func writeFlags(b *strings.Builder, flags *pflag.FlagSet) {
	sets := map[string]*pflag.FlagSet{}
	flags.VisitAll(func(f *pflag.Flag) {
		group := string(runs.Common)
		if g := f.Annotations[optionGroup]; g != nil {
			group = g[0]
		}
		if sets[group] == nil {
			sets[group] = pflag.NewFlagSet(group, pflag.ContinueOnError)
			sets[group].SortFlags = false
		}
		sets[group].AddFlag(f)
	})
	for _, g := range runs.Groups() {
		if set := sets[string(g)]; set != nil {
			fmt.Fprintf(b, "\n%s:\n%s", g, set.FlagUsages())
		}
	}
}
