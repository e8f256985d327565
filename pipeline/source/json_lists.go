package source

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"importer/mapping"
	"importer/mapping/problem"
)

// jsonList is a list of objects within a JSON value: a wrapper around the rows, it may be.
type jsonList struct {
	path   string
	rows   int64
	people bool     // an element of it has an e-mail address
	form   listForm // what cannot be read under any path
	part   bool     // there may be more rows: not all of the text was looked at
	within bool     // what is around it has an e-mail address too, and may be a person
}

// listForm is how the rows of a list are written.
type listForm uint8

const (
	asObjects listForm = iota
	asArrays           // each row an array
	asColumns          // each member of an object holds all values of one column
)

// wrapped returns the lists under which the rows of an input are, where its first value is no row but holds them: the only value, or one of several like
// it. A list of objects within a person, such as addresses, is none.
func wrapped(ctx context.Context, f *File, l Limits) ([]jsonList, error) {
	t, err := openText(f, l, nil)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	s := &listSearch{jsonText: newJSONText(t, f, l), ctx: ctx}
	kind, _ := s.peek()
	if kind != '{' && kind != '[' {
		return nil, nil
	}
	first, whole, err := s.root(kind)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, nil // no JSON: that is said where the rows are read
	}
	alone := false
	if next, _ := s.peek(); whole && kind == '{' && next == jsontext.KindInvalid {
		alone = s.jsonText.err == nil && len(strings.Trim(string(s.UnreadBuffer()), space)) == 0
	}
	for i := range first.lists {
		first.lists[i].part, first.lists[i].within = !alone, first.own
	}
	return slices.DeleteFunc(first.lists, func(list jsonList) bool {
		several := list.rows >= 2
		switch {
		case alone && list.form != asObjects:
			return !list.people || !several
		case list.form == asColumns:
			return true
		case alone:
			return first.mail && !(list.people && several) || !list.people && !several
		}
		return first.mail || !list.people || !several
	}), nil
}

// underPath is the refusal of an input whose rows are under a path. Those of people come first.
func (f *File) underPath(lists []jsonList, o Options) *problem.Error {
	slices.SortStableFunc(lists, func(a, b jsonList) int {
		switch {
		case a.people == b.people:
			return 0
		case a.people:
			return -1
		}
		return 1
	})
	var places []string
	for _, list := range lists {
		place := mapping.Escape(list.path, 100)
		if !list.part {
			place += fmt.Sprintf(" (%s)", counted(list.rows, "row", "rows"))
		}
		places = append(places, place)
	}
	best := lists[0]
	if best.form != asObjects {
		return best.refused()
	}
	if !best.within && (len(lists) == 1 || best.people && !lists[1].people) {
		better := o
		better.Path = best.path
		f.better = &better
	}
	what := "the list is under " + places[0]
	if len(places) > 1 {
		what = "there are several lists in it: under " + orList(places)
	} else if best.within {
		what = "one object is a person or a wrapper: it has an e-mail address, and a list of people under " + places[0]
	}
	hint := fmt.Sprintf("set input: {path: %s} in the job file, or --path %s; where each object is one person, input: {path: %q}", mapping.Scalar(best.path), shellWord(best.path), PathWhole)
	return unusable(hint, "%s", what)
}

// refused is the refusal of a list that cannot be read under any path.
func (list jsonList) refused() *problem.Error {
	const hint = `write each row as an object; with pandas: to_json(orient="records", lines=True)`
	where := ""
	if list.path != "" {
		where = " under " + mapping.Escape(list.path, 100)
	}
	if list.form == asArrays {
		return unusable(hint, "the rows%s are arrays, not objects", where)
	}
	return unusable(hint, "the list%s is written column by column: each member holds %s", where, counted(list.rows, "value", "values"))
}

// shellWord is a path for a command line.
func shellWord(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool {
		return r != '.' && r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}

// checkPath returns what is wrong with a path.
func checkPath(path string) error {
	if path == "" || path == PathWhole {
		return nil
	}
	if slices.Contains(strings.Split(path, "."), "") || len(path) > maxName {
		return unusable("write the names of the members that lead to the list, such as data.items; * stands for every member", "the path %q is none", mapping.Escape(path, 100))
	}
	return nil
}
