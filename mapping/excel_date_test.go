package mapping

import (
	"strconv"
	"testing"
	"time"
)

func TestReadSerial(t *testing.T) {
	excel := func(c calendar) func(string) (value, *flaw) {
		return func(s string) (value, *flaw) {
			d, bad := readSerial(c, s)
			return value{text: d.date.String()}, bad
		}
	}
	checkKind(t, excel(calendar1900), []kindCase{
		{"1", "1900-01-01", ""}, {"59", "1900-02-28", ""}, {"61", "1900-03-01", ""}, {"367", "1901-01-01", ""},
		{"25569", "1970-01-01", ""}, {"32874", "1990-01-01", ""}, {"32874.0", "1990-01-01", ""}, {"32874.99999", "1990-01-01", ""}, {"32874,5", "1990-01-01", ""},
		{"32995.9999999999", "1990-05-03", ""}, {"32995.99999999", "1990-05-03", ""}, {"32996.0000000001", "1990-05-03", ""}, {"59.9999999", "", CodeDateImpossible}, {"2958465.9999999", "", CodeDateImpossible},
		{"2958465", "9999-12-31", ""},
		{"60", "", CodeDateImpossible}, {"60.5", "", CodeDateImpossible}, {"0", "", CodeDateImpossible}, {"2958466", "", CodeDateImpossible},
		{"-1", "", CodeDateInvalid}, {"+1", "", CodeDateInvalid}, {"032874", "", CodeDateInvalid}, {"3.2874E4", "", CodeDigitsLost}, {"31/12/1990", "", CodeDateInvalid},
		{"12345678", "", CodeDateInvalid}, {".5", "", CodeDateInvalid}, {"1.2.3", "", CodeDateInvalid}, {"1990-01-01", "", CodeDateInvalid},
	})
	checkKind(t, excel(calendar1904), []kindCase{
		{"0", "1904-01-01", ""}, {"1", "1904-01-02", ""}, {"31412", "1990-01-01", ""}, {"2957003", "9999-12-31", ""},
		{"2957004", "", CodeDateImpossible}, {"-1", "", CodeDateInvalid},
	})
	_, bad := isoLayout.read("32874")
	if bad == nil || bad.hint != "if these are the numbers by which Excel keeps days, set `format: excel`" {
		t.Errorf("a number of days in a column of dates: %+v", bad)
	}
}

// TestEverySerial counts the days along with the standard library.
func TestEverySerial(t *testing.T) {
	step := 1
	for serial, day := 61, time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC); serial <= lastSerial; serial += step {
		if serial > 150_000 {
			step = 97 // the year 2310: from here on a sample does
		}
		want := Date{day.Year(), int(day.Month()), day.Day()}
		if got := dateOfDay(serial); got != want {
			t.Fatalf("day %d is %v, want %v", serial, got, want)
		}
		day = day.AddDate(0, 0, step)
	}
}

// FuzzSerial: what is read is one day, and reads back as itself.
func FuzzSerial(f *testing.F) {
	for _, s := range []string{"1", "60", "32874.5", "0", "1,5", "-1", "2958465", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, c := range serialFormats {
			m, bad := readSerial(c, s)
			d := m.date
			if bad != nil {
				continue
			}
			back := layout{text: name, serial: c}.write(d)
			if again, bad := readSerial(c, back); !d.Valid() || d.Year < 1900 || again.date != d && (c == calendar1904 || d.Year > 1900 || d.Month > 2) {
				t.Fatalf("%q is %v, and %q is %v (%v)", s, d, back, again, bad)
			}
			if _, err := strconv.ParseFloat(s, 64); err != nil && s != "" && !containsComma(s) {
				t.Fatalf("%q is no number and was read as %v", s, d)
			}
		}
	})
}

func containsComma(s string) bool {
	for i := range len(s) {
		if s[i] == ',' {
			return true
		}
	}
	return false
}
