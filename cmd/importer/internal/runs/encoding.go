package runs

import (
	"fmt"
	"slices"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/source"
)

// Where a person says the encoding of an input, with the first candidate for %s.
const (
	encodingOfList   = "say which it is in the job file, as input: {encoding: %[1]s}, or with --encoding %[1]s"
	encodingOfFailed = "say which it is with --encoding %s"                                         // the job file does not count for it
	encodingOfBegun  = "type the command of the run again, with --encoding %s, and it is continued" // by an earlier version; resume takes no such option
)

// saysEncoding is how it is said for the inputs of a plan.
func (p plan) saysEncoding() string {
	switch {
	case p.failedFile:
		return encodingOfFailed
	case p.noted != nil:
		return encodingOfBegun
	}
	return encodingOfList
}

// inDoubt is an error for each input whose encoding is not certain: nothing of it may be sent. It shows words of columns that are mapped, and are not secret.
func (s *setup) inDoubt(say string) (faults []error) {
	if s.set == nil {
		return nil
	}
	for i, f := range s.set.Files {
		if d := f.Doubt; d != nil {
			others := strings.Join(d.Candidates[1:], ", ")
			faults = append(faults, &problem.Error{
				Kind: problem.Input, File: f.Title, Message: d.Message(), Samples: s.set.Samples(i, s.shownColumns()),
				Fix: fmt.Sprintf(say, d.Candidates[0]) + "; it may also be " + others + "; a list saved as UTF-8 is read without being asked",
			})
		}
	}
	return faults
}

// shownColumns are the columns of the header that are mapped to fields which are not secret.
func (s *setup) shownColumns() (columns []int) {
	if s.mapper == nil {
		return nil
	}
	hidden := s.mapper.HiddenColumns()
	return slices.DeleteFunc(s.mapper.Columns(), func(i int) bool { return slices.Contains(hidden, i) })
}

// emitEncodings tells of inputs whose encoding is not certain, where nothing is sent.
func (x *execution) emitEncodings() {
	for i, f := range x.setup.set.Files {
		if f.Doubt != nil {
			x.emit(EncodingDoubted{File: f, Samples: x.setup.set.Samples(i, x.setup.shownColumns())})
		}
	}
}

// doubtYAML asks in a proposed job file which encoding the list is in. input is the block that the proposal has already; "" without one.
func doubtYAML(d *source.Doubt, input string) string {
	if d == nil {
		return input
	}
	question := "# QUESTION: which encoding is the list in? It is read as " + d.Candidates[0] + " here; " + strings.Join(d.Candidates[1:], ", ") +
		" would read some letters differently. Nothing is sent until one is set; importer check shows words in each.\n"
	if input == "" {
		return "\n" + question + "# input: {encoding: " + d.Candidates[0] + "}\n"
	}
	return input + "  " + question + "  # encoding: " + d.Candidates[0] + "\n"
}
