package source

import "bytes"

// noRecord says why a line that is a comment, or too long, is a broken row; nil for a comment that can be left out. A carriage return in a comment
// may end its line: nobody said that it does not, and no row may hide there. Where only comments follow it, both readings are the same.
func (c *csvRecords) noRecord(fr frame) *Broken {
	if fr.cut {
		return c.unframed(fr)
	}
	for line := range bytes.SplitSeq(fr.data, []byte{'\r'}) {
		if line = trimLineEnd(line); len(line) > 0 && line[0] != c.dialect.comment {
			return &Broken{
				Code: CodeControl, Raw: rawText(fr.data, c.decode),
				Message: "this comment holds a carriage return, and what follows it may be a row",
				Hint:    "remove it; where CR ends a line, say line_ends: any under input: in the job file",
			}
		}
	}
	return nil
}
