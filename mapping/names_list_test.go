package mapping

import (
	"os"
	"strings"
	"testing"
)

// nameLines reads a list of testdata/names: lines of two parts.
func nameLines(t *testing.T, path string, least int) [][2]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all [][2]string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		left, right, ok := strings.Cut(line, "|")
		if !ok {
			t.Fatalf("%s: %q has no second part", path, line)
		}
		all = append(all, [2]string{left, right})
	}
	if len(all) < least {
		t.Fatalf("%s has only %d names", path, len(all))
	}
	return all
}

// TestOrdinaryNames: nobody whose name can be read is asked about it, and both orders give the same.
func TestOrdinaryNames(t *testing.T) {
	for _, n := range nameLines(t, "testdata/names/ordinary.txt", 230) {
		want := fullName{n[0], n[1]}
		if got, bad := splitName(n[0] + " " + n[1]); bad != nil || got != want {
			t.Errorf("%s %s: got %+v, %+v", n[0], n[1], got, bad)
		}
		switch n[1] {
		case "King Jr.", "Gates Jr.", "Ford III", "MA", "DO", "Born", "Neto": // "King Jr., Martin L." is in TestSplitName; the others may be no names with more around them
		default:
			if got, bad := splitName("Dr. " + n[0] + " " + n[1] + ", PhD"); bad != nil || got != want {
				t.Errorf("Dr. %s %s, PhD: got %+v, %+v", n[0], n[1], got, bad)
			}
			if got, bad := splitName(n[1] + ", " + n[0]); bad != nil || got != want {
				t.Errorf("%s, %s: got %+v, %+v", n[1], n[0], got, bad)
			}
		}
		for _, one := range n {
			if found := findDamage(one, nameText); found != nil {
				t.Errorf("%q %s", one, found.bad.message)
			}
		}
	}
}

// TestUnclearNames: what can be read in two ways is not read, and the message says why.
func TestUnclearNames(t *testing.T) {
	for _, n := range nameLines(t, "testdata/names/unclear.txt", 60) {
		got, bad := splitName(n[0])
		if bad == nil || !strings.Contains(bad.message, n[1]) || bad.code != CodeNameUnclear || bad.hint == "" {
			t.Errorf("%s: got %+v, %+v, want %q", n[0], got, bad, n[1])
		}
	}
}

// TestTitledNames: titles and degrees are left out only where they are certain.
func TestTitledNames(t *testing.T) {
	for in, want := range map[string]string{
		"Ing. Jan Novák":            "Jan|Novák",
		"Mag. Eva Huber":            "Eva|Huber",
		"Frau Mag. Eva Huber":       "Eva|Huber",
		"Mgr. Inż. Jan Kowalski":    "Jan|Kowalski",
		"Herr Max Mustermann":       "Max|Mustermann",
		"Frau Dr. med. Eva Meier":   "Eva|Meier",
		"DR JANE DOE":               "JANE|DOE",
		"mr john smith":             "john|smith",
		"Capt. James Cook":          "James|Cook",
		"Mr.John Smith":             "John|Smith",
		"Doe, Dr.Jane":              "Jane|Doe",
		"Doe, AJ":                   "AJ|Doe",
		"Yaqub, Ibrahim ibn":        "Ibrahim|ibn Yaqub",
		"Osama bin LADEN":           "Osama|bin LADEN",
		"bin Laden, Osama":          "Osama|bin Laden",
		"Herr, Michael":             "Michael|Herr",
		"Pan, Wei":                  "Wei|Pan",
		"Mbaye, Dame":               "Dame|Mbaye",
		"Ing, Anna":                 "Anna|Ing",
		"Miller, Ben":               "Ben|Miller",
		"Green, Al":                 "Al|Green",
		"Nguyễn, Văn An":            "Văn An|Nguyễn",
		"Kim, Do Yeon":              "Do Yeon|Kim",
		"Le, Minh":                  "Minh|Le",
		"Do, Anna":                  "Anna|Do",
		"Wang, Wei":                 "Wei|Wang",
		"NGUYEN Van An":             "Van An|NGUYEN",
		"Jane Doe, MA":              "Jane|Doe",
		"Jane Doe, MD":              "Jane|Doe",
		"Jane Doe, RN, MBA":         "Jane|Doe",
		"Jane Doe, Ph.D.":           "Jane|Doe",
		"Jane Doe M.A.":             "Jane|Doe",
		"Jane Doe PhD":              "Jane|Doe",
		"JANE DOE PHD":              "JANE|DOE",
		"Jane Doe MBA":              "Jane|Doe",
		"Smith, John, MD":           "John|Smith",
		"Dipl.-Ing. Eva Huber":      "Eva|Huber",
		"Eva Huber, Dipl.-Ing.":     "Eva|Huber",
		"Ben van der Berg":          "Ben|van der Berg",
		"Al De Niro":                "Al|De Niro",
		"Maria Pan":                 "Maria|Pan",
		"Anna Ing":                  "Anna|Ing",
		"Michael Prince":            "Michael|Prince",
		"Prof. h.c. Anna Schneider": "Anna|Schneider",
	} {
		n, bad := splitName(in)
		if got := n.first + "|" + n.last; bad != nil || got != want {
			t.Errorf("%q: got %q, %+v, want %q", in, got, bad, want)
		}
	}
}
