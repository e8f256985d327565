package mapping

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestReadDate(t *testing.T) {
	cases := []struct{ format, in, want, code string }{
		{"", "1990-01-31", "1990-01-31", ""},
		{"", "1990-01-31T23:59:59Z", "", CodeDateTimeZone}, // 1 February in Berlin
		{"", "1990-01-31 00:00:00", "1990-01-31", ""},
		{"", "1990-01-31 00:00", "1990-01-31", ""},
		{"", "1990-01-31T00:00:00.000+02:00", "1990-01-31", ""},
		{"", "1990-01-31 00:00:00 UTC", "1990-01-31", ""},
		{"", "1990-01-31T", "", CodeDateInvalid},
		{"", "1990-01-31x", "", CodeDateInvalid},
		{"", "2000-02-29", "2000-02-29", ""},
		{"", "1900-02-29", "", CodeDateImpossible},
		{"", "1999-02-29", "", CodeDateImpossible},
		{"", "1990-13-01", "", CodeDateImpossible},
		{"", "1990-00-01", "", CodeDateImpossible},
		{"", "1990-01-00", "", CodeDateImpossible},
		{"", "0000-00-00", "", CodeDateImpossible},
		{"", "1990-1-31", "", CodeDateInvalid},
		{"", "31/01/1990", "", CodeDateInvalid},
		{"", "01/31/1990", "", CodeDateInvalid},
		{"", "01/02/1990", "", CodeDateAmbiguous},
		{"", "1.2.1990", "", CodeDateAmbiguous},
		{"", "01/02/90", "", CodeDateTwoDigitYear},
		{"", "32874", "", CodeDateInvalid},
		{"", "yesterday", "", CodeDateInvalid},
		{"", "1899-12-31", "", CodeDateTooEarly},
		{"", "2026-11-21", "2026-11-21", ""},
		{"", "2026-11-22", "", CodeDateInFuture},
		{"DD/MM/YYYY", "31/01/1990", "1990-01-31", ""},
		{"DD/MM/YYYY", "01/02/1990", "1990-02-01", ""},
		{"MM/DD/YYYY", "01/02/1990", "1990-01-02", ""},
		{"DD/MM/YYYY", "1/2/1990", "", CodeDateInvalid},
		{"D/M/YYYY", "1/2/1990", "1990-02-01", ""},
		{"D/M/YYYY", "01/12/1990", "1990-12-01", ""},
		{"D/M/YYYY", "001/2/1990", "", CodeDateInvalid},
		{"DD/MM/YYYY", "01/02/90", "", CodeDateTwoDigitYear},
		{"DD/MM/YYYY", "01-02-1990", "", CodeDateInvalid},
		{"DD/MM/YYYY", "31/04/1990", "", CodeDateImpossible},
		{"DD/MM/YYYY", "01/13/1990", "", CodeDateImpossible},
		{"DD/MM/YYYY", "31/01/1990 00:00", "1990-01-31", ""},
		{"DD/MM/YYYY", "03/05/1990 00:00:00", "1990-05-03", ""},
		{"DD/MM/YYYY", "03/05/1990 0:00:00", "1990-05-03", ""},
		{"MM/DD/YYYY", "05/03/1990 12:00:00 AM", "1990-05-03", ""},
		{"M/D/YYYY", "5/3/1990 12:00 AM", "1990-05-03", ""},
		{"DD/MM/YYYY", "03/05/1990 00:00:00.000", "1990-05-03", ""},
		{"DD/MM/YYYY", "31/04/1990 00:00", "", CodeDateImpossible},
		{"DD/MM/YYYY", "03/05/1990 12:00:00 PM", "", CodeDateInvalid},
		{"DD/MM/YYYY", "03/05/1990 12:00:00", "", CodeDateInvalid},
		{"DD/MM/YYYY", "03/05/1990 00:00:01", "", CodeDateInvalid},
		{"DD/MM/YYYY", "03/05/1990 24:00", "", CodeDateInvalid},
		{"DD/MM/YYYY", "03/05/1990 00:00:00Z", "", CodeDateInvalid},
		{"DD/MM/YYYY", "03/05/90 00:00:00", "", CodeDateTwoDigitYear},
		{"", "03/05/1990 00:00:00", "", CodeDateAmbiguous},
		{"YYYYMMDD", "19900503.0", "1990-05-03", ""},
		{"YYYYMMDD", "19900503.5", "", CodeDateInvalid},
		{"YYYYMMDD", "1990050.0", "", CodeDateInvalid},
		{"", "19900503.0", "", CodeDateInvalid},
		{"excel", "32996 00:00", "", CodeDateInvalid},
		{"MMM D, YYYY", "May  3,  1990", "1990-05-03", ""},
		{"D MMM YYYY", "3   May 1990", "1990-05-03", ""},
		{"D MMM YYYY", "3May 1990", "", CodeDateInvalid},
		{"D  MMM YYYY", "3  May 1990", "1990-05-03", ""},
		{"DD/MM/YYYY HH:mm", "31/01/1990 00:00", "1990-01-31", ""},
		{"D.M.YYYY H:mm:ss", "1.2.1990 9:05:59", "1990-02-01", ""},
		{"D.M.YYYY H:mm:ss", "1.2.1990 25:05:59", "", CodeDateInvalid},
		{"YYYYMMDD", "19900131", "1990-01-31", ""},
		{"YYYYMMDD", "1990013", "", CodeDateInvalid},
		{"YYYY-MM-DDTHH:mm:ss", "1990-01-31T10:00:00", "1990-01-31", ""},

		// A cell of a workbook that is a date comes as ISO, in a column of any format.
		{"DD/MM/YYYY", "1990-02-01", "1990-02-01", ""},
		{"D.M.YYYY", "1990-02-01 09:05:59", "1990-02-01", ""},
		{"MM/DD/YYYY", "1990-02-01", "1990-02-01", ""},
		{"D MMM YYYY", "1990-02-01", "1990-02-01", ""},
		{"YYYY/MM/DD", "1990-02-01", "1990-02-01", ""},
		{"DD-MM-YYYY", "1990-02-01", "1990-02-01", ""},
		{"excel", "1990-02-01", "1990-02-01", ""},
		{"excel1904", "1990-02-01 12:00:00", "1990-02-01", ""},
		{"DD/MM/YYYY", "1900-02-29", "", CodeDateImpossible},
		{"DD/MM/YYYY", "1899-12-31", "", CodeDateTooEarly},
		{"DD/MM/YYYY", "1990-2-1", "", CodeDateInvalid},
		{"DD/MM/YYYY", "1990-01-31T22:00:00Z", "", CodeDateInvalid},
		{"YYYY-DD-MM", "1990-02-01", "1990-01-02", ""},
		{"YYYY-DD-MM", "1990-02-13", "", CodeDateImpossible},
		{"YYYY/DD/MM", "1990-02-01", "", CodeDateInvalid},
	}
	today := Date{2026, 11, 21}
	for _, c := range cases {
		l := isoLayout
		if c.format != "" {
			var problem *layoutProblem
			if l, problem = parseLayout(c.format, 0); problem != nil {
				t.Errorf("format %q %s", c.format, problem.message)
				continue
			}
		}
		b := &birthDates{layouts: []layout{l}, today: today}
		checkKind(t, b.read, []kindCase{{c.in, c.want, c.code}})
	}
}

