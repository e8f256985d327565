package mapping

import (
	_ "embed"
	"slices"
	"time"

	"importer/mapping/problem"
)

// Fault is one thing wrong with one field of one row, found before anything was sent. All faults of a row are reported together.
// Its texts hold no secret and no personal value in clear: Shown is masked as the field's [Privacy] asks.
type Fault struct {
	Code    string // stable snake_case reason, e.g. "date_impossible", "missing_required_field"
	Field   string // the standard field's name, a wire field's name, or a column; empty when the row as a whole is meant
	Shown   string // the offending value, safe to show: masked, escaped and cut; empty when there is none
	Message string // what was wrong, lower case, no full stop
	Hint    string // what to do about it
}

// The codes of the faults found in this package. They are never renamed: people filter by them.
const (
	CodeEmailInvalid        = "email_invalid"
	CodePhoneInvalid        = "phone_invalid"
	CodePhoneCountryUnknown = "phone_country_unknown"
	CodePhoneExtension      = "phone_extension"
	CodeDateInvalid         = "date_invalid"
	CodeDateImpossible      = "date_impossible"
	CodeDateTwoDigitYear    = "date_two_digit_year"
	CodeDateAmbiguous       = "date_ambiguous"
	CodeDateInFuture        = "date_in_future"
	CodeDateTooEarly        = "date_too_early"
	CodeValueNotListed      = "value_not_listed"
	CodeBoolInvalid         = "bool_invalid"
	CodeNumberInvalid       = "number_invalid"
	CodeCountryUnknown      = "country_unknown"
	CodeLanguageInvalid     = "language_invalid"
	CodeGenderUnknown       = "gender_unknown"
	CodeNameUnclear         = "name_unclear"
	CodeControlCharacter    = "control_character"
	CodePasswordSpace       = "password_space"
	CodeExpressionFailed    = "expression_failed"
	CodeTooLong             = "too_long"
	CodeDigitsLost          = "digits_lost"
	CodePhoneAmbiguous      = "phone_ambiguous"
	CodePhonePlusMissing    = "phone_plus_missing"
	CodePhoneTwo            = "phone_two_numbers"
	CodePhoneRenumbered     = "phone_renumbered"
	CodeDateEpoch           = "date_epoch"
	CodeDateTimeZone        = "date_time_zone"
	CodeCellError           = "cell_error" // in workbooks, pipeline/source has more reasons for it
	CodePasswordArmour      = "password_armour"
	CodeTextDamaged         = "text_damaged"
)

// codesFile has a line for each code and its hint, in the order of the documentation.
//
//go:embed codes.txt
var codesFile string

// codes are those of codesFile; a fault may carry a more exact hint. It is never changed.
var codes = problem.ReadCodes(codesFile)

// Codes returns every code a [Fault] made here can carry, each with its hint, in the order of the documentation. The slice is the caller's own.
func Codes() []problem.Code { return slices.Clone(codes) }

// value is a field's value as read: its canonical text, for dates and phones its parts, and what is to be noted of it.
type value struct {
	text  string
	date  Date
	clock time.Duration // the time of that day, which is dropped
	phone PhoneParts
	noted noteSet // what was seen or done in reading it that is no fault
}

// flaw is why a text is no value of its kind. Its message never quotes the text.
type flaw struct{ code, message, hint string }

// newFlaw makes a flaw with the hint of its code, which is one of the constants.
func newFlaw(code, message string) *flaw {
	i := slices.IndexFunc(codes, func(c problem.Code) bool { return c.Name == code })
	return &flaw{code, message, codes[i].Hint}
}

func (f *flaw) withHint(hint string) *flaw { return &flaw{f.code, f.message, hint} }

func controlFlaw(r rune) *flaw {
	switch r {
	case '\n', '\r':
		return newFlaw(CodeControlCharacter, "holds a line break")
	case '\t':
		return newFlaw(CodeControlCharacter, "holds a tab")
	}
	return newFlaw(CodeControlCharacter, "holds a control character")
}
