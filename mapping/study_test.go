package mapping

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// phonesOf maps a column of numbers after a study of it.
func phonesOf(t *testing.T, spec FieldSpec, of Extent, cells ...string) (texts []string, m *Mapper) {
	t.Helper()
	spec.Name, spec.Columns = "phone", []string{"Phone"}
	m, err := Compile(Spec{Fields: []FieldSpec{spec}}, []string{"Phone"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s := m.Study(); s != nil {
		for _, cell := range cells {
			if s.See([]string{cell}) {
				break
			}
		}
		s.Conclude(of)
	}
	for _, cell := range cells {
		c, faults := m.Map([]string{cell})
		text := c.Text(PhoneNumber)
		if len(faults) > 0 {
			text = faults[0].Code
		}
		texts = append(texts, text)
	}
	return texts, m
}

func notesOf(m *Mapper) string {
	var all []string
	for _, n := range m.Notes() {
		all = append(all, n.String())
	}
	return strings.Join(all, "; ")
}

func TestLostPlus(t *testing.T) {
	t.Parallel()
	many := func(n int, pattern string) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf(pattern, 1000+i))
		}
		return list
	}
	const both = CodePhoneAmbiguous
	for name, c := range map[string]struct {
		spec  FieldSpec
		of    Extent
		cells []string // those that are compared come first
		want  string
		notes string
	}{
		"a column whose + was lost": {FieldSpec{Country: "DE"}, WholeOfList, []string{"491701234567", "447400123456", "393331234567", "33612345678"},
			"+491701234567 +447400123456 +393331234567 +33612345678", "phone: plus_restored in 4 cells"},
		"with numbers that kept their +, or the 0 in front": {FieldSpec{Country: "DE"}, WholeOfList, []string{"491701234567", "+491701234568", "0170 1234569", "0049 170 1234560"},
			"+491701234567 +491701234568 +491701234569 +491701234560", "phone: plus_restored in 1 cell"},
		"without one of its own country":         {FieldSpec{Country: "DE"}, WholeOfList, []string{"447400123456", "393331234567"}, both + " " + both, ""},
		"beside one that lost its 0":             {FieldSpec{Country: "DE"}, WholeOfList, []string{"491701234567", "1701234567"}, both + " +491701234567", ""},
		"part of a list that says so itself":     {FieldSpec{Country: "DE"}, PartOfList, []string{"491701234567"}, "+491701234567", "phone: plus_restored in 1 cell"},
		"part of it that does not":               {FieldSpec{Country: "DE"}, PartOfList, []string{"447400123456"}, both, ""},
		"of its own country, as written in Leer": {FieldSpec{Country: "DE"}, WholeOfList, append([]string{"4971234567"}, many(50, "170123%d")...), both, ""},
		"one of its own, and mobiles without 0":  {FieldSpec{Country: "DE"}, WholeOfList, []string{"4917612345678", "17602345678"}, "+4917612345678 " + both, "phone: plus_restored in 1 cell"},
		"landlines of both readings":             {FieldSpec{Country: "DE"}, WholeOfList, []string{"4971234567", "4971234568"}, both + " " + both, ""},
		"a list that lost its 0":                 {FieldSpec{Country: "DE"}, WholeOfList, append([]string{"15202345678", "1701234567"}, many(20, "170123%d")...), "+4915202345678 +491701234567", ""},
		"a part of it":                           {FieldSpec{Country: "DE"}, PartOfList, append([]string{"15202345678", "1701234567"}, many(20, "170123%d")...), both + " +491701234567", ""},
		"written with blanks":                    {FieldSpec{Country: "DE"}, WholeOfList, []string{"49 170 1234567", "33 6 12 34 56 78"}, "+491701234567 +33612345678", "phone: plus_restored in 2 cells"},
		"said to be international":               {FieldSpec{Country: "DE", Plus: "international"}, WholeOfList, []string{"447400123456", "0170 1234567", "1701234567"}, "+447400123456 +491701234567 phone_invalid", "phone: plus_restored in 1 cell"},
		"said to be, of no country":              {FieldSpec{Plus: "international"}, WholeOfList, []string{"447400123456", "0170 1234567"}, "+447400123456 phone_country_unknown", "phone: plus_restored in 1 cell"},
		"of a former plan":                       {FieldSpec{Country: "DE"}, WholeOfList, []string{"5215512345678", "551187654321", "0521 5512345"}, both + " " + both + " +495215512345", ""},
		"of a former plan, said to be national":  {FieldSpec{Country: "DE", Plus: "national"}, WholeOfList, []string{"551187654321"}, "+49551187654321", ""},
		"said to be national":                    {FieldSpec{Country: "DE", Plus: "national"}, WholeOfList, []string{"491701234567", "447400123456", "12125552368"}, "+49491701234567 +49447400123456 phone_plus_missing", ""},
		"of no country, and nothing said":        {FieldSpec{}, WholeOfList, []string{"447400123456", "491701234567.0"}, "phone_country_unknown phone_country_unknown", ""},
		"the area code 472 of the United States": {FieldSpec{Country: "US"}, WholeOfList, append([]string{"4722345678", "12125552368"}, many(20, "212555%d")...), "+14722345678 +12125552368", ""},
		"and nothing else":                       {FieldSpec{Country: "US"}, WholeOfList, []string{"4722345678"}, "+14722345678", "phone: phone_two_readings in 1 cell"},
		"and nothing else, of part of a list":    {FieldSpec{Country: "US"}, PartOfList, []string{"4722345678"}, both, ""},
		"and others of part of a list":           {FieldSpec{Country: "US"}, PartOfList, []string{"4722345678", "2125552368"}, "+14722345678 +12125552368", "phone: phone_two_readings in 1 cell"},
		"among people of all the world":          {FieldSpec{Country: "US"}, WholeOfList, append([]string{"4722345678", "447400123456"}, many(10, "212555%d")...), both + " phone_plus_missing", ""},
		"a few of them in a long list":           {FieldSpec{Country: "US"}, WholeOfList, append([]string{"4722345678", "447400123456"}, many(40, "212555%d")...), "+14722345678 phone_plus_missing", ""},
		"a mobile number of Spain":               {FieldSpec{Country: "ES"}, WholeOfList, []string{"687234567", "687 234 567", "612345678"}, "+34687234567 +34687234567 +34612345678", ""},
		"Spain, with a lost +":                   {FieldSpec{Country: "ES"}, WholeOfList, []string{"34612345678", "447400123456", "687234567"}, "+34612345678 +447400123456 " + both, "phone: plus_restored in 1 cell"},
		"a mobile number of Italy":               {FieldSpec{Country: "IT"}, WholeOfList, []string{"3906099255", "3331234567", "390 609 9255"}, "+393906099255 +393331234567 +393906099255", ""},
	} {
		got, m := phonesOf(t, c.spec, c.of, c.cells...)
		n := len(strings.Fields(c.want))
		if text := strings.Join(got[:n], " "); text != c.want {
			t.Errorf("%s: %s, want %s", name, text, c.want)
		}
		if notes := notesOf(m); notes != c.notes {
			t.Errorf("%s: notes %q, want %q", name, notes, c.notes)
		}
	}
	_, bad := phoneReader{region: "DE"}.read("491701234567")
	if want := "may be the number +49 17… of DE whose + was lost, or the number 49… in the national writing of DE"; bad == nil || bad.message != want {
		t.Errorf("said %+v, want %q", bad, want)
	}
}

