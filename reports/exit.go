package reports

// ExitCode is how the program ends; part of the outside contract.
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

// Meaning says in one sentence what the code tells; it fits behind "exit 1: ".
func (c ExitCode) Meaning() string {
	switch c {
	case ExitOK:
		return "every row was created, or counts as success."
	case ExitFailures:
		return "the run ended; some rows were not created."
	case ExitTooMany:
		return "stopped because too many rows failed; the remaining rows were not sent."
	case ExitFatal:
		return "stopped because no row could succeed (credentials, configuration, or the vendor refuses); the remaining rows were not sent."
	case ExitInterrupted:
		return "interrupted; the remaining rows were not sent."
	case ExitInternal:
		return "an internal error, or the sum does not add up; please report it."
	case ExitInDoubt:
		return "the run ended; for some rows it is unknown whether they were registered."
	case ExitUsage:
		return "the command line was not understood; nothing was sent."
	case ExitData:
		return "the input, the job file or the settings cannot be used; nothing was sent."
	case ExitStorage:
		return "the journal or a report could not be written; everything recorded so far is kept."
	case ExitBusy:
		return "this job is already running; nothing was sent."
	}
	return "unknown exit code."
}

// predictedMeaning is Meaning for a check.
func predictedMeaning(c ExitCode) string {
	switch c {
	case ExitOK:
		return "every row is ready to send; nothing was sent."
	case ExitFailures:
		return "some rows cannot be sent as they are; nothing was sent."
	}
	return c.Meaning()
}
