package problem

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Kind says whose business a problem is. A front end makes an exit code or a status of it.
type Kind uint8

// The kinds. The zero Kind is the program's own fault: an error without a kind accuses nobody else.
const (
	Internal Kind = iota // a fault of this program
	Usage                // the request itself: an option, an argument
	Input                // an input, a job file or a setting cannot be used
	Storage              // the journal or a report cannot be read or written
	Busy                 // another process holds what is needed
	Canceled             // a person or a signal stopped it
)

// Error is one thing that is wrong, where it is, and what a person can do about it. It is the only error type of this project that carries a
// hint; every text for people is made from its members, so no text is ever taken apart. The texts hold no cell and no secret.
type Error struct {
	Kind    Kind
	File    string // as named to people; "" when no file is meant
	Line    int64  // physical line, 1-based; 0 when the whole file is meant
	Column  int    // in runes, 1-based; 0 when the whole line is meant
	Source  string // the text of the line, where it may be shown: Detail prints it with a caret below
	Width   int    // runes from Column on that are meant; less than 1 means one
	Message string // what is wrong: lower case, no full stop
	Fix     string // what to do about it: lower case, no full stop; may be empty
	Err     error  // the cause, where there is one

	// Samples are lines with words of a list that a person must see to decide. No text of the error has them; they are for a terminal, and must reach
	// no file and no log.
	Samples []string
}

// New returns an error of a kind, with what to do about it.
func New(kind Kind, message, fix string) *Error {
	return &Error{Kind: kind, Message: message, Fix: fix}
}

// Wrap adds a kind and a hint to a cause; nil where there is none.
func Wrap(kind Kind, err error, fix string) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: kind, Err: err, Fix: fix}
}

// Error returns "file:line:column: message: cause" with what is known of it; the hint and the source line are apart, see [Error.Detail].
func (e *Error) Error() string {
	var parts []string
	if at := e.Position(); at != "" {
		parts = append(parts, at)
	}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Hint returns what to do about it; the cause's hint where the error has none of its own.
func (e *Error) Hint() string {
	if e.Fix == "" {
		return Hint(e.Err)
	}
	return e.Fix
}

// Position returns "file:line:column", leaving out what is not known.
func (e *Error) Position() string {
	at := e.File
	for _, n := range []int64{e.Line, int64(e.Column)} {
		if n == 0 {
			break
		}
		if at != "" {
			at += ":"
		}
		at += fmt.Sprint(n)
	}
	return at
}

// Hint returns what to do about err: the first hint in its tree, outer errors before their causes, joined errors in their order; "" when there is
// none. Any error with a method Hint() string can give one.
func Hint(err error) (hint string) {
	visit(err, func(one error) bool {
		if h, ok := one.(interface{ Hint() string }); ok {
			hint = h.Hint()
		}
		return hint != ""
	})
	return hint
}

// KindOf returns the first kind in err's tree that is not Internal, outer errors before their causes; Internal when there is none.
func KindOf(err error) (kind Kind) {
	visit(err, func(one error) bool {
		if e, ok := one.(*Error); ok {
			kind = e.Kind
		}
		return kind != Internal
	})
	return kind
}

// visit calls found for err and all that it wraps, as errors.As does, until found reports true.
func visit(err error, found func(error) bool) bool {
	if err == nil {
		return false
	}
	if found(err) {
		return true
	}
	switch wrapping := err.(type) {
	case interface{ Unwrap() error }:
		return visit(wrapping.Unwrap(), found)
	case interface{ Unwrap() []error }:
		for _, one := range wrapping.Unwrap() {
			if visit(one, found) {
				return true
			}
		}
	}
	return false
}

// All takes joined errors apart, in their order: those of errors.Join at the top, and those joined within it. An Error is never taken apart, nor is
// an error that wraps others in a sentence of its own.
func All(err error) []error {
	if err == nil {
		return nil
	}
	if reflect.TypeOf(err) != reflect.TypeOf(errors.Join(err)) { // a fmt.Errorf with several %w is one sentence
		return []error{err}
	}
	var all []error
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		all = append(all, All(e)...)
	}
	return all
}

// Code is a stable reason, with what a person can do about it.
type Code struct{ Name, Hint string }

// ReadCodes reads lines of "code: hint".
func ReadCodes(text string) (codes []Code) {
	for line := range strings.Lines(text) {
		name, hint, _ := strings.Cut(strings.TrimSpace(line), ": ")
		codes = append(codes, Code{name, hint})
	}
	return codes
}
