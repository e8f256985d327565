package source

import (
	"slices"
	"strings"
	"testing"
)

// TestAdvised reads lists that are refused as they stand with what the refusal names, and checks that the refusal shows no cell.
func TestAdvised(t *testing.T) {
	tests := []struct {
		name, content string
		options       Options
		said          string // part of the error and its hint
		header        string
		rows          int
	}{
		{"people", "ann@example.com,Ann\nbob@example.com,Bob\n", Options{}, "looks like a person, not like the names of columns; hint: write input: {columns: [email, column 2]}", "email|column 2", 2},
		{"one person", "Ann,ann@example.com", Options{}, "columns: [column 1, email]", "column 1|email", 1},
		{"cells that are empty", "u1,ann@example.com,true,,,+353861234501\nu2,bob@example.com,true,,,\n", Options{}, "4: nothing; 5: nothing; 6: telephone numbers",
			"column 1|email|column 3|column 4|column 5|phone", 2},
		{"no address", "Ann,1987-11-23\nBob,1990-01-02\n", Options{}, "[column 1, date]", "column 1|date", 2},
		{"two dates", "Ann,1987-11-23,1990-01-02\nBob,1990-01-02,1990-01-02\n", Options{}, "[column 1, date, date 3]", "column 1|date|date 3", 2},
		{"one line, two signs", "Ann,+353861234501,1987-11-23\n", Options{}, "[column 1, phone, date]", "column 1|phone|date", 1},
		{"header_row on a person", "E-mail,First\nann@example.com,Ann\nbob@example.com,Bob\n", Options{HeaderRow: 2}, "line 1 looks as if it did", "E-mail|First", 2},
		{"people below a title", "Members\nann@example.com,Ann\nbob@example.com,Bob\n", Options{HeaderRow: 2}, "write input: {header_row: 1, columns: [email, column 2]}", "email|column 2", 2},
		{"a header sorted among people", "ann@example.com,Ann\nE-mail,First\nbob@example.com,Bob\ncid@example.com,Cid\n", Options{}, "columns: [email, column 2]", "email|column 2", 4},

		{"no address of the first person", "Ann,Byrne,N/A\nBob,Lo,bob@example.com\nCid,Mo,cid@example.com\n", Options{}, "columns: [column 1, column 2, email]", "column 1|column 2|email", 3},
		{"a damaged address of the first person", "Ann,Byrne,ann(at)example.com\nBob,Lo,bob@example.com\nCid,Mo,cid@example.com\n", Options{}, "columns: [column 1, column 2, email]", "column 1|column 2|email", 3},
		{"an empty cell for the first address", "Ann,Byrne,\nBob,Lo,bob@example.com\nCid,Mo,cid@example.com\n", Options{}, "columns: [column 1, column 2, email]", "column 1|column 2|email", 3},
		{"numbered people", "1,Ann,Byrne\n2,Bob,Murphy\n3,Cy,Kelly\n", Options{}, "columns: [column 1, column 2, column 3]", "column 1|column 2|column 3", 3},
		{"ages", "Ann,Byrne,F,34\nBob,Lo,M,41\nCid,Mo,M,29\n", Options{}, "columns: [column 1, column 2, column 3, column 4]", "column 1|column 2|column 3|column 4", 3},
		{"a town that comes again", "Ann;Byrne;Cork\nBob;Lo;Cork\nCid;Mo;Cork\n", Options{}, "columns: [column 1, column 2, column 3]", "column 1|column 2|column 3", 3},
		{"whose list it is", "Owner:,ann@example.com\nName,E-mail\nBob,bob@example.com\nCid,cid@example.com\n", Options{}, "{header_row: 2}", "Name|E-mail", 2},
		{"a title of one column", "Members\nE-mail\nann@example.com\nbob@example.com\n", Options{}, "{header_row: 2}", "E-mail", 2},
		{"a list that was printed", "Customers\n|Name|E-mail|\n|Ann|ann@example.com|\n|Bob|bob@example.com|\n", Options{}, "{header_row: 2}", "column 1|Name|E-mail", 2},
		{"people below titles", "Members\nof May\n\nann@example.com;Ann\nbob@example.com;Bob\n", Options{}, "line 4 looks like a person, not like the names of columns; hint: write input: {header_row: 3, columns: [email, column 2]}", "email|column 2", 2},
		{"addresses as links", "mailto:ann@example.com,Ann\nmailto:bob@example.com,Bob\n", Options{}, "columns: [email, column 2]", "email|column 2", 2},
		{"addresses behind names", "Ann Roe <ann@example.com>,x\nBob <bob@example.com>,y\n", Options{}, "columns: [email, column 2]", "email|column 2", 2},
		{"no address in the first line", "uid1,,false,,1612345678901,1612345678902,+353861234501\nuid2,bob@example.com,false,Bob,1612345678901,1612345678903,\n", Options{},
			"looks like a person", "column 1|email|column 3|column 4|column 5|column 6|phone", 2},
		{"groups that differ", "Contact,Person\nE-mail,First\nann@example.com,Ann\n", Options{}, "{header_row: 2}", "E-mail|First", 1},
		{"questions", "Q1,Q2\nE-mail,First\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",x\nann@example.com,Ann\n", Options{}, "{header_row: 2}", "E-mail|First", 2},
		{"numbers without a plus", "353861234501,Ann\n353861234502,Bob\n", Options{}, "columns: [column 1, column 2]", "column 1|column 2", 2},
		{"title", "Members\nE-mail,First\nann@example.com,Ann\n", Options{}, "line 2 looks as if it did; hint: write input: {header_row: 2} in the job file, or --header-row 2", "E-mail|First", 1},
		{"title above semicolons", "Members\nE-mail;First\nann@example.com;Ann\n", Options{}, "{header_row: 2}", "E-mail|First", 1},
		{"title with commas", "Members, May\n\nE-mail;First\nann@example.com;Ann\nbob@example.com;Bob\n", Options{}, "{header_row: 3}", "E-mail|First", 2},
		{"padded", "Report,\n,\nE-mail,First\nann@example.com,Ann\n", Options{}, "{header_row: 3}", "E-mail|First", 1},
		{"groups", "Contact,Contact\nE-mail,First\nann@example.com,Ann\n", Options{}, "{header_row: 2}", "E-mail|First", 1},
		{"an open quote in the title", "Members \"of May\nE-mail,First\nann@example.com,Ann\n", Options{}, "{header_row: 2}", "E-mail|First", 1},

		{"whole lines", "\"E-mail,\"\"First\"\"\"\n\"ann@example.com,\"\"Ann\"\"\"\n", Options{}, "{quotes: line}", "E-mail|First", 1},
		{"whole lines below a header", "E-mail,First\n\"ann@example.com,Ann\"\n\"bob@example.com,\"\"Bob\"\"\"\n", Options{}, `{header_row: 1, quotes: line, columns: ["E-mail", "First"]}`, "E-mail|First", 2},
		{"whole lines without a header", "\"ann@example.com,Ann\"\n\"bob@example.com,Bob\"\n", Options{}, "{quotes: line}", "email|column 2", 2},
		{"spaces before quotes", "\"E-mail\", \"First\"\n\"ann@example.com\", \"Ann\"\n", Options{}, `{delimiter: ", "}`, "E-mail|First", 1},
		{"a delimiter of its own", "E-mail@#@First\nann@example.com@#@Ann\n", Options{}, `{delimiter: "@#@"}`, "E-mail|First", 1},
		{"colons", "E-mail:First\nann@example.com:Ann\n", Options{}, `{delimiter: ":"}`, "E-mail|First", 1},
		{"commas below semicolons", "E-mail;First\nann@example.com,Ann\nbob@example.com,Bob\n", Options{}, `{header_row: 1, delimiter: ",", columns: ["E-mail", "First"]}`, "E-mail|First", 2},
		{"names of rows", "First,E-mail\n1,Ann,ann@example.com\n2,Bob,bob@example.com\n", Options{}, `columns: [column 1, "First", "E-mail"]`, "column 1|First|E-mail", 2},
		{"rows that end with a comma", "E-mail,First\nann@example.com,Ann,\nbob@example.com,Bob,\n", Options{}, `columns: ["E-mail", "First", column 3]`, "E-mail|First|column 3", 2},
		{"one name twice, over two lines", "E-mail,\"First\nname\",\"First\nname\"\nann@example.com,Ann,A\n", Options{}, `{header_row: 3, columns: ["E-mail", "First\nname", "First\nname 3"]}`, "E-mail|First\nname|First\nname 3", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, "list.csv", test.content)
			said := strings.Join(problems(t, test.options, path), "\n")
			if !strings.Contains(said, test.said) {
				t.Errorf("said %s\nwant %s", said, test.said)
			}
			for _, cell := range []string{"ann@", "Ann", "1987", "353", "u1"} {
				if strings.Contains(said, cell) {
					t.Errorf("%s is shown: %s", cell, said)
				}
			}
			better, ok := Advised(t.Context(), Input{Path: path}, test.options)
			if !ok {
				t.Fatal("nothing is advised")
			}
			set := survey(t, better, path)
			if rows := readAll(t, set); strings.Join(set.Header, "|") != test.header || len(rows) != test.rows {
				t.Errorf("header %q, rows %q", set.Header, shorts(rows))
			}
		})
	}
}

