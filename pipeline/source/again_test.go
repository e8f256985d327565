package source

import (
	"strings"
	"testing"
)

func TestAgain(t *testing.T) {
	const head = "E-mail,First,Last\n"
	tests := []struct {
		name, content string
		options       Options
		want          []string
	}{
		{"the header again", head + "a@example.com,A,B\n" + head + "b@example.com,A,B\n", Options{}, []string{"1 @2 18:36 a@example.com|A|B", "2 @3 36:54 !repeated_header", "3 @4 54:72 b@example.com|A|B"}},
		{"after a mark, with spaces", head + "\ufeff\"E-mail\",First,Last \n" + "\ufeffE-mail, First,Last\n", Options{}, []string{"1 @2 18:42 !repeated_header", "2 @3 42:64 !repeated_header"}},
		{"in capitals", head + "E-MAIL,FIRST,LAST\ne-mail,first,last\n", Options{}, []string{"1 @2 18:36 !repeated_header", "2 @3 36:54 !repeated_header"}},
		{"in capitals, beyond ASCII", "Élan,First\nÉLAN,First\n Élan,First\n", Options{}, []string{"1 @2 12:24 !repeated_header", "2 @3 24:37 !repeated_header"}},
		{"another order", head + "E-mail,Last,First\nb@example.com,A,B\n" + head + "c@example.com,A,B\n", Options{},
			[]string{"1 @2 18:36 !other_header", "2 @3 36:54 !other_header", "3 @4 54:72 !repeated_header", "4 @5 72:90 c@example.com|A|B"}},
		{"fewer columns, padded", head + "E-mail,Last\nb@example.com,B\n", Options{Ragged: RaggedPad}, []string{"1 @2 18:30 !other_header", "2 @3 30:46 !other_header"}},
		{"more columns", head + "a@example.com,A,B\nE-mail,First,Last,Town\nb@example.com,A,B\n", Options{}, []string{"1 @2 18:36 a@example.com|A|B", "2 @3 36:59 !other_header", "3 @4 59:77 !other_header"}},
		{"spelt otherwise", head + "e_mail,FIRST,last\nb@example.com,A,B\n", Options{}, []string{"1 @2 18:36 !repeated_header", "2 @3 36:54 b@example.com|A|B"}},
		{"spelt and ordered otherwise", "Email,First Name,Last Name\nemail,last_name,first_name\nb@example.com,A,B\n", Options{}, []string{"1 @2 27:54 !other_header", "2 @3 54:72 !other_header"}},
		{"in another language", head + "Correo,Apellidos,Nombre\nb@example.com,A,B\n", Options{}, []string{"1 @2 18:42 !other_header", "2 @3 42:60 !other_header"}},
		{"two columns in other words", "Email,Name\nmail,name\nname,mail\na@example.com,B\n", Options{}, []string{"1 @2 11:21 !other_header", "2 @3 21:31 !other_header", "3 @4 31:47 !other_header"}},
		{"people with such names", "First,Last,City\nNome,State,Rue\n", Options{}, []string{"1 @2 16:31 Nome|State|Rue"}},
		{"people with words of columns", "Company,City,Note\nState Bank,Street,Land\nLand,Ort,x\nName,Street,\n", Options{}, []string{"1 @2 18:41 State Bank|Street|Land", "2 @3 41:52 Land|Ort|x", "3 @4 52:65 Name|Street|"}},
		{"choices are no header", "Name,Red,Green\nAnn,Red,Green\nName,Red,\n", Options{}, []string{"1 @2 15:29 Ann|Red|Green", "2 @3 29:39 !other_header"}},
		{"choices first, a person beside them", "Red,Green,E-mail\nRed,Green,a@example.com\n", Options{}, []string{"1 @2 17:41 Red|Green|a@example.com"}},
		{"totals", "Name,Sum,Note\nTotal,12,\nGrand total: 3,,\n\"Summe\",\"1.234,50 €\",\nTotal: 2 customers,,\nTotal,Ann,\nTotally,1,\nSubtotal,,\n", Options{},
			[]string{"1 @2 14:24 !total_row", "2 @3 24:41 !total_row", "3 @4 41:65 !total_row", "4 @5 65:86 !total_row", "5 @6 86:97 Total|Ann|", "6 @7 97:108 Totally|1|", "7 @8 108:119 !total_row"}},
		{"one column is no total", "Login\nTotal\nsum\n", Options{}, []string{"1 @2 6:12 Total", "2 @3 12:16 sum"}},
		{"a failed file keeps what it holds", "E-mail,First,_import_code\nE-mail,First,repeated_header\n", Options{}, []string{"1 @2 26:55 E-mail|First|repeated_header"}},
		{"rows of delimiters", head + ",,\na@example.com,A,B\n , ,\"\"\n,,\n", Options{}, []string{"1 @3 21:39 a@example.com|A|B"}},
		{"delimiters in quotes are a cell", "a,b\n\",\n\",1\n", Options{}, []string{"1 @2 4:11 ,\n|1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, shorts(readAll(t, survey(t, test.options, write(t, "list.csv", test.content)))), test.want)
		})
	}
}

