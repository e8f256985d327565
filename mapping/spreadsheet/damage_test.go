package spreadsheet

import (
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after string
		want          Damage // 0: a person's change
	}{
		{"00107", "107", Zeros}, {"0861234567", "861234567", Zeros}, {"000", "0", Zeros}, {"00107", "107.0", Zeros}, {"0049151", "49,151", Zeros}, {"007.50", "7.5", Zeros},
		{"107", "00107", 0}, {"00107", "108", 0}, {"0", "00", 0}, {"0.5", ".5", 0},
		{"+353861234567", "353861234567", Plus}, {"+353861234567", "353,861,234,567", Plus}, {"353861234567", "+353861234567", 0}, {"+353861234567", "+353861234568", 0},
		{"+353 86 123 4567", "353 86 123 4567", Plus}, {"+353 (86) 123-4567", "353861234567", Plus}, {"+353 86 123 4567", "00353861234567", 0}, {"+353 86 123 4567", "086 123 4567", 0},
		{"353861234567", "3.53861E+11", Scientific}, {"+353861234567", "3.53861E+11", Scientific}, {"353861234567", "3,53861E+11", Scientific}, {"12E4", "120000", Scientific},
		{"12E4", "1.20E+05", Scientific}, {"0353861234567", "3.53861E+11", Scientific}, {"353861234567", "3.54861E+11", 0}, {"4111111111111111", "4.11111E+15", Scientific},
		{"1E400", "Infinity", 0}, {"A12E4", "120000", 0},
		{"4111111111111111", "4111111111111110", Rounded}, {"12345678901234567890", "12345678901234600000", Rounded}, {"12345678901234567890", "12345678901234500000", Rounded},
		{"4111111111111111", "4111111111111120", 0}, {"411111111111111", "411111111111110", 0},
		{"107", "107.0", Decimals}, {"107", "107,00", Decimals}, {"1.50", "1.5", Decimals}, {"1,5", "1.5", Decimals}, {"-5", "-5.0", Decimals}, {"107", "107.5", 0},
		{"1234567", "1,234,567", Grouped}, {"1234567", "1.234.567", Grouped}, {"1234567", "1\u202f234\u202f567", Grouped}, {"1234567", "1'234'567.00", Grouped},
		{"1,234,567", "1234567", Grouped}, {"1234", "1,234", Grouped}, {"123 456 789", "123456789", 0}, {"1234567", "12,34,567", 0},
		{"1990-05-15", "5/15/1990", Dates}, {"1990-05-15", "15/05/90", Dates}, {"15/05/1990", "05/15/1990", Dates}, {"05/06/1990", "06/05/1990", Dates}, {"1990-05-15", "33008", Dates},
		{"1990-05-15", "15-May-90", Dates}, {"15.05.1990", "15. Mai 1990", Dates}, {"1990-05-15", "19900515", Dates}, {"1990-05-15T00:00:00Z", "5/15/1990 0:00", Dates},
		{"1990-05-15", "1990-05-15 00:00:00", Dates}, {"3/4", "4-Mar", Dates}, {"3/4", "03. Apr", Dates}, {"MAR1", "1-Mar", Dates}, {"1-2", "2026-01-02", Dates}, {"05/1990", "May-90", Dates},
		{"08:30", "8:30:00", Dates}, {"20:30", "8:30 PM", Dates}, {"08:30", "8:31", 0},
		{"31/02/1985", "28/02/1985", 0}, {"1990-05-15", "1991-05-15", 0}, {"15/05/1990", "16/05/1990", 0}, {"3/4", "3a", 0}, {"028 9649 6010", "028 9649 6011", 0},
		{"Zoë", "ZoÃ«", Letters}, {"Zoë", "Zo?", Letters}, {"Zoë", "Zo??", Letters}, {"Zoë", "Zo\ufffd", Letters}, {"Zoë", "Zo_", Letters}, {"Zoë", "Zo√´", Letters}, {"Zoë", "Zo├½", Letters},
		{"Zoë", "ZoÃƒÂ«", Letters}, {"Łódź", "ĹĂłdĹş", Letters}, {"Łódź", "?ód?", Letters}, {"Voilà", "VoilÃ", Letters}, {"日本", "??", Letters}, {"Zoë", "Zoe", 0}, {"Zo", "Zo?", 0}, {"ZoÃ«", "Zoë", 0},
		{"true", "TRUE", Truth}, {"true", "WAHR", Truth}, {"False", "FAUX", Truth}, {"true", "false", 0}, {"true", "FALSE", 0}, {"J", "TRUE", 0},
		{"=1+x", "#NAME?", Errors}, {"353861234567", "########", Errors}, {"Ada", "#N/A", Errors}, {"-x", "#WERT!", Errors},
		{" Ada ", "Ada", Space}, {"Ada\u00a0Stone", "Ada Stone", Space}, {"Ada", "Ada ", Space}, {"a\r\nb", "a\nb", Space}, {"Ada\u200b", "Ada", Space},
		{"", "x", 0}, {"x", "", 0}, {"Ada", "Ada", 0}, {"Ada", "Eva", 0}, {"ada@example.com", "ada@example.org", 0}, {"086 123", "086 124", 0},
		{" 00107", "107 ", Zeros},
	} {
		got, found := Of(c.before, c.after)
		if got != c.want || found != (c.want != 0) {
			t.Errorf("%q to %q: %v (%v), want %v", c.before, c.after, got, found, c.want)
		}
	}
}

func TestEveryDamageHasAName(t *testing.T) {
	t.Parallel()
	for d := Zeros; d <= Moved; d++ {
		if d.String() == "" {
			t.Errorf("damage %d has no name", d)
		}
	}
	if Damage(200).String() != "" || Damage(0).String() != "" {
		t.Error("a name for no damage")
	}
}

// FuzzOf: nothing is damage of itself, and what a program does to any text is found.
func FuzzOf(f *testing.F) {
	for _, s := range []string{"00107", "+353861234567", "1990-05-15", "Zoë", "3/4", "12E4", "true", "1,234.5", "#N/A", "\xff\xfe", "08:30 PM", "1E999"} {
		f.Add(s, s+" ")
		f.Add(s, "1")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if d, found := Of(a, a); found {
			t.Errorf("%q is damaged by nothing: %v", a, d)
		}
		if d, found := Of(a, b); found == (d == 0) {
			t.Errorf("%q to %q: %v, %v", a, b, d, found)
		}
		if got, _ := Of(" "+a, a); a != "" && got != Space {
			t.Errorf("%q trimmed: %v", a, got)
		}
		whole := strings.TrimLeft(a, "0123456789")
		if number := strings.TrimSuffix(a, whole); number != "" && strings.Trim(number, "0") != "" {
			if got, _ := Of("0"+number, strings.TrimLeft(number, "0")); got != Zeros {
				t.Errorf("0%s without its zeros: %v", number, got)
			}
		}
	})
}
