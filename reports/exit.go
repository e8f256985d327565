package reports

import (
	"cmp"
	"fmt"
)

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
	ExitOK:          "every row was created, or counts as success.", // see Summary.meaning for rows that are known
	ExitFailures:    "the run ended; some rows were not created.",
	ExitTooMany:     "stopped because too many rows failed; the remaining rows were not sent.",
	ExitFatal:       "stopped because no row could succeed (credentials, configuration, or the vendor refuses); the remaining rows were not sent.",
	ExitInterrupted: "interrupted; the remaining rows were not sent.",
	ExitInternal:    "an internal error, or the sum does not add up; please report it.",
	ExitInDoubt:     "the run ended; for some rows it is unknown whether they were registered.",
	ExitUsage:       "the command line was not understood; nothing was sent.",
	ExitData:        "the input, the job file or the settings cannot be used; nothing was sent.",
	ExitStorage:     "the journal or a report could not be written; everything recorded so far is kept.",
	ExitBusy:        "another importer runs on this account; nothing was sent.",
}

// Meaning is one sentence that explains the code; it fits behind "exit 1: ".
func (c ExitCode) Meaning() string { return cmp.Or(exitMeanings[c], "unknown exit code.") }

// checkMeanings replace the meanings of a run where nothing was to be sent.
var checkMeanings = map[ExitCode]string{
	ExitOK:       "every row is ready to send; nothing was sent.",
	ExitFailures: "some rows cannot be sent as they are; nothing was sent.",
}

// meaning is one sentence that explains the exit code of the run. It counts apart the rows that failed in earlier runs already.
func (s Summary) meaning() string {
	switch known := Plural(s.Known, "row"); {
	case s.Known == 0, s.Again, s.Exit != ExitOK && s.Exit != ExitFailures:
	case s.Predicted && s.Failed == s.Known:
		return fmt.Sprintf("nothing new is wrong; %s cannot be sent, as in earlier runs; nothing was sent.", known)
	case s.Predicted:
		return fmt.Sprintf("%s cannot be sent as they are, %s of them as in earlier runs; nothing was sent.", Plural(s.Failed, "row"), Grouped(s.Known))
	case s.Failed == s.Known:
		return fmt.Sprintf("nothing new failed; %s failed as in earlier runs.", known)
	default:
		return fmt.Sprintf("the run ended; %s were not created, %s of them as in earlier runs.", Plural(s.Failed, "row"), Grouped(s.Known))
	}
	if s.Predicted {
		return cmp.Or(checkMeanings[s.Exit], s.Exit.Meaning())
	}
	return s.Exit.Meaning()
}
