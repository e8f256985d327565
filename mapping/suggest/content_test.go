package suggest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"importer/mapping"

	"github.com/google/go-cmp/cmp"
)

// sampleOf makes a sample of columns written as "Name: cell, cell, …"; cells are repeated until every column has the same number.
func sampleOf(rows int, columns ...string) *Sample {
	var header []string
	var cells [][]string
	for _, c := range columns {
		name, list, _ := strings.Cut(c, ": ")
		header = append(header, name)
		cells = append(cells, strings.Split(list, ", "))
	}
	s := NewSample(header)
	for i := range rows {
		row := make([]string, len(cells))
		for j, list := range cells {
			row[j] = strings.ReplaceAll(list[i%len(list)], "#", fmt.Sprintf("%02d", i%100))
		}
		s.Add(row)
	}
	return s
}

// proposed is how a field is mapped, as the file says it; "? …" is a question with its first answer, "" nothing.
func proposed(s *Sample, f mapping.Field) string {
	for _, c := range Propose(s, Options{}).Choices {
		switch {
		case c.Field != f:
		case c.Spec != nil:
			return value(c.Spec)
		case c.Question != nil:
			return "? " + value(&c.Question.Answers[0].Spec)
		}
	}
	return ""
}

// TestNamed: the fields whose names columns have, by the header alone.
func TestNamed(t *testing.T) {
	got := Named([]string{"E-mail", "Customer No", "Notes", "Opt-in", ""})
	want := []mapping.Field{mapping.Email, mapping.LegacyID, mapping.NoField, mapping.Newsletter, mapping.NoField}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestByContent(t *testing.T) {
	const mail = "E-mail: u#@example.com"
	for _, tt := range []struct {
		name    string
		columns []string
		field   mapping.Field
		want    string
	}{
		{"an e-mail column is one whatever its name", []string{"Feld 7: u#@example.com"}, mapping.Email, "Feld 7"},
		{"a column called e-mail that holds none is asked about", []string{"E-mail: yes, no"}, mapping.Email, "? E-mail"},
		{"a company's address beside the person's", []string{mail, "Company E-mail: info#@firm.com"}, mapping.Email, "E-mail"},
		{"two addresses that are equally good", []string{mail, "Mail: v#@example.com"}, mapping.Email, "? E-mail"},
		{"one way of writing fits all", []string{"DOB: 13/05/1980, 01/12/1975"}, mapping.BirthDate, "{column: DOB, format: DD/MM/YYYY}"},
		{"the American way", []string{"DOB: 05/13/1980, 12/01/1975"}, mapping.BirthDate, "{column: DOB, format: MM/DD/YYYY}"},
		{"without leading zeros", []string{"DOB: 5/13/1980, 12/1/1975"}, mapping.BirthDate, "{column: DOB, format: M/D/YYYY}"},
		{"both ways fit", []string{"DOB: 05/06/1980, 12/01/1975"}, mapping.BirthDate, "? {column: DOB, format: DD/MM/YYYY}"},
		{"no way fits all", []string{"DOB: 13/05/1980, 05/13/1980, 14/05/1980"}, mapping.BirthDate, "? {column: DOB, format: DD/MM/YYYY}"},
		{"two-digit years are asked about", []string{"DOB: 13/05/80, 14/05/81"}, mapping.BirthDate, "? DOB"},
		{"with a time", []string{"DOB: 1980-05-13 00:00:00, 1975-12-01 00:00:00"}, mapping.BirthDate, "DOB"},
		{"dates that are no births", []string{"Created: 2020-05-13, 2021-12-01"}, mapping.BirthDate, ""},
		{"zero dates", []string{"DOB: 1980-05-13, 0000-00-00"}, mapping.BirthDate, `{column: DOB, empty: ["0000-00-00"]}`},
		{"three columns for a birth date", []string{"Birth Day: 1, 2", "Birth Month: 3", "Birth Year: 1980"}, mapping.BirthDate,
			`? {expr: "trim(row[\"Birth Year\"]) == \"\" ? \"\" : join(\"-\", row[\"Birth Year\"], padLeft(trim(row[\"Birth Month\"]), 2, \"0\"), padLeft(trim(row[\"Birth Day\"]), 2, \"0\"))"}`},
		{"numbers with a country column", []string{"Phone: 086 123 45#", "Country: Ireland"}, mapping.PhoneNumber, "{column: Phone, country: IE}"},
		{"numbers with international ones beside them", []string{"Phone: 086 123 45#, +353 86 123 45#"}, mapping.PhoneNumber, "{column: Phone, country: IE}"},
		{"numbers with postal codes", []string{"Phone: 06 123456#", "Postcode: 1234 AB"}, mapping.PhoneNumber, "{column: Phone, country: NL}"},
		{"international numbers only", []string{"Phone: +353 86 123 45#"}, mapping.PhoneNumber, "Phone"},
		{"the mobile one", []string{"Home Phone: +353 1 234 56#", "Mobile: +353 86 123 45#"}, mapping.PhoneNumber, "Mobile"},
		{"the person's number beside the one of the address that parcels go to", []string{"Phone: +353 86 123 45#", "Default Address Phone: +353 86 987 65#"}, mapping.PhoneNumber, "Phone"},
		{"two numbers of one name", []string{"Phone: +353 86 123 45#", "Telephone: +353 86 987 65#"}, mapping.PhoneNumber, "? Phone"},
		{"numbers that no country has", []string{"Phone: 1#"}, mapping.PhoneNumber, "? Phone"},
		{"numbers of which a country reads half", []string{"Phone: 0171 23456#, 12#", "Country: Germany"}, mapping.PhoneNumber, "? {column: Phone, country: DE}"},
		{"dates of which a few fit nothing", []string{"DOB: 13/05/1980, 14/05/1980, 15/05/1980, 16/05/1980, 17/05/1980, 18/05/1980, 19/05/1980, 20/05/1980, 21/05/1980, 31/02/1980"},
			mapping.BirthDate, "{column: DOB, format: DD/MM/YYYY}"},
		{"a name to show that is a full name", []string{"displayName: Ann Byrne, Bob Murphy"}, mapping.LastName, "? {column: displayName, part: last}"},
		{"a name to show that is none", []string{"displayName: annie, bobby"}, mapping.LastName, ""},
		{"names of one word", []string{"Name: Ann, Bob"}, mapping.FirstName, "? Name"},
		{"addresses are no full names", []string{"Name: u#@example.com"}, mapping.FirstName, ""},
		{"what Elasticsearch puts around", []string{"_source.first_name: Ann"}, mapping.FirstName, `"_source.first_name"`},
		{"a directory's surname", []string{"givenName: Ann", "sn: Byrne"}, mapping.LastName, "sn"},
		{"sn alone is anything", []string{"sn: Byrne"}, mapping.LastName, ""},
		{"names of SCIM", []string{"name.givenName: Ann", "name.familyName: Byrne"}, mapping.LastName, "name.familyName"},
		{"words for yes and no", []string{"Newsletter: oui, non"}, mapping.Newsletter, "{column: Newsletter, values: {oui: true, non: false}}"},
		{"what the importer reads by itself", []string{"Newsletter: yes, no"}, mapping.Newsletter, "Newsletter"},
		{"a tick or nothing", []string{"Newsletter: x, "}, mapping.Newsletter, `{column: Newsletter, values: {x: true, "": false}}`},
		{"a date is no opt-in, and asked about", []string{"Opt-in: 2020-01-01, 2020-02-02"}, mapping.Newsletter, "? Opt-in"},
		{"words nobody knows are asked about", []string{"Newsletter: weekly, monthly"}, mapping.Newsletter, "? Newsletter"},
		{"an opt-out", []string{"Email Opt Out: 1, 0"}, mapping.Newsletter, `? {column: Email Opt Out, values: {"0": true, "1": false}}`},
		{"hombre and mujer", []string{"Sexo: H, M"}, mapping.Gender, "{column: Sexo, values: {H: male, M: female}}"},
		{"man and vrouw", []string{"Geslacht: M, V"}, mapping.Gender, "{column: Geslacht, values: {M: male, V: female}}"},
		{"M and F", []string{"Sexo: M, F"}, mapping.Gender, "Sexo"},
		{"countries in Polish", []string{"Kraj: Polska, Niemcy, Irlandia"}, mapping.Country, "Kraj"},
		{"languages in German", []string{"Sprache: Deutsch, Englisch"}, mapping.Language, "Sprache"},
		{"a password", []string{"Password: Harbour!#"}, mapping.Password, "Password"},
		{"a hash is no password", []string{"Password: $2y$10$abcdefghijklmnopqrstu#, 5f4dcc3b5aa765d61d8327deb882cf#"}, mapping.Password, ""},
		{"Title holds salutations", []string{"Title: Mr, Mrs, Dr."}, mapping.Title, "Title"},
		{"Title holds only salutations", []string{"Title: Mr, Mrs, Ms"}, mapping.Salutation, "Title"},
		{"the state of an account is asked about", []string{"State: enabled, disabled", "City: Rome"}, mapping.AddressState, "? State"},
		{"a state", []string{"State: CA, NY", "City: Rome"}, mapping.AddressState, "State"},
		{"user names that are addresses", []string{mail, "Username: u#@example.com"}, mapping.Username, "? Username"},
		{"first and last, side by side", []string{"First: Ann, Bob", "Last: Roe, Doe"}, mapping.LastName, "Last"},
		{"first alone", []string{"First: Ann, Bob"}, mapping.FirstName, ""},
		{"NA beside countries", []string{"Country: NA, ZA, NA, BW"}, mapping.Country, "Country"},
		{"no number beside numbers", []string{"Phone: NA, +353 86 123 45#, NA"}, mapping.PhoneNumber, "{column: Phone, empty: [NA]}"},
		{"a whole name", []string{"Name: Jane Doe"}, mapping.FirstName, `? {column: Name, part: first}`},
		{"a family name beside the given name", []string{"Vorname: Jörg", "Name: Müller"}, mapping.LastName, "Name"},
		{"numbers that repeat are nobody's", []string{"Customer ID: 1, 2"}, mapping.LegacyID, "? Customer ID"},
		{"billing before shipping", []string{"Shipping Zip: 10115", "Billing Zip: 20095"}, mapping.PostalCode, "Billing Zip"},
		{"one address, not two", []string{"Billing Street: Hill 1", "Shipping City: Rome"}, mapping.AddressLocality, "? Shipping City"},
		{"gender by the form of address", []string{"Anrede: Herr, Frau"}, mapping.Gender, "? {column: Anrede, from: salutation}"},
		{"months by name", []string{"DOB: 3 May 1990, 12 Oktober 1985"}, mapping.BirthDate, "{column: DOB, format: D MMM YYYY}"},
		{"two ways that cannot be mixed up", []string{"DOB: 24.12.1961, 1988/08/08, 03.05.1990, 1961/12/24"}, mapping.BirthDate, "{column: DOB, format: [YYYY/MM/DD, DD.MM.YYYY]}"},
		{"one of them ISO", []string{"DOB: 24.12.1961, 1988-08-08, 03.05.1990"}, mapping.BirthDate, "{column: DOB, format: [DD.MM.YYYY, YYYY-MM-DD]}"},
		{"one of them ambiguous", []string{"DOB: 1961-12-24, 03/05/1990, 04/05/1990, 1988-08-08"}, mapping.BirthDate, "? {column: DOB, format: [YYYY-MM-DD, DD/MM/YYYY]}"},
		{"milliseconds", []string{"DOB: 641692800000, -184809600000"}, mapping.BirthDate, "{column: DOB, format: epoch_ms}"},
		{"seconds", []string{"DOB: 641692800, -184809600, 475891200.0"}, mapping.BirthDate, "{column: DOB, format: epoch_s}"},
		{"as .NET writes them", []string{"DOB: /Date(641692800000)/, /Date(-184809600000)/"}, mapping.BirthDate, "{column: DOB, format: epoch_ms}"},
		{"numbers that are no moments", []string{"DOB: 641692811, 641692817, 641692823"}, mapping.BirthDate, "? DOB"},
		{"midnights of Berlin in UTC", []string{"DOB: 1990-05-02T22:00:00Z, 1985-01-30T23:00:00Z"}, mapping.BirthDate, "? {column: DOB, time_zone: Europe/Berlin}"},
		{"midnights of Kolkata in UTC", []string{"DOB: 1990-05-02T18:30:00Z, 1985-01-30T18:30:00Z"}, mapping.BirthDate, "? {column: DOB, time_zone: Asia/Kolkata}"},
		{"midnights of Berlin in milliseconds", []string{"DOB: 641685600000, 475887600000"}, mapping.BirthDate, "? {column: DOB, format: epoch_ms, time_zone: Europe/Berlin}"},
		{"midnights of New York in UTC", []string{"DOB: 1990-05-03T04:00:00Z, 1985-01-31T05:00:00Z"}, mapping.BirthDate, "DOB"},
		{"days that stand for none", []string{"DOB: 24.12.1961, 31.12.9999, 00.00.0000"}, mapping.BirthDate, `{column: DOB, format: DD.MM.YYYY, empty: ["00.00.0000", "31.12.9999"]}`},
		{"days by number", []string{"Birth date: 32874, 31000"}, mapping.BirthDate, "? {column: Birth date, format: excel}"},
		{"a street beside its number", []string{"Straße: Weg", "Hausnummer: 1, 2a"}, mapping.AddressPremise, "Straße"},
		{"a house number beside its street", []string{"Straße: Weg", "Hausnummer: 1, 2a"}, mapping.AddressLine, "Hausnummer"},
		{"a street with its number in the cell", []string{"Street: Hill Street 5, 7 Park Road"}, mapping.AddressPremise, "? Street"},
		{"a few streets have numbers for names", []string{"Street: Hill Street, Park Road, Main Street, 5th Avenue"}, mapping.AddressPremise, "Street"},
		{"a street that holds no streets is asked about", []string{"Street: 1, 2"}, mapping.AddressPremise, "? Street"},
		{"a line with both", []string{"Address: 5 Hill Street", "City: Rome"}, mapping.AddressPremise, "? Address"},
		{"a line with both is no house number", []string{"Address: 5 Hill Street", "City: Rome"}, mapping.AddressLine, ""},
		{"street and number by name", []string{"Straße und Hausnr.: Weg 1"}, mapping.AddressPremise, `? "Straße und Hausnr."`},
		{"street and number is no house number", []string{"Straße und Hausnr.: Weg 1"}, mapping.AddressLine, ""},
		{"the first of two lines", []string{"Street: Hill Street", "Street 2: Floor"}, mapping.AddressPremise, "? Street"},
		{"the second line", []string{"Address 2: Floor", "City: Rome"}, mapping.AddressPremise, ""},
		{"a number right behind the street", []string{"Rua: Augusta", "Número: 12, 14"}, mapping.AddressLine, "Número"},
		{"a number anywhere else", []string{"Rua: Augusta", "Cidade: Lisboa", "Número: 12, 14"}, mapping.AddressLine, ""},
		{"the number of a street is not the street", []string{"Street number: 12"}, mapping.AddressPremise, ""},
		{"streets of two addresses", []string{"Shipping Street: Hill", "Billing Street: Park", "Billing House No: 3"}, mapping.AddressPremise, "Billing Street"},
		{"a house name", []string{"House name: Rose Cottage"}, mapping.AddressLine, "House name"},
		{"a house number with the street in it", []string{"House no: 5 Hill Street"}, mapping.AddressLine, "? House no"},
		{"an address that is an e-mail address", []string{"Address: u#@example.com"}, mapping.Email, "Address"},
		{"an address that is an e-mail address is no street", []string{"Address: u#@example.com"}, mapping.AddressPremise, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := proposed(sampleOf(40, tt.columns...), tt.field); got != tt.want {
				t.Errorf("%s is %q, want %q", tt.field, got, tt.want)
			}
		})
	}
}

