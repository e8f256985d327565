package reports

import (
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

// RemoveOpen deletes the file of open rows from a run's folder, since no row is open any more. One that a person has edited stays, and so does one that
// is no export of ours.
func RemoveOpen(folder string) error {
	for name, last := range readExports(folder).Files {
		path := filepath.Join(folder, name)
		if name != OpenName && name != OpenJSONLName {
			continue
		}
		switch is, err := digestOf(path); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return fmt.Errorf("look whether %s was edited: %w", name, err)
		case is == last:
			if err := os.Remove(path); err != nil {
				return fmt.Errorf("delete %s: %w", name, err)
			}
		}
	}
	return nil
}
