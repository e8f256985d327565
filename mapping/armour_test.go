package mapping

import (
	"slices"
	"strings"
	"testing"
)

// compileOne makes a mapper of one field over the column X.
func compileOne(t *testing.T, s FieldSpec, empty ...string) *Mapper {
	t.Helper()
	if s.Columns == nil && s.Expr == "" {
		s.Columns = []string{"X"}
	}
	m, err := Compile(Spec{Fields: []FieldSpec{s}, Empty: empty}, []string{"X"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read is what becomes of a cell: its value, or the code of its fault, and after a blank each the codes of the notes.
func read(t *testing.T, s FieldSpec, cell string, empty ...string) string {
	t.Helper()
	m := compileOne(t, s, empty...)
	c, faults := m.Map([]string{cell})
	got := ""
	if f, ok := ParseField(s.Name); ok {
		got = c.Text(f)
	} else if pairs := c.Metadata(); len(pairs) > 0 {
		got = pairs[0].Text
	}
	for _, f := range faults {
		got += "!" + f.Code
	}
	for _, n := range m.Notes() {
		got += " " + n.Code
	}
	return got
}

// TestArmour: what keeps a spreadsheet from changing a value is no part of it, and what belongs to a text stays.
func TestArmour(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ field, cell, want string }{
		{"phone", "'+353861234567", "+353861234567 escape_removed"},
		{"phone", "' +353861234567", "+353861234567 escape_removed"},
		{"phone", "'+353861234567'", "+353861234567 escape_removed"},
		{"phone", `="+353861234567"`, "+353861234567 escape_removed"},
		{"phone", `'="+353861234567"`, "+353861234567 escape_removed"},
		{"phone", "\u00a0'+353\u202f86\u2007123\u00a04567", "+353861234567 trimmed space_replaced escape_removed"},
		{"email", "'ann@example.com", "ann@example.com escape_removed"},
		{"email", `"ann@example.com"`, "ann@example.com escape_removed"},
		{"email", `"ann@example.com`, "!email_invalid"},
		{"email", `"ann" "roe@example.com"`, "!email_invalid"},
		{"email", `="ann@example.com"`, "ann@example.com escape_removed"},
		{"birth_date", "'1990-05-03", "1990-05-03 escape_removed"},
		{"newsletter", "'1", "true escape_removed"},
		{"country", "'IE", "IE escape_removed"},
		{"first_name", `="Ann"`, "Ann escape_removed"},
		{"first_name", `="""Ann"""`, "Ann escape_removed"},
		{"first_name", `=" Ann "`, "Ann escape_removed"},
		{"first_name", `="5"" pipe"`, `5" pipe escape_removed`},
		{"first_name", `=""`, " escape_removed"},
		{"first_name", "'", " escape_removed"},
		{"first_name", `="Ann"&" "&"Roe"`, "!cell_error"},
		{"first_name", `=CONCATENATE(A2,B2)`, "!cell_error"},
		{"first_name", `=VERKETTEN("a";"b")`, "!cell_error"},
		{"first_name", `=A2&" "&B2`, "!cell_error"},
		{"first_name", `=$B$2`, "!cell_error"},
		{"first_name", `=)`, "=)"},
		{"first_name", `="`, "!cell_error"},
		{"first_name", `="Ann`, "!cell_error"},
		{"last_name", "'t Hooft", "'t Hooft"},
		{"last_name", "'s-Gravesande", "'s-Gravesande"},
		{"last_name", "'n Kaap", "'n Kaap"},
		{"last_name", "O'Brien", "O'Brien"},
		{"last_name", "D'", "D'"},
		{"last_name", "’t Hooft", "’t Hooft"},
		{"last_name", "'Abd", "'Abd apostrophe_kept"},
		{"last_name", "'Roe", "'Roe apostrophe_kept"},
		{"last_name", "'-Roe", "-Roe escape_removed"},
		{"organization", "'47 Brand", "'47 Brand apostrophe_kept"},
		{"organization", "'3/4", "3/4 escape_removed"},
		{"organization", "'3Mar", "3Mar escape_removed"},
		{"organization", "'May", "'May apostrophe_kept"},
		{"organization", "'TRUE", "TRUE escape_removed"},
		{"organization", "'@home", "@home escape_removed"},
		{"address.premise", "'12 High Street", "12 High Street escape_removed"},
		{"address.line", "'12", "12 escape_removed"},
		{"postal_code", "'01067", "01067 escape_removed"},
		{"postal_code", "'D02 X285", "D02 X285 escape_removed"},
		{"legacy_id", "'00123", "00123 escape_removed"},
		{"legacy_id", "'AB-7", "AB-7 escape_removed"},
		{"legacy_id", "'AB", "'AB apostrophe_kept"},
		{"legacy_id", `="00123"`, "00123 escape_removed"},
		{"legacy_id", `"00123"`, "00123 escape_removed"},
		{"legacy_id", `"a" "b"`, `"a" "b"`},
		{"first_name", `"Ann"`, `"Ann"`},
		{"legacy_id", "’00123", "’00123 apostrophe_kept"},
		{"metadata.plan", "'007", "007 escape_removed"},
		{"metadata.plan", `="007"`, "007 escape_removed"},
		{"password", "'1234567", "'1234567 apostrophe_kept"},
		{"password", "'tis a secret", "'tis a secret"},
		{"password", `="Harbour!1"`, "!password_armour"},
		{"password", "=Harbour!1", "=Harbour!1"},
		{"password", "#NAME?", "!cell_error"},
		{"password", "1.23457E+11", "!digits_lost"},
		{"password", "1e5", "1e5"},
	} {
		if got := read(t, FieldSpec{Name: c.field}, c.cell); got != c.want {
			t.Errorf("%s %q is %q, want %q", c.field, c.cell, got, c.want)
		}
	}
}

// TestNumbersAsShown: a number that lost its digits is refused, one that is certain is taken, and what may be either is noted.
func TestNumbersAsShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ field, cell, want string }{
		{"legacy_id", "1024.0", "1024 decimals_removed"},
		{"legacy_id", "1024,0", "1024 decimals_removed"},
		{"legacy_id", "0.0", "0 decimals_removed"},
		{"legacy_id", "00123.0", "00123.0"},
		{"legacy_id", "1024.50", "1024.50"},
		{"legacy_id", "1.0.0", "1.0.0"},
		{"legacy_id", "1,234,567", "1,234,567 number_as_shown"},
		{"legacy_id", "1024.00", "1024.00 number_as_shown"},
		{"legacy_id", "1024,00", "1024,00 number_as_shown"},
		{"legacy_id", "3-May", "3-May number_as_shown"},
		{"username", "Jan-12", "Jan-12 number_as_shown"},
		{"postal_code", "05-Dec", "05-Dec number_as_shown"},
		{"username", "jan-12", "jan-12"},
		{"username", "May-Lin", "May-Lin"},
		{"first_name", "May-03", "May-03"},
		{"legacy_id", "=00123", "!cell_error"},
		{"legacy_id", "=1+1", "!cell_error"},
		{"legacy_id", "1.E+11", "!digits_lost"},
		{"legacy_id", "1,024", "1,024 number_as_shown"},
		{"legacy_id", "1.234.567", "1.234.567 number_as_shown"},
		{"legacy_id", "1.024", "1.024"},
		{"legacy_id", "4111111111111110", "4111111111111110 number_as_shown"},
		{"legacy_id", "411111111111110", "411111111111110"},
		{"legacy_id", "4111111111111119", "4111111111111119"},
		{"legacy_id", "12-345", "12-345"},
		{"legacy_id", "1.23457E+11", "!digits_lost"},
		{"legacy_id", "'1.23457E+11", "!digits_lost escape_removed"},
		{"legacy_id", "1e5", "1e5"},
		{"username", "1024.0", "1024 decimals_removed"},
		{"username", "1.23457E+11", "!digits_lost"},
		{"postal_code", "1067.0", "1067 decimals_removed"},
		{"postal_code", "1,23457E+11", "!digits_lost"},
		{"first_name", "1.23457E+11", "!digits_lost"},
		{"first_name", "1024.0", "1024.0"},
		{"phone", "3.53861E+11", "!digits_lost"},
		{"metadata.id", "1.23457E+11", "!digits_lost"},
		{"metadata.id", "1024.0", "1024.0 number_as_shown"},
		{"metadata.id", "1,234,567", "1,234,567 number_as_shown"},
		{"metadata.id", "4.5", "4.5"},
	} {
		if got := read(t, FieldSpec{Name: c.field}, c.cell); got != c.want {
			t.Errorf("%s %q is %q, want %q", c.field, c.cell, got, c.want)
		}
	}
	for cell, want := range map[string]string{"1.23457E+11": "!digits_lost", "1.5e3": "1.5e3", "1024.0": "1024.0", "'12": "12 escape_removed", `="12"`: "12 escape_removed"} {
		if got := read(t, FieldSpec{Name: "metadata.n", Type: "number"}, cell); got != want {
			t.Errorf("the number %q is %q, want %q", cell, got, want)
		}
	}
	if got := read(t, FieldSpec{Name: "legacy_id", Expr: `row["X"]`}, "1024.0"); got != "1024.0 number_as_shown" {
		t.Errorf("an expression's 1024.0 is %q", got)
	}
}

