package runs

import (
	"context"
	"slices"
	"strings"

	"importer/mapping/job"
	"importer/mapping/problem"
	"importer/pipeline/source"
	"importer/reports"
)

// sheetsOf makes of a workbook with failed rows one input for each sheet that has such rows, or for the one that --sheet names; any other file stays
// one input. Sheets without the link columns, such as the overview or a person's own, are left out.
func (c *call) sheetsOf(ctx context.Context, file input) ([]input, error) {
	sheets, err := source.Sheets(ctx, file.Path)
	if err != nil {
		return nil, &problem.Error{Kind: problem.Input, File: file.Name, Err: err, Fix: problem.Hint(err)}
	}
	if len(sheets) == 0 {
		return []input{file}, nil
	}
	if wanted, from, _ := (precedence{given: c.Options, env: c.LookupEnv}).find(OptionsNamed("sheet")[0]); from >= byEnvironment && wanted != source.AllSheets {
		return sheetsNamed(file, sheets, wanted), nil
	}
	var list []input
	var names, others []string
	for _, s := range sheets {
		if !slices.ContainsFunc(s.Header, func(name string) bool { return strings.HasPrefix(name, reports.LinkPrefix) }) {
			others = append(others, s.Name)
			continue
		}
		names = append(names, s.Name)
		list = append(list, input{Name: file.Name, Path: file.Path, Sheet: s.Name})
	}
	if len(list) == 0 {
		return nil, notFailedFile(c.Program, file.Name)
	}
	c.emit(SheetsFound{file.Name, names, others})
	return list, nil
}

// sheetsNamed makes an input of each of the sheets that a text names: one, or several with commas between them. The survey says which there is none of.
func sheetsNamed(file input, sheets []source.Sheet, text string) (list []input) {
	names, err := job.SplitColumns(text)
	if err != nil || slices.ContainsFunc(sheets, func(s source.Sheet) bool { return s.Name == text }) {
		names = []string{text}
	}
	for _, name := range names {
		list = append(list, input{Name: file.Name, Path: file.Path, Sheet: name})
	}
	return list
}

// notFailedFile is the error about a file without the link columns.
func notFailedFile(program, name string) error {
	return &problem.Error{Kind: problem.Input, File: name, Message: "there is no column " + reports.LinkPrefix + "run: this is no failed.csv",
		Fix: "import a list with: " + program + " run"}
}
