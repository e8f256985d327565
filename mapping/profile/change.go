package profile

import (
	"slices"
	"strings"

	"importer/mapping"
)

// way says what was made of a cell that has a value.
func (f *field) way(cell, value string, written bool) Way {
	switch {
	case !written:
		return Defaulted
	case f.reading.Computed():
		return Computed
	case cell == value:
		return Unchanged
	case f.reading.Split():
		return Split
	}
	text := mapping.Trim(cell)
	switch f.kind {
	case mapping.CalendarDate:
		return reread(text, value, Reformatted)
	case mapping.Phone:
		if number := mapping.WithoutArmour(text); strings.HasPrefix(number, "+") || strings.HasPrefix(number, "00") {
			return reread(text, value, Rewritten)
		}
		return International
	case mapping.Bool, mapping.CountryCode, mapping.LanguageTag, mapping.GenderWord:
		return reread(text, value, Translated)
	}
	if f.reading.Translated() {
		return reread(text, value, Translated)
	}
	if f.reading.Clean(cell) == value {
		return Cleaned
	}
	return reread(text, value, Rewritten)
}

// reread is how a text was changed that differs by more than its case and the blanks around it; else those words.
func reread(text, value string, otherwise Way) Way {
	switch {
	case text == value:
		return Cleaned
	case strings.EqualFold(text, value):
		return Recased
	}
	return otherwise
}

// maxSamples is how many samples a field has.
const maxSamples = 10

// changes are what was made of the cells of a field, by the order of ways.
type changes [len(ways)]change

// change is one way, with cells as examples: those of different shapes and of different files first.
type change struct {
	cells  int64
	seen   []sample // each of another shape, or of another file
	spares []sample // others
}

type sample struct {
	at                   Place
	before, after, shape string
}

func (c *changes) of(w Way) *change { return &c[slices.Index(ways[:], w)] }

// full reports whether nothing more is kept.
func (c *change) full() bool { return len(c.seen) == maxSamples }

// keep keeps a cell where it shows something that those kept do not. shape is that of the cell, or nil.
func (c *change) keep(at Place, before, after string, shape []byte) {
	same := func(s sample) bool { return matches(s.before, before) && matches(s.after, after) }
	if slices.ContainsFunc(c.seen, same) {
		return
	}
	var room [maxShape]byte
	if shape == nil {
		shape = shapeOf(room[:0], before)
	}
	if !slices.ContainsFunc(c.seen, func(s sample) bool { return s.shape == string(shape) && s.at.File == at.File }) {
		c.seen = append(c.seen, sample{at, clip(before), clip(after), string(shape)})
		return
	}
	if len(c.spares) < maxSamples && !slices.ContainsFunc(c.spares, same) {
		c.spares = append(c.spares, sample{at, clip(before), clip(after), ""})
	}
}

// maxClip is how many bytes of a text are kept.
const maxClip = 160

// clip is a copy of a text that holds nothing else in memory, cut where it is long.
func clip(s string) string {
	if len(s) <= maxClip {
		return strings.Clone(s)
	}
	return strings.ToValidUTF8(s[:maxClip], "") + "…"
}

// matches reports whether a kept text is that of s.
func matches(kept, s string) bool {
	if len(s) <= maxClip {
		return kept == s
	}
	return kept == clip(s)
}

// samples are at most ten of all ways: one of each, then a second of each, and so on.
func (c *changes) samples() (list []Sample) {
	for turn := 0; turn < 2*maxSamples; turn++ {
		for i := range c {
			all := len(c[i].seen)
			switch {
			case len(list) == maxSamples:
			case turn < all:
				list = append(list, c[i].seen[turn].of(ways[i]))
			case turn < all+len(c[i].spares):
				list = append(list, c[i].spares[turn-all].of(ways[i]))
			}
		}
	}
	return list
}

func (s sample) of(w Way) Sample {
	return Sample{Place: s.at, Way: w, Before: s.before, After: s.after}
}

// counts are the ways that cells went, the most frequent first.
func (c *changes) counts() (list []Count) {
	for i := range c {
		if n := c[i].cells; n > 0 {
			list = append(list, Count{Text: string(ways[i]), Cells: n})
		}
	}
	return byCount(list)
}
