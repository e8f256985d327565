package source

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// matchColumns finds the set's header, and where each input's cells go in it. CSV inputs and sheets must have the same columns, in any order. A JSON
// input may have fewer columns, as any of its rows may, but no others.
func (s *Set) matchColumns() error {
	first := slices.IndexFunc(s.Files, File.Tabular)
	if first >= 0 {
		s.Header = s.Files[first].Header
	} else {
		for _, f := range s.Files {
			s.Header = append(s.Header, lacking(s.Header, f.Header)...)
		}
		if len(s.Header) > s.limits.Columns {
			return unusable("", "the inputs together have %d columns, more than %d", len(s.Header), s.limits.Columns)
		}
	}
	var problems []error
	for i := range s.Files {
		f := &s.Files[i]
		if slices.Equal(f.Header, s.Header) {
			continue
		}
		var differs []string
		if missing := lacking(f.Header, s.Header); len(missing) > 0 && f.Tabular() {
			differs = append(differs, "it lacks "+quotedList(missing))
		}
		if extra := lacking(s.Header, f.Header); len(extra) > 0 {
			differs = append(differs, "it also has "+quotedList(extra))
		}
		if differs != nil {
			fix := "inputs of one run have the same columns, in any order; import lists of different columns one by one"
			if f.Sheet != "" {
				fix += `; name the sheets that are lists, such as ` + "`input: {sheet: [Ireland, Spain]}`"
			}
			problems = append(problems, named(f.Title, unusable(fix,
				"its columns differ from those of %s: %s", s.Files[first].Title, strings.Join(differs, "; "))))
			continue
		}
		for _, name := range f.Header {
			f.columns = append(f.columns, slices.Index(s.Header, name))
		}
	}
	return errors.Join(problems...)
}

// lacking returns the names that header does not have.
func lacking(header, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(header, name) })
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