// TestEmptyRowsCounted counts lines of nothing but delimiters however the content comes, and knows such lists from those that were read with them.
func TestEmptyRowsCounted(t *testing.T) {
	content := "a,b\r\n,\r\n1,2\r\n\"\";\t|\r\n\r\n , x\r\n,"
	for size := 1; size <= len(content); size++ {
		var counts textCounts
		for rest := content; rest != ""; {
			n := min(size, len(rest))
			if _, err := counts.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if counts.finish(); counts.emptyRows != 3 {
			t.Errorf("in parts of %d bytes: %d", size, counts.emptyRows)
		}
	}
}

// TestEmptyRowsByDelimiter counts the rows that are left out, and nothing that looks like them: the digest tells lists with such rows from others.
func TestEmptyRowsByDelimiter(t *testing.T) {
	for content, want := range map[string]int64{
		"a,b\n1,2\n,\n": 1, "a,b\n1,2\n;\n": 0, "a,b\n1,\"x\n;;\n|\"\n": 0, "a;b\n1;2\n;\n ; \n": 2, "a,b\n1,2\n--,\n": 0, "a,b\n1,2\n\"\",\"\"": 1,
		"a^b^c^d^e\n1^2^3^4^5\n^^^^\n": 1, "a~|~b~|~c\n1~|~2~|~3\n~|~~|~\n": 1, "a\n1\n;\n": 0, "a¦b\n1¦2\n¦\n": 1,
	} {
		set := survey(t, Options{}, write(t, "list.csv", content))
		f := set.Files[0]
		if f.EmptyRows != want || strings.Contains(f.form(), "empty") != (want > 0) || strings.Contains(f.Summary(), "nothing but") != (want > 0) {
			t.Errorf("%q: %d empty rows, form %q", content, f.EmptyRows, f.form())
		}
		for _, row := range readAll(t, set) {
			if row.Broken == nil && strings.Join(row.Cells, "") == "" {
				t.Errorf("%q: an empty row is read", content)
			}
		}
	}
}

func TestNamelessColumns(t *testing.T) {
	tests := []struct {
		name, content, header string
		options               Options
		want                  []string
	}{
		{"an index", ",a,b\n0,1,2\n1,3,4\n", "column 1|a|b", Options{}, []string{"1 @2 5:11 0|1|2", "2 @3 11:17 1|3|4"}},
		{"between", "a,,b\n1,2,3\n", "a|column 2|b", Options{}, []string{"1 @2 5:11 1|2|3"}},
		{"at the end", "a,b,,,\n1,2,,,\n1,2,, ,\n1,2,,3,\n1,2\n3,4,,,\n", "a|b", Options{},
			[]string{"1 @2 7:14 1|2", "2 @3 14:22 1|2", "3 @4 22:30 !ragged_row", "4 @5 30:34 !ragged_row", "5 @6 34:41 3|4"}},
		{"at the end, padded", "a,b,,,\n1,2\n1,2,,\n1\n,2,,x\n", "a|b", Options{Ragged: RaggedPad}, []string{"1 @2 7:11 1|2", "2 @3 11:17 1|2", "3 @4 17:19 1|", "4 @5 19:25 !ragged_row"}},
		{"a header over two lines, replaced", "a,\"b\nc\"\n1,2\n", "x|y", Options{HeaderRow: 2, Columns: []string{"x", "y"}}, []string{"1 @3 8:12 1|2"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := survey(t, test.options, write(t, "list.csv", test.content))
			rows := readAll(t, set)
			equal(t, set.Header, strings.Split(test.header, "|"))
			equal(t, shorts(rows), test.want)
		})
	}
}
