package runs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/source"
	"importer/vendors"
)

// checkOK finds the codes of --ok that no row can ever have: a slip there would count nothing.
func checkOK(v *vendors.Vendor, codes []string) (faults []error) {
	table := hintTable(v)
	for _, code := range codes {
		family := strings.HasPrefix(code, "server_error_") || strings.HasPrefix(code, "unexpected_status_")
		if _, known := table[code]; known || family {
			continue
		}
		hint := "importer vendors " + v.Name + " lists the codes"
		if near, ok := mapping.Nearest(code, slices.Sorted(maps.Keys(table))); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		faults = append(faults, unusable(fmt.Sprintf("--ok: no row is ever given the code %q", mapping.Escape(code, 60)), hint))
	}
	return faults
}

// hintTable holds every code that a row can have, with its hint. Where two packages know a code, the first one's hint counts.
func hintTable(v *vendors.Vendor) map[string]string {
	table := map[string]string{}
	add := func(code, hint string) {
		if table[code] == "" {
			table[code] = hint
		}
	}
	for _, c := range slices.Concat(pipeline.Codes(), source.Codes(), mapping.Codes()) {
		add(c.Name, c.Hint)
	}
	for _, c := range slices.Concat(v.Codes(), v.LocalCodes()) {
		add(c.Code, c.Hint)
	}
	return table
}

// hints is the hintTable of a job.
func (s *setup) hints() map[string]string {
	table := hintTable(s.vendor)
	if s.mapper != nil && s.mapper.GeneratedPassword() > 0 {
		for code, hint := range table {
			table[code] = cmp.Or(vendors.HintWhereMade(code), hint)
		}
	}
	return table
}
