package terminal

import (
	"context"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/suggest"
)

// asked proposes a mapping with two questions: which way round dates are written, and which of two telephones is meant.
func asked() *suggest.Proposal {
	s := suggest.NewSample([]string{"E-mail", "DOB"})
	s.Add([]string{"a@example.com", "01/02/1980"})
	s.Add([]string{"b@example.com", "03/04/1990"})
	return suggest.Propose(s, suggest.Options{Fields: []suggest.Want{{Field: mapping.Email, Required: true}, {Field: mapping.BirthDate, Required: true}}})
}

func TestAnswerAll(t *testing.T) {
	for _, tt := range []struct{ name, typed, want, said string }{
		{"the first", "1\n", "birth_date: {column: DOB, format: DD/MM/YYYY}", "day or month first?"},
		{"the second", "2\n", "birth_date: {column: DOB, format: MM/DD/YYYY}", ""},
		{"after a slip", "day\n3\n 2 \n", "birth_date: {column: DOB, format: MM/DD/YYYY}", "not the number of an answer"},
		{"left open", "\n", "# QUESTION", ""},
		{"end of input", "", "# QUESTION", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := asked()
			var out strings.Builder
			if err := answerAll(context.Background(), p, strings.NewReader(tt.typed), &out); err != nil {
				t.Fatal(err)
			}
			if got := string(p.YAML()); !strings.Contains(got, tt.want) {
				t.Errorf("no %q in:\n%s", tt.want, got)
			}
			if !strings.Contains(out.String(), tt.said) {
				t.Errorf("no %q in: %s", tt.said, out.String())
			}
		})
	}
}
