package job

import (
	"testing"
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
