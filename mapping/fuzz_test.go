package mapping

import (
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"importer/mapping/problem"
)

// FuzzEmail: what is accepted is plain ASCII within the bounds, reads as itself, and is an address to the standard library too.
func FuzzEmail(f *testing.F) {
	for _, s := range []string{"jane@example.com", "jane@münchen.de", `"a b"@c.de`, "a@b", "a@xn--0.com", "Jane <j@e.com>", "a@b.c@d.ef", "a@ＥＸ.com"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, bad := readEmail(s)
		if (bad == nil) == (v.text == "") {
			t.Fatalf("%q: both or neither of value %q and flaw %v", s, v.text, bad)
		}
		if bad != nil {
			return
		}
		parsed, err := mail.ParseAddress(v.text)
		if err != nil || parsed.Address != v.text || parsed.Name != "" {
			t.Fatalf("%q: %q is no plain address: %v", s, v.text, err)
		}
		if len(v.text) > maxAddress || strings.ContainsFunc(v.text, func(r rune) bool { return r >= utf8.RuneSelf || r <= ' ' }) {
			t.Fatalf("%q: %q is too long or not plain", s, v.text)
		}
		if again, bad := readEmail(v.text); bad != nil || again.text != v.text {
			t.Fatalf("%q: the canonical text %q reads as %q, %v", s, v.text, again.text, bad)
		}
	})
}

// FuzzPhone: what is accepted is an E.164 number made of its parts, and reads as itself wherever it is read.
func FuzzPhone(f *testing.F) {
	for _, s := range []string{"086 123 4567", "+353861234567", "+39 06 1234 5678", "+1 212 555 2368", "+800 1234 5678", "086 x12", "(0", "٠٨٦", "٠٨٦١٢٣٤٥٦٧", "861234567.0", "353861234567", "086 123 4567/8"} {
		f.Add(s)
	}
	ireland, anywhere := phoneReader{region: "IE"}.remembering(), phoneReader{region: ""}.remembering()
	f.Fuzz(func(t *testing.T, s string) {
		v, bad := ireland(s)
		if bad == nil && v.noted == 0 || bad == phoneNotAssigned {
			theirs, err := phonenumbers.Parse(s, "IE")
			if err != nil || bad == nil && phonenumbers.Format(theirs, phonenumbers.E164) != v.text {
				t.Fatalf("%q: libphonenumber reads %v (%v), we %q", s, theirs, err, v.text)
			}
		}
		if (bad == nil) == (v.text == "") {
			t.Fatalf("%q: both or neither of value %q and flaw %v", s, v.text, bad)
		}
		if bad != nil {
			return
		}
		if len(v.text) > 16 || v.phone.E164 != v.text || !strings.HasSuffix(v.text, v.phone.National) || v.phone.Region == "" {
			t.Fatalf("%q: the parts of %q do not fit: %+v", s, v.text, v.phone)
		}
		if again, bad := anywhere(v.text); bad != nil || again.phone != v.phone {
			t.Fatalf("%q: %+v reads as %+v, %v", s, v.phone, again.phone, bad)
		}
	})
}

// FuzzMap: no cell makes a panic or gets out in clear, faults are whole, and reading a part gives that part.
func FuzzMap(f *testing.F) {
	f.Add("jane@example.com", "086 123 4567", "31/01/1990", "J", "Ireland")
	f.Add("jane@example.com", "086 123 4567", "31/01/1990 23:59:60", "J", "Ireland")
	f.Add("\x00", "\u200b", "\xff", "\x1b[2J", "\u202e")
	header := []string{"E", "P", "D", "B", "C"}
	spec := Spec{Fields: []FieldSpec{
		{Name: "email", Columns: []string{"E"}},
		{Name: "phone", Columns: []string{"P"}, Country: "IE"},
		{Name: "birth_date", Columns: []string{"D"}, Formats: []string{"DD/MM/YYYY", "DD/MM/YYYY HH:mm:ss"}},
		{Name: "newsletter", Columns: []string{"B"}, Values: map[string]string{"J": "true", "N": "false"}},
		{Name: "country", Columns: []string{"C"}},
		{Name: "language", Columns: []string{"C"}},
		{Name: "password", Columns: []string{"B"}},
		{Name: "last_name", Expr: `title(part(row["E"], "@", 1)) + digits(row["P"])`},
		{Name: "metadata.n", Columns: []string{"D"}, Type: "number"},
	}}
	m, err := Compile(spec, header, Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, e, p, d, b, c string) {
		cells := []string{e, p, d, b, c}
		customer, faults := m.Map(cells)
		for _, fault := range faults {
			if newFlaw(fault.Code, "").hint == "" || fault.Message == "" || fault.Hint == "" || fault.Field == "" {
				t.Fatalf("fault %+v is not whole", fault)
			}
			if strings.ContainsFunc(fault.Shown, func(r rune) bool { return problem.IsControl(r) || problem.IsInvisible(r) }) || utf8.RuneCountInString(fault.Shown) > 300 {
				t.Fatalf("fault shows %q", fault.Shown)
			}
			if fault.Field == "password" && fault.Shown != "" {
				t.Fatalf("a password is shown: %q", fault.Shown)
			}
		}
		part, _ := m.MapOnly(cells, Email, PhoneNumber)
		if part.Text(Email) != customer.Text(Email) || part.Phone(PhoneNumber) != customer.Phone(PhoneNumber) || part.Has(LastName) {
			t.Fatalf("a part reads otherwise than the whole: %+v, %+v", part, customer)
		}
	})
}
