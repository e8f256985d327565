package mapping

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// dateMapper compiles a birth date of the column DOB.
func dateMapper(t *testing.T, s FieldSpec) *Mapper {
	t.Helper()
	s.Name, s.Columns = "birth_date", []string{"DOB"}
	m, err := Compile(Spec{Fields: []FieldSpec{s}}, []string{"DOB"}, Options{Today: Date{2026, 11, 21}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// dateCase is a cell, and the day it is or the code and a part of message or hint of its fault. A day that begins with ~ has a dropped time.
type dateCase struct{ cell, want, says string }

func checkDates(t *testing.T, s FieldSpec, cases []dateCase) {
	t.Helper()
	for _, c := range cases {
		m := dateMapper(t, s)
		customer, faults := m.Map([]string{c.cell})
		got, said := customer.Text(BirthDate), ""
		for _, f := range faults {
			got, said = f.Code, f.Message+"; "+f.Hint
			if strings.Contains(f.Message, c.cell) {
				t.Errorf("%v: the message quotes the cell: %s", s.Formats, f.Message)
			}
		}
		if slices.ContainsFunc(m.Notes(), func(n Note) bool { return n.Code == NoteTimeDropped }) {
			got = "~" + got
		}
		if got != c.want || !strings.Contains(said, c.says) {
			t.Errorf("format %v, century %q, time_zone %q: %q is %s (%s), want %s (%s)", s.Formats, s.Century, s.TimeZone, c.cell, got, said, c.want, c.says)
		}
	}
}

func TestSeveralFormats(t *testing.T) {
	checkDates(t, FieldSpec{Formats: []string{"DD.MM.YYYY", "YYYY-MM-DD"}}, []dateCase{
		{"03.05.1990", "1990-05-03", ""}, {"1990-05-03", "1990-05-03", ""}, {"1990-05-03T00:00:00", "1990-05-03", ""},
		{"03/05/1990", CodeDateInvalid, "is written in none of DD.MM.YYYY, YYYY-MM-DD"},
		{"31.02.1990", CodeDateImpossible, "no day 31"}, {"1990-02-30", CodeDateImpossible, "no day 30"}, {"03.05.90", CodeDateTwoDigitYear, "two-digit year"},
		{"", "", ""},
	})
	checkDates(t, FieldSpec{Formats: []string{"DD/MM/YYYY", "MM/DD/YYYY"}}, []dateCase{
		{"03/05/1990", CodeDateAmbiguous, "fits DD/MM/YYYY and MM/DD/YYYY, which give different days"},
		{"31/05/1990", "1990-05-31", ""}, {"05/31/1990", "1990-05-31", ""}, {"05/05/1990", "1990-05-05", ""}, {"31/31/1990", CodeDateImpossible, ""},
	})
	checkDates(t, FieldSpec{Formats: []string{"excel", "YYYYMMDD", "D MMM YYYY"}}, []dateCase{
		{"32996", "1990-05-03", ""}, {"19900503", "1990-05-03", ""}, {"3 May 1990", "1990-05-03", ""},
	})
	checkDates(t, FieldSpec{Formats: []string{"YYYYMMDD", "epoch_s"}}, []dateCase{
		{"19764001", CodeDateImpossible, "has no month 40"}, {"19710101", "1971-01-01", ""}, {"641692800", "1990-05-03", ""},
	})
}

func TestEpochs(t *testing.T) {
	checkDates(t, FieldSpec{Formats: []string{"epoch_ms"}}, []dateCase{
		{"641692800000", "1990-05-03", ""}, {"641692800000.0", "1990-05-03", ""}, {"475891200000", "1985-01-30", ""}, {"-315619200000", "1960-01-01", ""}, {"0", "1970-01-01", ""},
		{"86400000", "1970-01-02", ""}, {"-86400000", "1969-12-31", ""},
		{"/Date(641692800000)/", "1990-05-03", ""}, {`\/Date(641692800000)\/`, "1990-05-03", ""}, {"new Date(641692800000)", "1990-05-03", ""}, {"Date(-315619200000)", "1960-01-01", ""},
		{"/Date(641685600000+0200)/", "1990-05-03", ""}, {"/Date(641692800000+0200)/", "~1990-05-03", ""}, {"/Date(641707200000-0400)/", "1990-05-03", ""},
		{"/Date(641685600000)/", CodeDateTimeZone, "time_zone: Europe/Berlin"}, {"641685600000", CodeDateTimeZone, "birth_date: {column: DOB, format: epoch_ms, time_zone: Europe/Berlin}"},
		{"641707200000", "~1990-05-03", ""}, // midnight in New York
		{"641692811", CodeDateEpoch, "`format: epoch_s`"}, {"641692800", CodeDateEpoch, "`format: epoch_s`"}, {"641692800000000", CodeDateInvalid, "parts of a millisecond"},
		{"6.41693E+11", CodeDigitsLost, "rounded"}, {"641,692,800,000", CodeDateInvalid, "is no number of milliseconds"}, {"0641692800000", CodeDateInvalid, ""},
		{"-2240524800000", CodeDateTooEarly, ""}, {"1893456000000", CodeDateInFuture, ""}, {"99999999999999999999", CodeDateInvalid, ""}, {"1990-05-03", "1990-05-03", ""},
		{"/Date(999999999999999)/", CodeDateImpossible, ""}, {"１９９０", CodeDateInvalid, "year alone"},
	})
	checkDates(t, FieldSpec{Formats: []string{"epoch_s"}}, []dateCase{
		{"641692800", "1990-05-03", ""}, {"641692800.0", "1990-05-03", ""}, {"-315619200", "1960-01-01", ""}, {"0", "1970-01-01", ""}, {"641685600", CodeDateTimeZone, "time_zone"},
		{"641692800.5", "~1990-05-03", ""}, {"641692800000", CodeDateEpoch, "`format: epoch_ms`"}, {"32874", CodeDateInvalid, "`format: excel`"}, {"1990", CodeDateInvalid, "year alone"},
		{"19900503", CodeDateInvalid, "`format: YYYYMMDD`"}, {"/Date(641692800000)/", CodeDateEpoch, "`format: epoch_ms`"},
	})
	checkDates(t, FieldSpec{}, []dateCase{
		{"641692800000", CodeDateEpoch, "milliseconds since 1970: set `format: epoch_ms`"}, {"641692800", CodeDateEpoch, "seconds since 1970: set `format: epoch_s`"},
		{"-315619200", CodeDateEpoch, "`format: epoch_s`"}, {"/Date(641692800000)/", CodeDateEpoch, "`format: epoch_ms`"}, {"new Date(641692800000)", CodeDateEpoch, "`format: epoch_ms`"},
		{"641692800000.0", CodeDateEpoch, "`format: epoch_ms`"}, {"6.416928E+11", CodeDigitsLost, "rounded"}, {"627770304000000000", CodeDateInvalid, "parts of a millisecond"},
	})
}

func TestTimesInUTC(t *testing.T) {
	checkDates(t, FieldSpec{}, []dateCase{
		{"1990-05-03T00:00:00.000Z", "1990-05-03", ""}, {"1990-05-03 00:00:00+00", "1990-05-03", ""}, {"1990-05-03 00:00:00 UTC", "1990-05-03", ""},
		{"1990-05-02T22:00:00.000Z", CodeDateTimeZone, "`birth_date: {column: DOB, time_zone: Europe/Berlin}`"}, {"1985-01-30T23:00:00Z", CodeDateTimeZone, "time_zone: UTC"},
		{"1990-05-02T22:00:00+00:00", CodeDateTimeZone, "time_zone"}, {"1990-05-02 22:00:00 GMT", CodeDateTimeZone, "time_zone"}, {"1990-05-02 22:00-0000", CodeDateTimeZone, "time_zone"},
		{"1990-05-02T18:30:00Z", CodeDateTimeZone, "time_zone"}, {"1990-05-02T15:00:00Z", CodeDateTimeZone, "time_zone"}, {"1990-05-02T10:00:00Z", CodeDateTimeZone, "time_zone"},
		{"1990-05-03T04:00:00Z", "~1990-05-03", ""}, {"1990-05-03T09:45:00Z", "~1990-05-03", ""}, // midnight to the west
		{"1990-05-03T00:00:00+02:00", "1990-05-03", ""}, {"1990-05-02T23:00:00+01:00", "~1990-05-02", ""}, {"1990-05-03T22:15:00", "~1990-05-03", ""},
		{"1990-05-03T24:00:00", CodeDateAmbiguous, "24:00"}, {"1990-05-03T23:59:60", CodeDateAmbiguous, "60 seconds"}, {"1990-05-03T00:00:00.0001", "~1990-05-03", ""},
	})
	checkDates(t, FieldSpec{TimeZone: "Europe/Berlin"}, []dateCase{
		{"1990-05-02T22:00:00.000Z", "1990-05-03", ""}, {"1985-01-30T23:00:00.000Z", "1985-01-31", ""}, {"2001-07-03T22:00:00.000Z", "2001-07-04", ""},
		{"1975-06-30T23:00:00Z", "1975-07-01", ""},                            // there was no summer time then
		{"1975-06-30T22:00:00Z", CodeDateTimeZone, "an hour before midnight"}, // and a program that thinks there was
		{"1990-05-03T00:00:00Z", "~1990-05-03", ""}, {"1990-05-03T14:37:12Z", "~1990-05-03", ""}, {"1990-05-02T22:37:12Z", "~1990-05-03", ""},
		{"1990-05-03", "1990-05-03", ""}, {"1990-05-03T22:00:00", "~1990-05-03", ""}, {"1990-05-03T00:00:00+09:00", "1990-05-03", ""},
	})
	checkDates(t, FieldSpec{TimeZone: "America/New_York"}, []dateCase{
		{"1990-05-03T04:00:00Z", "1990-05-03", ""}, {"1985-01-31T05:00:00Z", "1985-01-31", ""}, {"1990-05-03T00:00:00Z", CodeDateTimeZone, "midnight in UTC, and the day before"},
	})
	checkDates(t, FieldSpec{TimeZone: "Asia/Kolkata"}, []dateCase{{"1990-05-02T18:30:00Z", "1990-05-03", ""}})
	checkDates(t, FieldSpec{TimeZone: "UTC"}, []dateCase{
		{"1990-05-02T22:00:00Z", "~1990-05-02", ""}, {"1990-05-02T23:00:00Z", "~1990-05-02", ""}, {"1990-05-02T00:00:00Z", "1990-05-02", ""},
	})
	checkDates(t, FieldSpec{Formats: []string{"epoch_s"}, TimeZone: "Europe/Berlin"}, []dateCase{{"641685600", "1990-05-03", ""}, {"-62100000", "~1968-01-13", ""}})
	for _, format := range []string{"YYYYMMDDHHmmssZ", "YYYYMMDDHHmmss'Z'"} {
		checkDates(t, FieldSpec{Formats: []string{format}}, []dateCase{{"19900503000000Z", "1990-05-03", ""}, {"19900502220000Z", CodeDateTimeZone, "time_zone"}, {"19900502220000+0200", "~1990-05-02", ""}})
	}
	checkDates(t, FieldSpec{Formats: []string{"DD/MM/YYYY HH:mm:ss"}}, []dateCase{{"03/05/1990 00:00:00.000", "1990-05-03", ""}, {"03/05/1990 00:00:00.5", "~1990-05-03", ""}, {"03/05/1990 00:00:.5", CodeDateInvalid, ""}})
	checkDates(t, FieldSpec{Formats: []string{"HH:mm:ss.DD.MM.YYYY"}}, []dateCase{{"00:00:00.03.05.1990", "1990-05-03", ""}})
	checkDates(t, FieldSpec{Formats: []string{"M/D/YYYY H:mm:ss A"}}, []dateCase{{"5/3/1990 12:00:00 AM", "1990-05-03", ""}, {"5/3/1990 12:00:00 PM", "~1990-05-03", ""}})
}

// TestTimesAreShown: the times of day that several cells have say that midnights were shifted.
func TestTimesAreShown(t *testing.T) {
	m := dateMapper(t, FieldSpec{})
	for cell, n := range map[string]int{"1990-05-02 22:00:00": 4, "1985-01-30 23:00:00": 3, "1985-01-30 14:37:12": 3, "1985-01-30 06:00:00": 2, "1990-05-03": 9} {
		for range n {
			m.Map([]string{cell})
		}
	}
	if notes := m.Notes(); len(notes) != 1 || notes[0].String() != "birth_date: time_dropped in 12 cells (22:00 in 4, 23:00 in 3)" {
		t.Errorf("%v", notes)
	}
}

func TestCentury(t *testing.T) {
	checkDates(t, FieldSpec{Formats: []string{"DD/MM/YY"}, Century: "1930"}, []dateCase{
		{"03/05/90", "1990-05-03", ""}, {"03/05/30", "1930-05-03", ""}, {"03/05/00", "2000-05-03", ""}, {"03/05/26", "2026-05-03", ""},
		{"03/05/29", CodeDateInFuture, ""}, {"29/02/01", CodeDateImpossible, ""}, {"03/05/1990", CodeDateInvalid, "DD/MM/YY"}, {"3/5/90", CodeDateInvalid, "D/M/YY"},
	})
	checkDates(t, FieldSpec{Formats: []string{"YYMMDD", "D-MMM-YY"}, Century: "1925"}, []dateCase{
		{"900503", "1990-05-03", ""}, {"3-May-90", "1990-05-03", ""}, {"240503", "2024-05-03", ""}, {"250503", "1925-05-03", ""},
	})
	checkDates(t, FieldSpec{Formats: []string{"DD/MM/YYYY"}}, []dateCase{{"03/05/90", CodeDateTwoDigitYear, "nobody can tell"}})
}

func TestExcelRefuses(t *testing.T) {
	checkDates(t, FieldSpec{Formats: []string{"excel"}}, []dateCase{
		{"32996", "1990-05-03", ""}, {"32996.5", "~1990-05-03", ""}, {"32996,5", "~1990-05-03", ""}, {"32996.0", "1990-05-03", ""}, {"32996.125", "~1990-05-03", ""},
		{"1990", CodeDateInvalid, "year alone"}, {"1900", CodeDateInvalid, "year alone"}, {"2100.0", CodeDateInvalid, "year alone"}, {"1899", "1905-03-13", ""}, {"2101", "1905-10-01", ""},
		{"33,000", CodeDateInvalid, "between its thousands"}, {"33.000", CodeDateInvalid, "between its thousands"}, {"33 000", CodeDateInvalid, "thousands"}, {"33'000", CodeDateInvalid, "thousands"},
		{"33,000.0", CodeDateInvalid, ""}, {"19900503", CodeDateInvalid, "`format: YYYYMMDD`"}, {"641692800", CodeDateEpoch, "`format: epoch_s`"}, {"3.2996E4", CodeDigitsLost, "rounded"},
	})
	checkDates(t, FieldSpec{Formats: []string{"excel1904"}}, []dateCase{{"31534", "1990-05-03", ""}, {"1990", CodeDateInvalid, "year alone"}})
}

func TestOtherWritings(t *testing.T) {
	checkDates(t, FieldSpec{}, []dateCase{
		{"1990-5-3", CodeDateInvalid, "`format: YYYY-M-D`"}, {"1990/05/03", CodeDateInvalid, "`format: YYYY/M/D`"}, {"19900503", CodeDateInvalid, "`format: YYYYMMDD`"},
		{"19900503000000", CodeDateInvalid, "`format: YYYYMMDDHHmmss`"}, {"1990", CodeDateInvalid, "year alone"}, {"05/1990", CodeDateInvalid, "month and year"}, {"May 1990", CodeDateInvalid, "month and year"},
		{"Thu May 03 1990 00:00:00 GMT+0200", CodeDateInvalid, "weekday"}, {"3-Apr", CodeDateInvalid, "shortened"}, {"3-Apr-90", CodeDateInvalid, "century: 1930"}, {"3. April 1990", CodeDateInvalid, "D MMM YYYY"}, {"Apr-90", CodeDateInvalid, "shortened"}, {"1990-00-00", CodeDateImpossible, "year alone"}, {"00.00.1990", CodeDateImpossible, "year alone"},
		{"0000-00-00", CodeDateImpossible, "`empty: [\"0000-00-00\"]`"}, {"9999-12-31", CodeDateInFuture, "`empty: [\"9999-12-31\"]`"}, {"0001-01-01T00:00:00", CodeDateTooEarly, "`empty: [\"0001-01-01T00:00:00\"]`"},
		{"1899-12-30", CodeDateTooEarly, "`empty: [\"1899-12-30\"]`"}, {"００００-００-００", CodeDateImpossible, "`empty: [\"００００-００-００\"]`"}, {"00.00.0000", CodeDateImpossible, "`empty: [\"00.00.0000\"]`"}, {"2533-05-03", CodeDateInFuture, "Buddhist"}, {"1369-02-13", CodeDateTooEarly, "Persian"},
		{"2027-05-03", CodeDateInFuture, "nobody is born after today"}, {"１９９０－０５－０３", "1990-05-03", ""}, {"١٩٩٠-٠٥-٠٣", "1990-05-03", ""}, {"1990\u201105\u201103", "1990-05-03", ""},
		{"1990年5月3日", CodeDateInvalid, "`format: YYYY年M月D日`"}, {"平成2年5月3日", CodeDateInvalid, ""},
	})
	checkDates(t, FieldSpec{Formats: []string{"DD.MM.YYYY"}}, []dateCase{
		{"00.00.1990", CodeDateImpossible, "year alone"}, {"00.00.0000", CodeDateImpossible, "`empty: [\"00.00.0000\"]`"}, {"31.12.9999", CodeDateInFuture, "`empty: [\"31.12.9999\"]`"},
	})
	checkDates(t, FieldSpec{Formats: []string{"YYYY年M月D日"}}, []dateCase{{"1990年5月3日", "1990-05-03", ""}, {"１９９０年１２月３１日", "1990-12-31", ""}, {"1990年5月", CodeDateInvalid, ""}})
}

func TestDateSettingsRefused(t *testing.T) {
	for want, s := range map[string]FieldSpec{
		`no format of "birth_date" has them`:              {Century: "1930"},
		`century "30" is no year`:                         {Century: "30", Formats: []string{"DD/MM/YY"}},
		`century "2030" is no year`:                       {Century: "2030", Formats: []string{"DD/MM/YY"}},
		"no `century` says which":                         {Formats: []string{"DD/MM/YY"}},
		`unknown time zone "CEST"`:                        {TimeZone: "CEST"},
		`unknown time zone "EST"`:                         {TimeZone: "EST"},
		`unknown time zone "Local"`:                       {TimeZone: "Local"},
		`unknown time zone "Europe/Berlln"`:               {TimeZone: "Europe/Berlln"},
		`format lists "excel" twice`:                      {Formats: []string{"excel", "excel"}},
		`format "YYYY/MM" has no day`:                     {Formats: []string{"YYYY-MM-DD", "YYYY/MM"}},
		`format lists more than 12 ways of writing dates`: {Formats: strings.Fields("D/M/YYYY D.M.YYYY D-M-YYYY D,M,YYYY D:M:YYYY D;M;YYYY D+M+YYYY D=M=YYYY D_M_YYYY D*M*YYYY D&M&YYYY D!M!YYYY D?M?YYYY")},
	} {
		s.Name, s.Columns = "birth_date", []string{"DOB"}
		_, err := Compile(Spec{Fields: []FieldSpec{s}}, []string{"DOB"}, Options{Today: Date{2026, 11, 21}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", s, err, want)
		}
	}
	s := FieldSpec{Name: "first_name", Columns: []string{"DOB"}, TimeZone: "UTC", Century: "1930"}
	err := Check(Spec{Fields: []FieldSpec{s}})
	if err == nil || !strings.Contains(err.Error(), "takes no time_zone") || !strings.Contains(err.Error(), "takes no century") {
		t.Errorf("settings of dates on a name: %v", err)
	}
}

// TestFillersStandOut: a day is noted where it has far more cells than chance gives it, with the cells' own texts, and whoever counts.
func TestFillersStandOut(t *testing.T) {
	count := func(cells map[string]int) []Note {
		m := dateMapper(t, FieldSpec{Formats: []string{"DD.MM.YYYY", "YYYY-MM-DD"}})
		var all sync.WaitGroup
		for cell, n := range cells {
			for range n {
				all.Go(func() { m.Map([]string{cell}) })
			}
		}
		all.Wait()
		return m.Notes()
	}
	for name, c := range map[string]struct {
		cells map[string]int
		want  string
	}{
		"ordinary days":            {map[string]int{"03.05.1990": 50, "04.05.1990": 2}, ""},
		"one of a day":             {map[string]int{"01.01.1970": 1, "03.05.1990": 8}, ""},
		"two of a day":             {map[string]int{"01.01.1970": 2, "03.05.1990": 8}, `birth_date: date_placeholder in 2 cells (01.01.1970 in 2, if they stand for none: empty: ["01.01.1970"])`},
		"two of many":              {map[string]int{"01.01.1970": 2, "03.05.1990": 39}, ""},
		"three of a day":           {map[string]int{"01.01.1970": 3, "03.05.1990": 8}, `birth_date: date_placeholder in 3 cells (01.01.1970 in 3, if they stand for none: empty: ["01.01.1970"])`},
		"in two writings":          {map[string]int{"01.01.1970": 2, "1970-01-01": 3}, `birth_date: date_placeholder in 5 cells (1970-01-01 in 3, 01.01.1970 in 2, if they stand for none: empty: ["1970-01-01", "01.01.1970"])`},
		"as many as chance gives":  {map[string]int{"01.01.2000": 3, "03.05.1990": 3500}, ""},
		"a day nobody was born on": {map[string]int{"01.01.1900": 1, "03.05.1990": 3500}, `birth_date: date_placeholder in 1 cell (01.01.1900 in 1, if they stand for none: empty: ["01.01.1900"])`},
	} {
		var got []string
		for _, n := range count(c.cells) {
			got = append(got, n.String())
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestNoMoments: the moments that programs have for none are noted from the first, or their fault says how to read them as empty.
func TestNoMoments(t *testing.T) {
	for _, cell := range []string{"0", "0.0", "/Date(0)/"} {
		m := dateMapper(t, FieldSpec{Formats: []string{"epoch_ms"}})
		m.Map([]string{"641692800000"})
		m.Map([]string{cell})
		if notes := notesOf(m); !strings.Contains(notes, "date_placeholder in 1 cell") {
			t.Errorf("%s: %q", cell, notes)
		}
	}
	for _, cell := range []string{"/Date(-62135596800000)/", "-62135596800000", "-62135600400000", "253402300799000", "/Date(253402300799999+0100)/"} {
		m := dateMapper(t, FieldSpec{Formats: []string{"epoch_ms"}})
		_, faults := m.Map([]string{cell})
		if len(faults) != 1 || faults[0].Hint != "if this stands for no date, list it: `empty: ["+Scalar(cell)+"]`" {
			t.Errorf("%s: %+v", cell, faults)
		}
	}
	for _, text := range []string{"641692800000", "-62135000000000", "62135596800000", "/Date(1)/"} {
		if StandsForNoDate(text) {
			t.Errorf("%s is said to be none", text)
		}
	}
}
