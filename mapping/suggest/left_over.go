package suggest

import (
	"fmt"
	"slices"
	"strings"
)

// Members are put together where each row has few of them, or where they are many.
const (
	fewMembers  = 3
	manyMembers = 10
)

// together puts one pattern in the place of members of an object or list of which nothing is known, where each row has names of its own or they are many:
// next time there may be others.
func (p *Proposal) together(columns []*column) {
	unknown := map[string]bool{}
	for _, l := range p.Ignore {
		unknown[l.Name] = l.Why == "" || strings.HasPrefix(l.Why, "perhaps ")
	}
	sparse := map[string]bool{}
	for _, c := range columns {
		sparse[c.name] = unknown[c.name] && c.content.filled*2 <= c.content.rows
	}
	groups := map[string]*group{} // by prefix
	var list []Leftover
	for _, l := range p.Ignore {
		var of *group
		for i := 1; i < len(l.Name) && of == nil && unknown[l.Name]; i++ {
			if l.Name[i] != '.' && l.Name[i] != '[' {
				continue
			}
			prefix := l.Name[:i+1]
			if groups[prefix] == nil {
				groups[prefix] = groupOf(prefix, columns, unknown, sparse)
			}
			if g := groups[prefix]; g.members > 0 && (g.all || sparse[l.Name]) {
				of = g
			}
		}
		switch {
		case of == nil:
			list = append(list, l)
		case !of.listed:
			of.listed = true
			list = append(list, Leftover{l.Column, of.pattern, fmt.Sprintf("%d columns", of.members)})
		}
	}
	for _, pattern := range p.opts.Ignored {
		if !slices.ContainsFunc(list, func(known Leftover) bool { return known.Name == pattern }) {
			list = append(list, Leftover{-1, pattern, "more members than there can be columns"})
		}
	}
	p.Ignore = list
}

// group is the members of one object or list that one pattern stands for.
type group struct {
	pattern string
	members int  // 0: they stay apart
	all     bool // also those that most rows have
	listed  bool
}

// groupOf is the group of the columns whose names begin so, if nothing is known of any of them.
func groupOf(prefix string, columns []*column, unknown, sparse map[string]bool) *group {
	g, all := &group{pattern: prefix + "*"}, 0
	if strings.HasSuffix(prefix, "[") {
		g.pattern += "]"
	}
	for _, c := range columns {
		if !strings.HasPrefix(c.name, prefix) {
			continue
		}
		if !unknown[c.name] {
			return &group{}
		}
		if all++; sparse[c.name] {
			g.members++
		}
	}
	if g.all = all >= manyMembers; g.all {
		g.members = all
	} else if g.members < fewMembers {
		g.members = 0
	}
	return g
}
