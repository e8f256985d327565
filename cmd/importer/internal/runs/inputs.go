package runs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/source"
)

// input is one input as named and as it can be opened.
type input struct {
	Name  string `json:"name"`            // as typed; "-" for standard input
	Path  string `json:"path"`            // absolute
	Sheet string `json:"sheet,omitempty"` // of a failed workbook, each of whose sheets is an input
	bytes int64  // how many of its first bytes are meant; 0: all
}

// title is the name of an input in messages.
func (in input) title() string {
	switch {
	case in.Name == "-":
		return "standard input"
	case in.Sheet != "":
		return fmt.Sprintf("%s, sheet %q", in.Name, in.Sheet)
	}
	return in.Name
}

// place tells inputs apart: by the path, but for standard input, whose copy lies elsewhere each time.
func (in input) place() string {
	if in.Name == "-" {
		return in.Name
	}
	return in.Path
}

// sameList reports whether inputs are the same list, whatever is in it now. What comes by standard input is another list each time.
func sameList(a, b []input) bool {
	return len(a) > 0 && a[0].Name != "-" && slices.EqualFunc(a, b, func(a, b input) bool { return a.place() == b.place() })
}

// inputsOf are arguments as inputs. Standard input has no path until it is spooled.
func (s *Service) inputsOf(names []string) []input {
	list := make([]input, len(names))
	for i, name := range names {
		list[i] = input{Name: name}
		if name != "-" {
			list[i].Path = s.absolute(name)
		}
	}
	return list
}

// survey looks at the inputs that there are.
func (c *call) survey(ctx context.Context, inputs []input, options source.Options) (*source.Set, error) {
	if len(inputs) == 0 {
		return nil, nil // no file fits
	}
	for _, in := range inputs {
		if in.Path == "" {
			return nil, nil // standard input was not read
		}
	}
	list := make([]source.Input, len(inputs))
	for i, in := range inputs {
		list[i] = source.Input{Path: in.Path, Title: in.title(), Sheet: in.Sheet, Bytes: in.bytes}
	}
	return source.Survey(ctx, list, options)
}

// expand puts the files in the place of every folder and pattern among the inputs, sorted by name, and says which they are. A file whose name
// is the text of a pattern is that file. All faults come at once.
func (c *call) expand(inputs []input) ([]input, error) {
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
		found, rest, err := c.filesOf(in, err == nil)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		c.emit(FilesFound{in.Name, namesOf(found), rest})
		list = append(list, found...)
	}
	return list, errors.Join(faults...)
}

// filesOf lists the lists in a folder, and the names of its other files; or all files that fit a pattern.
func (c *call) filesOf(in input, folder bool) (found []input, rest []string, err error) {
	var names []string
	if folder {
		entries, err := os.ReadDir(in.Path)
		if err != nil {
			return nil, nil, &problem.Error{Kind: problem.Input, File: in.Name, Message: "the folder cannot be read", Err: errors.Unwrap(err), Fix: "check its permissions"}
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
		matches, err := filepath.Glob(globbed(base) + strings.TrimPrefix(in.Path, base))
		if err != nil {
			return nil, nil, &problem.Error{Kind: problem.Usage, File: in.Name, Message: "the pattern cannot be read", Err: err,
				Fix: "a [ is closed by ]; * and ? stand for any characters and for one"}
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
			lists, packed := source.Endings()
			what, hint = "there is no list in this folder", "lists end with "+strings.Join(lists, ", ")+", and perhaps "+strings.Join(packed, ", ")+"; name others one by one"
		}
		return nil, nil, &problem.Error{Kind: problem.Input, File: in.Name, Message: what, Fix: hint}
	}
	slices.Sort(names)
	for _, name := range names {
		found = append(found, input{Name: name, Path: c.absolute(name)})
	}
	return found, rest, nil
}

// globbed is a path as a pattern that fits it alone.
func globbed(path string) string {
	return strings.NewReplacer("*", `\*`, "?", `\?`, "[", `\[`, `\`, `\\`).Replace(path)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&fs.ModeType == 0
}

func namesOf(inputs []input) []string {
	names := make([]string, len(inputs))
	for i, in := range inputs {
		names[i] = in.Name
	}
	return names
}