func TestParseLayoutRefuses(t *testing.T) {
	for format, hint := range map[string]string{
		"DD/MM/YY":      "nobody can tell 1925 from 2025: write YYYY, or add the year from which the two digits count, such as `century: 1930` for 1930 to 2029",
		"dd/mm/yyyy":    `did you mean "DD/MM/YYYY"?`,
		"%d/%m/%Y":      `did you mean "DD/MM/YYYY"?`,
		"exel":          `did you mean "excel"?`,
		"Excel":         `did you mean "excel"?`,
		"excel1940":     `did you mean "excel1904"?`,
		"D de MMMM":     layoutUsage,
		"D 'de MMMM":    "write words between quotes, as in D 'de' MMMM 'de' YYYY",
		"D '' MMMM":     "write words between quotes, as in D 'de' MMMM 'de' YYYY",
		"D 'é' MM YYYY": "only plain letters and marks may be in quotes",
		"DMMM'of'YYYY":  "put a space between them",
		"DoMMM YYYY":    "put a space between them",
		"DD MMM M YYYY": "write it like DD/MM/YYYY",
		"DoM/YYYY":      "use MM and DD where numbers touch",
		"DoYYYY MM":     "use MM and DD where numbers touch",
		"DMYYYY":        "use MM and DD where numbers touch",
		"DD/MM":         layoutUsage,
		"DD/MM/YYYY DD": "write it like DD/MM/YYYY",
		"YYYYMMDDZHH":   "put a space between them, or Z at the end",
		"2006-01-02":    layoutUsage,
		"ISO":           layoutUsage,
		"":              layoutUsage,
	} {
		_, problem := parseLayout(format, 0)
		if problem == nil || problem.hint != hint {
			t.Errorf("format %q: got %+v, want the hint %q", format, problem, hint)
		}
	}
}

