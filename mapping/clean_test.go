package mapping

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTidy(t *testing.T) {
	for _, c := range []struct {
		in, want string
		did      noteSet
	}{
		{"", "", 0}, {"Jane", "Jane", 0}, {"Jane Doe", "Jane Doe", 0}, {"Zoë", "Zoë", 0}, {"a  b", "a  b", 0}, {"a\tb", "a\tb", 0},
		{" Jane", "Jane", trimmedEnds}, {"Zoë \t", "Zoë", trimmedEnds}, {"\u3000é\u3000", "é", trimmedEnds},
		{"\ufeffJane", "Jane", removedInvisible}, {"Jane\u200b", "Jane", removedInvisible}, {" \u200eJane", "Jane", trimmedEnds | removedInvisible},
		{"Ja\u00adne", "Jane", removedInvisible}, {"Ja\u200bne", "Jane", removedInvisible}, {"Ja\ufeffne", "Jane", removedInvisible}, {"\u202a+353\u202c 86", "+353 86", removedInvisible},
		{"Ja\u200dne", "Jane", removedInvisible}, {"Ja\u200cne", "Jane", removedInvisible},
		{"van\u00a0Gogh", "van Gogh", replacedSpaces}, {"van\u202fGogh", "van Gogh", replacedSpaces}, {"\u00a0x\u00a0y", "x y", trimmedEnds | replacedSpaces},
		{"می\u200cخواهم", "می\u200cخواهم", 0}, {"👩\u200d🚀", "👩\u200d🚀", 0}, {"山田\u3000太郎", "山田\u3000太郎", 0},
		{"a\u2028b", "a\u2028b", 0}, {"a\xffb\u00ad", "a\xffb", removedInvisible}, {"a\xff\u00adb", "a\xffb", removedInvisible}, {"\xe2\x80\u200b\u200b\x8b", "\xe2\x80\u200b\x8b", removedInvisible}, {"\u00ad", "", removedInvisible}, {" ", "", trimmedEnds},
		{"12345678\u00a0", "12345678", trimmedEnds}, {"1234567\u00e9", "1234567é", 0},
	} {
		if got, did := clean(c.in); got != c.want || did != c.did {
			t.Errorf("clean(%q) = %q, %b, want %q, %b", c.in, got, did, c.want, c.did)
		}
	}
}

// FuzzClean: nothing is added, what is clean stays, and what is left shows.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"Jane", " a\u00a0b\u200d", "\xff\u200b", "👩\u200d🚀", "\u200c\u200d", "x\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, did := clean(s)
		if did == 0 && text != s || did != 0 && text == s {
			t.Fatalf("clean(%q) = %q, %b", s, text, did)
		}
		if again, did := clean(text); again != text || did != 0 {
			t.Fatalf("clean(%q) = %q, and that is %q, %b", s, text, again, did)
		}
		if len(text) > len(s) || utf8.ValidString(s) != utf8.ValidString(text) {
			t.Fatalf("clean(%q) = %q", s, text)
		}
		if utf8.ValidString(text) && strings.ContainsAny(text, "\u00ad\u200b\ufeff\u2060\u00a0") {
			t.Fatalf("clean(%q) = %q", s, text)
		}
	})
}

func TestIsASCII(t *testing.T) {
	for n := range 40 {
		plain := strings.Repeat("x", n)
		if !isASCII(plain) {
			t.Errorf("%d plain bytes are said not to be ASCII", n)
		}
		for at := range n {
			if odd := plain[:at] + "\x80" + plain[at+1:]; isASCII(odd) {
				t.Errorf("byte %d of %d is not seen", at, n)
			}
		}
	}
}

func TestNotes(t *testing.T) {
	spec := Spec{
		Fields: []FieldSpec{
			{Name: "email", Columns: []string{"E", "E2"}},
			{Name: "first_name", Columns: []string{"F"}, Empty: []string{"x"}},
			{Name: "last_name", Columns: []string{"L"}, Empty: []string{}},
			{Name: "password", Columns: []string{"P"}},
			{Name: "newsletter", Columns: []string{"N"}, Values: map[string]string{"-": "false", "+": "true"}},
		},
		Empty: []string{"n/a", "-"},
	}
	m, err := Compile(spec, []string{"E", "E2", "F", "L", "P", "N"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range [][]string{
		{"n/a", "jane@gmial.com", " Jane ", "-", "-", "-"},
		{"-", "-", "x", "n/a", "secret", "+"},
		{"joe@gmail.co", "", "n/A", "Van\u00a0Dyke", "n/a", "n/a"},
	} {
		c, faults := m.Map(row)
		m.MapOnly(row, Email)
		want := []string{"jane@gmial.com  Jane - false", "   n/a true", "joe@gmail.co  n/A Van Dyke "}[i]
		if got := c.Text(Email) + "  " + c.Text(FirstName) + " " + c.Text(LastName) + " " + c.Text(Newsletter); got != want {
			t.Errorf("row %d: %q, want %q", i+1, got, want)
		}
		if len(faults) != 0 {
			t.Errorf("row %d: %+v", i+1, faults)
		}
		if c.Has(Password) != (i == 1) {
			t.Errorf("row %d: password %t", i+1, c.Has(Password))
		}
	}
	var got []string
	for _, n := range m.Notes() {
		got = append(got, n.String())
	}
	want := `email: placeholder_emptied in 3 cells
email: email_typo in 2 cells (gmail.co for gmail.com?, gmial.com for gmail.com?)
first_name: trimmed in 1 cell
first_name: placeholder_emptied in 1 cell
last_name: space_replaced in 1 cell
password: placeholder_emptied in 2 cells
newsletter: placeholder_emptied in 1 cell`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("notes:\n%s\nwant:\n%s", text, want)
	}
}
