package source

import (
	"errors"
	"fmt"
	"io"

	"importer/mapping/problem"
)

// ErrChanged is what reading an input ends with (errors.Is) when its bytes are no longer those that Survey saw.
var ErrChanged = errors.New("the input changed while it was being read")

// unusable returns an error of an input, or of the options for it: what to do about it, and what is wrong.
func unusable(fix, format string, args ...any) *problem.Error {
	return problem.New(problem.Input, fmt.Sprintf(format, args...), fix)
}

// unusableAt returns an error of a line of an input, or of a row of a sheet.
func unusableAt(line int64, fix, format string, args ...any) *problem.Error {
	e := unusable(fix, format, args...)
	e.Line = line
	return e
}

// failed returns an error of an input with its cause.
func failed(err error, fix, message string) *problem.Error {
	return &problem.Error{Kind: problem.Input, Message: message, Fix: fix, Err: err}
}

// named puts the input's title into an error that names no file.
func named(title string, err error) error {
	var e *problem.Error
	switch {
	case err == nil || err == io.EOF:
		return err
	case !errors.As(err, &e):
		e = failed(err, "", "reading failed")
	case e.File != "":
		return err
	}
	at := *e
	at.File = title
	return &at
}