// TestHeadersStay reads lists whose headers are odd, and are headers: no line else is taken for one.
func TestHeadersStay(t *testing.T) {
	for _, content := range []string{
		"a,b\n1,2\n",
		"E-mail,1,2024,phone2,Anna's list\nann@example.com,2,3,4,5\n",
		"E-mail,2024-01-01,2024-02-01\nann@example.com,5,6\n", // what was bought on those days
		"E-mail (e.g. max@example.com),First\nbob@example.com,Bob\n",
		"Foo,VIP\nAnn,VIP\nBob,\n",
		"Konto,2023,2024\nAnn,3,5\nBob,1,2\n",
		"10001,10002\n5,6\n",
		"true,false\nyes,no\n",
		"Name,City\nAnn,Mailand\nBob,Rome\n",
		"Email\nann@example.com\n",
		"Nom;Prénom\nRoe;Ann\n",
		"E-mail,First\nann@example.com\nbob@example.com\ncid@example.com\n", // every row is short
		"E-mail,First,Last\nann@example.com,Ann,Roe\nbob@example.com,Bob,Poe, Junior\n",
		"Number,Name,E-mail\n1,Roe, Ann,ann@example.com\n2,Poe, Bob,bob@example.com\n", // an index, or a name with a comma
		"Notes: internal\nann: no\n",
		"Sähköposti\nann@example.com\nbob@example.com\n",
		"Remarks\n\"Ann, the first\"\n",
	} {
		set := survey(t, Options{}, write(t, "list.csv", content))
		if first, _, _ := strings.Cut(content, "\n"); !slices.Equal(set.Header, strings.FieldsFunc(first, func(r rune) bool { return r == ',' || r == ';' })) || set.Files[0].dialect.skip > 0 {
			t.Errorf("%q has the header %q", content, set.Header)
		}
		if better, ok := Advised(t.Context(), Input{Path: write(t, "list.csv", content)}, Options{}); ok {
			t.Errorf("%q: %+v is advised", content, better)
		}
	}
}

func TestKinds(t *testing.T) {
	for want, cells := range map[kind][]string{
		noKind:      {"", "  "},
		emailKind:   {"ann@example.com", "mailto:ann@example.com", "Ann <a@example.com>", "a@b.de; c@d.de", `="a@b.de"`, "a.b+c@mail.example.co.uk", "zoë@exämple.de"},
		phoneKind:   {"+353 86 123 4501", "0861234501", "(086) 123-4501", "00353861234501"},
		dateKind:    {"1987-11-23", "23.11.1987", "11/23/87", "1987-11-23T10:00:00Z"},
		idKind:      {"3f2504e0-4f89-11d3-9a0c-0305e82c3301", "5f43a1b2c3d4e5f6a7b8c9d0"},
		numberKind:  {"10001", "12.5", "-3,75"},
		booleanKind: {"true", "FALSE"},
		textKind:    {"E-mail", "1", "2024", "phone2", "Anna's list", "@ann", "ann@example", "a@b c.de", "01-02", "q1/2024", "1.2.3", "A1", "abcdefabcdefabcdefabcdef", "0"},
	} {
		for _, cell := range cells {
			if got := kindOf(cell); got != want {
				t.Errorf("%q is of kind %d, want %d", cell, got, want)
			}
		}
	}
}
