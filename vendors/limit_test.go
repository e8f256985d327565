package vendors_test

import (
	"slices"
	"testing"
	"time"

	"importer/vendors"
)

func TestParseLimits(t *testing.T) {
	for text, want := range map[string][]vendors.Limit{
		"20/s":             {{N: 20, Per: time.Second}},
		" 20/s , 2000/15m": {{N: 20, Per: time.Second}, {N: 2000, Per: 15 * time.Minute}},
		"1/500ms":          {{N: 1, Per: 500 * time.Millisecond}},
		"3/1h,4/d":         {{N: 3, Per: time.Hour}, {N: 4, Per: 24 * time.Hour}},
		"none":             {},
		" None ":           {},
	} {
		got, err := vendors.ParseLimits(text)
		if err != nil || got == nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		again, err := vendors.ParseLimits(vendors.FormatLimits(got))
		if err != nil || !slices.Equal(again, want) {
			t.Errorf("%q written as %q: %v, %v", text, vendors.FormatLimits(got), again, err)
		}
	}
	for _, text := range []string{"", "20", "0/s", "-1/s", "20/", "20/x", "20/0s", "1/32d", "1.5/s", "20/s,", "9999999999/s", "1/99999999999999999999s", "none,1/s", "2/s/s"} {
		if got, err := vendors.ParseLimits(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzParseLimits(f *testing.F) {
	f.Add("20/s,2000/15m")
	f.Add("none")
	f.Add("1/86400000ms")
	f.Fuzz(func(t *testing.T, text string) {
		limits, err := vendors.ParseLimits(text)
		if err != nil {
			return
		}
		for _, l := range limits {
			if l.N < 1 || l.Per < time.Millisecond || l.Per > 31*24*time.Hour {
				t.Errorf("%q: %+v", text, l)
			}
		}
		again, err := vendors.ParseLimits(vendors.FormatLimits(limits))
		if err != nil || !slices.Equal(again, limits) {
			t.Errorf("%q: %v written as %q", text, limits, vendors.FormatLimits(limits))
		}
	})
}

func TestParseRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"0": 0, "1": time.Second, " 120 ": 2 * time.Minute, "007": 7 * time.Second, "2678400": 31 * 24 * time.Hour, "2678401": 31 * 24 * time.Hour,
		"Fri, 02 Jan 2026 12:00:05 GMT": 5 * time.Second, "Friday, 02-Jan-26 12:00:05 GMT": 5 * time.Second, "Fri Jan  2 12:00:05 2026": 5 * time.Second,
		"Fri, 02 Jan 2026 11:00:00 GMT": 0, "Fri, 31 Dec 9999 23:59:59 GMT": 31 * 24 * time.Hour,
	} {
		if got, ok := vendors.ParseRetryAfter(value, noon()); !ok || got != want {
			t.Errorf("%q: %s, %v", value, got, ok)
		}
	}
	for _, value := range []string{"", " ", "-1", "+1", "1.5", "soon", "1s", "2026-01-02T12:00:05Z", "Fri, 30 Feb 2026 12:00:05 GMT", "١"} {
		if got, ok := vendors.ParseRetryAfter(value, noon()); ok {
			t.Errorf("%q: %s", value, got)
		}
	}
}

func FuzzParseRetryAfter(f *testing.F) {
	for _, seed := range []string{"1", "99999999999999999999999", "Fri, 02 Jan 2026 12:00:05 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got, ok := vendors.ParseRetryAfter(value, noon())
		if got < 0 || got > 31*24*time.Hour || !ok && got != 0 {
			t.Errorf("%q: %s, %v", value, got, ok)
		}
	})
}
