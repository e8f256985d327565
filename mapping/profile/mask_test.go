package profile

import (
	"testing"

	"importer/mapping"
)

func TestMask(t *testing.T) {
	for _, c := range []struct {
		kind       mapping.Kind
		text, want string
	}{
		{mapping.Text, "", ""},
		{mapping.Text, "  Aoife O'Brien-May ", "  A**** O'B****-M** "},
		{mapping.Text, "Zoë 王小明", "Z** 王**"},
		{mapping.Text, "user_123abc", "u***_###***"},
		{mapping.Text, "12 Main St.", "## M*** S*."},
		{mapping.EmailAddress, "jane.doe+x@example.com", "j***.d**+x@example.com"},
		{mapping.EmailAddress, "jane doe at home", "j*** d** a* h***"},
		{mapping.EmailAddress, "a@b@c.com", "a@b@c.c**"},
		{mapping.EmailAddress, "Jane <jane@example.com>", "J*** <j***@e******.c**>"},
		{mapping.Phone, "086 123 4567", "### ### ##67"},
		{mapping.Phone, "+353861234567", "+35########67"},
		{mapping.Phone, "0171/ask at 5", "####/xxx xx #"},
		{mapping.Phone, "12345", "#####"},
		{mapping.CalendarDate, "1990-02-01", "1990-##-##"},
		{mapping.CalendarDate, "1/2/90", "#/#/##"},
		{mapping.CalendarDate, "1 May 1990", "# xxx 1990"},
		{mapping.CalendarDate, "01021990", "########"},
		{mapping.CalendarDate, "1234", "####"},
	} {
		if got := maskAs(c.kind, c.text); got != c.want {
			t.Errorf("%q as %d is %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}
