package mapping

import "slices"

// entry is what the catalogue knows of one field.
type entry struct {
	name    string
	kind    Kind
	privacy Privacy
	doc     string
}

// catalogue is indexed by Field. It is never changed.
var catalogue = [fieldCount]entry{
	Email:             {"email", EmailAddress, Personal, "e-mail address"},
	FirstName:         {"first_name", Text, Personal, "given name"},
	LastName:          {"last_name", Text, Personal, "family name"},
	Username:          {"username", Text, Personal, "name to sign in with"},
	Password:          {"password", Text, Hidden, "password in clear, exactly as the person types it"},
	PhoneNumber:       {"phone", Phone, Personal, "telephone number, national numbers read as those of `country`"},
	BirthDate:         {"birth_date", CalendarDate, Personal, "date of birth"},
	Gender:            {"gender", GenderWord, Plain, "male, female, other or unknown"},
	PostalCode:        {"postal_code", Text, Personal, "postal code of the person"},
	Country:           {"country", CountryCode, Plain, "country of the person: ISO 3166-1 code or name"},
	Language:          {"language", LanguageTag, Plain, "language the person reads: a BCP 47 tag such as en-IE, or its name"},
	TermsAccepted:     {"terms_accepted", Bool, Plain, "whether the person accepted the terms"},
	Newsletter:        {"newsletter", Bool, Plain, "whether the person wants the newsletter"},
	DisplayName:       {"display_name", Text, Personal, "name shown to others"},
	Nickname:          {"nickname", Text, Personal, "nickname"},
	Salutation:        {"salutation", Text, Plain, "form of address, such as Ms"},
	Title:             {"title", Text, Plain, "title, such as Dr, or position at work"},
	Organization:      {"organization", Text, Personal, "company or other organization"},
	LegacyID:          {"legacy_id", Text, Personal, "the person's number in the system the list comes from"},
	ReferralCode:      {"referral_code", Text, Personal, "code of who referred the person"},
	EmailBounced:      {"email_bounced", Bool, Plain, "whether mail to the address bounced for good"},
	UserType:          {"user_type", Text, Plain, "kind of account, by the vendor's words"},
	Sponsor:           {"sponsor", Text, Personal, "username of the person's sponsor"},
	Subdomain:         {"subdomain", Text, Personal, "subdomain of the person's own page"},
	PlaceGenealogy:    {"place_genealogy", Bool, Plain, "whether the person is placed in the genealogy at once"},
	Position:          {"position", Text, Plain, "leg of the genealogy, by the vendor's words"},
	ProductID:         {"product_id", Text, Plain, "number of the product or package bought at sign-up"},
	AddressFirstName:  {"address.first_name", Text, Personal, "given name on the address"},
	AddressLastName:   {"address.last_name", Text, Personal, "family name on the address"},
	AddressEmail:      {"address.email", EmailAddress, Personal, "e-mail address on the address"},
	AddressPhone:      {"address.phone", Phone, Personal, "telephone number on the address"},
	AddressLine:       {"address.line", Text, Personal, "number or name of the house, without the street"},
	AddressPremise:    {"address.premise", Text, Personal, "street, without the number of the house"},
	AddressLocality:   {"address.locality", Text, Personal, "town or city"},
	AddressPostalCode: {"address.postal_code", Text, Personal, "postal code of the address"},
	AddressCountry:    {"address.country", CountryCode, Plain, "country of the address: ISO 3166-1 code or name"},
	AddressState:      {"address.state", Text, Plain, "state, county or region"},
}

// Fields returns every standard field in the order in which they are listed to people. The slice is the caller's own.
func Fields() []Field {
	all := make([]Field, 0, fieldCount-1)
	for f := NoField + 1; f < fieldCount; f++ {
		all = append(all, f)
	}
	return all
}

// FieldNames returns the names of [Fields], in the same order.
func FieldNames() []string {
	names := make([]string, 0, fieldCount-1)
	for _, e := range catalogue[NoField+1:] {
		names = append(names, e.name)
	}
	return names
}

// ParseField finds a field by the name that job files use, exactly as written there.
func ParseField(name string) (Field, bool) {
	i := slices.IndexFunc(catalogue[NoField+1:], func(e entry) bool { return e.name == name })
	return NoField + Field(i+1), i >= 0
}

// String returns the name that job files use, such as "address.postal_code"; empty for NoField and for no field at all.
func (f Field) String() string { return f.entry().name }

// Kind says how the field's cells are read.
func (f Field) Kind() Kind { return f.entry().kind }

// Privacy says how much of the field's value may be shown.
func (f Field) Privacy() Privacy { return f.entry().privacy }

// Doc says in a few words what the field means, lower case, no full stop.
func (f Field) Doc() string { return f.entry().doc }

func (f Field) entry() *entry {
	if f >= fieldCount {
		f = NoField
	}
	return &catalogue[f]
}

// String returns the word people read for a kind.
func (k Kind) String() string {
	return [...]string{
		Text: "text", EmailAddress: "e-mail address", Phone: "telephone number", CalendarDate: "date", Bool: "yes or no",
		CountryCode: "country", LanguageTag: "language", GenderWord: "gender",
	}[k]
}
