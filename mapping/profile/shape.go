package profile

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"importer/mapping"
)

// The bounds of shapes.
const (
	maxShape  = 48    // bytes of one
	maxShapes = 1_000 // different ones of a field
	maxOdd    = 5     // that are told
	leastFor  = 10    // cells without which nothing is usual
)

// shapes counts how cells are written.
type shapes struct {
	cells  int64
	at     map[string]*Found
	others int64 // cells of shapes beyond the bound
}

func (s *shapes) add(at Place, shape []byte) {
	s.cells++
	if one := s.at[string(shape)]; one != nil {
		one.Cells++
		if at.Row < one.First.Row {
			one.First = at
		}
		return
	}
	if len(s.at) == maxShapes {
		s.others++
		return
	}
	if s.at == nil {
		s.at = map[string]*Found{}
	}
	text := string(shape)
	s.at[text] = &Found{Text: text, Cells: 1, First: at}
}

// odd returns the shape that at least four fifths of the cells have, and the others, the most frequent first; and how many cells have shapes that are left
// out. Without a usual shape nothing is odd.
func (s *shapes) odd() (usual *Found, odd []Found, more int64) {
	var list []Found
	for _, one := range s.at {
		list = append(list, *one)
	}
	slices.SortFunc(list, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Cells, a.Cells), cmp.Compare(a.First.Row, b.First.Row), cmp.Compare(a.Text, b.Text))
	})
	if s.cells < leastFor || 5*list[0].Cells < 4*s.cells {
		return nil, nil, 0
	}
	odd = list[1:min(len(list), 1+maxOdd)]
	more = s.others
	for _, one := range list[1+len(odd):] {
		more += one.Cells
	}
	return &list[0], odd, more
}

// shapeOf appends the shape of a text without the blanks around it: 9 for each digit, A for letters, also for words with a space, a hyphen, an apostrophe or a
// dot between them, and everything else as it stands. A long one is cut.
func shapeOf(shape []byte, text string) []byte {
	text = mapping.Trim(text)
	for i := 0; i < len(text); {
		if len(shape) > maxShape-2*utf8.UTFMax {
			return append(shape, "…"...)
		}
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case isDigit(r):
			shape = append(shape, '9')
		case isLetter(r):
			n = wordsEnd(text[i:])
			shape = append(shape, 'A')
		default:
			shape = utf8.AppendRune(shape, r)
		}
		i += n
	}
	return shape
}

func isDigit(r rune) bool {
	return '0' <= r && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r)
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.In(r, unicode.L, unicode.M)
}

// wordsEnd is where the words end that a text begins with: the last letter, or the dot behind it.
func wordsEnd(text string) int {
	end := 0
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case isLetter(r), r == '.' && i == end:
			end = i + n
		case i > end+1, !strings.ContainsRune(" -'’", r):
			return end
		}
		i += n
	}
	return end
}
