package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// editedInfix is in the name of a file that a person had edited and a later write has moved aside, between the file's name and when it was edited.
const editedInfix = "-edited-"

// keepEdited moves a file aside that a person has edited, so that no fixes are lost: its digest is neither last, that of the file as we wrote it, nor
// next, that of what is about to be written. Where last is "" it is unknown whether the file was edited: it is kept. It returns where the file is now,
// "" when there was nothing to keep.
func keepEdited(folder, name, last, next string) (string, error) {
	path := filepath.Join(folder, name)
	is, err := digestOf(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look whether %s was edited: %w", name, err)
	}
	if is == next || is == last {
		return "", nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("look when %s was edited: %w", name, err)
	}
	stem := filepath.Join(folder, strings.TrimSuffix(name, filepath.Ext(name))+editedInfix+info.ModTime().UTC().Format("20060102T150405Z"))
	to := stem + filepath.Ext(name)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); err != nil {
			break
		}
		to = fmt.Sprintf("%s-%d%s", stem, n, filepath.Ext(name))
	}
	if err := os.Rename(path, to); err != nil {
		return "", fmt.Errorf("keep the edited %s: %w", name, err)
	}
	return to, nil
}

// KeptAs finds a file under the name that it was given when a later write moved it aside, because a person had edited it: that of whose SHA-256,
// in hex, is says that it is the one. Where it still lies at the path, or nowhere, that is the path.
func KeptAs(path string, is func(sum string) bool) string {
	if sum, err := digestOf(path); err == nil && is(sum) {
		return path
	}
	folder, ending := filepath.Dir(path), filepath.Ext(path)
	stem := strings.TrimSuffix(filepath.Base(path), ending) + editedInfix
	entries, err := os.ReadDir(folder)
	if err != nil {
		return path
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), stem) || filepath.Ext(e.Name()) != ending || !e.Type().IsRegular() {
			continue
		}
		kept := filepath.Join(folder, e.Name())
		if sum, err := digestOf(kept); err == nil && is(sum) {
			return kept
		}
	}
	return path
}

func digestOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close() // read only
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// FailedFileOf is the failed file in a run's folder as the last [Write] wrote it; false where there is none, or a person has edited it.
func FailedFileOf(folder string) (path string, written bool) {
	last, err := ReadSummary(folder)
	if err != nil {
		return "", false
	}
	path = filepath.Join(folder, filepath.Base(last.Files.Failed))
	is, err := digestOf(path)
	return path, err == nil && is == last.Files.Digest
}
