package sandbox

import (
	"fmt"
	"mime"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rule is what a vendor's page says of one field. A field without a rule is refused.
type Rule struct {
	Name     string
	Kind     Kind
	Required bool
	Nullable bool  // the page says that null may be sent
	Check    Check // of the text; nil accepts any
}

// Wrong is one fault of a request: the field and what is wrong with it.
type Wrong struct {
	Field string
	Text  string
}

// Check checks an object against the rules and returns every fault: those of known fields in the order of the rules, then unknown fields in the
// order sent. Null, the empty string and a wrong type are faults.
func (o *Object) Check(rules []Rule) []Wrong {
	var wrong []Wrong
	for i := range rules {
		if text := rules[i].check(o); text != "" {
			wrong = append(wrong, Wrong{rules[i].Name, text})
		}
	}
	for _, name := range o.names {
		if !slices.ContainsFunc(rules, func(r Rule) bool { return r.Name == name }) {
			wrong = append(wrong, Wrong{name, "unknown field"})
		}
	}
	return wrong
}

func (r *Rule) check(o *Object) string {
	v, ok := o.Get(r.Name)
	switch {
	case !ok && r.Required:
		return "this field is required"
	case !ok:
		return ""
	case v.Kind == Null && r.Nullable:
		return ""
	case v.Kind == Null:
		return "must not be null; leave the field out"
	case v.Kind != r.Kind:
		return "must be " + r.Kind.String() + ", not " + v.Kind.String()
	case v.Kind == String && v.Text == "":
		return "must not be empty; leave the field out"
	case r.Check != nil:
		return r.Check(v.Text)
	}
	return ""
}

// IsEmail says whether a text looks like one address as RFC 5321 writes it: a local part of 1 to 64 bytes, and a domain with a dot.
// Quoted local parts are refused; letters beyond ASCII are accepted (RFC 6531).
func IsEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(local) > 64 || len(s) > 254 || strings.ContainsAny(s, " \t\r\n\"(),:;<>[]\\") {
		return false
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") || strings.Contains(domain, "@") {
		return false
	}
	labels := strings.Split(domain, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") {
			return false
		}
	}
	return len(labels) >= 2 && printable(s)
}

func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
}

// IsE164 says whether a text is a phone number in the E.164 format: a plus sign and 7 to 15 digits, the first not zero.
func IsE164(s string) bool {
	return len(s) >= 8 && len(s) <= 16 && s[0] == '+' && s[1] != '0' && IsDigits(s[1:])
}

// IsDigits says whether a text is one or more ASCII digits.
func IsDigits(s string) bool { return Only(s, "0123456789") }

// Letters and digits of ASCII, for Only.
const (
	Lower        = "abcdefghijklmnopqrstuvwxyz"
	Upper        = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Digits       = "0123456789"
	Alphanumeric = Lower + Upper + Digits
)

// Only says whether a text is not empty and has only the given ASCII characters.
func Only(s, chars string) bool { return s != "" && strings.Trim(s, chars) == "" }

// Check is what is wrong with a text; "" when nothing is.
type Check func(text string) string

// Valid is the Check that a text holds to a condition; message says what it must be.
func Valid(ok func(text string) bool, message string) Check {
	return func(text string) string {
		if ok(text) {
			return ""
		}
		return message
	}
}

// OneOf is the Check that a text is one of those given.
func OneOf(texts ...string) Check {
	return Valid(func(s string) bool { return slices.Contains(texts, s) }, "must be one of: "+strings.Join(texts, ", "))
}

// Email is the Check of an e-mail address.
func Email(s string) string { return Valid(IsEmail, "must be a valid e-mail address")(s) }

// E164 is the Check of a phone number in the E.164 format.
func E164(s string) string {
	return Valid(IsE164, "must be a phone number in the E.164 format, such as +14155550123")(s)
}

// WholeNumber is the Check of a number from least to most, without a fraction or leading zeros.
func WholeNumber(least, most int) Check {
	return Valid(func(s string) bool {
		n, err := strconv.Atoi(s)
		return err == nil && n >= least && n <= most && strconv.Itoa(n) == s
	}, fmt.Sprintf("must be a whole number from %d to %d", least, most))
}

// IsJSON says whether a Content-Type is application/json, in UTF-8 where it names a charset.
func IsJSON(contentType string) bool {
	if contentType == "application/json" {
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	charset, named := params["charset"]
	return err == nil && kind == "application/json" && (!named || strings.EqualFold(charset, "utf-8"))
}
