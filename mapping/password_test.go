package mapping

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"importer/mapping/problem"
)

func TestHashesAndMasks(t *testing.T) {
	const hash, mask = "hash", "mask"
	for text, want := range map[string]string{
		"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy": hash, "$P$Bgk6ueUptG6Crl4/uJFVR.mIPj8Sn6.": hash,
		"$2a$12$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy": hash, "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA": hash,
		"$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/": hash, "{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3": hash, "pbkdf2_sha256$600000$salt$c2FsdHNhbHQ=": hash,
		"5f4dcc3b5aa765d61d8327deb882cf99": hash, "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8": hash, "5F4DCC3B5AA765D61D8327DEB882CF99:Xy": hash,
		strings.Repeat("0f", 32): hash,

		"*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19": hash, "0x0100A1B2C3D4" + strings.Repeat("0F", 20): hash, "0x0200A1B2C3D4" + strings.Repeat("0f", 64): hash,
		"X03MO1qnZdYdgyfeuILPmQ==": hash, "W6ph5Mm5Pz8GgiULbPgzG37mj9g=": hash, "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=": hash,

		"NULL": mask, "null": mask, "N/A": mask, "(null)": mask,
		"********": mask, "••••••": mask, "xxxxx": mask, "XXXXXXXX": mask, "[FILTERED]": mask, "h******": mask, "h******1": mask, "●●●●●●1": mask,
		"<redacted>": mask,

		"*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E1": "", "*deadbeefdeadbeefdeadbeefdeadbeefdeadbeef": "", "0xC0FFEE": "", "0x" + strings.Repeat("g1", 20): "",
		"0x" + strings.Repeat("1", 33): "", "correctHorseBattery42!==": "", "CorrectHorseBattery4242=": "", "correcthorsebattery42a==": "", "nullify": "", "na": "",
		"X03MO1qnZdYdgyfeuILPmQ": "", "CorrectHorseBatteryXyQ==": "", "X03MO1qnZdYdgyfeuILPmR==": "", "Harbour2301=": "",
		"Harbour!2301": "", "correct horse battery staple": "", "$2y$": "", "": "", "***": "", "xxxx": "", "xXxXxX": "", "a**b**c**": "", "****abcd": "",
		"5f4dcc3b5aa765d61d8327deb882cf9": "", "deadbeefdeadbeefdeadbeefdeadbeef": "", "redacted": "", "*": "", "•": "", "1*2": "", "ab": "",
	} {
		got := ""
		switch {
		case IsHash(text) && IsMask(text):
			got = "both"
		case IsHash(text):
			got = hash
		case IsMask(text):
			got = mask
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestGenerate(t *testing.T) {
	compile := func(s FieldSpec) (*Mapper, error) {
		return Compile(Spec{Fields: []FieldSpec{s}}, []string{"P"}, Options{})
	}
	for text, want := range map[string]string{
		"11": "12 to 128", "129": "12 to 128", "twenty": "12 to 128", "-20": "12 to 128", "20.5": "12 to 128",
	} {
		if _, err := compile(FieldSpec{Name: "password", Columns: []string{"P"}, Generate: text}); !strings.Contains(problem.Hint(err), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for name, c := range map[string]struct {
		spec FieldSpec
		want string
	}{
		"another field": {FieldSpec{Name: "username", Columns: []string{"P"}, Generate: "20"}, "takes no generate"},
		"metadata":      {FieldSpec{Name: "metadata.password", Columns: []string{"P"}, Generate: "20"}, "takes no generate"},
		"value":         {FieldSpec{Name: "password", Value: new("Harbour!2301"), Generate: "20"}, "is generated where"},
		"default":       {FieldSpec{Name: "password", Columns: []string{"P"}, Default: new("Harbour!2301"), Generate: "20"}, "is generated where"},
	} {
		if _, err := compile(c.spec); !strings.Contains(fmt.Sprint(err), c.want) || strings.Contains(fmt.Sprint(err), "Harbour") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	m, err := Compile(Spec{Fields: []FieldSpec{{Name: "password", Generate: "12"}}, Ignore: []string{"P"}}, []string{"P"}, Options{})
	if err != nil || m.GeneratedPassword() != 12 || !m.Has(Password) {
		t.Fatalf("%d, %v", m.GeneratedPassword(), err)
	}
	if c, faults := m.Map([]string{"x"}); c.Has(Password) || len(faults) > 0 {
		t.Errorf("the mapper has no secret to make one of: %v", faults)
	}
}

func TestOnInvalid(t *testing.T) {
	column := []string{"P"}
	m, err := Compile(Spec{
		Fields: []FieldSpec{{Name: "phone", Columns: column, OnInvalid: "drop"}, {Name: "email", Columns: column, OnInvalid: "reject"}, {Name: "gender", Columns: column},
			{Name: "metadata.age", Columns: column, Type: "number", OnInvalid: "drop"}, {Name: "title", Columns: column, OnInvalid: "drop"}},
		Wire: []FieldSpec{{Name: "title", Columns: column}},
	}, column, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]OnInvalid{
		"phone": DropInvalid, "email": RejectInvalid, "gender": ByJob, "metadata.age": DropInvalid, "no_field": ByJob,
		"title": RejectInvalid, // the vendor's own field of that name could be meant
	} {
		if got := m.OnInvalid(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	_, err = Compile(Spec{
		Fields: []FieldSpec{{Name: "phone", Columns: column, OnInvalid: "dorp"}, {Name: "title", Value: new("Dr"), OnInvalid: "drop"}},
		Wire:   []FieldSpec{{Name: "w", Columns: column, OnInvalid: "drop"}},
	}, column, Options{})
	said := errors.Join(problem.All(err)...).Error()
	for _, want := range []string{`unknown on_invalid "dorp"`, `"title" is a constant`, `"w" is the vendor's own field`} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing of %s", want, said)
		}
	}
}

func TestWithout(t *testing.T) {
	var c Customer
	c.SetPhone(PhoneNumber, PhoneParts{E164: "+353861234567", Region: "IE"})
	c.SetPhone(AddressPhone, PhoneParts{E164: "+353861234568"})
	c.SetBirth(Date{1990, 5, 15})
	c.SetText(Gender, "female")
	less := c.Without("phone", "birth_date", "metadata.x")
	if less.Has(PhoneNumber) || less.Phone(PhoneNumber) != (PhoneParts{}) || less.Birth() != (Date{}) || less.Has(BirthDate) {
		t.Errorf("%+v", less)
	}
	if !less.Has(Gender) || !less.Has(AddressPhone) || !c.Has(PhoneNumber) || c.Birth() == (Date{}) {
		t.Error("others went too")
	}
}
