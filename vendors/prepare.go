package vendors

import (
	"cmp"
	"slices"
	"strings"

	"importer/mapping"
)

// member is one name and value of a body.
type member struct {
	name  string
	value Value
	from  mapping.Field
}

// Prepare builds the request for one customer and finds everything the vendor's pages say is wrong with it: all faults at once. With faults the
// request is not to be sent, but its Identity and Key are set as far as the row has them. What the row sets under `wire:` replaces
// a described field of the same name, unchecked. Prepare keeps no reference to c.
func (a *Account) Prepare(c *mapping.Customer) (Request, []mapping.Fault) {
	in := &Input{Customer: c, Operation: a.operation.Name, settings: a.settings}
	members, faults := a.members(in)
	r := Request{made: &made{account: a, personal: personalValues(c)}}
	r.Identity, r.Key = identity(a.vendor.Identity, c)
	if a.vendor.Repeat.Of != nil {
		r.Repeat, r.RepeatByIdentity = a.vendor.Repeat.Of(in), a.vendor.Repeat.ByIdentity
	}
	if len(faults) == 0 {
		r.made.members = members
		r.made.body, r.made.contentType = encodeBody(a.encoding, a.vendor.Envelope, members)
	}
	return r, faults
}

func (a *Account) members(in *Input) ([]member, []mapping.Fault) {
	wire := in.Customer.Wire()
	members := make([]member, 0, len(a.fields)+len(wire))
	var faults []mapping.Fault
	for i := range a.fields {
		f := &a.fields[i]
		if p, set := lastPair(wire, f.Name); set {
			members = append(members, member{f.Name, pairValue(p), mapping.NoField})
			continue
		}
		v := f.write(in)
		if v.Kind == NoValue {
			if f.Need.holds(in) {
				faults = addMissing(faults, f)
			}
			continue
		}
		if strings.Contains(v.Text, SecretMarker) {
			faults = addSecretMarker(faults, f.standardName())
		} else {
			faults = f.check(faults, in, v.Text)
		}
		members = append(members, member{f.Name, v, f.From})
	}
	for _, p := range wire {
		if strings.Contains(p.Text, SecretMarker) {
			faults = addSecretMarker(faults, p.Name)
		}
	}
	return a.appendWire(members, wire), faults
}

// appendWire adds the pairs that no described field took, each name once: the last one counts.
func (a *Account) appendWire(members []member, wire []mapping.Pair) []member {
	for i, p := range wire {
		_, later := lastPair(wire[i+1:], p.Name)
		if described := func(f WireField) bool { return f.Name == p.Name }; !later && !slices.ContainsFunc(a.fields, described) {
			members = append(members, member{p.Name, pairValue(p), mapping.NoField})
		}
	}
	return members
}

func lastPair(pairs []mapping.Pair, name string) (mapping.Pair, bool) {
	for _, p := range slices.Backward(pairs) {
		if p.Name == name {
			return p, true
		}
	}
	return mapping.Pair{}, false
}

const codeMissing = "missing_required_field"

// addMissing notes a required field without a value: one fault for all wire fields of one standard field.
func addMissing(faults []mapping.Fault, f *WireField) []mapping.Fault {
	field := f.standardName()
	if i := indexFault(faults, codeMissing, field); i >= 0 {
		faults[i].Message += ", " + f.Name
		return faults
	}
	message := "no value for what the vendor requires"
	if f.Need.When != "" {
		message += " when " + f.Need.When
	}
	return append(faults, mapping.Fault{
		Code: codeMissing, Field: field, Message: message + ": " + f.Name, Hint: "fill the cell, or map another column or a default to " + field,
	})
}

func indexFault(faults []mapping.Fault, code, field string) int {
	return slices.IndexFunc(faults, func(f mapping.Fault) bool { return f.Code == code && f.Field == field })
}

// check appends one fault for each check that fails; several wire fields of one standard field give each fault once.
func (f *WireField) check(faults []mapping.Fault, in *Input, text string) []mapping.Fault {
	for _, c := range f.Checks {
		if c.OK(in, text) {
			continue
		}
		message := "must be " + c.Doc
		if f.Name != f.standardName() {
			message = f.Name + " " + message
		}
		faults = append(faults, mapping.Fault{Code: c.Code, Field: f.standardName(), Shown: f.shown(in, text), Message: message, Hint: c.Hint})
	}
	return faults
}

// shown is what a fault may show of a value: the row's own text where there is one, masked as the field asks.
func (f *WireField) shown(in *Input, text string) string {
	if f.From == mapping.NoField {
		return mapping.Escape(text, 40)
	}
	return mapping.Mask(f.From, in.Text(f.From))
}

// standardName is what a person calls the field: the standard field's name, else the setting's, else the vendor's.
func (f *WireField) standardName() string {
	if f.From != mapping.NoField {
		return f.From.String()
	}
	return cmp.Or(f.Setting, f.Name)
}

// encodeBody writes the body and names its content type.
func encodeBody(e Encoding, envelope string, members []member) ([]byte, string) {
	switch e {
	case URLEncoded:
		return encodeForm(members), contentForm
	case Multipart:
		return encodeMultipart(members)
	}
	return encodeJSON(envelope, members), contentJSON
}

// identity finds the first identity field the customer carries: normalised, and masked for people.
func identity(fields []mapping.Field, c *mapping.Customer) (id, key string) {
	for _, f := range fields {
		if text := c.Text(f); text != "" {
			return strings.ToLower(text), mapping.Mask(f, text)
		}
	}
	return "", ""
}

// personalValues lists what of a row must not be seen in a vendor's message.
func personalValues(c *mapping.Customer) []string {
	values := make([]string, 0, 16)
	add := func(s string) {
		if s != "" {
			values = append(values, s)
		}
	}
	add(c.Phone(mapping.PhoneNumber).National)
	add(c.Phone(mapping.AddressPhone).National)
	for _, f := range [...]mapping.Field{
		mapping.Password, mapping.Email, mapping.AddressEmail, mapping.Username, mapping.PhoneNumber, mapping.AddressPhone,
		mapping.FirstName, mapping.LastName, mapping.DisplayName, mapping.Nickname, mapping.AddressFirstName, mapping.AddressLastName,
		mapping.AddressLine, mapping.AddressPremise, mapping.LegacyID, mapping.BirthDate,
	} {
		add(c.Text(f))
	}
	for _, pairs := range [...][]mapping.Pair{c.Metadata(), c.Wire()} {
		for _, p := range pairs {
			add(p.Text)
		}
	}
	return values
}