// TestCellErrors: an error of a spreadsheet is no value of any field, in any language, unless the job says what it stands for.
func TestCellErrors(t *testing.T) {
	t.Parallel()
	texts := strings.Fields("#N/A #NAME? #NV #BEZUG! #REF! #VALUE! #WERT! #DIV/0! #NUM! #NULL! #ZAHL! #NOM? #VALEUR! #¿NOMBRE? #SPILL! #CALC! #FIELD! #GETTING_DATA Err:502 Fehler:502 ##### #Н/Д #n/a #ÜBERLAUF! Loading...")
	for _, text := range texts {
		for _, field := range []string{"email", "first_name", "phone", "birth_date", "newsletter", "country", "gender", "language", "legacy_id", "metadata.x", "password"} {
			if got := read(t, FieldSpec{Name: field}, text); got != "!cell_error" {
				t.Errorf("%s %q is %q", field, text, got)
			}
		}
		for _, cell := range []string{"'" + text, `="` + text + `"`, " " + text + "\u00a0"} {
			if got := read(t, FieldSpec{Name: "last_name"}, cell); !strings.HasPrefix(got, "!cell_error") {
				t.Errorf("%q is %q", cell, got)
			}
		}
	}
	for _, text := range []string{"#", "##", "#1", "N/A", "#NAME", "Err: none", "Err:ab", "Error", "#vip", "#", "Fe", "Err:602"} {
		if got := read(t, FieldSpec{Name: "metadata.x"}, text); got != text {
			t.Errorf("%q is %q", text, got)
		}
	}
	if got := read(t, FieldSpec{Name: "last_name"}, "#N/A", "#N/A"); got != " placeholder_emptied" {
		t.Errorf("a listed error is %q", got)
	}
	if got := read(t, FieldSpec{Name: "last_name"}, "'#N/A", "#N/A"); got != " placeholder_emptied escape_removed" {
		t.Errorf("a listed error behind an apostrophe is %q", got)
	}
	values := map[string]string{"#N/A": "false", "00123": "true"}
	for cell, want := range map[string]string{"#N/A": "false", "'00123": "true escape_removed", `="00123"`: "true escape_removed", "#REF!": "!cell_error"} {
		if got := read(t, FieldSpec{Name: "newsletter", Values: values}, cell); got != want {
			t.Errorf("%q with values is %q, want %q", cell, got, want)
		}
	}
}