func TestWordsOf(t *testing.T) {
	for name, want := range map[string]string{
		"E-mail 1 - Value": "e mail 1 value", "MobilePhone": "mobile phone", "user_login": "user login", "_address_telephone": "address telephone",
		"billingPostCode2": "billing post code 2", "Straße": "strasse", "PŁEĆ": "plec", "ISOCode": "iso code", "IDs": "ids", "Geb.-Datum": "geb datum",
		"Cafe\u0301": "cafe", "": "", "日本": "日本", "Téléphone (portable)": "telephone portable", "address1": "address 1",
	} {
		if got := normal(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestSampleIsBounded adds many rows: the first ones are all there, the others are spread evenly, and memory stays bounded.
func TestSampleIsBounded(t *testing.T) {
	s := NewSample([]string{"n"})
	const rows = 200_000
	for i := range rows {
		s.Add([]string{fmt.Sprint(i), "surplus"})
	}
	added, kept := s.Rows()
	if added != rows || kept > headRows+spreadRows || kept < headRows+spreadRows/4 {
		t.Errorf("%d added, %d kept", added, kept)
	}
	cells := s.column(0)
	if diff := cmp.Diff([]string{"0", "1999", "2000"}, []string{cells[0], cells[1999], cells[2000]}); diff != "" {
		t.Error(diff)
	}
	step := 0
	for i := headRows + 1; i < len(cells); i++ {
		var a, b int
		fmt.Sscan(cells[i-1], &a)
		fmt.Sscan(cells[i], &b)
		if step == 0 {
			step = b - a
		}
		if b-a != step {
			t.Fatalf("uneven: %d after %d, steps were %d", b, a, step)
		}
	}
	wide := NewSample([]string{"x"})
	for range 20_000 {
		wide.Add([]string{strings.Repeat("é", 5000)})
	}
	if wide.bytes > maxSample+maxCell || len(wide.column(0)[0]) > maxCell {
		t.Errorf("%d bytes kept, %d of one cell", wide.bytes, len(wide.column(0)[0]))
	}
}

func TestSettleRefuses(t *testing.T) {
	p := Propose(sampleOf(3, "E-mail: a@example.com"), Options{Fields: []Want{{Field: mapping.Email}}})
	if err := p.Settle(mapping.Email, mapping.FieldSpec{Columns: []string{"Mail"}}); err == nil {
		t.Error("a column that is not there was taken")
	}
	if err := p.Settle(mapping.Gender, mapping.FieldSpec{Columns: []string{"E-mail"}}); err == nil {
		t.Error("a field that nobody wants was taken")
	}
}

// TestStreetNames holds names of columns in eight languages, without any row, to what address.premise and address.line make of them.
func TestStreetNames(t *testing.T) {
	for _, tt := range []struct {
		names           string
		premise, number string // "name" when mapped, "? name" when asked about, "" otherwise
	}{
		{"Street, Street name, Straße, Str, Strassenname, Rue, Nom de la rue, Calle, Nombre de la calle, Via, Nome via, Rua, Logradouro, Straat, Straatnaam, Ulica, home_street, billingStreet", "name", ""},
		{"House No, House number, House name, Street number, Building no, Hausnummer, Hausnr, Haus-Nr, Numéro de rue, Número exterior, Numero civico, Civico, Huisnummer, Nr domu, Numer domu, billing_house_number", "", "name"},
		{"Address, Address 1, Address line 1, Address1, Street Address, Street 1, Street and number, Anschrift, Adresse, Straße/Nr, Straße und Hausnummer, Numéro et rue, Dirección, Calle y número", "? name", ""},
		{"Indirizzo, Via e numero, Endereço, Morada, Adres, Straat en huisnummer, Ulica i numer", "? name", ""},
		{"Address 2, Address line 2, Street 2, Adresszusatz, Complément adresse, Complemento, Apartment, Suite, Full address, Número, E-mail address, IP address", "", ""},
	} {
		for name := range strings.SplitSeq(tt.names, ", ") {
			s := NewSample([]string{name})
			for f, form := range map[mapping.Field]string{mapping.AddressPremise: tt.premise, mapping.AddressLine: tt.number} {
				want := strings.Replace(form, "name", value(&mapping.FieldSpec{Columns: []string{name}}), 1)
				if got := proposed(s, f); got != want {
					t.Errorf("column %q: %s is %q, want %q", name, f, got, want)
				}
			}
		}
	}
}

// TestErrorsAreNotNothing: a cell with an error of a spreadsheet held something, and no number of a telephone is in it.
func TestErrorsAreNotNothing(t *testing.T) {
	c := inspect([]string{"#N/A", "n/a", "+353 86 123 4501", "#REF!"})
	if got := placeholdersIn(mapping.PhoneNumber, &c); len(got) != 1 || got[0] != "n/a" {
		t.Errorf("%q count as empty", got)
	}
	if found := phonesOf(&c, nil); found.international != 1 || found.national != 0 {
		t.Errorf("%+v", found)
	}
}
