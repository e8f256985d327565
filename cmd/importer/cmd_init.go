package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"importer/mapping"
	"importer/mapping/suggest"
	"importer/pipeline/source"
	"importer/vendors"
	"importer/vendors/all"
)

func (a *app) initCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init FILE --vendor NAME",
		Short: "Propose a job file for a list",
		Long: "init reads the header and a sample of the rows, and writes a commented job file to standard output: which column is which field, how dates,\n" +
			"telephone numbers and words are written, what is required and missing, and which columns are left over. What is not certain stands in it as\n" +
			"a comment. No value of a person gets into it.",
		Example: "  importer init list.csv --vendor distinct > job.yaml\n  importer init list.csv --vendor epixel --set operation=signup-package --interactive > job.yaml",
		Args:    needArgs(1, 1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.propose(ctx, cmd, args[0]) })
		},
	}
	cmd.Flags().String("vendor", "", "the vendor that the list goes to; importer vendors lists them")
	cmd.Flags().StringArray("set", nil, "a setting of the vendor, as name=value; may be given several times")
	cmd.Flags().Bool("interactive", false, "ask about what is not certain (on a terminal)")
	addKnobs(cmd.Flags(), inputKnobs())
	return cmd
}

// propose writes the proposal for one file.
func (a *app) propose(ctx context.Context, cmd *cobra.Command, name string) error {
	vendor, settings, err := initFlags(cmd)
	if err != nil {
		return err
	}
	asks, _ := cmd.Flags().GetBool("interactive")
	if asks && !a.canAsk() {
		return usage(errors.New("--interactive needs a terminal"), "leave it out: the questions stand in the file as comments")
	}
	if name == "-" {
		return usage(errors.New("init reads a file, not standard input"), "save the list to a file first")
	}
	how := layering{flags: cmd.Flags(), env: a.LookupEnv}
	sample, broken, err := a.sample(ctx, input{Name: name, Path: a.absolute(name)}, how)
	if err != nil {
		return err
	}
	now := a.Now()
	proposal := suggest.Propose(sample, suggest.Options{
		Vendor: vendor.Name, Input: name, Fields: wantsOf(vendor, settings), Metadata: takesMetadata(vendor, settings), Settings: settingsOf(vendor, settings),
		Today: mapping.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()},
	})
	if asks {
		if err := askAll(ctx, proposal, a.Stdin, a.Stderr); err != nil {
			return err
		}
	}
	if _, err := a.Stdout.Write(append(proposal.YAML(), how.yaml()...)); err != nil {
		return err
	}
	return a.tellProposed(proposal, name, broken)
}

// initFlags reads what init needs to know besides the file.
func initFlags(cmd *cobra.Command) (*vendors.Vendor, map[string]string, error) {
	name, _ := cmd.Flags().GetString("vendor")
	if name == "" {
		return nil, nil, usage(errors.New("init needs to know the vendor"), "add --vendor with one of: "+strings.Join(vendorNames(), ", "))
	}
	vendor, ok := all.Find(name)
	if !ok {
		w := work{knobs: knobs{vendor: name}}
		return nil, nil, w.unknownVendor()
	}
	given, _ := cmd.Flags().GetStringArray("set")
	settings := map[string]string{}
	for _, text := range given {
		key, value, ok := strings.Cut(text, "=")
		known := settingOf(vendor, key)
		switch {
		case !ok || known == nil:
			return nil, nil, usage(fmt.Errorf("--set %s: %s has no such setting", mapping.Escape(key, 60), vendor.Name), didYouMeanSetting(vendor, key))
		case known.Secret:
			return nil, nil, usage(fmt.Errorf("--set %s: that is a secret", key), "it comes from the environment: "+known.Env)
		}
		settings[key] = value
	}
	return vendor, settings, nil
}

func settingOf(v *vendors.Vendor, name string) *vendors.Setting {
	for i := range v.Settings {
		if v.Settings[i].Name == name {
			return &v.Settings[i]
		}
	}
	return nil
}

func didYouMeanSetting(v *vendors.Vendor, name string) string {
	var names []string
	for _, s := range v.Settings {
		if !s.Secret {
			names = append(names, s.Name)
		}
	}
	if near, ok := mapping.Nearest(name, names); ok {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "write --set name=value with one of: " + strings.Join(names, ", ")
}

// sample reads the file once more after the survey, and keeps a bounded part of it. Rows that cannot be read are counted.
func (a *app) sample(ctx context.Context, in input, how layering) (s *suggest.Sample, broken int, err error) {
	values, _, faults := how.resolve(inputKnobs())
	if len(faults) > 0 {
		return nil, 0, errors.Join(faults...)
	}
	set, err := source.Survey(ctx, titled([]input{in}), values.reading.of())
	if err != nil {
		if ctx.Err() != nil {
			return nil, 0, context.Cause(ctx)
		}
		return nil, 0, err
	}
	reader, err := set.Open()
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	s = suggest.NewSample(set.Header)
	for {
		row, err := reader.Next()
		switch {
		case isEOF(err):
			return s, broken, nil
		case err != nil:
			return nil, 0, err
		case ctx.Err() != nil:
			return nil, 0, context.Cause(ctx)
		case row.Broken != nil:
			broken++
		default:
			s.Add(row.Cells)
		}
	}
}

// tellProposed says on standard error what came out, and what to do next.
func (a *app) tellProposed(p *suggest.Proposal, name string, broken int) error {
	mapped, missing := 0, []string{}
	for _, c := range p.Choices {
		switch {
		case c.Spec != nil:
			mapped++
		case c.Required:
			missing = append(missing, c.Field.String())
		}
	}
	text := fmt.Sprintf("Fields mapped: %d. Questions: %d. Columns left over: %d.", mapped, len(p.Questions()), len(p.Ignore))
	if broken > 0 {
		text += fmt.Sprintf(" Rows that cannot be read: %d.", broken)
	}
	if len(missing) > 0 {
		text += "\nRequired and not mapped: " + strings.Join(missing, ", ")
	}
	_, err := fmt.Fprintf(a.Stderr, "%s\nSave it as job.yaml, look through it, then: %s check --job job.yaml %s\n", text, a.Program, name)
	return err
}
