package source

import (
	"bytes"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"importer/mapping"
)

// The parts of Options.Path.
const (
	PathWhole = "."    // each object is a row, though it holds lists
	pathEach  = "*"    // every member of an object
	keyColumn = "_key" // the column with the name of a member that is a row
)

// jsonUnder finds the elements of the lists under a path of members, in one JSON value or in several one after the other. On the way it goes into every element
// of an array. With * at the end, the members of an object are the rows, and their names are the column _key. It holds one element.
type jsonUnder struct {
	*jsonText
	path  []string
	steps []int // for every open bracket, how many members of the path lead to it
	lists int   // that were there
	err   error // what reading ended with
}

func newUnder(text io.Reader, f *File, l Limits) elements {
	return &jsonUnder{jsonText: newJSONText(text, f, l), path: strings.Split(f.json.path, ".")}
}

func (u *jsonUnder) next() ([]byte, Row, error) {
	for u.err == nil {
		var text []byte
		var row Row
		if text, row, u.err = u.step(); text != nil && u.err == nil {
			return text, row, nil
		}
	}
	return nil, Row{}, u.err
}

// step moves to the next member, element or bracket, and returns a row where it is one.
func (u *jsonUnder) step() ([]byte, Row, error) {
	kind, line := u.peek()
	if len(u.steps) == 0 {
		switch {
		case kind != jsontext.KindInvalid:
			return nil, Row{}, u.enter(kind, line, 0)
		case u.lists == 0 && u.ended():
			return nil, Row{}, unusable("look at the names above the list: path: data.items", "there is no list under the path %q", strings.Join(u.path, "."))
		case u.ended():
			return nil, Row{}, io.EOF
		}
		_, err := u.ReadToken()
		return nil, Row{}, u.wrong(err)
	}
	if kind == '}' || kind == ']' {
		_, err := u.ReadToken()
		u.steps = u.steps[:len(u.steps)-1]
		return nil, Row{}, u.checked(err)
	}
	steps := u.steps[len(u.steps)-1]
	if within, _ := u.StackIndex(u.StackDepth()); within == '[' {
		if steps == len(u.path) {
			return u.row(nil)
		}
		return nil, Row{}, u.enter(kind, line, steps)
	}
	name, err := u.ReadToken()
	if err != nil {
		return nil, Row{}, u.wrong(err)
	}
	each := u.path[steps] == pathEach
	switch {
	case each && steps == len(u.path)-1:
		quoted, err := jsontext.AppendQuote(nil, name.String())
		if err != nil {
			return nil, Row{}, unusableAt(line, "JSON is UTF-8", "the name of a member is no text")
		}
		return u.row(quoted)
	case each || u.path[steps] == name.String():
		kind, line = u.peek()
		return nil, Row{}, u.enter(kind, line, steps+1)
	}
	return nil, Row{}, u.skip()
}

// ended reports that nothing but space follows.
func (u *jsonUnder) ended() bool {
	return u.jsonText.err == nil && len(bytes.TrimLeft(u.UnreadBuffer(), space)) == 0
}

func (u *jsonUnder) checked(err error) error {
	if err != nil {
		return u.wrong(err)
	}
	return nil
}

// enter goes into a value that steps members of the path lead to. What is neither list nor object is left out, unless it should be the list.
func (u *jsonUnder) enter(kind jsontext.Kind, line int64, steps int) error {
	there := steps == len(u.path)
	path := strings.Join(u.path, ".")
	switch {
	case kind == '[', kind == '{' && !there:
		if there || kind == '{' && steps == len(u.path)-1 && u.path[steps] == pathEach {
			u.lists++
		}
		u.steps = append(u.steps, steps)
		_, err := u.ReadToken()
		return u.checked(err)
	case kind == '{' && there:
		u.lists++
		return unusableAt(line, "where each of its members is a row, set input: {path: "+mapping.Scalar(path+".*")+"} in the job file", "%q is an object, not a list", path)
	case there && kind != 'n' && kind != jsontext.KindInvalid:
		return unusableAt(line, "look at the names above the list: path: data.items", "%q is not a list", path)
	}
	return u.skip()
}

// row reads the next value as a row; key is its quoted name where it has one.
func (u *jsonUnder) row(key []byte) ([]byte, Row, error) {
	kind, line := u.peek()
	value, err := u.ReadValue()
	if err != nil {
		return nil, Row{}, u.wrong(err)
	}
	end := u.begin + u.InputOffset()
	row := Row{Line: line, Offset: end - int64(len(value)), End: end}
	if key == nil || kind != '{' {
		return value, row, nil
	}
	text := append([]byte(`{"`+keyColumn+`":`), key...)
	if rest := bytes.TrimLeft(value[1:], space); len(rest) > 0 && rest[0] != '}' {
		text = append(text, ',')
	}
	return append(text, value[1:]...), row, nil
}
