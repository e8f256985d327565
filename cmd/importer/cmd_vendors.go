package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/vendors"
	"importer/vendors/all"
)

func (a *app) vendorsCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "vendors [NAME]",
		Short: "Show what is known of the vendors",
		Long: "vendors lists the vendors; with a name, what the importer knows of one: its fields and where they come from, its settings and their\n" +
			"environment variables, its limits, and its codes with what to do about them.",
		Example:           "  importer vendors\n  importer vendors distinct",
		Args:              needArgs(0, 1, "at most one vendor"),
		ValidArgsFunction: oneOf(runs.VendorNames()),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listVendors(asJSON)
			}
			v, err := runs.FindVendor(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return a.terminal.PrintJSON(v.Description())
			}
			return v.Describe(a.Stdout)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return cmd
}

func (a *app) listVendors(asJSON bool) error {
	if asJSON {
		list := []vendors.Description{}
		for _, v := range all.Vendors() {
			list = append(list, v.Description())
		}
		return a.terminal.PrintJSON(list)
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