// TestPartsOfLists: whatever rows of a list are read again by themselves, as those of a failed.csv, no number becomes another one.
func TestPartsOfLists(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 5))
	pools := map[string][]string{
		"DE": {"491701234567", "447400123456", "393331234567", "33612345678", "4971234567", "493012345678", "15202345678", "12125552368", "1701234567", "1601234567", "0170 1234567", "49 170 1234567"},
		"US": {"4722345678", "4792345678", "2125552368", "12125552368", "447400123456", "(212) 555-2369", "33612345678"},
		"ES": {"687234567", "612345678", "34612345678", "447400123456", "687 234 567", "912345678"},
		"IT": {"3906099255", "3331234567", "393331234567", "390612345678", "447400123456", "06 698 12345"},
	}
	decided := 0
	for range 120 {
		for region, pool := range pools {
			pool = slices.Clone(pool)
			rnd.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
			pool = pool[:1+rnd.IntN(len(pool))]
			cells := make([]string, 1+rnd.IntN(60))
			for i := range cells {
				cells[i] = pool[rnd.IntN(len(pool))]
			}
			whole, _ := phonesOf(t, FieldSpec{Country: region}, WholeOfList, cells...)
			var rows, was []string
			for i := range cells {
				if rnd.IntN(5) == 0 {
					rows, was = append(rows, cells[i]), append(was, whole[i])
				}
			}
			for i, now := range must(phonesOf(t, FieldSpec{Country: region}, PartOfList, rows...)) {
				if now != was[i] && strings.HasPrefix(now, "+") && strings.HasPrefix(was[i], "+") {
					t.Fatalf("%s: %q is %s in %q, and %s in %q", region, rows[i], was[i], cells, now, rows)
				}
				if now == was[i] {
					decided++
				}
			}
		}
	}
	if decided < 300 {
		t.Errorf("only %d rows were read as before", decided)
	}
}

