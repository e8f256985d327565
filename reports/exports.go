package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ExportsName is a file in a run's folder that says which exports were written there, and their digests: another one has been edited.
const ExportsName = "exports.json"

// exportsNote is the content of the file.
type exportsNote struct {
	Files map[string]string `json:"files"` // by name: SHA-256 in hex, as written
}

// readExports returns an empty note where there is none, or none that can be read: then every export counts as edited, and is kept.
func readExports(folder string) exportsNote {
	var note exportsNote
	text, err := os.ReadFile(filepath.Join(folder, ExportsName))
	if err != nil || json.Unmarshal(text, &note) != nil || note.Files == nil {
		return exportsNote{Files: map[string]string{}}
	}
	return note
}

// ExportFiles lists the exports that were written into a run's folder, and those of them and of its failed files that a person edited and that were
// kept under another name.
func ExportFiles(folder string) ([]string, error) {
	names := []string{FailedName, FailedJSONLName}
	var list []string
	for name := range readExports(folder).Files {
		if name == filepath.Base(name) {
			names = append(names, name)
			list = append(list, filepath.Join(folder, name))
		}
	}
	var faults []error
	for _, name := range names {
		ending := filepath.Ext(name)
		kept, err := filepath.Glob(filepath.Join(folder, strings.TrimSuffix(name, ending)+editedInfix+"[0-9]*"+ending))
		list, faults = append(list, kept...), append(faults, err)
	}
	slices.Sort(list)
	return slices.Compact(list), errors.Join(faults...)
}

// Exported is a file with failed or open rows that a person asked for.
type Exported struct {
	Path string `json:"path"`
	Code string `json:"code,omitempty"` // the code, or the status, that all its rows have; "" where that was not asked for
	Rows int64  `json:"rows"`
	Left int64  `json:"left_out,omitzero"` // rows that a workbook cannot hold unchanged; the CSV file has them
	Huge bool   `json:"huge,omitzero"`     // a workbook too large to be read back
	Kept string `json:"kept,omitempty"`    // where an earlier file of this name is now that a person had edited
}

// exportSet is a fileset of exports. They are noted in the folder, and one that a person has edited is kept.
type exportSet struct {
	*fileset
	list []*export
}

// export is one file of the set.
type export struct {
	Exported
	name   string
	digest hash.Hash
}

func newExportSet(folder string) (*exportSet, error) {
	files, err := newFileset(folder)
	return &exportSet{fileset: files}, err
}

// export adds a file.
func (s *exportSet) export(name string) (*export, io.Writer, error) {
	file, err := s.add(name)
	if err != nil {
		return nil, nil, err
	}
	e := &export{Exported: Exported{Path: filepath.Join(s.folder, name)}, name: name, digest: sha256.New()}
	s.list = append(s.list, e)
	return e, io.MultiWriter(file, e.digest), nil
}

// finish keeps edited files, notes the new ones, and gives all their names.
func (s *exportSet) finish() (list []Exported, err error) {
	note := readExports(s.folder)
	for _, e := range s.list {
		next := hex.EncodeToString(e.digest.Sum(nil))
		if e.Kept, err = keepEdited(s.folder, e.name, note.Files[e.name], next); err != nil {
			return nil, err
		}
		note.Files[e.name] = next
		list = append(list, e.Exported)
	}
	err = s.write(ExportsName, func(w io.Writer) error {
		if err := json.NewEncoder(w).Encode(note); err != nil {
			return fmt.Errorf("note the exports: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, s.commit()
}
