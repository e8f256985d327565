package job

import (
	"errors"
	"strings"

	"importer/mapping"
)

// Problem makes a problem at a place of the file, or of one that it extends, with the source line for the caret.
// Message and hint are lower case without full stop; the hint may be empty.
func (f *File) Problem(pos mapping.Pos, message, hint string) mapping.Problem {
	p := mapping.Problem{Pos: pos, Message: message, Hint: hint}
	if f == nil {
		return p
	}
	lines := f.sources[pos.File]
	if pos.Line < 1 || pos.Line > len(lines) {
		return p
	}
	p.Source = conceal(lines[pos.Line-1])
	p.Width = width(p.Source, pos.Column)
	return p
}

// Explain adds source lines to the problems in err, as [mapping.Compile] returns them; any other error comes back as it is.
func (f *File) Explain(err error) error {
	var problems mapping.Problems
	if !errors.As(err, &problems) {
		return err
	}
	shown := make(mapping.Problems, len(problems))
	for i, p := range problems {
		shown[i] = p
		if p.Source == "" {
			shown[i] = f.Problem(p.Pos, p.Message, p.Hint)
		}
	}
	return shown
}

// width says how many runes from column on belong to what stands there: a text in quotes, brackets with all in them, or
// all up to the next mark.
func width(line string, column int) int {
	runes := []rune(line)
	if column < 1 || column > len(runes) {
		return 1
	}
	rest := runes[column-1:]
	switch rest[0] {
	case '"', '\'':
		return upTo(rest, rest[0])
	case '{':
		return upTo(rest, '}')
	case '[':
		return upTo(rest, ']')
	}
	for i, r := range rest {
		colon := r == ':' && (i+1 == len(rest) || rest[i+1] == ' ')
		if colon || r == ',' || r == '}' || r == ']' || r == '#' {
			rest = rest[:i]
			break
		}
	}
	return max(1, len([]rune(strings.TrimRight(string(rest), " "))))
}

// upTo counts the runes up to the mark that closes what rest begins with, or up to the end of the line.
func upTo(rest []rune, mark rune) int {
	depth := 0
	for i, r := range rest {
		switch {
		case i > 0 && r == mark:
			if depth--; depth <= 0 {
				return i + 1
			}
		case r == rest[0]:
			depth++
		}
	}
	return len(rest)
}
