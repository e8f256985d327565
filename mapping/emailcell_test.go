package mapping

import (
	"slices"
	"strings"
	"testing"
)

// TestEmailCells: a cell that holds more or other than an address is refused with what it holds; the first address is taken where the job asks
// for that and it is clear which it is.
func TestEmailCells(t *testing.T) {
	const one = "a@x.org"
	for _, c := range []struct{ in, says, first string }{
		{"a@x.org; b@y.org", "two addresses", one}, {"a@x.org, b@y.org", "two addresses", one}, {"a@x.org,b@y.org", "two addresses", one}, {"a@x.org/b@y.org", "two addresses", one},
		{"a@x.org b@y.org", "two addresses", one}, {"a@x.org|b@y.org", "two addresses", one}, {"a@x.org\nb@y.org", "two addresses", one}, {"a@x.org or b@y.org", "two addresses", one},
		{"a@x.org / b@y.org / c@z.org", "three addresses", one}, {"a@x.org;b@y.org;c@z.org;d@z.org", "several addresses", one}, {"a@x.org;a@x.org", "two addresses", one},
		{"Ann <a@x.org>", "a name and an address", one}, {`"Roe, Ann" <a@x.org>`, "a name and an address", one}, {"<a@x.org>", "an address in brackets", one}, {"Ann<a@x.org>", "a name and an address", one},
		{"Ann <a@x.org>, Bob <b@y.org>", "two addresses", one}, {"mailto:a@x.org", "mailto:", one}, {"MAILTO:a@x.org?subject=Hi", "mailto:", one}, {"<mailto:a@x.org>", "an address in brackets", one},
		{"a@x.org (old)", "a remark in brackets", one}, {"a@x.org;", "comma or semicolon", one}, {"a@x.org,", "comma or semicolon", one},
		// What cannot be taken.
		{"ann a@x.org; b@y.org", "two addresses", ""}, {"a@x.org, Bob <b@y.org>", "two addresses", ""}, {"a@x; b@y.org", "two addresses", ""}, {"(old) a@x.org", "", ""},
		{"ann roe@x.org", "has a space in it", ""}, {"a @x.org", "blank beside the @", ""}, {"a@ x.org", "blank beside the @", ""}, {"a＠x.org", "wide ＠", ""},
		{"a(at)x.org", "as a word", ""}, {"a [at] x [dot] org", "as a word", ""}, {"a at x.org", "as a word", ""}, {"o&#39;neill@x.org", "HTML entities", ""}, {"a&#64;x.org", "HTML entities", ""}, {"a%40x.org", "written as %40", ""}, {"a@x[dot]org", "a dot written as a word", ""}, {"a@x.org.", "ends with a dot", ""},
		{"a@@x.org", "more than one @", ""}, {"a@b@x.org", "more than one @", ""}, {"", "has no @", ""}, {"@", "nothing before", ""}, {";", "has no @", ""}, {"<>", "has no @", ""}, {"a\tb@x.org", "a tab", ""},
	} {
		v, bad := readEmail(c.in)
		if bad == nil || !strings.Contains(bad.message, c.says) || (bad.hint == takeHint) != (c.first != "") && c.says != "two addresses" {
			t.Errorf("%q: got %q, %+v, want %q", c.in, v.text, bad, c.says)
		}
		v, bad = readFirstEmail(c.in)
		if v.text != c.first || (bad == nil) != (c.first != "") || (v.noted == emailTaken) != (c.first != "") {
			t.Errorf("%q: took %q, %b, %+v, want %q", c.in, v.text, v.noted, bad, c.first)
		}
	}
	for _, plain := range []string{"a@x.org", "a/b@x.org", "o'neill@x.org", "a.at.b@x.org"} {
		if v, bad := readFirstEmail(plain); bad != nil || v.text != plain || v.noted != 0 {
			t.Errorf("%q: got %q, %b, %+v", plain, v.text, v.noted, bad)
		}
	}
}

// TestEmailHint: the hint of a cell with two addresses can be put into the job file as it stands.
func TestEmailHint(t *testing.T) {
	m, err := Compile(Spec{Fields: []FieldSpec{{Name: "email", Columns: []string{"E-mail: all"}}}}, []string{"E-mail: all"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, faults := m.Map([]string{"a@x.org; b@y.org"})
	if len(faults) != 1 || !strings.Contains(faults[0].Hint, "`email: {column: \"E-mail: all\", take: first}`") {
		t.Errorf("%+v", faults)
	}
	for _, bad := range []FieldSpec{{Name: "phone", Columns: []string{"E"}, Take: "first"}, {Name: "email", Columns: []string{"E"}, Take: "last"}, {Name: "email", Value: new("a@x.org"), Take: "first"}, {Name: "metadata.m", Columns: []string{"E"}, Take: "first"}} {
		if Check(Spec{Fields: []FieldSpec{bad}}) == nil {
			t.Errorf("%s takes take: %s", bad.Name, bad.Take)
		}
	}
}

// TestAddressNotes: well-formed addresses that reach nobody, or no person, are noted, each once, and nothing of a person is shown.
func TestAddressNotes(t *testing.T) {
	for in, want := range map[string]string{
		"jane_gmail.com#EXT#@contoso.onmicrosoft.com": "email_guest contoso.onmicrosoft.com",
		"jane_gmail.com#ext#@contoso.onmicrosoft.com": "email_guest contoso.onmicrosoft.com",
		"bob@example.com.invalid":                     "email_reserved .invalid", "bob@x.test": "email_reserved .test", "bob@x.example": "email_reserved .example", "bob@x.localhost": "email_reserved .localhost",
		"bob@printer.local": "email_reserved .local", "bob@intra.lan": "email_reserved .lan",
		"info@x.org": "email_role info@", "No-Reply@x.org": "email_role noreply@", "sales+eu@x.org": "email_role sales@", "do_not_reply@x.org": "email_role donotreply@", "customer.service@x.org": "email_role customerservice@",
		"none@none.com": "email_placeholder none@none.com", "test@test.com": "email_placeholder test@test.com", "a@a.com": "email_placeholder a@a.com", "noemail@x.org": "email_placeholder noemail@x.org",
		"no-email@x.org": "email_placeholder noemail@x.org", "unknown@x.org": "email_placeholder unknown@x.org", "na@na.na": "email_placeholder na@na.na", "xxx@xxx.de": "email_placeholder xxx@xxx.de",
		"jane@mailinator.com": "email_disposable mailinator.com", "jane@gmial.com": "email_typo gmial.com for gmail.com?",
		"jane@example.com": "", "jane.doe@gmail.com": "", "bob@test.com": "", "test@x.org": "", "anna@anna.de": "", "informa@x.org": "", "c#ext@x.org": "", "ab@example.org": "", "jane@invalid.com": "", "no@x.org": "",
	} {
		var n noted
		noteAddress(in, &n)
		var got []string
		for _, kind := range noteKinds {
			if n.of(kind.bit) == 1 {
				got = append(got, kind.Name+" "+strings.Join(n.seen(kind.bit), ","))
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
		noteAddress(in, nil) // counts nothing
	}
	if w := addressWords(); slices.Contains(w.Items("disposable domains"), "gmail.com") {
		t.Error("gmail.com is no domain of addresses that are thrown away")
	}
}
