package mapping

import (
	"strings"
	"testing"
)

func TestSplitName(t *testing.T) {
	for in, want := range map[string]string{
		"Jane Doe":                     "Jane|Doe",
		"  Jane   Doe ":                "Jane|Doe",
		"Anna-Lena Müller-Lüdenscheid": "Anna-Lena|Müller-Lüdenscheid",
		"Doe, Jane":                    "Jane|Doe",
		"Doe, Mary Jane":               "Mary Jane|Doe",
		"García López, Juan":           "Juan|García López",
		"Ortega y Gasset, José":        "José|Ortega y Gasset",
		"van den Berg, Jan":            "Jan|van den Berg",
		"Berg, Jan van den":            "Jan|van den Berg",
		"Humboldt, Alexander von":      "Alexander|von Humboldt",
		"Smith Jr., John":              "John|Smith Jr.",
		"Smith, Jr., John":             "John|Smith Jr.",
		"Smith, John, Jr.":             "John|Smith Jr.",
		"Martin King Jr.":              "Martin|King Jr.",
		"Martin L. King, Jr.":          "Martin L.|King Jr.",
		"Henry Ford III":               "Henry|Ford III",
		"Henry Ford 3rd":               "Henry|Ford 3rd",
		"Jane Doe, PhD":                "Jane|Doe",
		"Jane Doe, PhD, MBA":           "Jane|Doe",
		"Dr. Jane Doe":                 "Jane|Doe",
		"Frau Prof. Dr. Eva Meier":     "Eva|Meier",
		"Dr. rer. nat. Eva Meier":      "Eva|Meier",
		"Meier, Dr. Eva":               "Eva|Meier",
		"Mme Claire Dupont":            "Claire|Dupont",
		"Sra. Ana Ruiz":                "Ana|Ruiz",
		"Sig.ra Maria Rossi":           "Maria|Rossi",
		"Dott.ssa Maria Rossi":         "Maria|Rossi",
		"Pani Anna Kowalska":           "Anna|Kowalska",
		"Mevr. Anna de Vries":          "Anna|de Vries",
		"de heer Jan Jansen":           "Jan|Jansen",
		"Ludwig van Beethoven":         "Ludwig|van Beethoven",
		"Jan Peter van der Berg":       "Jan Peter|van der Berg",
		"Jean-Claude Van Damme":        "Jean-Claude|Van Damme",
		"Otto von Bismarck":            "Otto|von Bismarck",
		"Robert De Niro":               "Robert|De Niro",
		"Maria da Silva":               "Maria|da Silva",
		"José dos Santos":              "José|dos Santos",
		"Charles de la Tour":           "Charles|de la Tour",
		"Gerard 't Hooft":              "Gerard|'t Hooft",
		"Pim van 't Hof":               "Pim|van 't Hof",
		"Sinéad O'Connor":              "Sinéad|O'Connor",
		"Sinéad O' Connor":             "Sinéad|O' Connor",
		"Ronald McDonald":              "Ronald|McDonald",
		"Ronald Mc Donald":             "Ronald|Mc Donald",
		"John F. Kennedy":              "John F.|Kennedy",
		"J. R. R. Tolkien":             "J. R. R.|Tolkien",
		"J.R.R. Tolkien":               "J.R.R.|Tolkien",
		"DUPONT Jean":                  "Jean|DUPONT",
		"Jean DUPONT":                  "Jean|DUPONT",
		"McDONALD Ronald":              "Ronald|McDONALD",
		"JEAN DUPONT":                  "JEAN|DUPONT",
		"GARCIA LOPEZ Juan":            "Juan|GARCIA LOPEZ",
		"Zoë Łukasz":                   "Zoë|Łukasz",
		"Иван Петров":                  "Иван|Петров",
		"Smith, J.":                    "J.|Smith",
		"Ian St. John":                 "Ian|St. John",
		// What can't be told.
		"Madonna":                   "!one word",
		"Dr. Meier":                 "!one word",
		"Doe,":                      "!one word",
		", Jane":                    "!one word",
		"Mary Jane Smith":           "!given or to the family",
		"Juan García López":         "!given or to the family",
		"María del Carmen":          "!given or to the family",
		"María del Carmen García":   "!given or to the family",
		"Juan de Dios Pérez":        "!given or to the family",
		"Ana Costa da Silva":        "!given or to the family",
		"Castro e Silva":            "!given or to the family",
		"Jan i Maria Kowalski":      "!given or to the family",
		"Van Morrison":              "!begins with",
		"van Gogh Vincent":          "!begins with",
		"De Niro Robert":            "!begins with",
		"Hans & Maria Müller":       "!more than one person",
		"Hans und Maria Müller":     "!more than one person",
		"Hans Müller / Maria Meier": "!more than one person",
		"John and Jane Doe":         "!more than one person",
		"Doe, John and Jane":        "!more than one person",
		"Kowalski, Jan i Maria":     "!more than one person",
		"Acme GmbH":                 "!company",
		"Acme, Inc.":                "!company",
		"Jane Doe (Miller)":         "!character",
		"John \"Jack\" Doe":         "!character",
		"jane@example.com":          "!character",
		"Jane Doe 2":                "!character",
		"- Doe":                     "!character",
		"Anna Schmidt geb. Meyer":   "!earlier name",
		"Anne Martin née Dupont":    "!earlier name",
		"Doe, Jane, Mary":           "!commas",
		"Ramesh K":                  "!initial",
		"Kennedy J.":                "!initial",
		"M. Dupont":                 "!initial",
		"M. Night Shyamalan":        "!initial",
		"JJ Abrams":                 "!capitals",
		"WU Wei":                    "!capitals",
		"王小明":                       "!script",
		"山田 太郎":                     "!script",
		"Jane\nDoe":                 "!line break",
		strings.Repeat("a", 301):    "!300 bytes",
	} {
		n, bad := splitName(in)
		if message, wrong := strings.CutPrefix(want, "!"); wrong {
			if bad == nil || !strings.Contains(bad.message, message) || bad.hint == "" {
				t.Errorf("%q: got %+v, flaw %+v, want a flaw with %q", in, n, bad, message)
			}
			continue
		}
		if got := n.first + "|" + n.last; bad != nil || got != want {
			t.Errorf("%q: got %q, %+v, want %q", in, got, bad, want)
		}
	}
}

