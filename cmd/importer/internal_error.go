package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"importer/mapping"
)

// internalError describes a panic: the type of what was thrown, and where. The value itself may hold a key or a value of a row and is not
// shown, but for the runtime's own errors, which hold numbers and types alone. It must be called by the function that recovers.
func internalError(thrown any) error {
	what := fmt.Sprintf("%T", thrown)
	var own runtime.Error
	if err, ok := thrown.(error); ok && errors.As(err, &own) && err == error(own) {
		what = strings.TrimPrefix(own.Error(), "runtime error: ")
	}
	return errors.New("internal error: " + mapping.Escape(what, 200) + " at " + panickedAt())
}

// panickedAt is the folder, file and line of the innermost function under way that is not the runtime's, beneath the panic.
func panickedAt() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	panicking := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			panicking = true
		case panicking && !strings.HasPrefix(frame.Function, "runtime."):
			return fmt.Sprintf("%s/%s:%d", filepath.Base(filepath.Dir(frame.File)), filepath.Base(frame.File), frame.Line)
		}
		if !more {
			return "a place that is not known"
		}
	}
}
