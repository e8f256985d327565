package mapping

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMonthWords: each word is normalized already and stands for one month.
func TestMonthWords(t *testing.T) {
	s := monthWords("")
	if want := strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12"); !slices.Equal(s.Keys, want) {
		t.Errorf("the months are %v", s.Keys)
	}
	for _, month := range s.Keys {
		for _, w := range s.Items(month) {
			if normalWord(w) != w || s.Of(w) != month { // which refuses a word of two months
				t.Errorf("%q of month %s is not normalized", w, month)
			}
		}
	}
}

// TestMonthsOfAllLanguages writes each month in full as each language does.
func TestMonthsOfAllLanguages(t *testing.T) {
	for language, names := range map[string]string{
		"English":       "January February March April May June July August September October November December",
		"German":        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		"Austrian":      "Jänner Feber März April Mai Juni Juli August September Oktober November Dezember",
		"French":        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"Spanish":       "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"Italian":       "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"Portuguese":    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"Dutch":         "januari februari maart april mei juni juli augustus september oktober november december",
		"Polish":        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
		"Polish, of":    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"English short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
		"German short":  "Jan. Feb. Mrz. Apr. Mai Jun. Jul. Aug. Sep. Okt. Nov. Dez.",
		"French short":  "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
		"Spanish short": "ene feb mar abr may jun jul ago sept oct nov dic",
		"Italian short": "gen feb mar apr mag giu lug ago set ott nov dic",
		"Portug. short": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
		"Dutch short":   "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
		"Polish short":  "sty lut mar kwi maj cze lip sie wrz paź lis gru",
	} {
		l, problem := parseLayout("D MMMM YYYY", 0)
		if problem != nil {
			t.Fatal(problem)
		}
		for i, name := range strings.Fields(names) {
			for _, written := range []string{name, strings.ToUpper(name), strings.ToLower(name)} {
				m, bad := l.read("7 " + written + " 1990")
				if want := (Date{1990, i + 1, 7}); bad != nil || m.date != want {
					t.Errorf("%s: %q is %v (%v), want %v", language, written, m.date, bad, time.Month(want.Month))
				}
			}
		}
	}
}

func TestMonthFormats(t *testing.T) {
	cases := []struct{ format, in, want, code string }{
		{"D. MMM YYYY", "3. Mär. 1990", "1990-03-03", ""},
		{"D. MMM YYYY", "3. Mär 1990", "1990-03-03", ""},
		{"D.MMM.YYYY", "3.Mai.1990", "1990-05-03", ""},
		{"D.MMM.YYYY", "3.Mai..1990", "", CodeDateInvalid},
		{"DD-MMM-YYYY", "03-MAY-1990", "1990-05-03", ""},
		{"DDMMMYYYY", "03MAY1990", "1990-05-03", ""},
		{"DMMMYYYY", "3may1990", "1990-05-03", ""},
		{"MMMM D, YYYY", "September 3, 1990", "1990-09-03", ""},
		{"MMMM Do, YYYY", "May 3rd, 1990", "1990-05-03", ""},
		{"Do MMMM YYYY", "1er février 1990", "1990-02-01", ""},
		{"Do MMMM YYYY", "2 février 1990", "1990-02-02", ""},
		{"D 'de' MMMM 'de' YYYY", "1 de mayo de 1990", "1990-05-01", ""},
		{"D 'de' MMMM 'de' YYYY", "1 DE MAYO DE 1990", "1990-05-01", ""},
		{"D 'de' MMMM 'de' YYYY", "1 mayo 1990", "", CodeDateInvalid},
		{"M/D/YYYY H:mm:ss A", "1/2/1990 12:00:00 AM", "1990-01-02", ""},
		{"M/D/YYYY H:mm:ss A", "1/2/1990 12:00:00", "", CodeDateInvalid},
		{"D MMM YYYY", "31 Feb 1990", "", CodeDateImpossible},
		{"D MMM YYYY", "3 Foo 1990", "", CodeDateInvalid},
		{"D MMM YYYY", "3 5 1990", "", CodeDateInvalid},
		{"D MMM YYYY", "3 Ma 1990", "", CodeDateInvalid},
		{"D MMM YYYY", "3 Maybe 1990", "", CodeDateInvalid},
		{"D MMM YYYY", "3 May 90", "", CodeDateInvalid},
		{"D MMM YYYY", "3 marc\u0327o 1990", "1990-03-03", ""},
		{"D.MMM.YYYY", "3.V.1990", "1990-05-03", ""},
		{"D MMM YYYY", "3 xii 1990", "1990-12-03", ""},
		{"D MMM YYYY", "3 XIII 1990", "", CodeDateInvalid},
		{"excel", "32874", "1990-01-01", ""},
		{"excel1904", "31412", "1990-01-01", ""},
		{"excel", "60", "", CodeDateImpossible},
	}
	for _, c := range cases {
		l, problem := parseLayout(c.format, 0)
		if problem != nil {
			t.Errorf("format %q %s", c.format, problem.message)
			continue
		}
		b := &birthDates{layouts: []layout{l}, today: Date{2026, 11, 21}}
		checkKind(t, b.read, []kindCase{{c.in, c.want, c.code}})
	}
}

// FuzzMonthName: what is taken is letters and at most one full stop, stands for a month, and reads so in any case.
func FuzzMonthName(f *testing.F) {
	for _, s := range []string{"May", "März 1990", "déc.", "WRZEŚNIA", "Sept..", "\xff", "mär\u0308z", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		month, n := readMonthName(s, false)
		if n > len(s) || month < 0 || month > 12 {
			t.Fatalf("%q: month %d in %d bytes", s, month, n)
		}
		if month == 0 {
			return
		}
		word := strings.TrimSuffix(s[:n], ".")
		if again, _ := readMonthName(normalWord(word), false); again != month {
			t.Fatalf("%q is month %d, normalized %d", s, month, again)
		}
	})
}
