package mapping

// Field is a standard customer field: one of the names a job file's `fields` may set and a vendor's description may draw on.
// The zero Field is NoField, which is no field at all. Free-form members (`metadata.<key>`) are not Fields; see [Customer.Metadata].
type Field uint8

// The standard customer fields, in the order in which they are listed to people.
const (
	NoField Field = iota
	Email
	FirstName
	LastName
	Username
	Password
	PhoneNumber
	BirthDate
	Gender
	PostalCode
	Country
	Language
	TermsAccepted
	Newsletter
	DisplayName
	Nickname
	Salutation
	Title
	Organization
	LegacyID
	ReferralCode
	EmailBounced
	UserType
	Sponsor
	Subdomain
	PlaceGenealogy
	Position
	ProductID
	AddressFirstName
	AddressLastName
	AddressEmail
	AddressPhone
	AddressLine
	AddressPremise
	AddressLocality
	AddressPostalCode
	AddressCountry
	AddressState
	fieldCount
)

// Kind says how the text of a cell becomes a field's value, and what its canonical text looks like.
type Kind uint8

const (
	Text         Kind = iota // as written, trimmed
	EmailAddress             // an address vendors accept; canonical text: domain in lower case, IDN domains in ASCII
	Phone                    // a telephone number; canonical text: E.164, e.g. "+353861234567"
	CalendarDate             // a date; canonical text: YYYY-MM-DD
	Bool                     // canonical text: "true" or "false"
	CountryCode              // canonical text: ISO 3166-1 alpha-2 in upper case, e.g. "IE"
	LanguageTag              // canonical text: BCP 47, e.g. "en-IE"
	GenderWord               // canonical text: male, female, other or unknown
)

// Privacy says how much of a field's value may be shown to a person or kept in a report.
type Privacy uint8

const (
	Personal Privacy = iota // shown masked (zero value: what is not known to be harmless is personal)
	Plain                   // shown as it is, cut
	Hidden                  // never shown, not even masked: passwords
)
