package source

import (
	"cmp"
	"io"
	"slices"
	"strings"
)

// Samples of a doubt are looked for in so many rows, until there are so many, of which the best are shown.
const (
	sampleRows = 10_000
	maxSome    = 200
	maxSamples = 3
)

// Samples returns at most three words of an input in doubt, each as all candidates read it: `windows-1252: Søren; windows-1250: Sřren`. They are taken
// from the given columns of the header alone, and are for the eyes of the person who has the list: they must reach no file and no log. It reads the first
// rows again; where it cannot, or the input is not in doubt, there are none.
func (s *Set) Samples(input int, columns []int) []string {
	doubt := s.Files[input].Doubt
	if doubt == nil || len(columns) == 0 {
		return nil
	}
	r := &Reader{set: s, input: input}
	defer r.Close()
	var all []sample
	for range sampleRows {
		row, err := r.Next()
		if err == io.EOF || err != nil || row.Input != input {
			break
		}
		if row.Broken == nil {
			all = s.addSamples(all, row, columns, doubt.Candidates)
		}
	}
	slices.SortStableFunc(all, func(a, b sample) int { return cmp.Compare(b.readings, a.readings) })
	var lines []string
	for _, one := range all {
		if len(lines) < maxSamples && !slices.Contains(lines, one.line) {
			lines = append(lines, one.line)
		}
	}
	return lines
}

// sample is a word as several encodings read it, and how many readings differ.
type sample struct {
	line     string
	readings int
}

func (s *Set) addSamples(all []sample, row Row, columns []int, candidates []string) []sample {
	for _, c := range columns {
		for _, word := range strings.FieldsFunc(row.Cells[c], func(r rune) bool { return r < 0x80 && !isASCIILetter(r) }) {
			raw, ok := writeWord(word, s.Files[row.Input].Encoding)
			if !ok || isASCII(word) || len(raw) > maxWord || len(all) >= maxSome {
				continue
			}
			if one := sampleOf(raw, candidates); one.readings > 1 {
				all = append(all, one)
			}
		}
	}
	return all
}

// sampleOf reads a word in each of the encodings that can.
func sampleOf(raw string, encodings []string) sample {
	var parts, distinct []string
	for _, name := range encodings {
		text, ok := readWord(raw, name)
		if !ok {
			continue
		}
		parts = append(parts, name+": "+text)
		if !slices.Contains(distinct, text) {
			distinct = append(distinct, text)
		}
	}
	return sample{strings.Join(parts, "; "), len(distinct)}
}

func isASCIILetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// readWord reads a word in an encoding.
func readWord(word, name string) (text string, ok bool) {
	c := charsetOf(name)
	if c.page != nil {
		return c.page.decode(word)
	}
	text, err := c.stream.NewDecoder().String(word)
	return text, err == nil && !strings.Contains(text, replaced)
}

// writeWord returns the bytes of a word in an encoding.
func writeWord(word, name string) (raw string, ok bool) {
	c := charsetOf(name)
	if c == nil {
		return "", false
	}
	if c.page == nil {
		raw, err := c.stream.NewEncoder().String(word)
		return raw, err == nil
	}
	return c.page.encode(word)
}