func must(texts []string, _ *Mapper) []string { return texts }

// TestNationalListsLoseNothing: in lists of national numbers as each country writes them no number is refused or read otherwise than by
// libphonenumber, with few or many rows, in digits alone and in groups.
func TestNationalListsLoseNothing(t *testing.T) {
	t.Parallel()
	for region := range strings.FieldsSeq("ES PT NO DK PL CZ GR IT US CA SG HK MX BR IN CN TR CO DE AT GB FR NL IE CH SE BE AU LU EE LV FI") {
		numbers := randomPhones(region, 30)
		for _, write := range []struct {
			name  string
			write func(n *phonenumbers.PhoneNumber, national string) string
		}{
			{"national", func(_ *phonenumbers.PhoneNumber, national string) string { return national }},
			{"digits", func(_ *phonenumbers.PhoneNumber, national string) string { return onlyDigits(national) }},
			{"stroke", func(_ *phonenumbers.PhoneNumber, national string) string {
				return strings.Replace(strings.NewReplacer("(", "", ")", "").Replace(national), " ", "/", 1)
			}},
			{"without its 0", func(n *phonenumbers.PhoneNumber, _ string) string {
				return phonenumbers.GetNationalSignificantNumber(n)
			}},
			{"dashes", func(_ *phonenumbers.PhoneNumber, national string) string {
				return strings.ReplaceAll(national, " ", "-")
			}},
			{"international", func(n *phonenumbers.PhoneNumber, _ string) string {
				return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
			}},
		} {
			var cells, want []string
			for _, n := range numbers {
				cells = append(cells, write.write(n, phonenumbers.Format(n, phonenumbers.NATIONAL)))
				want = append(want, phonenumbers.Format(n, phonenumbers.E164))
			}
			got, _ := phonesOf(t, FieldSpec{Country: region}, WholeOfList, cells...)
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("%s, %s: %q is read as %s, want %s", region, write.name, cells[i], got[i], want[i])
				}
			}
		}
	}
}

func TestWithoutPlusIsChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec FieldSpec
		want string // "": nothing is wrong
	}{
		{FieldSpec{Name: "phone", Country: "DE", Plus: "international"}, ""},
		{FieldSpec{Name: "phone", Plus: "international"}, ""},
		{FieldSpec{Name: "address.phone", Country: "DE", Plus: "national"}, ""},
		{FieldSpec{Name: "phone", Country: "DE", Plus: "lost"}, `unknown without_plus "lost"`},
		{FieldSpec{Name: "phone", Plus: "national"}, `"phone" has national numbers, and no country`},
		{FieldSpec{Name: "email", Plus: "national"}, `"email" is no telephone number and takes no without_plus`},
		{FieldSpec{Name: "phone", Country: "DE", Default: new("491701234567")}, `default "491701234567" of "phone": may be the number +49 17… of DE whose + was lost`},
	} {
		c.spec.Columns = []string{"Cell"}
		_, err := Compile(Spec{Fields: []FieldSpec{c.spec}}, []string{"Cell"}, Options{})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.spec, err, c.want)
		}
	}
}

// randomPhones makes valid numbers of a country, landlines and mobile numbers, around the examples of libphonenumber.
func randomPhones(region string, n int) (list []*phonenumbers.PhoneNumber) {
	rnd := rand.New(rand.NewPCG(7, uint64(region[0])<<8|uint64(region[1])))
	for len(list) < n {
		kind := phonenumbers.FIXED_LINE
		if len(list)%2 == 0 {
			kind = phonenumbers.MOBILE
		}
		example := phonenumbers.GetExampleNumberForType(region, kind)
		digits := []byte(phonenumbers.GetNationalSignificantNumber(example))
		for i := 1; i < len(digits); i++ {
			digits[i] = byte('0' + rnd.IntN(10))
		}
		number, err := phonenumbers.Parse(fmt.Sprintf("+%d%s", example.GetCountryCode(), digits), "")
		if err == nil && phonenumbers.IsValidNumberForRegion(number, region) {
			list = append(list, number)
		}
	}
	return list
}
