// Package wordlist reads the word lists that this program carries in files: names of months and countries, forms of address, names of columns.
//
// Call [Lazy] or [Must] with an embedded file; [Section.Keys], [Section.Items], [Section.Has] and [Section.Of] are what it holds. The format
// is for people to review:
//
//	# a comment: a line that begins with #
//	[section]
//	key: item, another item,
//	  one more item of the same key, since the line is indented
//
// Items stand between commas or line ends. What stands before the first section is a section without a name. A section that is there twice, a key
// that is twice in its section, and an item that is twice under its key are errors: one of them is a mistake.
package wordlist

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Section is a part of a file: items by key. It is never changed.
type Section struct {
	Name  string
	Keys  []string            // in the order of the file
	items map[string][]string // of each key
	keys  map[string][]string // of each item
}

func newSection(name string) Section {
	return Section{Name: name, items: map[string][]string{}, keys: map[string][]string{}}
}

// Lazy returns the sections of an embedded file by their names. It reads the file on the first call, and panics when there is no such section.
func Lazy(files fs.FS, name string) func(section string) *Section {
	read := sync.OnceValue(func() []Section { return Must(files, name) })
	return func(section string) *Section {
		all := read()
		for i := range all {
			if all[i].Name == section {
				return &all[i]
			}
		}
		panic(fmt.Sprintf("%s has no section %q", name, section))
	}
}

// Must reads an embedded file. It panics when the file is not there or not right: a test of each package reads all that it embeds.
func Must(files fs.FS, name string) []Section {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		panic(err)
	}
	sections, err := Parse(string(data))
	if err != nil {
		panic(name + ": " + err.Error())
	}
	return sections
}

// Parse reads a file's text. The error names the line.
func Parse(text string) ([]Section, error) {
	var sections []Section
	number, key := 0, ""
	fail := func(what string) ([]Section, error) { return nil, fmt.Errorf("line %d: %s", number, what) }
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, " \t\r\n")
		name, isSection := strings.CutPrefix(line, "[")
		switch {
		case line == "" || line[0] == '#':
			continue
		case isSection:
			name, closed := strings.CutSuffix(name, "]")
			if !closed || slices.ContainsFunc(sections, func(s Section) bool { return s.Name == name }) {
				return fail("section " + strconv.Quote(name) + " is not closed, or is there twice")
			}
			sections = append(sections, newSection(name))
			key = ""
			continue
		case len(sections) == 0:
			sections = append(sections, newSection(""))
		}
		s := &sections[len(sections)-1]
		if line[0] != ' ' && line[0] != '\t' {
			var ok bool
			if key, line, ok = strings.Cut(line, ":"); !ok || key == "" {
				return fail("no key")
			}
			if _, twice := s.items[key]; twice {
				return fail("key " + strconv.Quote(key) + " is there twice")
			}
			s.Keys, s.items[key] = append(s.Keys, key), nil
		}
		if key == "" {
			return fail("the line continues nothing")
		}
		for item := range strings.SplitSeq(line, ",") {
			if item = strings.TrimSpace(item); item == "" {
				continue
			}
			if slices.Contains(s.keys[item], key) {
				return fail(strconv.Quote(item) + " is there twice")
			}
			s.items[key], s.keys[item] = append(s.items[key], item), append(s.keys[item], key)
		}
	}
	return sections, nil
}

// Items returns what stands under a key, in the order of the file. The slice must not be changed. It panics when there is no such key.
func (s *Section) Items(key string) []string {
	items, ok := s.items[key]
	if !ok {
		panic(fmt.Sprintf("section %q has no key %q", s.Name, key))
	}
	return items
}

// Has reports whether an item stands under a key. It panics when there is no such key, unless the item stands nowhere: most words do not.
func (s *Section) Has(key, item string) bool {
	keys := s.keys[item]
	return len(keys) > 0 && len(s.Items(key)) > 0 && slices.Contains(keys, key)
}

// Of returns the key that an item stands under, "" when there is none. It panics when the item stands under two.
func (s *Section) Of(item string) string {
	keys := s.keys[item]
	if len(keys) > 1 {
		panic(fmt.Sprintf("section %q has %q under %q", s.Name, item, keys))
	}
	return strings.Join(keys, "")
}
