package source

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"importer/mapping"
)

// jsonList is a list of objects within a JSON value: a wrapper around the rows, it may be.
type jsonList struct {
	path   string
	rows   int64
	people bool // an element of it has an e-mail address
}

// listSearch looks for lists within JSON values, token by token.
type listSearch struct {
	*jsonText
	ctx context.Context
}

// seen is what there is in a value.
type seen struct {
	mail  bool // an e-mail address, outside lists
	any   bool // or within
	lists []jsonList
}

// The bounds of a search.
const (
	firstElements = 8 // of an array, in which lists are looked for; of the others, only how many they are
	mostLists     = 8
	mostLevels    = 32
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
	return slices.DeleteFunc(first.lists, func(list jsonList) bool {
		several := list.rows >= 2
		if alone {
			return first.mail && !(list.people && several) || !list.people && !several
		}
		return first.mail || !list.people || !several
	}), nil
}

// root looks at the first value of the text, or, where that is an array, at its first elements; whole says that it was read to its end.
func (s *listSearch) root(kind jsontext.Kind) (all seen, whole bool, err error) {
	if kind == '{' {
		all, err = s.value("", 0)
		return all, true, err
	}
	if _, err := s.ReadToken(); err != nil {
		return seen{}, false, err
	}
	for range firstElements {
		if kind, _ := s.peek(); kind == ']' || kind == jsontext.KindInvalid {
			break
		}
		one, err := s.value("", 1)
		if err != nil {
			return seen{}, false, err
		}
		all.mail = all.mail || one.mail
		all.add(one.lists)
	}
	return all, false, nil
}

// add keeps lists, adding up those of one path.
func (all *seen) add(lists []jsonList) {
	for _, list := range lists {
		i := slices.IndexFunc(all.lists, func(known jsonList) bool { return known.path == list.path })
		switch {
		case i >= 0:
			all.lists[i].rows += list.rows
			all.lists[i].people = all.lists[i].people || list.people
		case len(all.lists) < mostLists:
			all.lists = append(all.lists, list)
		}
	}
}

// value looks at the next value, which lies under path.
func (s *listSearch) value(path string, level int) (seen, error) {
	if s.ctx.Err() != nil {
		return seen{}, context.Cause(s.ctx)
	}
	kind := s.PeekKind()
	switch {
	case level > mostLevels:
		return seen{}, s.skip()
	case kind == '{':
		return s.object(path, level)
	case kind == '[':
		return s.array(path, level)
	}
	token, err := s.ReadToken()
	if err != nil || kind != '"' {
		return seen{}, err
	}
	text := token.String()
	at := strings.IndexByte(text, '@')
	mail := at > 0 && at < len(text)-1 && len(text) <= 320 && !strings.ContainsAny(text, " \n")
	return seen{mail: mail, any: mail}, nil
}

// object looks at an object. One all of whose members are objects, two of them with an e-mail address, is a list by another name.
func (s *listSearch) object(path string, level int) (all seen, err error) {
	if _, err := s.ReadToken(); err != nil {
		return all, err
	}
	members, people, objects := int64(0), 0, true
	for {
		if kind, _ := s.peek(); kind == '}' {
			break
		}
		name, err := s.ReadToken()
		if err != nil {
			return all, err
		}
		under := name.String()
		objects = objects && s.PeekKind() == '{'
		one, err := s.value(below(path, under), level+1)
		if err != nil {
			return all, err
		}
		if members++; one.mail {
			people++
		}
		all.mail, all.any = all.mail || one.mail, all.any || one.any
		if !strings.ContainsAny(under, ".*") && under != "" { // a path cannot name it
			all.add(one.lists)
		}
	}
	if _, err := s.ReadToken(); err != nil {
		return all, err
	}
	if objects && people >= 2 {
		all.mail, all.lists = false, []jsonList{{below(path, pathEach), members, true}}
	}
	return all, nil
}

// array looks at an array. The addresses of one person are no list of people.
func (s *listSearch) array(path string, level int) (seen, error) {
	if _, err := s.ReadToken(); err != nil {
		return seen{}, err
	}
	var within seen
	rows, objects := int64(0), true
	for ; ; rows++ {
		kind, _ := s.peek()
		if kind == ']' {
			break
		}
		objects = objects && kind == '{'
		one, err := s.value(path, level+1)
		if err != nil {
			return seen{}, err
		}
		within.any = within.any || one.any
		within.mail = within.mail || one.mail
		if rows < firstElements {
			within.add(one.lists)
		}
	}
	_, err := s.ReadToken()
	name := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	around := rows == 1 && !within.mail && len(within.lists) > 0 // one object around the list proper
	if objects && rows > 0 && !around && path != "" && !strings.Contains(name, "mail") {
		within.lists = []jsonList{{path, rows, within.any}}
	}
	return seen{any: within.any, lists: within.lists}, err
}

// below is the path of a member.
func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// underPath is the refusal of an input whose rows are under a path. Those of people come first.
func (f *File) underPath(lists []jsonList, o Options) error {
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
		places = append(places, fmt.Sprintf("%s (%s)", mapping.Escape(list.path, 100), counted(list.rows, "row", "rows")))
	}
	best := lists[0]
	if len(lists) == 1 || best.people && !lists[1].people {
		better := o
		better.Path = best.path
		f.better = &better
	}
	what := "the list is under " + places[0]
	if len(places) > 1 {
		what = "there are several lists in it: under " + orList(places)
	}
	hint := fmt.Sprintf("set input: {path: %s} in the job file, or --path %s; where each object is one person, input: {path: %q}", mapping.Scalar(best.path), shellWord(best.path), PathWhole)
	return unusable(hint, "%s", what)
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
