package vendors

import "importer/mapping"

// WireField is one member of a vendor's request. Its value comes from one of From, Setting and Metadata; where none is set, only the job file's
// `wire:` can give it.
type WireField struct {
	Name       string        // the vendor's name
	Type       Type          // the JSON type, in forms its text; "" is String
	From       mapping.Field // the standard field that gives the value
	Setting    string        // the setting that gives it
	Metadata   bool          // the customer's `metadata.<key>` members give it
	Need       Need          // whether a request without it may be sent; zero = optional
	Format     Format        // how the value is written; zero = as its Type says
	Checks     []Check       // local checks, only what the vendor's page states
	Operations []string      // those that have it; empty = all
	Doc        string
}

// source names what gives the value, for people.
func (f *WireField) source() string {
	switch {
	case f.From != mapping.NoField:
		return f.From.String()
	case f.Setting != "":
		return "setting " + f.Setting
	case f.Metadata:
		return "metadata.<key>"
	}
	return "wire:"
}

// Type is a JSON type.
type Type string

// The JSON types of wire fields.
const (
	String  Type = "string"
	Number  Type = "number"
	Boolean Type = "boolean"
	Object  Type = "object"
)

// Need says whether a request without the field may be sent. The zero Need is optional.
type Need struct {
	Always bool
	When   string               // the condition in words; "" unless If is set
	If     func(in *Input) bool // required where true
}

// Required is the Need of a field that every request must carry.
func Required() Need { return Need{Always: true} }

// RequiredWhen is the Need of a field that a request must carry where the condition holds.
func RequiredWhen(words string, cond func(in *Input) bool) Need { return Need{When: words, If: cond} }

func (n Need) holds(in *Input) bool { return n.Always || n.If != nil && n.If(in) }

func (n Need) String() string {
	switch {
	case n.Always:
		return "yes"
	case n.When != "":
		return "when " + n.When
	}
	return "no"
}

// Input is what a description's functions may look at: one customer and the account's plain settings.
type Input struct {
	Customer  *mapping.Customer
	Operation string
	settings  map[string]string
}

// Setting returns a plain setting's value, "" when it has none. Secrets are not given here.
func (in *Input) Setting(name string) string { return in.settings[name] }

// Text returns the canonical text of a standard field.
func (in *Input) Text(f mapping.Field) string { return in.Customer.Text(f) }

// Has reports whether the customer carries a standard field.
func (in *Input) Has(f mapping.Field) bool { return in.Customer.Has(f) }

// Value is one wire value. The zero Value is none: the field is left out.
type Value struct {
	Kind ValueKind
	Text string // a text, a JSON number, "true"/"false", or an encoded JSON object
}

// ValueKind says how a Value is encoded.
type ValueKind uint8

// The kinds of values.
const (
	NoValue ValueKind = iota
	TextValue
	NumberValue
	BoolValue
	RawValue // Text is valid JSON
)

// TextOf returns a text value; none for "".
func TextOf(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{TextValue, s}
}

// Check is a local check of one wire value, before anything is sent.
type Check struct {
	Code string // stable reason of the fault
	Doc  string // the constraint in words: "5 to 250 characters"
	Hint string
	OK   func(in *Input, text string) bool // text is the wire value's

	Alone bool // of a text that fails it nothing else is said
}

// Format writes a standard field's value as the vendor wants it.
type Format struct {
	Doc   string // in words: "national digits without the country code"
	Value func(in *Input, f mapping.Field) Value
}
