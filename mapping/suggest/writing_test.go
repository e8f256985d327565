package suggest

import (
	"strings"
	"testing"

	"importer/mapping"
)

// TestNothingPersonalIsWritten slips persons' data into columns whose words are shown, and looks for it in the file.
func TestNothingPersonalIsWritten(t *testing.T) {
	s := NewSample([]string{"E-mail", "Country", "Newsletter", "Gender", "Language", "Salutation", "Phone", "DOB", "Password", "Name"})
	for i := range 40 {
		s.Add([]string{"jane.roe@example.com", "Ireland", "yes", "female", "en-IE", "Ms", "+353861234567", "13/05/1980", "Harbour!2301", "Roe, Jane"})
		if i%10 == 0 {
			s.Add([]string{"+353861234567", "jane.roe@example.com", "Jane", "Roe 1980", "13 May 1980", "Harbour!2301", "Ms", "Ireland", "x", "y"})
		}
	}
	text := string(Propose(s, Options{Input: "list.csv"}).YAML())
	for _, personal := range []string{"jane", "Jane", "Roe", "861234567", "1980", "Harbour"} {
		if strings.Contains(text, personal) {
			t.Errorf("%q stands in the file:\n%s", personal, text)
		}
	}
}

// TestRefusedIsCounted: what check will say of the sampled rows stands beside the field.
func TestRefusedIsCounted(t *testing.T) {
	s := sampleOf(40, "E-mail: u#@example.com")
	s.Add([]string{"not an address"})
	p := Propose(s, Options{Fields: []Want{{Field: mapping.Email}}})
	if p.Choices[0].Refused != 1 || !strings.Contains(string(p.YAML()), "1 of 41 sampled rows will be refused: email_invalid 1") {
		t.Errorf("refused %d:\n%s", p.Choices[0].Refused, p.YAML())
	}
}

// TestOddCellsOfAShortList: a column keeps its name's field where most of a few cells fit; in a long list that is asked.
func TestOddCellsOfAShortList(t *testing.T) {
	const half = "Email: u#@example.com, by post #, v#@example.com"
	if got := proposed(sampleOf(6, half), mapping.Email); got != "Email" {
		t.Errorf("of six rows: %q", got)
	}
	if got := proposed(sampleOf(60, half), mapping.Email); got != "? Email" {
		t.Errorf("of sixty rows: %q", got)
	}
}

// TestNamesOfShiftedColumnsAreNotWritten: words that are not understood are names where the whole column, or the words of another, slipped.
func TestNamesOfShiftedColumnsAreNotWritten(t *testing.T) {
	for name, s := range map[string]*Sample{
		"the whole column": sampleOf(40, "Email: u#@example.com", "Country: Byrne, Murphy"),
		"some rows":        sampleOf(40, "Email: u#@example.com", "Surname: Byrne, Murphy, Walsh", "Country: Ireland, IE, Byrne, Ireland"),
	} {
		if text := string(Propose(s, Options{}).YAML()); strings.Contains(text, "Byrne") || strings.Contains(text, "Murphy") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	plain := string(Propose(sampleOf(60, "Email: u#@example.com", "Country: Ireland, IE, Ireland, Irland, Ireland, IE, Ireland, IE, Ireland, IE, Ireland, Atlantis"), Options{}).YAML())
	if !strings.Contains(plain, "Atlantis") {
		t.Errorf("a word of the column is not written:\n%s", plain)
	}
}

// TestNamibiaIsNotEmpty: a cell that is a value counts as filled.
func TestNamibiaIsNotEmpty(t *testing.T) {
	text := string(Propose(sampleOf(20, "Country: NA, Ireland"), Options{Fields: []Want{{mapping.Country, true}}}).YAML())
	if strings.Contains(text, "rows have none") {
		t.Errorf("%s", text)
	}
}
