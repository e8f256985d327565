package mapping

import (
	"strings"
	"sync"
	"testing"

	"importer/mapping/problem"
)

// compileExpr compiles one expression for a text field over the columns A and "B b".
func compileExpr(t *testing.T, field, source string) (*Mapper, error) {
	t.Helper()
	return Compile(Spec{Fields: []FieldSpec{{Name: field, Expr: source}}, Ignore: []string{"A", "B b"}}, []string{"A", "B b"}, Options{})
}

func TestExpressionResults(t *testing.T) {
	cases := []struct{ source, a, b, want string }{
		{`row["A"]`, "x", "y", "x"},
		{`row.A + "-" + row["B b"]`, "x", "y", "x-y"},
		{`upper(trim(row["A"]))`, " münchen ", "", "MÜNCHEN"},
		{`lower(row["A"])`, "ÀB", "", "àb"},
		{`title(row["A"])`, "JANE o'NEILL-SMITH van DYK", "", "Jane O'neill-Smith Van Dyk"},
		{`digits(row["A"])`, "+353 (86) ٣", "", "35386"},
		{`left(row["A"], 2)`, "äöü", "", "äö"},
		{`left(row["A"], 9)`, "äöü", "", "äöü"},
		{`left(row["A"], -1)`, "äöü", "", ""},
		{`right(row["A"], 2)`, "äöü", "", "öü"},
		{`right(row["A"], 9)`, "äöü", "", "äöü"},
		{`right(row["A"], 0)`, "äöü", "", ""},
		{`part(row["A"], ",", 1)`, "Doe, Jane", "", "Doe"},
		{`part(row["A"], ",", 2)`, "Doe, Jane", "", "Jane"},
		{`part(row["A"], ",", -1)`, "Doe, Jane", "", "Jane"},
		{`part(row["A"], ",", 3)`, "Doe, Jane", "", ""},
		{`part(row["A"], "", 1)`, "Doe, Jane", "", ""},
		{`replace(row["A"], "-", "")`, "1-2-3", "", "123"},
		{`replace(row["A"], "", "x")`, "1-2", "", "1-2"},
		{`concat(row["A"], row["B b"], "!")`, "x", "y", "xy!"},
		{`join(" ", row["A"], "", row["B b"])`, " x ", "y", "x y"},
		{`firstNonEmpty(row["A"], row["B b"], "z")`, " ", "y", "y"},
		{`padLeft(row["A"], 5, "0")`, "42", "", "00042"},
		{`padLeft(row["A"], 1, "0")`, "42", "", "42"},
		{`len(row["A"]) > 2 ? "long" : "short"`, "äöü", "", "long"},
		{`row["A"] == "x" and not (row["B b"] startsWith "y") ? "1" : "2"`, "x", "z", "1"},
		{`row["A"] in ["x", "y"] ? "in" : "out"`, "y", "", "in"},
		{`row["A"] contains "@" || row["A"] endsWith "!" ? "yes" : "no"`, "a!", "", "yes"},
	}
	for _, c := range cases {
		m, err := compileExpr(t, "first_name", c.source)
		if err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		got, faults := m.Map([]string{c.a, c.b})
		if got.Text(FirstName) != c.want || len(faults) > 0 {
			t.Errorf("%s of %q, %q: got %q %v, want %q", c.source, c.a, c.b, got.Text(FirstName), faults, c.want)
		}
	}
}

func TestExpressionKinds(t *testing.T) {
	for field, source := range map[string]string{
		"terms_accepted": `row["A"] == "x"`,
		"newsletter":     `len(row["A"])`,
		"email_bounced":  `row["A"] == "x" ? "yes" : "no"`,
	} {
		m, err := compileExpr(t, field, source)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		f, _ := ParseField(field)
		if c, faults := m.Map([]string{"x", ""}); c.Text(f) != "true" || len(faults) > 0 {
			t.Errorf("%s: got %q %v, want true", source, c.Text(f), faults)
		}
	}
}

func TestExpressionRefused(t *testing.T) {
	for source, want := range map[string]string{
		`row["C"]`:                             `the header has no column "C"`,
		`row["a"]`:                             `did you mean "A"?`,
		`uper(row["A"])`:                       `did you mean "upper"?`,
		`row`:                                  `without the name of a column`,
		`row[0]`:                               `without the name of a column`,
		`row[row["A"]]`:                        `without the name of a column`,
		`A`:                                    `write row["A"] for a cell`,
		`upper`:                                `uses the unknown name upper`,
		`upper(`:                               `does not compile`,
		`upper(1)`:                             `does not compile`,
		`1 + 1`:                                `gives a number`,
		`row["A"] == "x"`:                      `gives a yes or no`,
		`repeat(row["A"], 1000000)`:            `calls repeat(), which does not exist`,
		`filter([1], # > 0)`:                   `calls filter(), which does not exist`,
		`now()`:                                `calls now(), which does not exist`,
		`let x = row["A"]; x + x`:              `not part of the language`,
		`row["A"] matches "(a+)+"`:             `not part of the language`,
		`join(",", 1..1000000)`:                `not part of the language`,
		`{"a": 1}`:                             `not part of the language`,
		`nil`:                                  `not part of the language`,
		`$env["row"]`:                          `without the name of a column`,
		`row["A"]; row["A"]`:                   `not part of the language`,
		strings.Repeat("(", 600) + "1":         `does not compile`,
		strings.Repeat(`"a"+`, 300) + `"a"`:    `does not compile`,
		strings.Repeat(" ", 4097) + `row["A"]`: `longer than 4096 bytes`,
	} {
		_, err := compileExpr(t, "first_name", source)
		if err == nil || !strings.Contains(err.Error()+"\n"+problem.Hint(err), want) {
			t.Errorf("%s: got %v, want %q", source, err, want)
		}
	}
}

// TestExpressionFaults wants no cell in the text of a fault.
func TestExpressionFaults(t *testing.T) {
	for source, cell := range map[string]string{
		`replace(row["A"], "x", row["B b"])`:       strings.Repeat("x", 1000),
		`padLeft(row["A"], 100000, "0")`:           "secret",
		`concat(row["B b"], row["A"], row["B b"])`: strings.Repeat("secret", 10_000),
	} {
		m, err := compileExpr(t, "first_name", source)
		if err != nil {
			t.Fatal(err)
		}
		c, faults := m.Map([]string{cell, strings.Repeat("secret", 1000)})
		if len(faults) != 1 || faults[0].Code != CodeExpressionFailed || c.Has(FirstName) {
			t.Fatalf("%s: got %+v, want one %s", source, faults, CodeExpressionFailed)
		}
		if all := faults[0].Message + faults[0].Shown; strings.Contains(all, "secret") {
			t.Errorf("%s: the fault shows a cell: %s", source, all)
		}
	}
}

func TestExpressionIsConcurrent(t *testing.T) {
	m, err := compileExpr(t, "first_name", `upper(row["A"]) + row["B b"]`)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, cell := range []string{"a", "b", "c", "d"} {
		group.Go(func() {
			for range 500 {
				if c, _ := m.Map([]string{cell, cell}); c.Text(FirstName) != strings.ToUpper(cell)+cell {
					t.Errorf("got %q for %q", c.Text(FirstName), cell)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestFunctionsAreDocumented(t *testing.T) {
	for _, f := range Functions() {
		if f.Doc == "" || !strings.HasPrefix(f.Usage, f.Name+"(") {
			t.Errorf("function %+v is not documented", f)
		}
	}
}
