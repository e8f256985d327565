package mapping

import (
	"strconv"
	"testing"
)

// benchMapper maps ten columns, of which none is a telephone number unless asked for.
func benchMapper(b *testing.B, phone bool) *Mapper {
	b.Helper()
	header := []string{"E-mail", "First", "Last", "DOB", "Zip", "Country", "Lang", "News", "Sex", "Id", "Tel"}
	spec := Spec{Fields: []FieldSpec{
		{Name: "email", Columns: []string{"E-mail"}},
		{Name: "first_name", Columns: []string{"First"}},
		{Name: "last_name", Columns: []string{"Last"}},
		{Name: "birth_date", Columns: []string{"DOB"}, Formats: []string{"DD/MM/YYYY"}},
		{Name: "postal_code", Columns: []string{"Zip"}},
		{Name: "country", Columns: []string{"Country"}},
		{Name: "language", Columns: []string{"Lang"}},
		{Name: "newsletter", Columns: []string{"News"}, Values: map[string]string{"J": "true", "N": "false"}},
		{Name: "gender", Columns: []string{"Sex"}},
		{Name: "legacy_id", Columns: []string{"Id"}},
	}, Ignore: []string{"Tel"}}
	if phone {
		spec.Fields = append(spec.Fields, FieldSpec{Name: "phone", Columns: []string{"Tel"}, Country: "IE"})
	}
	m, err := Compile(spec, header, Options{Today: Date{2026, 11, 21}})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func benchCells(i int) []string {
	return []string{"jane.doe@example.com", "Jane", "O'Neill", "31/12/1990", "D02 X285", "Ireland", "en_IE", "J", "f", "007", "086 123 " + strconv.Itoa(1000+i%9000)}
}

func BenchmarkMap(b *testing.B) {
	m := benchMapper(b, false)
	cells := benchCells(0)
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := m.Map(cells); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

func BenchmarkMapPhone(b *testing.B) {
	m := benchMapper(b, true)
	rows := make([][]string, 9000) // more than the memory holds
	for i := range rows {
		rows[i] = benchCells(i)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		m.Map(rows[i%len(rows)])
		i++
	}
}

func BenchmarkMapOnlyEmail(b *testing.B) {
	m := benchMapper(b, false)
	cells := benchCells(0)
	b.ReportAllocs()
	for b.Loop() {
		m.MapOnly(cells, Email)
	}
}

// BenchmarkMapMessy maps the values of legacy lists: a full name for two fields, a form of address, a month's name, a country by its
// German name, a placeholder, a cell with a no-break space.
func BenchmarkMapMessy(b *testing.B) {
	spec := Spec{Fields: []FieldSpec{
		{Name: "first_name", Columns: []string{"Name"}, Part: "first"},
		{Name: "last_name", Columns: []string{"Name"}, Part: "last"},
		{Name: "gender", Columns: []string{"Anrede"}, From: "salutation"},
		{Name: "birth_date", Columns: []string{"Born"}, Formats: []string{"D. MMMM YYYY"}},
		{Name: "country", Columns: []string{"Land"}},
		{Name: "email", Columns: []string{"Mail"}},
		{Name: "nickname", Columns: []string{"Nick"}},
	}, Empty: []string{"n/a", "-"}}
	m, err := Compile(spec, []string{"Name", "Anrede", "Born", "Land", "Mail", "Nick"}, Options{Today: Date{2026, 11, 21}})
	if err != nil {
		b.Fatal(err)
	}
	cells := []string{"Dr. Ludwig van Beethoven", "Herr Dr.", "31. März 1990", "Österreich", "n/a", "van\u00a0B"}
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := m.Map(cells); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

// TestMapAllocates keeps the common row cheap: apart from the date's text nothing is allocated.
func TestMapAllocates(t *testing.T) {
	b := &testing.B{}
	m := benchMapper(b, false)
	cells := benchCells(0)
	m.Map(cells) // learns the words
	if n := testing.AllocsPerRun(100, func() { m.Map(cells) }); n > 1 {
		t.Errorf("mapping a row allocates %.0f times, want at most once", n)
	}
}
