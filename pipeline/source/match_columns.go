package source

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// matchColumns finds the set's header, and where each input's cells go in it. CSV inputs and sheets must have the same columns, in any order. A JSON
// input may lack columns, as any of its rows may, but has none that these lack.
func (s *Set) matchColumns() error {
	first := slices.IndexFunc(s.Files, File.Tabular)
	if first >= 0 {
		s.Header = s.Files[first].Header
	} else if s.Header = unionOf(s.Files); len(s.Header) > s.limits.Columns {
		return unusable("", "the inputs together have %d columns, more than %d", len(s.Header), s.limits.Columns)
	}
	place := make(map[string]int, len(s.Header))
	for i, name := range s.Header {
		place[name] = i
	}
	var problems []error
	for i := range s.Files {
		f := &s.Files[i]
		if slices.Equal(f.Header, s.Header) {
			continue
		}
		var extra, missing []string
		f.columns = make([]int, len(f.Header))
		own := make(map[string]bool, len(f.Header))
		for c, name := range f.Header {
			at, ok := place[name]
			if !ok {
				extra = append(extra, name)
			}
			f.columns[c], own[name] = at, true
		}
		for _, name := range s.Header {
			if f.Tabular() && !own[name] {
				missing = append(missing, name)
			}
		}
		if len(extra)+len(missing) > 0 {
			problems = append(problems, differentColumns(f, &s.Files[first], extra, missing))
		}
	}
	return errors.Join(problems...)
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

func differentColumns(f, from *File, extra, missing []string) error {
	var parts []string
	if len(missing) > 0 {
		parts = append(parts, "it lacks "+quotedList(missing))
	}
	if len(extra) > 0 {
		parts = append(parts, "it also has "+quotedList(extra))
	}
	return named(f.Title, unusable("inputs of one run have the same columns, in any order; import lists of different columns one by one",
		"its columns differ from those of %s: %s", from.Title, strings.Join(parts, "; ")))
}

// quotedList lists at most ten names.
func quotedList(names []string) string {
	var quoted []string
	for _, name := range names[:min(len(names), 10)] {
		quoted = append(quoted, strconv.Quote(name))
	}
	text := strings.Join(quoted, ", ")
	if more := len(names) - 10; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
