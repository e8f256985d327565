package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"importer/vendors"
	"importer/vendors/all"
)

func (a *app) vendorsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "vendors [NAME]",
		Short: "Show what is known of the vendors",
		Long:  "vendors lists the vendors; with a name, what the importer knows of one: its fields and where they come from, its settings and their\nenvironment variables, its limits, and its codes with what to do about them.",
		Args:  needArgs(0, 1, "at most one vendor"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return vendorNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, _ := cmd.Flags().GetBool("json")
			if len(args) == 0 {
				return a.listVendors(asJSON)
			}
			v, ok := all.Find(args[0])
			if !ok {
				w := work{knobs: knobs{vendor: args[0]}}
				return w.unknownVendor()
			}
			if asJSON {
				return a.encode(v.Description())
			}
			return v.Describe(a.Stdout)
		},
	}
	cmd.Flags().Bool("json", false, "print as JSON")
	return cmd
}

func vendorNames() (names []string) {
	for _, v := range all.Vendors() {
		names = append(names, v.Name)
	}
	return names
}

func (a *app) listVendors(asJSON bool) error {
	if asJSON {
		list := []vendors.Description{}
		for _, v := range all.Vendors() {
			list = append(list, v.Description())
		}
		return a.encode(list)
	}
	out := tabwriter.NewWriter(a.Stdout, 0, 0, 2, ' ', 0) // its errors come with Flush
	_, _ = fmt.Fprintln(out, "NAME\tVENDOR\tLIMITS\tDOCUMENTATION")
	for _, v := range all.Vendors() {
		_, _ = fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", v.Name, v.Title, vendors.FormatLimits(v.Limits), v.Page)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.Stdout, "\n%s vendors NAME shows fields, settings, limits and codes of one.\n", a.Program)
	return err
}

func (a *app) encode(value any) error {
	out := json.NewEncoder(a.Stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(value)
}
