package runs

import (
	"time"

	"importer/mapping"
	"importer/mapping/profile"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// Event is something that happened during a call: a value of one of the struct types of this file.
type Event any

// Before the first row.
type (
	// Resolved comes first: how the front end is asked to show what follows, after flags, environment and job file were read; and who is told how it
	// ended. It comes again where a job file is read later, and the last one holds.
	Resolved struct {
		Display
		Telling
		Job    string // the path of the job file; "" without one
		Vendor string // as named; "" where nobody names one
		Again  bool   // a person asks for rows again
	}

	// JournalOpened says which journal is used. It comes before all others but Resolved.
	JournalOpened struct {
		Path         string // or its URL
		Sandbox      bool   // it is that of this run into a sandbox alone
		AccountKnown bool   // it knows earlier runs of the account
	}

	// OldJournal is a journal of an earlier version that knows nothing of the account of the run.
	OldJournal struct {
		Path     string
		Accounts int // that it knows
	}

	// FilesFound says which files stand for a folder or a pattern.
	FilesFound struct {
		Input  string   // as named
		Files  []string // those that are read, in order
		Others []string // of a folder: those that are no lists
	}

	// SettingMissing is a setting or key that is not set and that a run needs; a check goes on without it.
	SettingMissing struct{ Setting vendors.Setting }

	// AccountUnknown says that a missing setting decides which account it is: nobody whom earlier runs created can be known.
	AccountUnknown struct{ Vendor *vendors.Vendor }

	// SheetsFound says which sheets of a workbook with failed rows are read.
	SheetsFound struct {
		Input  string   // as named
		Sheets []string // those that are read, in order
		Others []string // those without failed rows
	}

	// SandboxSettings names the settings of the job file for which the sandbox takes its own values.
	SandboxSettings struct{ Replaced []string }

	// NewColumns names columns that nothing maps and nobody ignores, of a list whose job ran before: the run goes on without them.
	NewColumns struct{ Names []string }

	// WaitingForAccount says that another process holds the account, and until when it is waited for.
	WaitingForAccount struct {
		Holder error
		Until  time.Time
	}

	// InputRead says how an input is read.
	InputRead struct{ File source.File }

	// EncodingDoubted is an input that a check reads in the likeliest of several encodings (File.Doubt is set).
	EncodingDoubted struct {
		File    source.File
		Samples []string // words in each, for a terminal alone; see [source.Set.Samples]
	}

	// RunBegun is a new run.
	RunBegun struct {
		Run     journal.Run
		Vendor  *vendors.Vendor
		URL     string // where requests go; "" for the sandbox
		Kept    string // the folder of a sandbox that is kept; "" for one that ends with the program
		Limits  []vendors.Limit
		Workers int
	}

	// RunResumed is an unfinished run that is continued.
	RunResumed struct {
		Run            journal.Run
		Settled, Rows  int64
		ReportsPending bool // it had ended, and was stopped while its reports were written
	}

	// StartingOver leaves an unfinished run as it is, because a person said so.
	StartingOver struct{ Unfinished journal.Run }

	// Superseding says that an unfinished run is given up because its input has changed: a new run imports what the input is now.
	Superseding struct {
		Run     journal.Run
		Settled int64 // its rows
	}

	// ReportsIncomplete is a complete run whose reports are not, over an input that has changed since.
	ReportsIncomplete struct {
		Run    journal.Run
		Report string // the command that writes them
	}

	// RunUnfinished is another run of the account that was never finished, and that the one under way does not continue: the newest of them.
	RunUnfinished struct {
		Run              journal.Run
		Settled, InDoubt int64  // its rows
		More             int    // other runs of the kind
		JobChanged       bool   // it was begun with another job, or the job file has changed since
		Again            bool   // the run under way goes through its list
		Resume           string // the command that finishes it
	}

	// RunUntold is the run before, of the same inputs or job, which ended without reports: what failed in it counts as new now.
	RunUntold struct {
		Run     journal.Run
		Earlier int64  // runs just before it that ended so too
		Results string // the path of its results.csv, as far as it got
	}

	// JobChanged is a run that is reported with another job file than it was run with.
	JobChanged struct{}

	// RowsChosen says which rows a retry sends.
	RowsChosen struct {
		Rows int64
		Of   journal.Run
	}

	// DoubtPolicy is a policy about rows in doubt that was asked for; it says what it risks.
	DoubtPolicy struct {
		Policy pipeline.DoubtPolicy
		Vendor *vendors.Vendor
	}

	// DoubtsCarried says that rows of the run are in doubt since an earlier run.
	DoubtsCarried struct {
		Rows   int64
		Vendor *vendors.Vendor
	}

	// DoubtsElsewhere says that people are in doubt since earlier runs of the account who are in none of the rows of this one.
	DoubtsElsewhere struct {
		People int64
		Run    journal.Run // the oldest that left one
		Row    int64       // of it
		Settle string      // the command that says what happened to that row
	}

	// DoubtsOfFile says how rows of a failed file are treated that were in doubt.
	DoubtsOfFile struct{ Resent bool }

	// FailedFileCompared says which cells of a failed file are not as they were in the rows that it comes from.
	FailedFileCompared struct {
		File     string
		Rows     int64 // compared
		Changes  []CellChange
		Lost     []LostOriginal // runs whose rows could not be compared
		Accepted bool           // the person sends them as they are
	}

	// IdentityDiffers says that an earlier run of the account identified people by other fields.
	IdentityDiffers struct{ Earlier, Now string }

	// SponsorsOrdered is what the look through the whole list found about sponsors.
	SponsorsOrdered struct {
		Inside, Outside, Cyclic int64 // rows: sponsor in the list, sponsor elsewhere, in a cycle
		Passes                  int   // over the list
		Vendor                  *vendors.Vendor
	}
)

// LostOriginal is a run whose input cannot be read again.
type LostOriginal struct {
	Run string
	Why error
}

// While rows are processed.
type (
	// Started says that rows are processed from now on, until Ended.
	Started struct{ Import *Import }

	// Ended says that the engine has stopped; reports follow.
	Ended struct{}

	// RowSettled is a row that has its final status.
	RowSettled struct{ Record journal.Record }

	// RequestReady is a request that a check would send.
	RequestReady struct {
		Row     source.Row
		Request vendors.Request
	}

	// Crashed is a fault of this program. The stack trace is in a file, for a bug report.
	Crashed struct {
		What  string
		Trace string // its path; "" where it could not be written
		Err   error  // why it could not
	}
)

// After the last row.
type (
	// StoppedEarly says why a run stopped by itself.
	StoppedEarly struct{ Outcome pipeline.Outcome }

	// LeftAtOnce is a run whose requests in flight were cut. Its reports are not written.
	LeftAtOnce struct {
		InDoubt int64   // rows; -1: the journal cannot be read
		Rows    []int64 // their numbers, the first ten
		Report  string  // the command that lists them
		Results string  // the file where it does
		Resume  string  // the command that continues the run; "" for a sandbox that is gone
	}

	// CredentialsTried is what an online check learned about the credentials.
	CredentialsTried struct {
		Vendor  *vendors.Vendor
		Tried   bool             // else the vendor has no harmless question
		Verdict *vendors.Verdict // nil: they are accepted
	}

	// SampleSent says that the sample was sent.
	SampleSent struct {
		Rows    int64
		Earlier bool   // by an earlier start of the run
		Go      bool   // and the others follow, as was said before
		Resume  string // the command that sends the others; "" for a sandbox that is gone
		Asked   bool   // a person was asked, and said no
	}

	// FieldNoted is what mapping did to cells of a field without calling it a fault.
	FieldNoted struct{ Note mapping.Note }

	// FieldRead is what a check read of one field, with cells and values in clear.
	FieldRead struct {
		Field       profile.Field
		First, Last bool     // of its check
		Several     bool     // the rows come from several files
		NotRead     []string // with the last: the columns that nothing is read from, those that are named like a field first
	}

	// FailedKept is a failed file that a person had edited: it was kept under another name.
	FailedKept struct {
		Failed, Kept string // file names
		Retry        string // the command that sends the edited rows
	}

	// ReportsUnfinished is a report that was interrupted.
	ReportsUnfinished struct{ Report string } // the command that writes it

	// Reported is the summary of what was written.
	Reported struct {
		Summary  reports.Summary
		Forecast *Forecast // only of a check
	}
)

// Question is something that a person is asked.
type Question struct {
	Sample  int64  // send the other rows, now that the sample of so many was sent?
	Earlier bool   // the sample was sent by an earlier start of the run
	Files   string // delete the files of runs before this day?
}
