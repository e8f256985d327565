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

// ExitCodes lists every exit code, in order.
func ExitCodes() []ExitCode {
	return []ExitCode{ExitOK, ExitFailures, ExitTooMany, ExitFatal, ExitInterrupted, ExitInternal, ExitInDoubt,
		ExitUsage, ExitData, ExitStorage, ExitBusy}
}

// foreseenMeaning is Meaning for a check.
func foreseenMeaning(c ExitCode) string {
	switch c {
	case ExitOK:
		return "every row is fit to be sent; nothing was sent."
	case ExitFailures:
		return "some rows are not fit to be sent; nothing was sent."
	}
	return c.Meaning()
}

// Meaning says in one sentence what the code tells; it fits behind "exit 1: ".
func (c ExitCode) Meaning() string {
	switch c {
	case ExitOK:
		return "every row was created, or counts as ok."
	case ExitFailures:
		return "the run ended; some rows were not created."
	case ExitTooMany:
		return "stopped, because too many rows failed; the rest is unsent."
	case ExitFatal:
		return "stopped, because no row could succeed (credentials, configuration, or the vendor refuses); the rest is unsent."
	case ExitInterrupted:
		return "interrupted; what was not reached is unsent."
	case ExitInternal:
		return "a fault in the importer, or the sum does not add up; please report it."
	case ExitInDoubt:
		return "the run ended; nobody can say of some rows whether they were registered."
	case ExitUsage:
		return "the command line was not understood; nothing was sent."
	case ExitData:
		return "the input, the job file or the settings cannot be used; nothing was sent."
	case ExitStorage:
		return "the journal or a report could not be written; what was acknowledged is kept."
	case ExitBusy:
		return "this job is already running; nothing was sent."
	}
	return "unknown exit code."
}
