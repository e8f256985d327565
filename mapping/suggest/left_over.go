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
	byName := map[string]*column{}
	for _, c := range columns {
		byName[c.name] = c
	}
	unknown := map[string]bool{}
	for _, l := range p.Ignore {
		unknown[l.Name] = l.Why == "" || strings.HasPrefix(l.Why, "perhaps ")
	}
	var list []Leftover
	for _, l := range p.Ignore {
		pattern, members := "", 0
		for i := 1; i < len(l.Name) && pattern == "" && unknown[l.Name]; i++ {
			if l.Name[i] == '.' || l.Name[i] == '[' {
				pattern, members = grown(l.Name[:i+1], columns, unknown)
			}
		}
		if pattern == "" {
			list = append(list, l)
		} else if !slices.ContainsFunc(list, func(known Leftover) bool { return known.Name == pattern }) {
			list = append(list, Leftover{l.Column, pattern, fmt.Sprintf("%d columns", members)})
		}
	}
	for _, pattern := range p.opts.Ignored {
		if !slices.ContainsFunc(list, func(known Leftover) bool { return known.Name == pattern }) {
			list = append(list, Leftover{-1, pattern, "more columns than can be read"})
		}
	}
	p.Ignore = list
}

// grown returns the pattern for all columns whose names begin so, where nothing is known of any of them; "" where they stay apart.
func grown(prefix string, columns []*column, unknown map[string]bool) (pattern string, members int) {
	sparse := true
	for _, c := range columns {
		if !strings.HasPrefix(c.name, prefix) {
			continue
		}
		if !unknown[c.name] {
			return "", 0
		}
		members++
		sparse = sparse && c.content.filled*2 <= c.content.rows
	}
	switch {
	case members < fewMembers || !sparse && members < manyMembers:
		return "", 0
	case strings.HasSuffix(prefix, "["):
		return prefix + "*]", members
	}
	return prefix + "*", members
}
