package reports

import "cmp"

// ExitCode is the exit code of the program; part of the outside contract.
type ExitCode int

const (
	ExitOK          ExitCode = 0
	ExitFailures    ExitCode = 1
	ExitTooMany     ExitCode = 2
	ExitFatal       ExitCode = 3
	ExitInterrupted ExitCode = 4
	ExitInternal    ExitCode = 5
	ExitInDoubt     ExitCode = 6
	ExitUsage       ExitCode = 64
	ExitData        ExitCode = 65
	ExitStorage     ExitCode = 74
	ExitBusy        ExitCode = 75
)

var exitMeanings = map[ExitCode]string{
	ExitOK:          "every row was created, or counts as success.",
	ExitFailures:    "the run ended; some rows were not created.",
	ExitTooMany:     "stopped because too many rows failed; the remaining rows were not sent.",
	ExitFatal:       "stopped because no row could succeed (credentials, configuration, or the vendor refuses); the remaining rows were not sent.",
	ExitInterrupted: "interrupted; the remaining rows were not sent.",
	ExitInternal:    "an internal error, or the sum does not add up; please report it.",
	ExitInDoubt:     "the run ended; for some rows it is unknown whether they were registered.",
	ExitUsage:       "the command line was not understood; nothing was sent.",
	ExitData:        "the input, the job file or the settings cannot be used; nothing was sent.",
	ExitStorage:     "the journal or a report could not be written; everything recorded so far is kept.",
	ExitBusy:        "this job is already running; nothing was sent.",
}

// Meaning is one sentence that explains the code; it fits behind "exit 1: ".
func (c ExitCode) Meaning() string { return cmp.Or(exitMeanings[c], "unknown exit code.") }

// checkMeanings replace the meanings of a run where nothing was to be sent.
var checkMeanings = map[ExitCode]string{
	ExitOK:       "every row is ready to send; nothing was sent.",
	ExitFailures: "some rows cannot be sent as they are; nothing was sent.",
}
