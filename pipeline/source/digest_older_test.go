package source

import (
	"fmt"
	"strings"
	"testing"
)

// TestDigestsOfOlderRuns: ordinary lists have the digests that they had before lists of all kinds were read, so that runs which were begun over them go on.
// A digest here is never changed.
func TestDigestsOfOlderRuns(t *testing.T) {
	t.Parallel()
	utf16 := "\xff\xfe"
	for _, c := range "a,b\n1,é\n" {
		utf16 += string([]byte{byte(c), 0})
	}
	for _, list := range []struct {
		name, content string
		options       Options
		want          string
	}{
		{"list.csv", "E-mail,Name\nann@example.com,Ann\n", Options{}, "3b2ffa435eacf8b7"},
		{"list.csv", "\xef\xbb\xbfE-mail;Name\r\nann@example.com;\"Ann, Zo\u00eb\"\r\n", Options{}, "05441a98e3a80382"},
		{"list.csv", "E-mail,Name\nann@example.com,Zo\xeb\n", Options{Encoding: "windows-1252"}, "917ca2d5c7fc7b6f"},
		{"list.tsv", "E-mail\tName\nann@example.com\tAnn\n", Options{}, "6132f45cb5ea453d"},
		{"list.csv", "E-mail|Name|\nann@example.com|Ann|\n", Options{}, "781c68a55f142709"},
		{"list.csv", "sep=;\nE-mail;Name\nann@example.com;Ann\n", Options{}, "5e544cfdfe0f9f10"},
		{"list.csv", "A list\nE-mail,Name\n# none\nann@example.com,Ann\n", Options{HeaderRow: 2, Comment: '#'}, "11aaa5da6e998597"},
		{"list.csv", "ann@example.com,Ann\nbob@example.com\n", Options{Columns: []string{"E-mail", "Name"}, Ragged: RaggedPad}, "bbc40eca1778c5c2"},
		{"list.csv", utf16, Options{}, "567f784afb8f675c"},
		{"list.jsonl", "{\"email\":\"ann@example.com\",\"address\":{\"city\":\"Cork\"}}\n{\"email\":\"bob@example.com\"}\n", Options{}, "bf0aa790675b9dc5"},
		{"list.json", "[{\"email\":\"ann@example.com\"},{\"email\":\"bob@example.com\"}]", Options{}, "3c1f02fbb7249c8c"},
	} {
		set := survey(t, list.options, write(t, list.name, list.content))
		if got := fmt.Sprintf("%x", set.Digest()[:8]); got != list.want {
			t.Errorf("%s %.40q: %s, want %s", list.name, strings.TrimSpace(list.content), got, list.want)
		}
	}
}
