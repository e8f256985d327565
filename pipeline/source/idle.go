package source

import "fmt"

// idle names the settings that apply to none of the inputs: said and not heeded, they would mislead.
func (o Options) idle(files []File) []error {
	var text, sheets, objects bool
	for _, f := range files {
		text = text || f.Format == CSV || f.Format == TSV
		sheets = sheets || f.Format == XLSX
		objects = objects || !f.Tabular()
	}
	var problems []error
	report := func(key, of string) {
		problems = append(problems, &Error{Message: fmt.Sprintf("%s is set, and no input is %s", key, of), Hint: "leave it out"})
	}
	for _, s := range []struct {
		key string
		set bool
	}{
		{"quote", o.Quote != ""}, {"quotes", o.Quotes != ""}, {"comment", o.Comment != 0}, {"ragged", o.Ragged != ""}, {"line_ends", o.LineEnds != ""},
	} {
		if s.set && !text {
			report(s.key, "CSV")
		}
	}
	if o.HeaderRow > 0 && !text && !sheets {
		report("header_row", "CSV or a sheet")
	}
	if len(o.Columns) > 0 && objects {
		problems = append(problems, &Error{Message: "columns is set, and rows in JSON name their own", Hint: "leave it out"})
	}
	if o.Sheet != "" && !sheets {
		report("sheet", "a workbook")
	}
	return problems
}
