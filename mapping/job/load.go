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
)

// Bounds of job files. They keep a hostile file from costing more than its size.
const (
	maxFile    = 1 << 20  // bytes
	maxLine    = 16 << 10 // bytes
	maxNesting = 32       // brackets within brackets, or lists within lists on one line
	maxTokens  = 50_000   // keys, values and marks
	maxExtends = 8        // files extending one another
)

// Load reads the job file at path and what it extends. When the file can't be read, the error says so and wraps the
// cause; when there is anything wrong in it, or in a file it extends, the error is [mapping.Problems] with all of it.
func Load(path string) (*File, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("job file: %w", err)
	}
	return Parse(path, data, readFile)
}

// Parse is Load for a text already in memory: name stands in messages, and open reads what the file extends, by its path
// joined to the folder of name. With a nil open, `extends` is a problem.
func Parse(name string, data []byte, open func(path string) ([]byte, error)) (*File, error) {
	l := &loading{open: open}
	f := l.load(name, data, nil)
	problems := l.problems
	for _, p := range mapping.Check(f.Spec()) {
		problems = append(problems, f.Problem(p.Pos, p.Message, p.Hint))
	}
	if len(problems) > 0 {
		return nil, inOrder(name, problems)
	}
	return f, nil
}

// inOrder sorts problems as a reader of the file meets them: the file itself first, then its bases.
func inOrder(name string, problems mapping.Problems) mapping.Problems {
	rank := map[string]int{name: 0}
	for _, p := range problems {
		if _, ok := rank[p.Pos.File]; !ok {
			rank[p.Pos.File] = len(rank)
		}
	}
	slices.SortStableFunc(problems, func(a, b mapping.Problem) int {
		return cmp.Or(
			cmp.Compare(rank[a.Pos.File], rank[b.Pos.File]),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column),
		)
	})
	return problems
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxFile+1))
}

// loading reads a file and its bases.
type loading struct {
	open     func(string) ([]byte, error)
	problems mapping.Problems
}

// load returns the file merged with its bases. chain holds the names of the files that extend this one.
func (l *loading) load(name string, data []byte, chain []string) *File {
	r := &reading{file: &File{Name: name, sources: map[string][]string{}}}
	if n := r.parse(name, data); n != nil {
		r.root(n)
	}
	l.problems = append(l.problems, r.problems...)
	f := r.file
	if !f.extends.Set() {
		return f
	}
	base, problem := l.base(f, append(chain, name))
	if problem != nil {
		l.problems = append(l.problems, *problem)
		return f
	}
	return merge(base, f)
}

// base loads what f extends.
func (l *loading) base(f *File, chain []string) (*File, *mapping.Problem) {
	fail := func(message, hint string) (*File, *mapping.Problem) {
		p := f.Problem(f.extends.Pos, message, hint)
		return nil, &p
	}
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
			hint = "the path is relative to the file it stands in"
		}
		return fail("can't read the base: "+err.Error(), hint)
	}
	return l.load(path, data, chain), nil
}
