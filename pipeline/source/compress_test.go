package source

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstandard(t testing.TB, content string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(content), nil))
}

func TestCompressed(t *testing.T) {
	list := "a,b\n" + strings.Repeat("1,2\n", 100_000)
	tests := []struct{ name, content, said string }{
		{"list.csv.gz", gzipped(t, list), `CSV, "," separated, utf-8, gzip, 2 columns`},
		{"list.csv.zst", zstandard(t, list), `CSV, "," separated, utf-8, zstd, 2 columns`},
		{"misnamed.csv", gzipped(t, list), `CSV, "," separated, utf-8, gzip, 2 columns`},
		{"members.csv.gz", gzipped(t, list[:100]) + gzipped(t, list[100:]), `CSV, "," separated, utf-8, gzip, 2 columns`},
		{"frames.csv.zst", zstandard(t, list[:100]) + zstandard(t, list[100:]), `CSV, "," separated, utf-8, zstd, 2 columns`},
		{"utf16.csv.gz", gzipped(t, "\xff\xfe"+string(toUTF16(list, false))), `CSV, "," separated, utf-16le, gzip, 2 columns`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := survey(t, Options{}, write(t, test.name, test.content))
			f := set.Files[0]
			if !strings.HasSuffix(f.Summary(), ": "+test.said) || f.Size != int64(len(test.content)) || f.SHA256 != fmt.Sprintf("%x", sha256.Sum256([]byte(test.content))) {
				t.Errorf("%s %+v", f.Summary(), f)
			}
			rows := readAll(t, set)
			if len(rows) != 100_000 || short(rows[99_999]) != "100000 @100001 400000:400004 1|2" {
				t.Errorf("%d rows, the last is %s", len(rows), short(rows[len(rows)-1]))
			}
		})
	}
}

func TestDamagedCompression(t *testing.T) {
	list := "a,b\n" + strings.Repeat("1,2\n", 1000)
	huge := "a,b\n" + strings.Repeat("1,2\n", 5<<20)
	flip := func(s string) string {
		b := []byte(s)
		b[len(b)-6] ^= 1
		return string(b)
	}
	tests := []struct{ name, content, want string }{
		{"cut.gz", gzipped(t, list)[:40], "cut.gz: the gzip data is damaged or cut off: "},
		{"cut.zst", zstandard(t, list)[:20], "cut.zst: the zstd data is damaged or cut off: "},
		{"flipped.gz", flip(gzipped(t, list)), "flipped.gz: the gzip data is damaged or cut off: gzip: invalid checksum; hint: export or download the file again"},
		{"more.gz", gzipped(t, list) + "more", "more.gz: the gzip data is damaged or cut off: "},
		{"empty.gz", gzipped(t, ""), "empty.gz: there is nothing in it; hint: an input has at least a header line"},
		{"bomb.gz", gzipped(t, huge), "bomb.gz: the gzip data grows to more than 2"},
		{"bomb.zst", zstandard(t, huge), "bomb.zst: the zstd data grows to more than 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(problems(t, Options{}, write(t, test.name, test.content)), "\n")
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	set := survey(t, Options{Limits: Limits{Expansion: 10_000}}, write(t, "large.csv.gz", gzipped(t, huge)))
	if set.Files[0].Lines != 5<<20+1 {
		t.Errorf("%d lines", set.Files[0].Lines)
	}
	if got := problems(t, Options{Limits: Limits{Expanded: 1000}}, write(t, "list.csv.gz", gzipped(t, list))); len(got) != 1 || !strings.Contains(got[0], "more than 1000 bytes") {
		t.Errorf("got %q", got)
	}
}
