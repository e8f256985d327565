package job

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/problem"
)

// keyLine is a line with a key of YAML.
var keyLine = regexp.MustCompile(`^[\s{?"'&*!-]*([\pL_][\pL\pN_.-]*)["']?\s*:(\s|$)`)

// nothingLine is a line of a file that says nothing.
var nothingLine = regexp.MustCompile(`^\s*(#.*|---.*|\.\.\.|null|~)?\s*$`)

// looks says what a text is: a job file has keys, of which one at least is a job file's. What is none may be a key of a vendor, or a list: then nothing
// of it is shown. What has keys, and none of a job file's, may be a job file with a slip, or somebody's secrets: its lines are not shown.
func (r *reading) looks(text string) (isYAML, isJob bool) {
	names := r.names("")
	empty := true
	for line := range strings.Lines(text) {
		empty = empty && nothingLine.MatchString(line)
		if key := keyLine.FindStringSubmatch(line); key != nil {
			isYAML = true
			isJob = isJob || slices.Contains(names, key[1])
		}
	}
	return isYAML || empty, isJob || empty
}

// notJob is the problem of a file that is no job.
func (r *reading) notJob(start mapping.Pos) *problem.Error {
	return start.Problem("this is no job file: it has no keys, such as vendor: or fields:", "check the path; importer init LIST --vendor NAME writes a job file for a list")
}

// openJob opens a regular file. What is none, such as a pipe, would keep a person waiting, or never end.
func openJob(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("it is no regular file")}
	}
	return os.Open(path)
}
