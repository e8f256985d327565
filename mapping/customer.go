package mapping

import "slices"

// Date is a calendar date that exists in the Gregorian calendar; the zero Date is none.
type Date struct{ Year, Month, Day int }

// PhoneParts is one telephone number taken apart.
type PhoneParts struct {
	E164        string // "+353861234567"
	CountryCode int    // 353
	National    string // national significant number, digits only: "861234567"
	Region      string // ISO 3166-1 alpha-2 in upper case: "IE"; "001" for numbers of no country
}

// Pair is one name and its value; Kind says how a vendor's encoder writes it.
type Pair struct {
	Name string
	Text string
	Kind PairKind
}

// PairKind is the JSON type of a free-form value.
type PairKind uint8

const (
	PairText   PairKind = iota // a JSON string
	PairNumber                 // Text is a valid JSON number
	PairBool                   // Text is "true" or "false"
)

// Customer is a row mapped to standard fields, typed and checked. It holds each present field's canonical text (see [Kind])
// and, for phones and dates, their parts. An absent field has the empty text: no field's value is ever the empty string.
// A Customer is plain data: safe to copy, and to read from several goroutines.
type Customer struct {
	text     [fieldCount]string
	birth    Date
	phone    PhoneParts
	addrTel  PhoneParts
	metadata []Pair
	wire     []Pair
}

// Text returns the canonical text of f, empty when the field is absent.
func (c *Customer) Text(f Field) string { return c.text[f] }

// Has reports whether f is present.
func (c *Customer) Has(f Field) bool { return c.text[f] != "" }

// Birth returns the birth date; the zero Date when absent.
func (c *Customer) Birth() Date { return c.birth }

// Phone returns the parts of PhoneNumber or AddressPhone; the zero value when absent or when f is no phone field.
func (c *Customer) Phone(f Field) PhoneParts {
	switch f {
	case PhoneNumber:
		return c.phone
	case AddressPhone:
		return c.addrTel
	}
	return PhoneParts{}
}

// Metadata returns the `metadata.<key>` members in job-file order. The caller must not change it.
func (c *Customer) Metadata() []Pair { return c.metadata }

// Wire returns what the job file sets under `wire:`, by the vendor's own names, in job-file order. The caller must not change it.
func (c *Customer) Wire() []Pair { return c.wire }

// SetText sets a field to its canonical text, which must be right for the field's Kind. For phones and dates use SetPhone and SetBirth.
func (c *Customer) SetText(f Field, canonical string) { c.text[f] = canonical }

// SetBirth sets the birth date and its canonical text.
func (c *Customer) SetBirth(d Date) { c.birth = d; c.text[BirthDate] = d.String() }

// SetPhone sets PhoneNumber or AddressPhone.
func (c *Customer) SetPhone(f Field, p PhoneParts) {
	c.text[f] = p.E164
	if f == AddressPhone {
		c.addrTel = p
		return
	}
	c.phone = p
}

// WithoutWire returns the customer without what the job file sets under `wire:` by these names.
func (c Customer) WithoutWire(names ...string) Customer {
	c.wire = slices.DeleteFunc(slices.Clone(c.wire), func(p Pair) bool { return slices.Contains(names, p.Name) })
	return c
}

// AddMetadata appends one member of `metadata`.
func (c *Customer) AddMetadata(p Pair) { c.metadata = append(c.metadata, p) }

// AddWire appends one member under the vendor's own name.
func (c *Customer) AddWire(p Pair) { c.wire = append(c.wire, p) }
