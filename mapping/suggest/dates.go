package suggest

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"importer/mapping"
)

// dateFormat is a date format that is tried.
type dateFormat struct {
	format string // as a job file says it; "" is ISO 8601, which needs no format
	order  string // "DMY", "MDY" or "YMD", "named" with the month's name, "epoch"
	reads  func(text string) bool
}

// formats are the format for a field's spec.
func (way dateFormat) formats() []string {
	if way.format == "" {
		return nil
	}
	return []string{way.format}
}

// dateFormats are tried in this order; of two that fit all, the first counts. Made on first use and never changed.
var dateFormats = sync.OnceValue(func() []dateFormat {
	ways := []dateFormat{}
	iso, _ := newReading(mapping.BirthDate, mapping.FieldSpec{TimeZone: "UTC"})
	add := func(format, order string) {
		way := dateFormat{format: format, order: order}
		if reads, ok := newReading(mapping.BirthDate, mapping.FieldSpec{Formats: way.formats(), TimeZone: "UTC"}); ok { // which day a time in UTC means is another question
			way.reads = func(text string) bool { return (!iso(text) || strings.HasPrefix(format, "YYYY-")) && reads(text) } // ISO dates are read whatever the format
			ways = append(ways, way)
		}
	}
	add("", "YMD")
	ways[0].reads = iso
	for _, time := range []string{"", " HH:mm:ss", " HH:mm", " H:mm", " H:mm:ss A"} {
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
	add("YYYYMMDDHHmmssZ", "YMD")
	add("YYYY年M月D日", "YMD")
	add("D. M. YYYY", "DMY")
	for _, format := range []string{"D MMM YYYY", "D MMMM YYYY", "D. MMM YYYY", "D. MMMM YYYY", "DD-MMM-YYYY", "MMM D, YYYY", "MMMM D, YYYY"} {
		add(format, "named")
	}
	for _, format := range []string{"epoch_ms", "epoch_s"} {
		add(format, "epoch")
		way := &ways[len(ways)-1]
		reads := way.reads
		way.reads = func(text string) bool { return likeEpoch(text) && reads(text) }
	}
	return ways
})

// likeEpoch reports a number that may count from 1970: a long one, and a whole number of quarters of an hour, as midnights are in every time zone.
// What is no number, such as /Date(0)/, is left to the format.
func likeEpoch(text string) bool {
	n, err := strconv.ParseInt(strings.TrimSuffix(text, ".0"), 10, 64)
	return err != nil || len(text) >= 8 && n%900 == 0
}

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
	mixed   []string     // when none does: the formats that together read most; nil: one alone is as good
	other   []string     // the same with the month first, where nothing tells which it is; nil: it is certain
	read    int          // how many texts these read, or the nearest
	of      int          // out of how many
}

// datesOf finds how dates are written. A text that no format reads rules out all of them: it is reported, not left out. What stands for no date does
// not count.
func datesOf(c *content) dateFit {
	texts := slices.DeleteFunc(slices.Clone(c.order), mapping.StandsForNoDate)
	d := fitOf(texts)
	if d.of > 0 && len(d.fit) == 0 {
		if mixed, other, read := mixOf(texts); read > d.read {
			d.mixed, d.other, d.read = mixed, other, read
		}
	}
	return d
}

func fitOf(texts []string) dateFit {
	d := dateFit{of: len(texts)}
	for _, way := range dateFormats() {
		read := 0
		for i, text := range texts {
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

// maxMixed is how many ways of writing dates are looked for in one column.
const maxMixed = 3

// mixOf finds the few formats that together read most texts, and how many they read. Where some of them may have the day or the month first, mixed has
// the day first and other the month. Both in one column are a question that no list of formats answers: then there are none.
func mixOf(texts []string) (mixed, other []string, read int) {
	orders := map[string]bool{}
	ambiguous := false
	for rest := texts; len(rest) > 0 && len(mixed) < maxMixed; {
		way := fitOf(rest).nearest
		if way.reads == nil {
			break
		}
		d := fitOf(slices.DeleteFunc(slices.Clone(rest), func(text string) bool { return !way.reads(text) }))
		month := way
		if d.ambiguous() {
			ambiguous = true
			way, month = d.fit[slices.IndexFunc(d.fit, isDMY)], d.fit[slices.IndexFunc(d.fit, isMDY)]
		}
		orders[way.order] = true
		mixed, other = append(mixed, nameOf(way)), append(other, nameOf(month))
		rest = slices.DeleteFunc(slices.Clone(rest), way.reads)
	}
	reads, ok := newReading(mapping.BirthDate, mapping.FieldSpec{Formats: mixed, TimeZone: "UTC"})
	if !ok || orders["DMY"] && orders["MDY"] {
		return nil, nil, 0
	}
	if !ambiguous {
		other = nil
	}
	return mixed, other, countOf(texts, reads)
}

func isDMY(way dateFormat) bool { return way.order == "DMY" }

func isMDY(way dateFormat) bool { return way.order == "MDY" }

func (d *dateFit) has(order string) bool {
	return slices.ContainsFunc(d.fit, func(way dateFormat) bool { return way.order == order })
}

// ambiguous reports dates that can be read with the day first and with the month first.
func (d *dateFit) ambiguous() bool { return d.has("DMY") && d.has("MDY") }

// serials reports cells that are all five-digit numbers, as Excel keeps the days from 1927 on.
func serials(c *content) bool {
	reads, _ := newReading(mapping.BirthDate, mapping.FieldSpec{Formats: []string{"excel"}})
	return len(c.order) > 0 && !slices.ContainsFunc(c.order, func(text string) bool { return len(text) < 5 || text[4] == '-' || !reads(text) })
}
