package mapping_test

import (
	"fmt"

	"importer/mapping"
)

// A Spec usually comes from a job file; see package mapping/job.
func ExampleCompile() {
	spec := mapping.Spec{
		Fields: []mapping.FieldSpec{
			{Name: "email", Columns: []string{"E-mail"}},
			{Name: "phone", Columns: []string{"Mobile"}, Country: "IE"},
			{Name: "birth_date", Columns: []string{"DOB"}, Formats: []string{"DD/MM/YYYY"}},
		},
		Ignore: []string{"Notes"},
	}
	m, err := mapping.Compile(spec, []string{"E-mail", "Mobile", "DOB", "Notes"}, mapping.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	customer, faults := m.Map([]string{"jane@example.com", "086 123 4567", "31/02/1990", ""})
	fmt.Println(customer.Text(mapping.PhoneNumber), customer.Phone(mapping.PhoneNumber).Region)
	for _, f := range faults {
		fmt.Println(f.Field, f.Code, f.Shown, f.Message)
	}
	// Output:
	// +353861234567 IE
	// birth_date date_impossible ##/##/#### that month has no day 31
}
