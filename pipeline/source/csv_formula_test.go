package source

import (
	"strings"
	"testing"
)

// TestTextFormulas: a cell such as ="00123" is read as it stands, whatever is inside; anything near it is a misplaced quote, as before.
func TestTextFormulas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row, want string
		dialect   dialect
	}{
		{row: `="Ann",="00123"`, want: `="Ann"|="00123"`},
		{row: `="",x`, want: `=""|x`},
		{row: `="a,b",x`, want: `="a,b"|x`},
		{row: `="5"" pipe",x`, want: `="5"" pipe"|x`},
		{row: `="""Bob""",x`, want: `="""Bob"""|x`},
		{row: `"=""Bob""","=""00124"""`, want: `="Bob"|="00124"`},
		{row: "=\"a\nb\",x", want: "=\"a\nb\"|x"},
		{row: `="Ann" ,x`, want: "!bad_quote"},
		{row: `="Ann"&"b",x`, want: "!bad_quote"},
		{row: `="Ann,x`, want: "!bad_quote"},
		{row: `="a""`, want: "!bad_quote"},
		{row: `=",x`, want: "!bad_quote"},
		{row: ` ="Ann",x`, want: "!bad_quote"},
		{row: `a="Ann",x`, want: "!bad_quote"},
		{row: `="a""b,x`, want: "!bad_quote"},
		{row: `="Ann",x`, want: `="Ann"|x`, dialect: dialect{quotes: QuotesLoose}},
		{row: `="Ann",x`, want: `="Ann"|x`, dialect: dialect{quotes: QuotesNone}},
		{row: `="a,b",x`, want: "!ragged_row", dialect: dialect{quotes: QuotesLoose}},
		{row: `="Ann",x`, want: "!bad_quote", dialect: dialect{backslash: true}},
	} {
		file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b"}, dialect: c.dialect}
		file.dialect.noHeader = true
		rows := newCSVRows(&file, strings.NewReader(c.row+"\nnext,1\n"), Limits{}.withDefaults())
		row, err := rows.next()
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(row.Cells, "|")
		if row.Broken != nil {
			got = "!" + row.Broken.Code
		}
		if got != c.want {
			t.Errorf("%q %+v is read as %q, want %q", c.row, c.dialect, got, c.want)
		}
		for err == nil && got != "next|1" { // what follows is not swallowed
			row, err = rows.next()
			got = strings.Join(row.Cells, "|")
		}
		if err != nil {
			t.Errorf("%q: the next row is lost: %v", c.row, err)
		}
	}
}

// TestTextFormulasInHeader: the names of columns may be written that way, and a delimiter inside is none.
func TestTextFormulasInHeader(t *testing.T) {
	t.Parallel()
	set := survey(t, Options{}, write(t, "list.csv", "=\"E-mail\";=\"Name, first; last\"\n=\"a@example.com\";=\"Roe, Ann\"\n"))
	equal(t, set.Header, []string{"E-mail", "Name, first; last"})
	equal(t, shorts(readAll(t, set)), []string{`1 @2 31:60 ="a@example.com"|="Roe, Ann"`})
}
