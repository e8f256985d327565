package suggest

import (
	"slices"
	"sync"

	"importer/mapping"
)

// dateFormat is a date format that is tried.
type dateFormat struct {
	format string // as a job file says it; "" is ISO 8601, which needs no format
	order  string // "DMY", "MDY" or "YMD"
	reads  func(text string) bool
}

// dateFormats are tried in this order; of two that fit all, the first counts. Made on first use and never changed.
var dateFormats = sync.OnceValue(func() []dateFormat {
	ways := []dateFormat{}
	add := func(format, order string) {
		if reads, ok := newReading(mapping.BirthDate, mapping.FieldSpec{Format: format}); ok {
			ways = append(ways, dateFormat{format, order, reads})
		}
	}
	add("", "YMD")
	for _, time := range []string{"", " HH:mm:ss", " HH:mm", " H:mm"} {
		for _, s := range []string{"/", ".", "-"} {
			add("DD"+s+"MM"+s+"YYYY"+time, "DMY")
			add("MM"+s+"DD"+s+"YYYY"+time, "MDY")
			add("D"+s+"M"+s+"YYYY"+time, "DMY")
			add("M"+s+"D"+s+"YYYY"+time, "MDY")
			add("YYYY"+s+"MM"+s+"DD"+time, "YMD")
			add("YYYY"+s+"M"+s+"D"+time, "YMD")
		}
	}
	add("YYYYMMDD", "YMD")
	add("D. M. YYYY", "DMY")
	for _, format := range []string{"D MMM YYYY", "D MMMM YYYY", "D. MMM YYYY", "D. MMMM YYYY", "DD-MMM-YYYY", "MMM D, YYYY", "MMMM D, YYYY"} {
		add(format, "named")
	}
	return ways
})

// newReading returns whether package mapping reads a cell as the field, with the options of spec; ok is false where it does not
// know such an option.
func newReading(f mapping.Field, spec mapping.FieldSpec) (reads func(string) bool, ok bool) {
	spec.Name, spec.Columns = f.String(), []string{"cell"}
	m, err := mapping.Compile(mapping.Spec{Fields: []mapping.FieldSpec{spec}}, []string{"cell"}, mapping.Options{})
	return readsOf(m), err == nil
}

// newReader returns how package mapping reads a cell as the field: a customer that carries it, or does not.
func newReader(f mapping.Field) func(string) mapping.Customer {
	m, _ := mapping.Compile(mapping.Spec{}, []string{f.String()}, mapping.Options{}) // a standard field's name fits by itself
	return func(text string) mapping.Customer {
		customer, _ := m.Map([]string{text})
		return customer
	}
}

// dateFit is how a column's dates are written.
type dateFit struct {
	fit     []dateFormat // those that read every text; of the ways that differ only in leading zeros, the stricter one
	nearest dateFormat   // when none does: the one that reads most
	read    int          // how many texts it reads
	of      int          // out of how many
}

// datesOf finds how dates are written. A text that no format reads rules out all of them: it is reported, not left out.
func datesOf(c *content) dateFit {
	d := dateFit{of: len(c.order)}
	for _, way := range dateFormats() {
		read := 0
		for i, text := range c.order {
			if way.reads(text) {
				read++
			} else if i > 50 && read == 0 {
				break
			}
		}
		if read > d.read {
			d.nearest, d.read = way, read
		}
		if read == d.of && read > 0 && !d.has(way.order) {
			d.fit = append(d.fit, way)
		}
	}
	return d
}

func (d *dateFit) has(order string) bool {
	return slices.ContainsFunc(d.fit, func(way dateFormat) bool { return way.order == order })
}

// ambiguous reports dates that can be read with the day first and with the month first.
func (d *dateFit) ambiguous() bool { return d.has("DMY") && d.has("MDY") }

// serials reports cells that are all five-digit numbers, as Excel keeps the days from 1927 on.
func serials(c *content) bool {
	reads, _ := newReading(mapping.BirthDate, mapping.FieldSpec{Format: "excel"})
	return len(c.order) > 0 && !slices.ContainsFunc(c.order, func(text string) bool { return len(text) < 5 || !reads(text) })
}