// FuzzLayout holds every format that is accepted to its promise: a date written in it is read back as it was, and
// whatever else it reads exists.
func FuzzLayout(f *testing.F) {
	for _, format := range []string{"DD/MM/YYYY", "D.M.YYYY H:mm", "YYYYMMDD", "MM-DD-YYYY HH:mm:ss", "YY", "MMM", "yyyy", "D MMM YYYY", "Do 'of' MMMM, YYYY h", "DMMMYYYY", "excel", "excel1904", "epoch_s", "epoch_ms", "DD/MM/YY", "YYYYMMDDHHmmssZ", "YYYY年M月D日"} {
		f.Add(format, "31/12/1999", 12, 31)
	}
	f.Fuzz(func(t *testing.T, format, text string, month, day int) {
		l, problem := parseLayout(format, 1930)
		if problem != nil {
			return
		}
		if d, bad := l.read(text); bad == nil && !d.date.Valid() {
			t.Fatalf("format %q read %q as %v, which is no date", format, text, d)
		}
		want := Date{1999, 1 + abs(month)%12, 1 + abs(day)%28}
		written := l.write(want)
		if got, bad := l.read(written); bad != nil || got.date != want {
			t.Fatalf("format %q: %q read as %v (%v), want %v", format, written, got, bad, want)
		}
	})
}

// FuzzISODate compares with the standard library: what both accept must be the same day, and what we refuse as
// impossible must be refused by it too.
func FuzzISODate(f *testing.F) {
	for _, s := range []string{"1990-01-31", "2000-02-29", "1900-02-29", "1990-01-31T10:00:00Z", "01/02/1990", "0000-00-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, bad := isoLayout.read(s)
		d := m.date
		theirs, err := time.Parse(time.DateOnly, s)
		if bad == nil && (len(s) < 10 || d.String() != s[:10]) {
			t.Fatalf("%q read as %v", s, d)
		}
		if err == nil && theirs.Year() > 0 && (bad != nil || d.String() != s) {
			t.Fatalf("%q is a date, read as %v (%v)", s, d, bad)
		}
		if bad == nil && len(s) == 10 && err != nil {
			t.Fatalf("%q is no date, read as %v", s, d)
		}
	})
}

// write is the reverse of read, for tests.
func (l layout) write(d Date) string {
	iso := d.String()
	out := []byte{}
	if l.serial != noCalendar {
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if l.serial == calendar1904 {
			epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		day := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
		return strconv.FormatInt((day.Unix()-epoch.Unix())/86400, 10)
	}
	if l.epoch != noUnit {
		day := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
		return strconv.FormatInt(map[unit]int64{seconds: day.Unix(), milliseconds: day.UnixMilli()}[l.epoch], 10)
	}
	short := func(s string) string {
		if s[0] == '0' {
			return s[1:]
		}
		return s
	}
	for _, p := range l.parts {
		switch p.token {
		case tokenLiteral:
			out = append(out, p.literal)
		case tokenYear:
			out = append(out, iso[:4]...)
		case tokenYear2:
			out = append(out, iso[2:4]...)
		case tokenMonth2:
			out = append(out, iso[5:7]...)
		case tokenMonth:
			out = append(out, short(iso[5:7])...)
		case tokenMonthName:
			names := monthWords("").Items(fmt.Sprint(d.Month))
			out = append(out, names[d.Day%len(names)]...)
		case tokenHalf:
			out = append(out, "pM"...)
		case tokenZone:
			out = append(out, 'Z')
		case tokenDay2:
			out = append(out, iso[8:]...)
		case tokenDay, tokenOrdinal:
			out = append(out, short(iso[8:])...)
		case tokenHour:
			out = append(out, '7')
		default:
			out = append(out, "07"...)
		}
	}
	return string(out)
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

// TestDateHintsWriteTheSeparators: the format that a hint offers reads the cell.
func TestDateHintsWriteTheSeparators(t *testing.T) {
	for in, want := range map[string]string{"13.05.1990": "DD.MM.YYYY", "05/13/1990": "MM/DD/YYYY", "13-5-1990": "D-M-YYYY", "13/05/1990": "DD/MM/YYYY"} {
		_, bad := isoLayout.read(in)
		if bad == nil || !strings.HasSuffix(bad.hint, "set `format: "+want+"`") {
			t.Errorf("%s: %+v, want %s", in, bad, want)
		}
		if l, problem := parseLayout(want, 0); problem != nil {
			t.Errorf("%s: %+v", want, problem)
		} else if m, bad := l.read(in); bad != nil || m.date != (Date{1990, 5, 13}) {
			t.Errorf("%s read by %s: %v, %+v", in, want, m, bad)
		}
	}
}
