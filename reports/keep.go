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
)

// editedPrefix begins the name of a failed file that a person had edited and a later [Write] has moved aside; when it was edited follows.
const editedPrefix = "failed-edited-"

// keepEdited moves a failed file aside that a person has edited, so that no fixes are lost: its content is neither what the last Write wrote,
// which the summary says, nor what is about to be written. It returns where the file is now, "" when there was nothing to keep.
func keepEdited(folder, name, next string) (string, error) {
	path := filepath.Join(folder, name)
	is, err := digestOf(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look whether %s was edited: %w", name, err)
	}
	last, _ := ReadSummary(folder) // without one it is unknown whether the file was edited: it is kept
	if is == next || is == last.Files.Digest {
		return "", nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("look when %s was edited: %w", name, err)
	}
	stem := filepath.Join(folder, editedPrefix+info.ModTime().UTC().Format("20060102T150405Z"))
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
