package source

import (
	"errors"
	"strconv"
	"strings"
)

// ErrChanged is what reading an input ends with (errors.Is) when its bytes are no longer those that Survey saw.
var ErrChanged = errors.New("the input changed while it was being read")

// Error is one thing that makes an input, or the options for it, unusable. Its texts hold names of columns, but no cell.
type Error struct {
	Path    string // the input as named to people; empty when an option is meant
	Line    int64  // physical line, 1-based; 0 when the whole input is meant
	Message string // what is wrong
	Hint    string // what to do about it; may be empty
	Err     error  // the cause, where there is one
}

// Error returns "path:line: message: cause; hint: …" with what is there of it.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Path != "" {
		b.WriteString(e.Path)
		if e.Line > 0 {
			b.WriteString(":" + strconv.FormatInt(e.Line, 10))
		}
		b.WriteString(": ")
	}
	b.WriteString(e.Message)
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.Hint != "" {
		b.WriteString("; hint: " + e.Hint)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
