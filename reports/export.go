package reports

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// Ask says which of a run's failed rows an [Export] takes, and what it makes of them.
type Ask struct {
	Codes    []string         // none: any
	Statuses []journal.Status // none: any
	Workbook bool             // one workbook with a sheet for each code; else a file for each code, or for each status where no code is named
	Notes    []string         // what the workbook's first sheet says besides
}

// takes reports whether an export takes a failed row.
func (a Ask) takes(r journal.Record) bool {
	return (len(a.Codes) == 0 || slices.Contains(a.Codes, r.Code)) && (len(a.Statuses) == 0 || slices.Contains(a.Statuses, r.Status))
}

// part is the file that a row goes to: that of its code or status.
func (a Ask) part(r journal.Record) string {
	if len(a.Codes) > 0 {
		return r.Code
	}
	return r.Status.String()
}

// parts are all files asked for.
func (a Ask) parts() []string {
	if len(a.Codes) > 0 {
		return slices.Compact(slices.Sorted(slices.Values(a.Codes)))
	}
	var names []string
	for _, s := range a.Statuses {
		names = append(names, s.String())
	}
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// Export writes rows of a run's failed file into files beside it, in one pass with memory that does not grow with the input. The reports stay as they
// are. A code, or a status, that no failed row has is an error (problem.Input), and then nothing is written.
func Export(ctx context.Context, d RunData, ask Ask) ([]Exported, error) {
	files, err := newExportSet(d.Folder)
	if err != nil {
		return nil, err
	}
	var list []Exported
	if ask.Workbook {
		err = exportWorkbook(ctx, &d, ask, files)
	} else {
		err = exportParts(ctx, &d, ask, files)
	}
	if err == nil {
		slices.SortFunc(files.list, func(a, b *export) int { return strings.Compare(a.name, b.name) })
		list, err = files.finish()
	}
	return list, errors.Join(err, files.discard())
}

// eachFailed reads the run's rows and passes on those of the failed file that are asked for.
func eachFailed(ctx context.Context, d *RunData, ask Ask, take func(outcome) error) (*tally, error) {
	count := &tally{codes: map[codeKey]*CodeCount{}}
	err := merge(ctx, d, count, func(o outcome) error {
		if o.ok || !ask.takes(o.record) {
			return nil
		}
		return take(o)
	})
	return count, err
}

// exportPart is the file of one code.
type exportPart struct {
	*export
	rows *failedWriter
}

func exportParts(ctx context.Context, d *RunData, ask Ask, files *exportSet) error {
	parts, ending := map[string]*exportPart{}, filepath.Ext(d.Format.failedName())
	count, err := eachFailed(ctx, d, ask, func(o outcome) error {
		code := ask.part(o.record)
		part := parts[code]
		if part == nil {
			file, w, err := files.export(files.unused("failed-"+fileWord(code), ending))
			if err != nil {
				return err
			}
			file.Code = code
			part = &exportPart{file, newFailedWriter(w, d.Format)}
			parts[code] = part
		}
		part.Rows++
		return part.rows.add(o)
	})
	if err != nil {
		return err
	}
	var faults []error
	for _, code := range ask.parts() {
		if part := parts[code]; part != nil {
			faults = append(faults, part.rows.flush())
		} else {
			faults = append(faults, count.without(d, ask, code))
		}
	}
	return errors.Join(faults...)
}

// without is the fault that no failed row has a code or status.
func (t *tally) without(d *RunData, ask Ask, code string) error {
	var there []string
	for _, c := range t.byCode(nil, nil) {
		word := ask.part(journal.Record{Status: c.Status, Code: c.Code})
		switch {
		case !c.OK:
			there = append(there, Shown(word))
		case word == code:
			return problem.New(problem.Input, fmt.Sprintf("run %s counts rows with %s as success: none is in its failed file", d.Run.Name, Shown(code)),
				"name other codes with --ok to have them there")
		}
	}
	hint := "no row of the run failed"
	slices.Sort(there)
	if there = slices.Compact(there); len(there) > 0 {
		hint = "its failed rows have " + strings.Join(there, ", ")
	}
	return problem.New(problem.Input, fmt.Sprintf("run %s has no failed rows with %s", d.Run.Name, Shown(code)), hint)
}

// unused is a name that no file of the set has: two codes may make the same file name.
func (s *exportSet) unused(stem, ending string) string {
	name := stem + ending
	for n := 2; slices.ContainsFunc(s.list, func(e *export) bool { return e.name == name }); n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, ending)
	}
	return name
}

// fileWord is a code as a part of a file's name: ASCII letters, digits, dots and underscores, at most 60.
func fileWord(code string) string {
	word := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '_', r == '.':
			return r
		}
		return '-'
	}, code)
	return word[:min(len(word), 60)]
}