// FuzzName: no part is invented or empty. Every word of the parts is a word of the name, and none stands in both.
func FuzzName(f *testing.F) {
	for _, s := range []string{"Jane Doe", "Doe, Jane, Jr.", "Dr. van der Berg, Jan", "DUPONT Jean", "O' Brien", ",,", "a,b,c,d", "\xff, x", "Sr. Sr. Sr."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, bad := splitName(s)
		if bad != nil {
			if bad.message == "" || bad.hint == "" || n != (fullName{}) {
				t.Fatalf("%q: flaw %+v with %+v", s, bad, n)
			}
			return
		}
		if n.first == "" || n.last == "" || Trim(n.first) != n.first || Trim(n.last) != n.last {
			t.Fatalf("%q: %+v has an empty or untidy part", s, n)
		}
		left := map[string]int{}
		for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
			left[w]++
		}
		for _, w := range strings.Fields(n.first + " " + n.last) {
			if left[w]--; left[w] < 0 {
				t.Fatalf("%q: %+v has the word %q too often", s, n, w)
			}
		}
	})
}

func TestReadSalutation(t *testing.T) {
	for want, all := range map[string]string{
		"male":    "Mr|Mr.|MR|Mister|Sir|Herr|Herrn|Hr.|Herr Dr.|Herr Prof. Dr.|Sehr geehrter Herr|M.|Monsieur|Sr.|Señor|Don|Sig.|Signor|Dott. Sig.|Senhor|Sr|Dhr.|de heer|Meneer|Pan|Szanowny Pan|Dear Mr",
		"female":  "Mrs|Ms.|Miss|Frau|FRAU|Frau Dr.|Fräulein|Sehr geehrte Frau|Mme|Mlle|Madame|Mademoiselle|Sra.|Srta.|Señora|SENORITA|Doña|Dª|Sig.ra|Sig.na|Signora|Dott.ssa|Senhora|Exma. Sra.|Mevr.|Mevrouw|Mw.|Pani|Szanowna Pani|Ma'am",
		"other":   "Divers|divers",
		"unknown": "Mx|Mx.",
	} {
		for _, s := range strings.Split(all, "|") {
			if v, bad := readSalutation(s); bad != nil || v.text != want {
				t.Errorf("%q: got %q, %+v, want %q", s, v.text, bad, want)
			}
		}
	}
	for _, s := range strings.Split("Dr.|Prof|Fr.|D.|Herr Müller|Herr und Frau|Herr/Frau|Dhr./Mevr.|Familie|Firma|Państwo|x|1|Mr & Mrs|"+strings.Repeat("Mr ", 50), "|") {
		if v, bad := readSalutation(s); bad == nil || bad.code != CodeGenderUnknown {
			t.Errorf("%q: got %q, %+v, want a flaw", s, v.text, bad)
		}
	}
}
