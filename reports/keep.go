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

// EditedPrefix begins the name of a failed file that a person had edited and a later [Write] has moved aside; when it was edited follows.
const EditedPrefix = "failed-edited-"

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
	if is == next || is == lastDigest(folder) {
		return "", nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("look when %s was edited: %w", name, err)
	}
	stem := EditedPrefix + info.ModTime().UTC().Format("20060102T150405Z")
	for n := 1; ; n++ {
		to := filepath.Join(folder, stem+filepath.Ext(name))
		if n > 1 {
			to = filepath.Join(folder, fmt.Sprintf("%s-%d%s", stem, n, filepath.Ext(name)))
		}
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		if err := os.Rename(path, to); err != nil {
			return "", fmt.Errorf("keep the edited %s: %w", name, err)
		}
		return to, nil
	}
}

// lastDigest is that of the failed file as the last Write left it; "" where no summary tells.
func lastDigest(folder string) string {
	last, err := ReadSummary(folder)
	if err != nil {
		return ""
	}
	return strings.ToLower(last.Files.Digest)
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
