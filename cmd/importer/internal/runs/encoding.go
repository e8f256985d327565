package runs

import (
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/source"
)

// inDoubt is an error for each input whose encoding is not certain: nothing of it may be sent. inJobFile says whether the job file counts for the inputs.
// set may be nil.
func inDoubt(set *source.Set, inJobFile bool) (faults []error) {
	if set == nil {
		return nil
	}
	for _, f := range set.Files {
		if f.Doubt != nil {
			faults = append(faults, &problem.Error{Kind: problem.Input, File: f.Title, Message: f.Doubt.Message(), Fix: f.Doubt.Hint(inJobFile), Samples: f.Doubt.Samples})
		}
	}
	return faults
}

// emitEncodings tells of inputs whose encoding is not certain, where nothing is sent.
func (x *execution) emitEncodings() {
	for _, f := range x.setup.set.Files {
		if f.Doubt != nil {
			x.emit(EncodingDoubted{File: f})
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
