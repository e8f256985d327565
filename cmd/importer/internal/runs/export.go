package runs

import (
	"context"
	"errors"
	"path/filepath"

	"importer/pipeline/journal"
	"importer/reports"
)

// ExportRequest asks for failed rows of a run in files of their own.
type ExportRequest struct {
	Request
	Run      string       // number, name or folder; "" for the newest
	Pick     reports.Pick // which failed rows; zero: all
	Workbook bool         // one workbook, with a sheet for each code; else a file for each code, or for each status where no code is named
}

// ExportResult says what was written. The run's reports are as before.
type ExportResult struct {
	Run   string              `json:"run"`
	Files []reports.Exported  `json:"files"`
	Next  [][]reports.Command `json:"next"` // for each file: what to type with it
}

// Export writes failed rows of a run beside its failed file, from the journal and the input. They can be sent again like that one.
func (s *Service) Export(ctx context.Context, r ExportRequest) (result ExportResult, err error) {
	c := s.call(r.Request)
	x, err := c.recallNamed(ctx, r.Run)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, x.close(), x.workspace.close()) }()
	ws, run := x.workspace, x.run
	held, err := ws.lockAll([]journal.Run{run})
	if err != nil { // a run under way still changes its rows, and writes its files
		return result, err
	}
	x.unlock = held.release
	result.Run = run.Name
	result.Files, err = reports.Export(ctx, x.material(session{}), reports.Ask{
		Codes: r.Pick.Codes, Statuses: r.Pick.Statuses, Workbook: r.Workbook, Notes: x.notesOfWorkbook(),
	})
	switch {
	case ctx.Err() != nil:
		return result, ErrInterrupted
	case err != nil:
		return result, asStorage(x.explain(err))
	}
	for i := range result.Files {
		result.Next = append(result.Next, x.nextOfExport(result.Files[i]))
		result.Files[i].Path = filepath.Join(ws.folder(run), filepath.Base(result.Files[i].Path))
	}
	return result, nil
}

// nextOfExport is what to type with an export.
func (x *execution) nextOfExport(e reports.Exported) []reports.Command {
	again := []string{"retry", filepath.Join(x.folder(), filepath.Base(e.Path))}
	why := "fix the rows in this file, then send them again"
	if e.Code == journal.InDoubt.String() {
		why, again = "look the people up at the vendor; send those again that are not there", append(again, "--status", journal.InDoubt.String())
	}
	return []reports.Command{{Why: why, Type: x.command(again...)}}
}

// notesOfWorkbook is what the first sheet of the workbook says besides.
func (x *execution) notesOfWorkbook() []string {
	path := filepath.Join(x.folder(), reports.WorkbookName)
	return []string{
		"Fix the cells on the other sheets and leave their " + reports.LinkPrefix + " columns as they are. Then send the rows of all sheets again with: " + x.command("retry", path),
		"The rows of one sheet: " + x.command("retry", path, "--sheet") + " NAME",
		"Every cell is a text: nothing is computed, and zeros and plus signs at the front stay. Type dates as the list has them.",
	}
}
