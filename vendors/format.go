package vendors

import (
	"cmp"
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

// phoneFormat writes a phone number.
func phoneFormat(doc string, text func(p mapping.PhoneParts) string) Format {
	return TextFormat(doc, func(in *Input, f mapping.Field) string { return text(in.Customer.Phone(f)) })
}

// E164 writes a phone number as "+353861234567".
func E164() Format {
	return phoneFormat("E.164, like +353861234567", func(p mapping.PhoneParts) string { return p.E164 })
}

// NationalDigits writes a phone number as "861234567".
func NationalDigits() Format {
	return phoneFormat("national digits without the country code", func(p mapping.PhoneParts) string { return p.National })
}

// CallingCode writes a phone number's country code as "+353".
func CallingCode() Format {
	return phoneFormat("the number's country code, like +353", func(p mapping.PhoneParts) string {
		if p.CountryCode == 0 {
			return ""
		}
		return "+" + strconv.Itoa(p.CountryCode)
	})
}

// PhoneRegion writes a phone number's country as "ie"; none for numbers of no country.
func PhoneRegion() Format {
	return phoneFormat("the number's country in lower case, like ie", func(p mapping.PhoneParts) string {
		return strings.ToLower(strings.TrimPrefix(p.Region, "001"))
	})
}

// birthFormat writes the birth date.
func birthFormat(doc string, value func(d mapping.Date) Value) Format {
	return Format{doc, func(in *Input, _ mapping.Field) Value {
		if d := in.Customer.Birth(); d != (mapping.Date{}) {
			return value(d)
		}
		return Value{}
	}}
}

// BirthYear writes the year of the birth date as a JSON number.
func BirthYear() Format {
	return birthFormat("the year of the date", func(d mapping.Date) Value { return Value{NumberValue, strconv.Itoa(d.Year)} })
}

// BirthMonth writes the month of the birth date as a JSON number.
func BirthMonth() Format {
	return birthFormat("the month of the date, 1 to 12", func(d mapping.Date) Value { return Value{NumberValue, strconv.Itoa(d.Month)} })
}

// BirthDay writes the day of the birth date as a JSON number.
func BirthDay() Format {
	return birthFormat("the day of the date, 1 to 31", func(d mapping.Date) Value { return Value{NumberValue, strconv.Itoa(d.Day)} })
}

// MidnightUTC writes the birth date as "1990-05-15T00:00:00Z".
func MidnightUTC() Format {
	return birthFormat("midnight UTC, like 1990-05-15T00:00:00Z", func(d mapping.Date) Value { return TextOf(d.String() + "T00:00:00Z") })
}

// DateObject writes the birth date as {"year":1987,"month":8,"day":14}.
func DateObject() Format {
	return birthFormat(`{"year":1987,"month":8,"day":14}`, func(d mapping.Date) Value {
		return Value{RawValue, fmt.Sprintf(`{"year":%d,"month":%d,"day":%d}`, d.Year, d.Month, d.Day)}
	})
}

// BoolOr writes a boolean, and def where the row says nothing.
func BoolOr(def bool) Format {
	text := strconv.FormatBool(def)
	return Format{text + " when the row says nothing", func(in *Input, f mapping.Field) Value { return Value{BoolValue, cmp.Or(in.Text(f), text)} }}
}

// TextFormat writes the text that a function makes of the row; doc says it in words.
func TextFormat(doc string, text func(in *Input, f mapping.Field) string) Format {
	return Format{doc, func(in *Input, f mapping.Field) Value { return TextOf(text(in, f)) }}
}

// Upper writes a text in upper case.
func Upper() Format {
	return TextFormat("upper case", func(in *Input, f mapping.Field) string { return strings.ToUpper(in.Text(f)) })
}

// Lower writes a text in lower case.
func Lower() Format {
	return TextFormat("lower case", func(in *Input, f mapping.Field) string { return strings.ToLower(in.Text(f)) })
}
