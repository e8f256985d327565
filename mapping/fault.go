package mapping

// Fault is one thing wrong with one field of one row, found before anything was sent. All faults of a row are reported together.
// Its texts hold no secret and no personal value in clear: Shown is masked as the field's [Privacy] asks.
type Fault struct {
	Code    string // stable snake_case reason, e.g. "date_impossible", "missing_required_field"
	Field   string // the standard field's name, a wire field's name, or a column; empty when the row as a whole is meant
	Shown   string // the offending value, safe to show: masked, escaped and cut; empty when there is none
	Message string // what was wrong, lower case, no full stop
	Hint    string // what to do about it
}

// Code is one stable reason a [Fault] can carry, with what to do about it. Codes are never renamed: people filter by them.
type Code struct{ Name, Hint string }

// The codes of the faults found in this package.
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
)

// codes holds each code's hint; a fault may carry a more exact one. It is never changed.
var codes = []Code{
	{CodeEmailInvalid, "fix the address in the list; one plain address such as jane@example.com is accepted"},
	{CodePhoneInvalid, "fix the number in the list, or set the `country` whose national numbers these are"},
	{CodePhoneCountryUnknown, "write the number with + and country code, or give the field a country, such as `country: IE`"},
	{CodePhoneExtension, "take the extension off: no vendor accepts one"},
	{CodeDateInvalid, "set the field's `format` to how the list writes dates, such as DD/MM/YYYY"},
	{CodeDateImpossible, "fix the date in the list: there is no such day"},
	{CodeDateTwoDigitYear, "write the year with four digits: nobody can tell 1925 from 2025"},
	{CodeDateAmbiguous, "set the field's `format`, such as DD/MM/YYYY or MM/DD/YYYY: both fit"},
	{CodeDateInFuture, "fix the date in the list: nobody is born after today"},
	{CodeDateTooEarly, "fix the date in the list: birth dates before 1900 are not accepted"},
	{CodeValueNotListed, "add the value to the field's `values`, or fix it in the list"},
	{CodeBoolInvalid, "say what the list's words mean, such as `values: {J: true, N: false}`"},
	{CodeNumberInvalid, "write a plain number such as 12 or -3.5, or set `type: text`"},
	{CodeCountryUnknown, "use an ISO code such as IE or IRL, or the name of the country, or translate with `values`"},
	{CodeLanguageInvalid, "use a language tag such as en or en-IE, or the name of the language, or translate with `values`"},
	{CodeGenderUnknown, "use male, female, other or unknown, or translate with `values`"},
	{CodeNameUnclear, "give each part of the name a column of its own, or write it \"Last, First\""},
	{CodeControlCharacter, "take the line break, tab or control character out of the cell"},
	{CodePasswordSpace, "say what is meant: `expr: trim(row[\"…\"])` drops the blanks, `expr: row[\"…\"]` keeps them"},
	{CodeExpressionFailed, "look at the field's `expr` with this row's cells in mind"},
	{CodeTooLong, "shorten the value in the list"},
}

// Codes returns every code a [Fault] made here can carry, each with its hint, in the order of the documentation. The slice is the caller's own.
func Codes() []Code { return append([]Code(nil), codes...) }

func hintOf(code string) string {
	for _, c := range codes {
		if c.Name == code {
			return c.Hint
		}
	}
	return ""
}

// value is a field's value as read: its canonical text and, for dates and phones, its parts.
type value struct {
	text  string
	date  Date
	phone PhoneParts
}

// flaw is why a text is no value of its kind. Its message never quotes the text.
type flaw struct{ code, message, hint string }

func newFlaw(code, message string) *flaw { return &flaw{code, message, hintOf(code)} }

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
