package job

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/problem"
)

// Bounds of job files. They keep a hostile file from costing more than its size.
const (
	maxFile    = 1 << 20  // bytes
	maxLine    = 16 << 10 // bytes
	maxNesting = 32       // brackets within brackets, or lists within lists on one line
	maxTokens  = 50_000   // keys, values and marks
	maxExtends = 8        // files extending one another
)

// Load reads the job file at path and what it extends; options are the keys it takes besides those about the mapping. When the file can't be
// read, the error says so and wraps the cause; when there is anything wrong in it, or in a file it extends, the error joins a [problem.Error] for
// each thing. All are of kind Input.
func Load(path string, options []Option) (*File, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, &problem.Error{Kind: problem.Input, Message: "job file", Err: err, Fix: "check the path and the permissions"}
	}
	return Parse(path, data, options, readFile)
}

// Parse is Load for a text already in memory: name is used in messages, and open reads what the file extends, by its path
// joined to the folder of name. With a nil open, `extends` is a problem.
func Parse(name string, data []byte, options []Option, open func(path string) ([]byte, error)) (*File, error) {
	l := &loading{options: options, open: open}
	f := l.load(name, data, nil)
	problems := append(l.problems, problem.All(f.Explain(mapping.Check(f.Spec())))...)
	if len(problems) > 0 {
		sortProblems(name, problems)
		return nil, errors.Join(problems...)
	}
	return f, nil
}

// sortProblems sorts as a reader of the file meets them: the file itself first, then its bases.
func sortProblems(name string, problems []error) {
	place := func(err error) *problem.Error { return err.(*problem.Error) }
	rank := map[string]int{name: 0}
	for _, err := range problems {
		if _, ok := rank[place(err).File]; !ok {
			rank[place(err).File] = len(rank)
		}
	}
	slices.SortStableFunc(problems, func(x, y error) int {
		a, b := place(x), place(y)
		return cmp.Or(cmp.Compare(rank[a.File], rank[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

func readFile(path string) ([]byte, error) {
	file, err := openJob(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxFile+1))
}

// loading reads a file and its bases.
type loading struct {
	options  []Option
	open     func(string) ([]byte, error)
	problems []error // each a *problem.Error
}

// load returns the file merged with its bases. chain holds the names of the files that extend this one.
func (l *loading) load(name string, data []byte, chain []string) *File {
	r := &reading{known: l.options, file: &File{Name: name, options: map[string][]Scalar{}, lists: map[string]bool{}, sources: map[string][]string{}}}
	for _, o := range l.options {
		r.file.lists[o.Key] = o.List
	}
	if n := r.parse(name, data); n != nil {
		r.root(n)
	}
	l.problems = append(l.problems, r.problems...)
	f := r.file
	if f.extends.Pos == (mapping.Pos{}) {
		return f
	}
	base, err := l.base(f, append(chain, name))
	if err != nil {
		l.problems = append(l.problems, err)
		return f
	}
	f.extend(base)
	return f
}

// base loads what f extends.
func (l *loading) base(f *File, chain []string) (*File, error) {
	fail := func(message, hint string) (*File, error) { return nil, f.Problem(f.extends.Pos, message, hint) }
	path := f.extends.Text
	if path == "" || strings.ContainsRune(path, 0) {
		return fail("extends takes the path of a job file", "")
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(f.Name), path)
	}
	clean := func(s string) bool { return filepath.Clean(s) == filepath.Clean(path) }
	switch {
	case l.open == nil:
		return fail("extends can't be used here", "")
	case slices.ContainsFunc(chain, clean):
		return fail("the file extends itself: "+strings.Join(append(chain, path), " extends "), "take one of them out")
	case len(chain) >= maxExtends:
		return fail(fmt.Sprintf("more than %d files extend one another", maxExtends), "put some of them together")
	}
	data, err := l.open(path)
	if err != nil {
		hint := ""
		if errors.Is(err, os.ErrNotExist) {
			hint = "the path is relative to the file it is written in"
		}
		return fail("can't read the base: "+err.Error(), hint)
	}
	return l.load(path, data, chain), nil
}
