package source

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// pairNames are how lists of attributes call the name of one and its value, as those of Amazon Cognito do.
var pairNames = [][2]string{{"Name", "Value"}, {"name", "value"}, {"Key", "Value"}, {"key", "value"}}

// pairs reads the next value where it is a list of attributes, each an object with a name and a value: they are members under their names, since their places
// differ from row to row. Only the first bytes are looked at where it is not.
func (f *flattener) pairs() (read bool, err error) {
	list, names := pairsIn(bytes.TrimLeft(f.decoder.UnreadBuffer(), ",:"+space))
	if list == nil {
		return false, nil
	}
	if err := f.decoder.SkipValue(); err != nil {
		return true, err
	}
	base := len(f.path)
	for i, one := range list {
		f.path = append(append(f.path, '.'), names[i]...)
		if len(f.path) > maxName {
			return true, broken(CodeJSON, "names of members are columns", "a member's name has more than %d bytes", maxName)
		}
		if err := f.scalar(one.Kind(), one); err != nil {
			return true, err
		}
		f.path = f.path[:base]
	}
	return true, nil
}

// pairsIn returns the values and names of the list of attributes with which a text begins; nil where it begins with something else.
func pairsIn(text []byte) (values []jsontext.Value, names []string) {
	within, isList := bytes.CutPrefix(text, []byte("["))
	within, isObject := bytes.CutPrefix(bytes.TrimLeft(within, space), []byte("{"))
	within = bytes.TrimLeft(within, space)
	begins := func(pair [2]string) bool {
		return bytes.HasPrefix(within, []byte(`"`+pair[0]+`"`)) || bytes.HasPrefix(within, []byte(`"`+pair[1]+`"`))
	}
	if !isList || !isObject || !slices.ContainsFunc(pairNames, begins) {
		return nil, nil
	}
	raw, err := jsontext.NewDecoder(bytes.NewReader(text)).ReadValue()
	var list []map[string]jsontext.Value
	if err != nil || json.Unmarshal(raw, &list) != nil {
		return nil, nil
	}
	for _, one := range list {
		name, value, ok := pairOfNames(one)
		if !ok {
			return nil, nil
		}
		values, names = append(values, value), append(names, name)
	}
	return values, names
}

// pairOfNames takes an attribute apart; ok is false where it is none.
func pairOfNames(members map[string]jsontext.Value) (name string, value jsontext.Value, ok bool) {
	for _, pair := range pairNames {
		key, value := members[pair[0]], members[pair[1]]
		if len(members) != 2 || key.Kind() != '"' || value == nil || value.Kind() == '{' || value.Kind() == '[' {
			continue
		}
		if err := json.Unmarshal(key, &name); err != nil || name == "" || bytes.IndexByte([]byte(name), 0) >= 0 {
			return "", nil, false
		}
		return name, value, true
	}
	return "", nil, false
}
