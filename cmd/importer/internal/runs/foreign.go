package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/reports"
)

// errForeign is what naming a run by its folder ends with where the journal knows a run of that name with another folder: two journals may each have begun a run
// over a list of one name in the same second.
var errForeign = errors.New("that folder is of a run in another journal")

// own refuses a run where the word that names it is a folder that is there, or a file in it, and not the run's. Any other word says nothing of folders.
func (ws *workspace) own(r journal.Run, word string) error {
	folder := ws.folderNamed(word)
	if folder == "" || filepath.Base(folder) != r.Name || ws.isFolderOf(r, folder) {
		return nil
	}
	return &problem.Error{Kind: problem.Input, Message: ws.pathText(folder), Err: errForeign,
		Fix: "name its journal with --journal; here, the run of that name has the folder " + ws.pathText(ws.absolute(r.Folder))}
}

// ownFile is own for a file that may hold rows of several runs.
func (ws *workspace) ownFile(ctx context.Context, path string) error {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if err := ws.own(r, path); err != nil {
			return err
		}
	}
	return nil
}

// isFolderOf reports whether a folder is that of the run, or is not there. Beside its journal it always is, wherever both were moved to; moved alone it is known by
// what the reports in it say.
func (ws *workspace) isFolderOf(r journal.Run, folder string) bool {
	named, err := os.Stat(folder)
	if err != nil {
		return true
	}
	places := ws.foldersOf(r)
	for _, place := range places {
		if is, err := os.Stat(place); err == nil && os.SameFile(named, is) {
			return true
		}
	}
	if _, err := os.Stat(places[0]); err == nil {
		return false
	}
	s, err := reports.ReadSummary(folder)
	return err == nil && s.RunID == r.ID && s.Account == r.Account && slices.EqualFunc(s.Inputs, r.Inputs, func(a reports.Input, b journal.InputFile) bool { return ws.inputDigest(a.SHA256) == b.Digest })
}
