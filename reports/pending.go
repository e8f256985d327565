package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// PendingName is a file in a run's folder from the run's end until its reports are written, and from the moment that a run is continued. Without it,
// a run whose process was killed before its reports would look as if they were there, or as if the old ones held all of it.
const PendingName = "reports-pending.json"

type pendingNote struct {
	Exit ExitCode `json:"exit_code"`
}

// MarkPending notes, durably, with which exit code a run has ended (ExitInterrupted of one that goes on), and that its reports are still to be written.
// [Write] removes the note.
func MarkPending(folder string, exit ExitCode) (err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("folder of the reports: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(folder, PendingName), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		err = errors.Join(json.NewEncoder(file).Encode(pendingNote{exit}), file.Sync(), file.Close())
	}
	if err != nil {
		return fmt.Errorf("note that reports are to be written: %w", err)
	}
	return syncFolder(folder)
}

// Pending reports whether a run's reports are still to be written, and how the run was stopped: ExitOK when it was not, or when the note cannot
// be read.
func Pending(folder string) (exit ExitCode, pending bool) {
	text, err := os.ReadFile(filepath.Join(folder, PendingName))
	if err != nil {
		return ExitOK, false
	}
	var note pendingNote
	if json.Unmarshal(text, &note) != nil {
		return ExitOK, true
	}
	return note.Exit, true
}

// sweep removes the half-written files of a [Write] that was killed: they may hold rows in clear.
func sweep(folder string) error {
	half, err := HalfWritten(folder)
	for _, path := range half {
		if failed := os.Remove(path); failed != nil && !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("remove a half-written report: %w", failed))
		}
	}
	return err
}

// HalfWritten lists the files that a killed [Write], [Export] or [WriteOpen] has left in a folder.
func HalfWritten(folder string) ([]string, error) {
	var list []string
	entries, err := os.ReadDir(folder)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, fmt.Errorf("folder of the reports: %w", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && isHalfWritten(e.Name()) {
			list = append(list, filepath.Join(folder, e.Name()))
		}
	}
	return list, nil
}

// isHalfWritten recognizes the names that a fileset, and the writer of workbooks, give to files that are not complete.
func isHalfWritten(name string) bool {
	for _, ours := range []string{ResultsName, FailedName, FailedJSONLName, SummaryName, PageName, ExportsName, WorkbookName, OpenName, OpenJSONLName, "failed-*"} {
		if ok, _ := filepath.Match("."+ours+".[0-9]*", name); ok {
			return true
		}
	}
	ok, _ := filepath.Match(sheetPattern, name)
	return ok
}
