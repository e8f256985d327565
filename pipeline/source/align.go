package source

import (
	"fmt"
	"slices"
	"strings"
)

// align settles the set's header, and where each input's cells go in it. CSV inputs and sheets must have the same columns, in any order. A JSON input
// may lack columns, as any of its rows may, but has none that these lack.
func (s *Set) align() []error {
	first := slices.IndexFunc(s.Files, File.Tabular)
	if first < 0 {
		s.Header = unionOf(s.Files)
		if len(s.Header) > s.limits.Columns {
			return []error{&Error{Message: fmt.Sprintf("the inputs together have %d columns, more than %d", len(s.Header), s.limits.Columns)}}
		}
	} else {
		s.Header = s.Files[first].Header
	}
	place := make(map[string]int, len(s.Header))
	for i, name := range s.Header {
		place[name] = i
	}
	var problems []error
	for i := range s.Files {
		f := &s.Files[i]
		var extra []string
		columns := make([]int, len(f.Header))
		for c, name := range f.Header {
			at, ok := place[name]
			if !ok {
				extra = append(extra, name)
			}
			columns[c] = at
		}
		var missing []string
		if f.Tabular() {
			for _, name := range s.Header {
				if !slices.Contains(f.Header, name) {
					missing = append(missing, name)
				}
			}
		}
		if len(extra)+len(missing) > 0 {
			problems = append(problems, differing(f, &s.Files[first], extra, missing))
			continue
		}
		if !slices.Equal(f.Header, s.Header) {
			f.columns = columns
		}
	}
	return problems
}

func unionOf(files []File) []string {
	var names []string
	seen := map[string]bool{}
	for _, f := range files {
		for _, name := range f.Header {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

func differing(f, from *File, extra, missing []string) error {
	var parts []string
	if len(missing) > 0 {
		parts = append(parts, "it lacks "+quotedList(missing))
	}
	if len(extra) > 0 {
		parts = append(parts, "it also has "+quotedList(extra))
	}
	return &Error{
		Path:    f.Name,
		Message: fmt.Sprintf("its columns differ from those of %s: %s", from.Name, strings.Join(parts, "; ")),
		Hint:    "inputs of one run have the same columns, in any order; import lists of different columns one by one",
	}
}

// quotedList lists at most ten names.
func quotedList(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i == 10 {
			fmt.Fprintf(&b, " and %d more", len(names)-10)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", name)
	}
	return b.String()
}
