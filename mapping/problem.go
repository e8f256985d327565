package mapping

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Problem is one thing wrong with a job file, or with how it fits a header: found before any row is read.
type Problem struct {
	Pos     Pos    // where in the job file; the zero Pos when the header or the job as a whole is meant
	Message string // what is wrong, lower case, no full stop
	Hint    string // what to do about it, lower case, no full stop; may be empty
	Source  string // the text of line Pos.Line, when known: shown with a caret below it
	Width   int    // how many runes from Pos.Column on are meant; less than 1 means one
}

// Problems is the error that carries every Problem found, in the order of the file. It is never empty when returned as an error.
type Problems []Problem

// Error prints each problem on lines of its own, with the source line and a caret where the source is known:
//
//	job.yaml:7:11: unknown key "colum"
//	    7 |   phone: {colum: Mobile}
//	      |           ^^^^^ did you mean "column"?
func (p Problems) Error() string {
	var b strings.Builder
	for i, one := range p {
		if i > 0 {
			b.WriteByte('\n')
		}
		one.write(&b)
	}
	return b.String()
}

// Err returns p as an error, nil when there is no problem.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Error prints the problem as [Problems] does, so that one alone can serve as an error too.
func (p Problem) Error() string {
	var b strings.Builder
	p.write(&b)
	return b.String()
}

// String returns "file:line:column", leaving out what is not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.File == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (p Problem) write(b *strings.Builder) {
	if at := p.Pos.String(); at != "" {
		b.WriteString(at)
		b.WriteString(": ")
	}
	b.WriteString(p.Message)
	if p.Source != "" && p.Pos.Column > 0 {
		p.writeSource(b)
		return
	}
	if p.Hint != "" {
		b.WriteString("\n    hint: ")
		b.WriteString(p.Hint)
	}
}

// maxSource is how many runes of a source line are shown.
const maxSource = 160

func (p Problem) writeSource(b *strings.Builder) {
	line := []rune(printable(p.Source))
	from := min(p.Pos.Column-1, len(line))
	start := 0
	if from > maxSource/2 {
		start = from - maxSource/2
	}
	end := min(len(line), start+maxSource)
	width := max(1, min(p.Width, end-from))
	number := fmt.Sprintf("%5d", p.Pos.Line)
	fmt.Fprintf(b, "\n%s | %s\n", number, string(line[start:end]))
	fmt.Fprintf(b, "%s | %s%s", strings.Repeat(" ", utf8.RuneCountInString(number)), strings.Repeat(" ", from-start), strings.Repeat("^", width))
	if p.Hint != "" {
		b.WriteByte(' ')
		b.WriteString(p.Hint)
	}
}

// printable replaces what would move the cursor, one rune for one rune, so that carets stay below what they mean.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case isControl(r) || isInvisible(r):
			return '?'
		}
		return r
	}, s)
}
