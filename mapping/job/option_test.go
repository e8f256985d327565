package job

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// options are keys as a program may have them.
var options = []Option{
	{Key: "vendor", Doc: "the vendor"}, {Key: "base_url"}, {Key: "where"}, {Key: "ok", List: true}, {Key: "again", List: true},
	{Key: "identity", List: true, Check: func(s string) error { _, err := IdentityField(s); return err }},
	{Key: "on_duplicate", Check: matches("first|last|reject")}, {Key: "on_shared"}, {Key: "on_invalid"}, {Key: "sort", Check: matches("sponsors_first")}, {Key: "sample", Check: matches("[1-9][0-9]*")},
	{Key: "limits.rate"}, {Key: "limits.workers", Check: matches("[1-9][0-9]*")}, {Key: "limits.max_errors", Check: matches("[0-9]+|[0-9]{1,2}%")},
	{Key: "limits.timeout", Check: matches("[0-9]+m?s")},
	{Key: "input.quote", Check: matches("double|backslash")}, {Key: "input.columns", List: true},
	{Key: "run.skip_rows", Check: matches("[0-9]+"), Doc: "rows to leave out"}, {Key: "run.fresh", Check: matches("true|false")}, {Key: "run.quiet"}, {Key: "run.log_format"},
}

func matches(pattern string) func(string) error {
	whole := regexp.MustCompile("^(" + pattern + ")$")
	return func(s string) error {
		if !whole.MatchString(s) {
			return fmt.Errorf("%q is none of %s", s, pattern)
		}
		return nil
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	f := parse(t, "vendor: thanx\nbase_url: http://localhost:1\nok: [exists, existing_user_enrolled]\nlimits: {rate: 20/s, workers: 8, max_errors: 5%, timeout: 30s}\n"+
		"run: {skip_rows: 0, quiet: true, log_format: json}\ninput: {columns: [A, 'b, c']}\n")
	for key, want := range map[string]string{
		"vendor": "thanx", "base_url": "http://localhost:1", "ok": "exists,existing_user_enrolled", "limits.rate": "20/s", "limits.workers": "8",
		"limits.max_errors": "5%", "limits.timeout": "30s", "run.skip_rows": "0", "run.quiet": "true", "run.log_format": "json", "input.columns": `A,"b, c"`,
	} {
		if got, ok := f.Option(key); !ok || got.Text != want || got.Pos.Line == 0 {
			t.Errorf("%s: %+v, want %q", key, got, want)
		}
	}
	for _, key := range []string{"run.fresh", "workers", "limits", "fields", ""} {
		if got, ok := f.Option(key); ok {
			t.Errorf("%s: %+v, want none", key, got)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"limits: {workers: 0}":         `job.yaml:1:19: workers: "0" is none of`,
		"run: {skip_rows: x}":          "job.yaml:1:18: skip_rows: \"x\" is none of [0-9]+\n    1 | run: {skip_rows: x}\n      |                  ^ rows to leave out",
		"run: {skip_rows: ''}":         "skip_rows takes a text that is not empty",
		"on_duplicate: newest":         "1:15: on_duplicate: \"newest\" is none of first|last|reject",
		"sort: sponsor_first":          "is none of",
		"identity: [email, emial]":     "1:19: identity: unknown field \"emial\"\n    1 | identity: [email, emial]\n      |                   ^^^^^ did you mean email?",
		"identity: [password]":         "cannot be the field",
		"identity: {email: E-mail}":    "takes a list",
		"ok: [exists, '']":             "1:14: ok takes a text that is not empty",
		"input: {columns: [A, '']}":    "a column needs a name",
		"input: {columns: [A, B, A]}":  `column "A" is named twice`,
		"input: {quote: dobule}":       "is none of",
		"onduplicate: last":            `did you mean "on_duplicate"?`,
		"fresh: true":                  `it belongs under "run"`,
		"limits: {vendor: x}":          `"vendor" belongs at the top level`,
		"limits: {quux: x}":            "known here: rate, workers, max_errors, timeout",
		"quux: x":                      "known here: extends, settings, fields, wire, ignore, empty, repair, vendor",
		"limits: 20/s":                 "1:9: limits takes keys and values",
		"vendor: {a: b}":               "vendor takes one text",
		`where: row["A"] ==`:           "does not compile",
		`where: 'row["A"]'`:            "does not give yes or no",
		"vendor: thanx\nvendor: thanx": "set twice",
	} {
		if text := problemsOf(t, source); !strings.Contains(text, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", source, text, want)
		}
	}
}

// TestNoOptions: a caller without options takes what is about the mapping.
func TestNoOptions(t *testing.T) {
	t.Parallel()
	if _, err := Parse("job.yaml", []byte("fields: {email: E-mail}\nignore: [x]\n"), nil, nil); err != nil {
		t.Error(err)
	}
	if _, err := Parse("job.yaml", []byte("limits: {rate: 1/s}\n"), nil, nil); err == nil || !strings.Contains(err.Error(), `unknown key "limits"`) {
		t.Error(err)
	}
}