// TestArmourInExpressions: a condition and an expression see the text of a text formula, and no error gets into a longer text.
func TestArmourInExpressions(t *testing.T) {
	t.Parallel()
	spec := FieldSpec{Name: "display_name", Expr: `"Ms " + row["X"]`}
	for cell, want := range map[string]string{`="Roe"`: "Ms Roe escape_removed", "#N/A": "!cell_error", `="#N/A"`: "!cell_error", "Roe": "Ms Roe", "": "Ms"} {
		if got := strings.TrimSuffix(read(t, spec, cell), " trimmed"); got != want {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
	aware := FieldSpec{Name: "display_name", Expr: `row["X"] == "#N/A" ? "nobody" : row["X"]`}
	if got := read(t, aware, "#N/A"); got != "nobody" {
		t.Errorf("an expression that knows the error gives %q", got)
	}
	if got := read(t, FieldSpec{Name: "password", Expr: `row["X"]`}, `="Harbour!1"`); got != `="Harbour!1"` {
		t.Errorf("a password that an expression takes is %q", got)
	}
	m, err := Compile(Spec{Fields: []FieldSpec{{Name: "email", Columns: []string{"E"}}}, Where: `row["Plan"] == "VIP"`}, []string{"E", "Plan"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cells := []string{"a@example.com", `="VIP"`}
	if taken, fault := m.Takes(cells); !taken || fault != nil || cells[1] != `="VIP"` {
		t.Errorf("taken %t, %v, %q", taken, fault, cells)
	}
	if taken, fault := m.Takes([]string{"a@example.com", "#REF!"}); taken || fault == nil || fault.Code != CodeCellError {
		t.Errorf("taken %t, %v", taken, fault)
	}
}

// FuzzArmour: nothing is added, an apostrophe inside a text stays, and what is bare stays.
func FuzzArmour(f *testing.F) {
	for _, s := range []string{"'+1", `="00123"`, `="""a"""`, `'="x"`, "#N/A", "1024.0", "1.23457E+11", "'t Hooft", `=""`, "'", `="a""b"`} {
		f.Add(s, "first_name")
		f.Add(s, "legacy_id")
	}
	f.Fuzz(func(t *testing.T, cell, name string) {
		field, ok := ParseField(name)
		if !ok {
			return
		}
		st := &step{field: field, kind: field.Kind()}
		text, _ := clean(cell)
		bare, did, bad := st.bare(text)
		if len(bare) > len(text) || did == 0 && bad == nil && bare != text {
			t.Fatalf("%q is %q, %b", text, bare, did)
		}
		if strings.Trim(bare, `"`) != "" && !strings.Contains(strings.ReplaceAll(text, `""`, `"`), strings.ReplaceAll(strings.Trim(bare, `"`), `""`, `"`)) && isASCII(text) && !slices.Contains([]byte(text), 0) {
			t.Fatalf("%q is in no way %q", text, bare)
		}
	})
}
