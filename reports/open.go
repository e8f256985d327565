package reports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// Names of the file with the rows of a list that are still open after all its runs.
const (
	OpenName      = "open.csv"
	OpenJSONLName = "open.jsonl"
)

// OpenRow is a row that is still open.
type OpenRow struct {
	Row    source.Row
	Run    string         // the newest run that says what the row is now
	Record journal.Record // what it says: Row is the number there
	File   string         // the input that the row was read from
}

// WriteOpen writes open rows as a failed file (format), so that it can be sent again like one, to a path in the folder of a run: an earlier file that a
// person has edited is kept. At any other path a file that is there already is not touched, and the error says so.
func WriteOpen(path string, ours bool, format Format, rows iter.Seq2[OpenRow, error]) (Exported, error) {
	if _, err := os.Lstat(path); !ours && err == nil {
		return Exported{}, &problem.Error{Kind: problem.Usage, File: path, Message: "the file is there already", Fix: "name another one, or move it away"}
	}
	files, err := newExportSet(filepath.Dir(path))
	if err != nil {
		return Exported{}, err
	}
	list, err := writeOpen(files, filepath.Base(path), ours, format, rows)
	if err = errors.Join(err, files.discard()); err != nil {
		return Exported{}, err
	}
	return list[0], nil
}

func writeOpen(files *exportSet, name string, ours bool, format Format, rows iter.Seq2[OpenRow, error]) ([]Exported, error) {
	file, w, err := files.export(name)
	if err != nil {
		return nil, err
	}
	if err := writeOpenRows(w, &file.Exported, format, rows); err != nil {
		return nil, err
	}
	if ours {
		return files.finish()
	}
	return []Exported{file.Exported}, files.commit()
}

func writeOpenRows(w io.Writer, file *Exported, format Format, rows iter.Seq2[OpenRow, error]) error {
	out := newFailedWriter(w, format)
	for row, err := range rows {
		if err != nil {
			return err
		}
		file.Rows++
		if err := out.add(outcome{row: row.Row, run: row.Run, record: row.Record, file: row.File}); err != nil {
			return err
		}
	}
	return out.flush()
}

// RemoveOpen deletes the file of open rows from a run's folder, since no row is open any more. One that a person has edited is kept under another name,
// which is returned; one that is no export of ours stays.
func RemoveOpen(folder string) (kept string, err error) {
	note := readExports(folder)
	for _, name := range []string{OpenName, OpenJSONLName} {
		last, ours := note.Files[name]
		if !ours {
			continue
		}
		to, err := keepEdited(folder, name, last, "")
		if err != nil {
			return kept, err
		}
		if kept = cmp.Or(to, kept); to != "" {
			continue
		}
		if err := os.Remove(filepath.Join(folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, fmt.Errorf("delete %s: %w", name, err)
		}
	}
	return kept, nil
}
