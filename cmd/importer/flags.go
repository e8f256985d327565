package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"importer/cmd/importer/internal/runs"
	"importer/mapping"
	"importer/pipeline/journal"
	"importer/vendors/all"
)

// withOptions gives a command the flags of options, with their completion, and groups them in help.
func withOptions(cmd *cobra.Command, options []runs.Option) *cobra.Command {
	flags := cmd.Flags()
	flags.SortFlags = false
	for _, o := range options {
		if o.Switch() {
			flags.BoolP(o.Name, o.Short, false, o.Doc)
		} else {
			flags.VarP(&optionText{text: o.Default, arg: o.Arg}, o.Name, o.Short, o.Doc)
		}
		if complete := completionOf(o); complete != nil {
			_ = cmd.RegisterFlagCompletionFunc(o.Name, complete) // fails for a flag that is not there
		}
		_ = flags.SetAnnotation(o.Name, optionGroup, []string{string(o.Group)})
	}
	return cmd
}

// optionText is a flag's value before it is looked at: all values are judged together, whatever gave them.
type optionText struct{ text, arg string }

func (t *optionText) String() string { return t.text }
func (t *optionText) Type() string   { return t.arg }
func (t *optionText) Set(s string) error {
	t.text = s
	return nil
}

// given are the options that the command line gives, as text.
func given(flags *pflag.FlagSet) map[string]string {
	texts := map[string]string{}
	flags.Visit(func(f *pflag.Flag) {
		if f.Annotations[optionGroup] != nil {
			texts[f.Name] = f.Value.String()
		}
	})
	return texts
}

// didYouMeanFlag continues a hint where an unknown flag is near a known one.
func didYouMeanFlag(cmd *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := mapping.Nearest(unknown.GetSpecifiedName(), names); ok {
		return "; did you mean --" + near + "?"
	}
	return ""
}

// needArgs refuses a command line with too few or too many arguments; most below 0 is any number.
func needArgs(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		hint := "importer " + cmd.Name() + " --help shows how it is used"
		switch {
		case len(args) < least:
			return usage(fmt.Sprintf("%s needs %s", cmd.Name(), what), hint)
		case most >= 0 && len(args) > most:
			return usage(fmt.Sprintf("%s takes %s, not %d arguments", cmd.Name(), what, len(args)), hint)
		}
		return nil
	}
}

// list splits a flag's value at its commas.
func list(text string) (words []string) {
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

type completion = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// oneOf completes one of the words.
func oneOf(words []string) completion {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// listOf completes one of the words after each comma.
func listOf(words func() []string) completion {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndex(typed, ",")+1]
		all := slices.Clone(words())
		for i, word := range all {
			all[i] = before + word
		}
		return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// completionOf completes an option's value; nil leaves it to the shell, which completes files.
func completionOf(o runs.Option) completion {
	switch {
	case o.Values != nil && o.List:
		return listOf(func() []string { return o.Values })
	case o.Values != nil:
		return oneOf(o.Values)
	case o.Name == "vendor":
		return oneOf(runs.VendorNames())
	case o.Name == "ok":
		return listOf(codes)
	case o.Name == "identity":
		return listOf(mapping.FieldNames)
	case o.Switch() || o.Path || o.Name == "job" || o.Name == "sandbox-state":
		return nil
	}
	return cobra.NoFileCompletions
}

// codes are all codes that a vendor's rows can have.
func codes() (names []string) {
	for _, v := range all.Vendors() {
		for _, c := range v.Codes() {
			names = append(names, c.Code)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// statuses are the names of all statuses.
func statuses() (names []string) {
	for _, s := range journal.Statuses() {
		names = append(names, s.String())
	}
	return names
}

// runNames completes the name of a run of the journal, and leaves files to the shell.
func (a *app) runNames(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	listed, err := a.service.List(cmd.Context(), runs.ListRequest{Request: runs.Request{Options: given(cmd.Flags())}})
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var names []string
	for _, l := range listed {
		names = append(names, cobra.CompletionWithDesc(l.Run.Name, l.State))
	}
	return names, cobra.ShellCompDirectiveDefault
}
