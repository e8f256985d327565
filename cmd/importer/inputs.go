package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/pipeline/source"
	"importer/reports"
)

// expand puts the files in the place of every folder and pattern among the inputs, sorted by name, and says which they are. A file whose name
// is the text of a pattern is that file. All faults come at once.
func (a *app) expand(inputs []input) ([]input, error) {
	var list []input
	var faults []error
	for _, in := range inputs {
		info, err := os.Stat(in.Path)
		switch {
		case in.Name == "-", err == nil && !info.IsDir():
			list = append(list, in)
			continue
		case err != nil && !strings.ContainsAny(in.Name, "*?["):
			list = append(list, in) // the survey says what is wrong with it
			continue
		}
		found, rest, err := a.filesOf(in, err == nil)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		a.sayFound(in, found, rest)
		list = append(list, found...)
	}
	return list, errors.Join(faults...)
}

// filesOf lists the lists in a folder, and the names of its other files; or all files that fit a pattern.
func (a *app) filesOf(in input, folder bool) (found []input, rest []string, err error) {
	var names []string
	if folder {
		entries, err := os.ReadDir(in.Path)
		if err != nil {
			return nil, nil, &failure{reports.ExitData, fmt.Errorf("%s: the folder cannot be read: %w", in.Name, errors.Unwrap(err)), "check its permissions"}
		}
		for _, e := range entries {
			switch path := filepath.Join(in.Path, e.Name()); {
			case strings.HasPrefix(e.Name(), "."):
			case source.IsList(e.Name()) && isFile(path):
				names = append(names, filepath.Join(in.Name, e.Name()))
			default:
				rest = append(rest, e.Name())
			}
		}
	} else {
		base := strings.TrimSuffix(in.Path, in.Name) // which is no pattern
		matches, err := filepath.Glob(strings.NewReplacer("*", `\*`, "?", `\?`, "[", `\[`, `\`, `\\`).Replace(base) + strings.TrimPrefix(in.Path, base))
		if err != nil {
			return nil, nil, &failure{reports.ExitUsage, fmt.Errorf("%s: the pattern cannot be read: %w", in.Name, err), "a [ is closed by ]; * and ? stand for any characters and for one"}
		}
		for _, m := range matches {
			if isFile(m) {
				names = append(names, strings.TrimPrefix(m, base))
			}
		}
	}
	if len(names) == 0 {
		what, hint := "no file fits this pattern", "check the pattern; quotes around it keep the shell from reading it"
		if folder {
			what, hint = "there is no list in this folder", "lists end with "+strings.Join(source.Endings(), ", ")+", and perhaps "+strings.Join(source.PackedEndings(), ", ")+"; name others one by one"
		}
		return nil, nil, &failure{reports.ExitData, fmt.Errorf("%s: %s", in.Name, what), hint}
	}
	slices.Sort(names)
	for _, name := range names {
		found = append(found, input{Name: name, Path: a.absolute(name)})
	}
	return found, rest, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&fs.ModeType == 0
}

// sayFound says which files stand for a folder or a pattern.
func (a *app) sayFound(in input, found []input, rest []string) {
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f.Name
	}
	text := fmt.Sprintf("%s: %s %s: %s", in.Name, grouped(int64(len(names))), noun(int64(len(names)), "file"), strings.Join(cutList(names), ", "))
	if len(rest) > 0 {
		text += "; left out: " + strings.Join(cutList(rest), ", ")
	}
	a.voice.say("%s", text)
}

// cutList keeps the first ten names.
func cutList(names []string) []string {
	if len(names) <= 10 {
		return names
	}
	return append(slices.Clone(names[:10]), fmt.Sprintf("and %d more", len(names)-10))
}
