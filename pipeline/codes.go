package pipeline

import (
	_ "embed" // codes.txt

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// Codes that the engine gives rows, beside those of mapping, source and the vendors. They are kept in journals and shown in reports.
const (
	CodeReady              = journal.CodeReady          // unsent, in a check: fit to be sent
	CodeFiltered           = "filtered"                 // skipped: the job's `where` leaves the row out
	CodeImported           = "already_imported"         // skipped: another run created the person
	CodeImportedChanged    = "already_imported_changed" // skipped: another run created the person, from a row with other content
	CodeAlreadyExists      = "already_exists"           // skipped: another run sent the same row, and the vendor had the person already
	CodeAlreadyRejected    = "already_rejected"         // skipped: another run sent the same row, and the vendor rejected it
	CodeDuplicate          = "duplicate_in_input"       // duplicate: another row of the person counts
	CodeEmailShared        = "email_shared_in_input"    // duplicate: the row of another person, by the policy's identity, has the e-mail address
	CodePhoneShared        = "phone_shared_in_input"    // duplicate: another person's row has the phone number
	CodeUsernameShared     = "username_shared_in_input" // duplicate: another person's row has the username
	CodeSponsorNotCreated  = "sponsor_not_created"      // invalid: the row of its sponsor was not registered
	CodeSponsorCycle       = "sponsor_circle"           // invalid: the row is, over others, its own sponsor
	CodePasswordNoIdentity = "password_no_identity"     // invalid: a password was to be made, and nothing says for whom
	CodeInternal           = "internal_error"           // invalid: the program failed on the row, before anything was sent
	CodeHeld               = "held_in_doubt"            // in doubt: another run sent the person, and the outcome is unknown
	CodeUnknown            = journal.CodeOutcomeUnknown // in doubt: this run sent the row, and the outcome is unknown
	CodeRepeated           = "repeated_after_doubt"     // on the way: a row in doubt is sent again

	CodeSettledCreated    = "settled_as_created"     // created: a person said so
	CodeSettledNotCreated = "settled_as_not_created" // to be sent: a person said that the vendor does not have the user
)

//go:embed codes.txt
var codesFile string

// Codes returns every code that the engine gives rows, and those of rows that it did not reach, each with what to do about it.
func Codes() []problem.Code { return problem.ReadCodes(codesFile) }

// LeftOutHint says what to do about rows that are sent without a value that other people have; "" for other codes, whose own hints hold.
func LeftOutHint(code string) string {
	switch code {
	case CodePhoneShared, CodeUsernameShared:
		return "somebody else has it first, in the list or at the vendor; find out whose it is, and correct it at the vendor"
	}
	return ""
}
