package mapping

import (
	"maps"
	"slices"
)

// constants reads `value`, `values` and `default` once, so that a wrong one is found before any row is.
func (c *compiler) constants(st *step, s *FieldSpec) {
	if s.Value != nil {
		st.constant = c.constant(st, *s.Value, s.at(s.At.Value), "value")
		if len(s.Values) > 0 {
			c.addf(s.Where, "write the value itself", "%q is a constant: values has nothing to translate", s.Name)
		}
	}
	if s.Default != nil {
		st.fallback = c.constant(st, *s.Default, s.at(s.At.Default), "default")
	}
	if len(s.Values) == 0 {
		return
	}
	st.values = make(map[string]value, len(s.Values))
	for _, cell := range slices.Sorted(maps.Keys(s.Values)) {
		pos := s.Where
		if at, ok := s.At.Values[cell]; ok {
			pos = at
		}
		if v := c.constant(st, s.Values[cell], pos, "value"); v != nil {
			st.values[tidied(cell)] = *v
		}
		st.listed = append(st.listed, cell)
	}
}

// constant reads one text of the job file as a value of the field. An empty text is the absent value.
func (c *compiler) constant(st *step, text string, pos Pos, what string) *value {
	if st.field != Password {
		text = tidied(text)
	}
	if text == "" {
		return &value{}
	}
	v, bad := st.plain(text)
	if bad == nil {
		return &v
	}
	shown := ""
	if st.privacy != Hidden {
		shown = " \"" + Escape(text, maxShown) + "\""
	}
	c.addf(pos, bad.hint, "%s%s of %q: %s", what, shown, st.name, bad.message)
	return nil
}

// empties gathers the texts that stand for an empty cell. What `values` lists has a meaning of its own, so the list for
// the whole job does not reach it; a field that lists a text under both contradicts itself.
func (c *compiler) empties(st *step, s *FieldSpec) {
	if s.Value != nil && len(s.Empty) > 0 {
		c.addf(s.Where, "take one of them out", "%q is a constant: empty has nothing to look at", s.Name)
	}
	add := func(text string) {
		if st.empties == nil {
			st.empties = map[string]bool{}
		}
		st.empties[text] = true
	}
	for i, text := range s.Empty {
		pos := s.Where
		if i < len(s.At.Empty) {
			pos = s.at(s.At.Empty[i])
		}
		text = tidied(text)
		switch _, translated := st.values[text]; {
		case text == "":
			c.addf(pos, "list what is written instead of nothing, such as n/a", "an empty cell of %q is empty anyway", s.Name)
		case translated:
			c.addf(pos, "keep one of them", "%q lists %q under empty and under values", s.Name, Escape(text, maxShown))
		default:
			add(text)
		}
	}
	if s.Empty != nil && len(s.Empty) == 0 {
		return
	}
	for _, text := range c.empty {
		text = tidied(text)
		if _, translated := st.values[text]; !translated && text != "" {
			add(text)
		}
	}
}
