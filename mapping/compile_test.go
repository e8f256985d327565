package mapping

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"importer/mapping/problem"
)

func TestCompileWithoutPlaces(t *testing.T) {
	value := "x"
	for name, c := range map[string]struct {
		spec Spec
		want string
	}{
		"twice":       {Spec{Fields: []FieldSpec{{Name: "email", Columns: []string{"A"}}, {Name: "email", Columns: []string{"A"}}}}, `field "email" is set twice`},
		"wire twice":  {Spec{Wire: []FieldSpec{{Name: "w", Columns: []string{"A"}}, {Name: "w", Value: &value}}}, `wire field "w" is set twice`},
		"no source":   {Spec{Fields: []FieldSpec{{Name: "email"}}}, "has no source"},
		"two sources": {Spec{Fields: []FieldSpec{{Name: "email", Columns: []string{"A"}, Expr: `row["A"]`}}}, "more than one source"},
		"import":      {Spec{Fields: []FieldSpec{{Name: "email", Columns: []string{"_import_row"}}}}, "can't be mapped"},
		"no key":      {Spec{Fields: []FieldSpec{{Name: "metadata.", Columns: []string{"A"}}}}, "needs a name"},
		"wire format": {Spec{Wire: []FieldSpec{{Name: "w", Columns: []string{"A"}, Formats: []string{"DD/MM/YYYY"}}}}, "takes no format"},
		"translated":  {Spec{Fields: []FieldSpec{{Name: "title", Value: &value, Values: map[string]string{"a": "b"}}}}, "nothing to translate"},
		"no secret":   {Spec{Fields: []FieldSpec{{Name: "password", Value: new("hunter\t2")}}}, `value of "password": holds a tab`},
	} {
		_, err := Compile(c.spec, []string{"A", "_import_row"}, Options{})
		if problem.KindOf(err) != problem.Input || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if strings.Contains(fmt.Sprint(err), "hunter") {
			t.Errorf("%s: a password is shown: %v", name, err)
		}
	}
}

func TestColumnsOfFields(t *testing.T) {
	m, err := Compile(Spec{Fields: []FieldSpec{
		{Name: "password", Expr: `row["C"] + row["A"]`},
		{Name: "email", Columns: []string{"B", "A"}},
		{Name: "title", Value: new("Dr")},
	}, Wire: []FieldSpec{{Name: "security_token", Columns: []string{"D"}}}}, []string{" A", "B ", "C", "D"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(m.HiddenColumns(), m.Fields(), m.Has(Email), m.Has(Gender))
	if want := "[0 2 3] [password email title] true false"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c, faults := m.Map([]string{"a@example.com"}) // a short row counts as empty
	if len(faults) > 0 || c.Text(Email) != "a@example.com" || c.Text(Password) != "a@example.com" {
		t.Errorf("a short row: %+v, %v", c, faults)
	}
}

// A password is a secret though the job ignores it: failed rows are written to a file.
func TestIgnoredSecretsAreHidden(t *testing.T) {
	m, err := Compile(Spec{Fields: []FieldSpec{{Name: "email", Columns: []string{"E-mail"}}, {Name: "referral_code", Columns: []string{"token"}}},
		Ignore: []string{"Password", "login.passwort", "Name"}}, []string{"Password", "E-mail", "Name", "login.passwort", "token"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(m.HiddenColumns()); got != "[0 3]" {
		t.Errorf("hidden columns %s", got)
	}
}

func TestMemoriesAreBounded(t *testing.T) {
	reads := 0
	read := remember(fewTexts, func(s string) (value, *flaw) { reads++; return value{text: s + "!"}, nil })
	for range 2 {
		for i := range fewTexts {
			if v, _ := read(fmt.Sprint(i)); v.text != fmt.Sprint(i)+"!" {
				t.Fatalf("%d read as %q", i, v.text)
			}
		}
	}
	if reads != fewTexts {
		t.Errorf("%d texts were read, want each of %d once", reads, fewTexts)
	}
	read(strings.Repeat("x", 65))
	read(strings.Repeat("x", 65))
	if reads != fewTexts+2 {
		t.Error("a long text is kept")
	}
	for last := range 100 {
		reads = 0
		read := remember(10, func(s string) (value, *flaw) { reads++; return value{text: s + "!"}, nil })
		for i := range last + 1 {
			read(fmt.Sprint(i))
		}
		kept := 0 // from the last one backwards: what is found changes nothing
		for reads = 0; reads == 0 && kept <= last; kept++ {
			if v, _ := read(fmt.Sprint(last - kept)); v.text != fmt.Sprint(last-kept)+"!" {
				t.Fatalf("%d read as %q", last-kept, v.text)
			}
		}
		if kept -= reads; kept < min(10, last+1) || kept > 20 {
			t.Fatalf("after %d %d texts are kept, want 10 to 20", last, kept)
		}
	}
}

// TestFirstTextsAreKept: those that come when the memory is full are read again each time.
func TestFirstTextsAreKept(t *testing.T) {
	reads := 0
	read := rememberFirst(func(s string) (value, *flaw) { reads++; return value{text: s + "!"}, nil })
	for range 2 {
		for i := range fewTexts + 10 {
			if v, _ := read(fmt.Sprint(i)); v.text != fmt.Sprint(i)+"!" {
				t.Fatalf("%d read as %q", i, v.text)
			}
		}
	}
	if reads != fewTexts+20 {
		t.Errorf("%d texts were read, want %d once and 10 twice", reads, fewTexts)
	}
}

// TestMapIsConcurrent maps different rows at once; the race detector looks on.
func TestMapIsConcurrent(t *testing.T) {
	m, err := Compile(Spec{}, []string{"phone", "country", "language", "newsletter", "metadata.x"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	countries := []string{"IE", "Germany", "fra", "Atlantis"}
	want := []string{"IE", "DE", "FR", ""}
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range 200 {
				number := fmt.Sprintf("+35386123%04d", i)
				c, _ := m.Map([]string{number, countries[(worker+i)%4], "en_ie", "y", "z"})
				if c.Text(PhoneNumber) != number || c.Text(Country) != want[(worker+i)%4] || c.Text(Language) != "en-IE" || len(c.Metadata()) != 1 {
					t.Errorf("worker %d, row %d: %+v", worker, i, c)
					return
				}
			}
		})
	}
	group.Wait()
}
