package source

import (
	"slices"
	"strings"
	"testing"
)

// TestSheetHeaders judges headers of sheets as those of CSV: a person is none, and the row with the names is found below a title.
func TestSheetHeaders(t *testing.T) {
	tests := []struct {
		name    string
		rows    [][]any
		options Options
		said    string // part of the error and its hint; "" where the sheet is read as it stands
		header  string
		read    int
	}{
		{"people", [][]any{{"ann@example.com", "Ann"}, {"bob@example.com", "Bob"}}, Options{}, "the first line looks like a person, not like the names of columns; hint: write input: {columns: [email, column 2]}", "email|column 2", 2},
		{"people without addresses", [][]any{{"+353861234501", "Ann"}, {"+353861234502", "Bob"}}, Options{}, "columns: [phone, column 2]", "phone|column 2", 2},
		{"title", [][]any{{"Members of May"}, {}, {"E-mail", "First", "Last"}, {"ann@example.com", "Ann", "Roe"}}, Options{},
			"this row does not name the columns; row 3 looks as if it did; hint: write input: {header_row: 3}", "E-mail|First|Last", 1},
		{"title over the columns", [][]any{{"Report", "", "by ann"}, {"E-mail", "First", "Last"}, {"ann@example.com", "Ann"}}, Options{}, "{header_row: 2}", "E-mail|First|Last", 1},
		{"no address of the first person", [][]any{{"Ann", "Roe", "N/A"}, {"Bob", "Poe", "bob@example.com"}, {"Cid", "Lo", "cid@example.com"}}, Options{}, "columns: [column 1, column 2, email]", "column 1|column 2|email", 3},
		{"one name twice", [][]any{{"E-mail", "Name", "Name"}, {"ann@example.com", "Ann", "Roe"}}, Options{}, `{header_row: 1, columns: ["E-mail", "Name", "Name 3"]}`, "E-mail|Name|Name 3", 1},
		{"no name", [][]any{{"", "E-mail"}, {0, "ann@example.com"}}, Options{}, "", "column 1|E-mail", 1},
		{"years", [][]any{{"E-mail", 2023, 2024}, {"ann@example.com", 1, 2}}, Options{}, "", "E-mail|2023|2024", 1},
		{"names instead of the header", [][]any{{"x"}, {"E-mail", "Name"}, {"ann@example.com", "Ann"}}, Options{HeaderRow: 2, Columns: []string{"a", "b"}}, "", "a|b", 1},
		{"the header again, and a total", [][]any{{"E-mail", "First"}, {"ann@example.com", "Ann"}, {"E-mail", "First"}, {"Total", 1}}, Options{}, "", "E-mail|First", 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, "list.xlsx", workbook(t, put(test.rows...), nil))
			options := test.options
			if test.said != "" {
				said := strings.Join(problems(t, options, path), "\n")
				if !strings.Contains(said, test.said) || strings.Contains(said, "ann") {
					t.Errorf("said %s\nwant %s", said, test.said)
				}
				better, ok := Advised(t.Context(), Input{Path: path}, options)
				if !ok {
					t.Fatal("nothing is advised")
				}
				options = better
			}
			set := survey(t, options, path)
			if rows := readAll(t, set); strings.Join(set.Header, "|") != test.header || len(rows) != test.read {
				t.Errorf("header %q, rows %q", set.Header, lineShorts(rows))
			}
		})
	}
	set := survey(t, Options{}, write(t, "list.xlsx", workbook(t, put(tests[len(tests)-1].rows...), nil)))
	var codes []string
	for _, row := range readAll(t, set) {
		if row.Broken != nil {
			codes = append(codes, row.Broken.Code)
		}
	}
	if !slices.Equal(codes, []string{CodeHeaderAgain, CodeTotal}) {
		t.Errorf("codes %q", codes)
	}
}
