package source

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// listSearch looks for lists within JSON values, token by token.
type listSearch struct {
	*jsonText
	ctx context.Context
}

// seen is what there is in a value.
type seen struct {
	mail   bool // an e-mail address, outside lists
	any    bool // or within
	own    bool // a member of its own that is called so is an address
	pair   bool // it is a name and a value (pairNames)
	lists  []jsonList
	scalar bool  // it is neither object nor array
	flat   int64 // members or elements, where none of them is an object or array
	mails  int64 // of those, e-mail addresses
}

// The bounds of a search.
const (
	firstElements = 8 // of an array, in which lists are looked for; of the others, only how many they are
	mostLists     = 8
	mostLevels    = 32
)

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
		return seen{scalar: true}, err
	}
	mail := isAddress(token.String())
	return seen{mail: mail, any: mail, scalar: true}, nil
}

// isAddress reports what may be an e-mail address, and hardly anything else.
func isAddress(text string) bool {
	at := strings.IndexByte(text, '@')
	return at > 0 && at < len(text)-1 && len(text) <= 320 && !strings.ContainsAny(text, " \n")
}

// object looks at an object. One all of whose members are objects, two of them with an e-mail address, is a list by another name.
func (s *listSearch) object(path string, level int) (all seen, err error) {
	if _, err := s.ReadToken(); err != nil {
		return all, err
	}
	members, people, objects := int64(0), 0, true
	var columns columnCount
	var names [2]string
	for {
		if kind, _ := s.peek(); kind == '}' {
			break
		}
		name, err := s.ReadToken()
		if err != nil {
			return all, err
		}
		under := name.String()
		if members < 2 {
			names[members] = under
		}
		objects = objects && s.PeekKind() == '{'
		one, err := s.value(below(path, under), level+1)
		if err != nil {
			return all, err
		}
		if members++; one.mail || isAddress(under) {
			people++
		}
		columns.add(one)
		all.count(one, members)
		all.mail, all.any, all.own = all.mail || one.mail, all.any || one.any, all.own || one.scalar && one.mail && isMailName(under)
		if !strings.ContainsAny(under, ".*") && under != "" { // a path cannot name it
			all.add(one.lists)
		}
	}
	if _, err := s.ReadToken(); err != nil {
		return all, err
	}
	switch {
	case columns.are(members):
		all.mail, all.lists = false, []jsonList{{path: path, rows: columns.rows, people: true, form: asColumns}}
	case objects && people >= 2:
		all.mail, all.lists = false, []jsonList{{path: below(path, pathEach), rows: members, people: true, form: asObjects}}
	case members == 2 && len(all.lists) == 0:
		all.pair = slices.Contains(pairNames, names) || slices.Contains(pairNames, [2]string{names[1], names[0]})
	}
	return all, nil
}

// count counts one more member or element, the nth, if all of them are texts, numbers and the like.
func (all *seen) count(one seen, nth int64) {
	switch {
	case one.scalar && all.flat == nth-1:
		all.flat++
		if one.mail {
			all.mails++
		}
	default:
		all.flat, all.mails = -1, 0
	}
}

// columnCount finds objects whose members are the columns of a list: all of them hold as many values.
type columnCount struct {
	rows, members, addresses int64
}

func (c *columnCount) add(one seen) {
	if one.flat < 2 || c.members > 0 && one.flat != c.rows {
		return
	}
	c.rows = one.flat
	c.members++
	if one.mails >= 2 {
		c.addresses++
	}
}

func (c *columnCount) are(members int64) bool { return c.members == members && c.addresses > 0 }

// array looks at an array. The addresses of one person are no list of people.
func (s *listSearch) array(path string, level int) (seen, error) {
	if _, err := s.ReadToken(); err != nil {
		return seen{}, err
	}
	var within seen
	rows, objects, arrays, pairs := int64(0), int64(0), int64(0), int64(0)
	for ; ; rows++ {
		kind, _ := s.peek()
		if kind == ']' {
			break
		}
		switch kind {
		case '{':
			objects++
		case '[':
			arrays++
		}
		one, err := s.value(path, level+1)
		if err != nil {
			return seen{}, err
		}
		if one.pair {
			pairs++
		}
		within.count(one, rows+1)
		within.any = within.any || one.any
		within.mail = within.mail || one.mail
		if rows < firstElements {
			within.add(one.lists)
		}
	}
	_, err := s.ReadToken()
	name := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	around := rows == 1 && !within.mail && len(within.lists) > 0 // one object around the list proper
	switch {
	case rows == 0 || path == "":
	case pairs == rows: // the attributes of one
		return seen{mail: within.any, any: within.any, flat: -1}, err
	case arrays*2 > rows && within.any:
		within.lists = []jsonList{{path: path, rows: rows, people: true, form: asArrays}}
	case objects*2 > rows && !around && !strings.Contains(name, "mail"):
		within.lists = []jsonList{{path: path, rows: rows, people: within.any, form: asObjects}}
	}
	return seen{any: within.any, lists: within.lists, flat: within.flat, mails: within.mails}, err
}

// below is the path of a member.
func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
