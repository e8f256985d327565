package vendors

import (
	"fmt"
	"strconv"
	"strings"

	"importer/mapping"
)

// write gives the wire value of a field: none when its source has none.
func (f *WireField) write(in *Input) Value {
	switch {
	case f.Format.Value != nil:
		return f.Format.Value(in, f.From)
	case f.Setting != "":
		return TextOf(in.Setting(f.Setting))
	case f.Metadata:
		return metadataObject(in)
	}
	return plainValue(in, f.From, f.Type)
}

func plainValue(in *Input, f mapping.Field, t Type) Value {
	text := in.Text(f)
	if text == "" {
		return Value{}
	}
	switch t {
	case Boolean:
		return Value{BoolValue, text}
	case Number:
		return Value{NumberValue, text}
	}
	return Value{TextValue, text}
}

func metadataObject(in *Input) Value {
	pairs := in.Customer.Metadata()
	if len(pairs) == 0 {
		return Value{}
	}
	members := make([]member, len(pairs))
	for i, p := range pairs {
		members[i] = member{p.Name, pairValue(p), mapping.NoField}
	}
	return Value{RawValue, string(encodeJSON("", members))}
}

func pairValue(p mapping.Pair) Value {
	switch p.Kind {
	case mapping.PairNumber:
		return Value{NumberValue, p.Text}
	case mapping.PairBool:
		return Value{BoolValue, p.Text}
	}
	return Value{TextValue, p.Text}
}

// E164 writes a phone number as "+353861234567".
func E164() Format {
	return Format{"E.164, like +353861234567", func(in *Input, f mapping.Field) Value {
		return TextOf(in.Customer.Phone(f).E164)
	}}
}

// NationalDigits writes a phone number as "861234567".
func NationalDigits() Format {
	return Format{"national digits without the country code", func(in *Input, f mapping.Field) Value {
		return TextOf(in.Customer.Phone(f).National)
	}}
}

// CallingCode writes a phone number's country code as "+353".
func CallingCode() Format {
	return Format{"the number's country code, like +353", func(in *Input, f mapping.Field) Value {
		p := in.Customer.Phone(f)
		if p.CountryCode == 0 {
			return Value{}
		}
		return TextOf("+" + strconv.Itoa(p.CountryCode))
	}}
}

// PhoneRegion writes a phone number's country as "ie"; none for numbers of no country.
func PhoneRegion() Format {
	return Format{"the number's country in lower case, like ie", func(in *Input, f mapping.Field) Value {
		region := in.Customer.Phone(f).Region
		if region == "001" {
			return Value{}
		}
		return TextOf(strings.ToLower(region))
	}}
}

// DatePart names a part of a date.
type DatePart uint8

// The parts of a date.
const (
	Year DatePart = iota
	Month
	Day
)

// PartOfBirth writes one part of the birth date as a JSON number.
func PartOfBirth(part DatePart) Format {
	words := [...]string{"the year of the date", "the month of the date, 1 to 12", "the day of the date, 1 to 31"}
	return Format{words[part], func(in *Input, _ mapping.Field) Value {
		d := in.Customer.Birth()
		if d == (mapping.Date{}) {
			return Value{}
		}
		n := [...]int{d.Year, d.Month, d.Day}[part]
		return Value{NumberValue, strconv.Itoa(n)}
	}}
}

// MidnightUTC writes the birth date as "1990-05-15T00:00:00Z".
func MidnightUTC() Format {
	return Format{"midnight UTC, like 1990-05-15T00:00:00Z", func(in *Input, _ mapping.Field) Value {
		d := in.Customer.Birth()
		if d == (mapping.Date{}) {
			return Value{}
		}
		return TextOf(d.String() + "T00:00:00Z")
	}}
}

// DateObject writes the birth date as {"year":1987,"month":8,"day":14}.
func DateObject() Format {
	return Format{`{"year":1987,"month":8,"day":14}`, func(in *Input, _ mapping.Field) Value {
		d := in.Customer.Birth()
		if d == (mapping.Date{}) {
			return Value{}
		}
		return Value{RawValue, fmt.Sprintf(`{"year":%d,"month":%d,"day":%d}`, d.Year, d.Month, d.Day)}
	}}
}

// BoolOr writes a boolean, and def where the row says nothing.
func BoolOr(def bool) Format {
	return Format{strconv.FormatBool(def) + " when the row says nothing", func(in *Input, f mapping.Field) Value {
		if text := in.Text(f); text != "" {
			return Value{BoolValue, text}
		}
		return Value{BoolValue, strconv.FormatBool(def)}
	}}
}

// Upper writes a text in upper case.
func Upper() Format {
	return Format{"upper case", func(in *Input, f mapping.Field) Value { return TextOf(strings.ToUpper(in.Text(f))) }}
}

// Lower writes a text in lower case.
func Lower() Format {
	return Format{"lower case", func(in *Input, f mapping.Field) Value { return TextOf(strings.ToLower(in.Text(f))) }}
}
