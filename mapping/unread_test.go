package mapping

import (
	"fmt"
	"testing"
)

// TestMapUnread: what is read from a cell that could not be read for certain is a fault with its reason and no value, whatever else would give one.
func TestMapUnread(t *testing.T) {
	spec := Spec{Where: `row["Take"] != "no"`, Fields: []FieldSpec{
		{Name: "email", Columns: []string{"Mail"}},
		{Name: "phone", Columns: []string{"Mobile", "Home"}, Country: "IE"},
		{Name: "country", Columns: []string{"Land"}, Default: new("IE")},
		{Name: "first_name", Expr: `trim(row["Name"])`},
		{Name: "last_name", Value: new("Roe")},
		{Name: "legacy_id", Columns: []string{"Id"}},
	}, Ignore: []string{"Age"}}
	header := []string{"Mail", "Mobile", "Home", "Land", "Name", "Id", "Age", "Take"}
	m, err := Compile(spec, header, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cells := []string{"ann@example.com", "", "0861234567", "", "Ann", "7", "#N/A", ""}
	for column, want := range map[int]string{0: "email", 1: "phone", 2: "phone", 3: "country", 4: "first_name", 5: "legacy_id", 6: "", 7: ""} {
		unread := []Unread{{Column: column, Code: "cell_error", Message: "holds something", Hint: "look"}}
		customer, faults := m.MapUnread(cells, unread)
		got := ""
		for _, f := range faults {
			got += f.Field
			if f.Code != "cell_error" || f.Message != "holds something" || f.Hint != "look" {
				t.Errorf("column %d: %+v", column, f)
			}
		}
		if field, _ := ParseField(want); got != want || field != NoField && customer.Has(field) {
			t.Errorf("column %d: faults of %q, want %q; the customer has it: %v", column, got, want, customer.Has(field))
		}
		takes, fault := m.TakesUnread(cells, unread)
		if takes != (column != 7) || (fault != nil) != (column == 7) {
			t.Errorf("column %d: the condition is %v, %+v", column, takes, fault)
		}
	}
	plain, faults := m.MapUnread(cells, nil)
	if same, _ := m.Map(cells); len(faults) > 0 || fmt.Sprint(plain) != fmt.Sprint(same) {
		t.Errorf("without such cells: %v %+v", plain, faults)
	}
}
