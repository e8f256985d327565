package profile_test

import (
	"fmt"
	"testing"

	"importer/mapping"
	"importer/mapping/profile"
)

// BenchmarkAdd measures a row of six fields, of which four are different in every row.
func BenchmarkAdd(b *testing.B) {
	header := []string{"Mail", "First", "Last", "Phone", "Born", "Country"}
	m := compile(b, header, []mapping.FieldSpec{
		field("email", "Mail"), field("first_name", "First"), field("last_name", "Last"), {Name: "phone", Columns: []string{"Phone"}, Country: "GB"},
		{Name: "birth_date", Columns: []string{"Born"}, Formats: []string{"DD/MM/YYYY"}}, field("country", "Country"),
	})
	const many = 50_000
	rows, customers := make([][]string, many), make([]mapping.Customer, many)
	for i := range rows {
		rows[i] = []string{fmt.Sprintf("person%d@domain%d.example", i, i%700), "Ada", fmt.Sprintf("Stone%d", i), fmt.Sprintf("020 7946 %04d", i%10_000),
			fmt.Sprintf("%02d/%02d/%d", 1+i%28, 1+i%12, 1930+i%70), "Ireland"}
		customers[i], _ = m.Map(rows[i])
	}
	p := profile.New(m, header)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.Add(profile.Place{Row: int64(i), Line: int64(i)}, rows[i%many], &customers[i%many], nil)
	}
}
