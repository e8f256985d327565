package job

import (
	"strings"
	"testing"

	"importer/mapping"
	"unicode/utf8"
)

func TestHideCredentials(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ line, want string }{
		{"  apiKey: sk_live_9", "  apiKey: *********"},
		{"fields: {password: {column: P, default: Harb!1, generate: 20}}", "fields: {password: {column: P, default: ******, generate: 20}}"},
		{"  password: {value: 'Harb'}", "  password: {value: ******}"}, {"  title: {value: Dr}", "  title: {value: Dr}"},
		{"settings: {api_key: sk_9, experienceValue: x}  # mine", "settings: {api_key: ****, experienceValue: x}  # mine"},
		{`settings: {"access_token": "a, b", clientId: 'ü'}`, `settings: {"access_token": ******, clientId: ***}`},
		{"DISTINCT_API_KEY: two words ", "DISTINCT_API_KEY: ********* "},
		{"THANX_CLIENT_ID: 1", "THANX_CLIENT_ID: *"},
		{"  password: Password", "  password: Password"},
		{"  metadata.key: {column: Key, contry: IE}", "  metadata.key: {column: Key, contry: IE}"},
		{"  apiKey:", "  apiKey:"},
		{"  first_name: First Name", "  first_name: First Name"},
	} {
		got := hideCredentials(test.line)
		if got != test.want {
			t.Errorf("%q is shown as %q, want %q", test.line, got, test.want)
		}
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(test.line) {
			t.Errorf("%q is shown with another width: %q", test.line, got)
		}
	}
}

// TestPasswordOverLines: what is written in the block of a password is shown in no error, and what is beside it is.
func TestPasswordOverLines(t *testing.T) {
	text := "fields:\n  email: mail\n  password:\n    column: Pass\n    value: \"Harb!1\"\n    values:\n      - Harb!2\n\n    default: {Harb!3: 1}\n  title:\n    value: Dr\n"
	lines := strings.Split(text, "\n")
	file := &File{sources: map[string][]string{"job.yaml": lines}}
	for i, line := range lines {
		shown := file.Problem(mapping.Pos{File: "job.yaml", Line: i + 1, Column: 1}, "", "").Source
		if strings.Contains(line, "Harb") == (shown == line) || strings.Contains(shown, "Harb") || len(shown) != len(line) {
			t.Errorf("line %q is shown as %q", line, shown)
		}
	}
}
