package runs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
)

// hints says for every code that a row can have what to do about it: those of the vendor first.
func hints(v *vendors.Vendor) func(code string) string {
	table := hintTable(v)
	return func(code string) string { return table[code] }
}

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

// hintTable holds every code that a row can have.
func hintTable(v *vendors.Vendor) map[string]string {
	table := map[string]string{
		pipeline.CodeDuplicate:         "one row of the person counts, as on_duplicate says; remove the others from the list, or leave them",
		pipeline.CodeImported:          "nothing to do: an earlier run created them",
		pipeline.CodeImportedChanged:   "an earlier run created them, and the row has changed since; change it at the vendor, who offers no update call",
		pipeline.CodeFiltered:          "nothing to do: the job's where leaves them out",
		pipeline.CodeSponsorNotCreated: "fix the row of the sponsor and send both again; where the vendor has the sponsor already, take the sponsor's row out of the list",
		pipeline.CodeSponsorCycle:      "fix the sponsors: at least one of them must be sponsored by somebody outside the cycle",
		pipeline.CodeHeld:              "an earlier run sent them and the outcome is unknown; look them up at the vendor before sending them again",
		pipeline.CodeSettledCreated:    "a person said so: the vendor has them",
		pipeline.CodeSettledNotCreated: "a person said so: the vendor does not have them; importer resume sends them",
		pipeline.CodeInternal:          "a fault of the importer; please report it, with the line that --verbose shows",
		pipeline.CodeReady:             "ready to send",
		journal.CodeNotReached:         "the run ended before these rows; resume it to send them",
		journal.CodeOutcomeUnknown:     "these rows were sent, and no answer came back; look them up at the vendor",
		source.CodeRagged:              "the row has not as many cells as the header: look for a delimiter too many, or one that is missing",
		source.CodeQuote:               "put the cell in quotes, and write a quote inside it twice",
		source.CodeTooLong:             "look for a quote that is never closed",
		source.CodeCellTooLong:         "shorten the cell",
		source.CodeTooMany:             "the row has far more cells than the header: look for the wrong delimiter",
		source.CodeEncoding:            "save the list as UTF-8, or say its encoding under input: in the job file",
		source.CodeControl:             "remove the control character",
		source.CodeJSON:                "write one JSON object a row",
		source.CodeDuplicateKey:        "keep one of the members of the same name",
		source.CodeTooDeep:             "flatten the object",
		source.CodeCellError:           "open the workbook, fix the cell and save it",
		source.CodeUnknown:             "a member that no other row has: check its spelling",
	}
	for _, c := range mapping.Codes() {
		put(table, c.Name, c.Hint)
	}
	for _, c := range v.Codes() {
		put(table, c.Code, c.Hint)
	}
	for _, c := range v.LocalCodes() {
		put(table, c.Code, c.Hint)
	}
	return table
}

// put keeps what is there: the first hint for a code counts.
func put(table map[string]string, code, hint string) {
	if table[code] == "" {
		table[code] = hint
	}
}
