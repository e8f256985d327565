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
	p.Source = lines[pos.Line-1]
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

// width says how many runes from column on belong to what stands there: a text in quotes, or all up to the next mark.
func width(line string, column int) int {
	runes := []rune(line)
	if column < 1 || column > len(runes) {
		return 1
	}
	rest := runes[column-1:]
	if quote := rest[0]; quote == '"' || quote == '\'' {
		for i := 1; i < len(rest); i++ {
			if rest[i] == quote {
				return i + 1
			}
		}
		return len(rest)
	}
	for i, r := range rest {
		end := r == ',' || r == '}' || r == ']' || r == '#'
		if r == ':' && (i+1 == len(rest) || rest[i+1] == ' ') {
			end = true
		}
		if end {
			return max(1, len([]rune(strings.TrimRight(string(rest[:i]), " "))))
		}
	}
	return max(1, len([]rune(strings.TrimRight(string(rest), " "))))
}
