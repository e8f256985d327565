package source

import (
	"bytes"
	"os"
	"slices"
	"testing"
)

// An input that has grown since is read as it was: the same digest and the same rows, whatever came behind.
func TestFirstBytes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, was, more string }{
		"lines":            {"list.csv", "a,b\n1,2\n3,4\n", "5,6\n"},
		"no line end":      {"list.csv", "a,b\n1,2", "3\n5,6\n"},
		"an open quote":    {"list.csv", "a,b\n1,\"2\n3,4\n", "5,6\"\n"},
		"another encoding": {"list.csv", "a,b\n1,2\n", "\xe9,4\n\xe9,5\n\xe9,6\n"},
		"JSON lines":       {"list.jsonl", "{\"a\":1}\n", "{\"b\":2}\n"},
		"a JSON array":     {"list.json", `[{"a":1}]`, "\n"},
		"packed":           {"list.csv.gz", gzipped(t, "a,b\n1,2\n"), gzipped(t, "3,4\n")},
	} {
		path := write(t, c.file, c.was)
		before := survey(t, Options{}, path)
		rows := cellsOf(t, before)
		if err := os.WriteFile(path, []byte(c.was+c.more), 0o600); err != nil {
			t.Fatal(err)
		}
		now, err := Survey(t.Context(), []Input{{Path: path, Bytes: int64(len(c.was))}}, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(now.Digest(), before.Digest()) || now.Files[0].Size != int64(len(c.was)) {
			t.Errorf("%s: another digest, %d bytes", name, now.Files[0].Size)
		}
		if got := cellsOf(t, now); !slices.Equal(got, rows) {
			t.Errorf("%s: %q, want %q", name, got, rows)
		}
		if all := survey(t, Options{}, path); bytes.Equal(all.Digest(), before.Digest()) {
			t.Errorf("%s: the whole file has the digest of its beginning", name)
		}
	}
	path := write(t, "list.csv", "a,b\n1,2\n")
	set, err := Survey(t.Context(), []Input{{Path: path, Bytes: 1000}}, Options{}) // it has shrunk
	if err != nil || set.Files[0].Size != 8 || !bytes.Equal(set.Digest(), survey(t, Options{}, path).Digest()) {
		t.Errorf("%d bytes, %v", set.Files[0].Size, err)
	}
}

// cellsOf returns the cells of all rows, and the codes of those that cannot be read.
func cellsOf(t *testing.T, set *Set) (rows []string) {
	t.Helper()
	r, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for row, err := range All(r) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Broken != nil {
			rows = append(rows, row.Broken.Code)
			continue
		}
		rows = append(rows, row.Cells...)
	}
	return rows
}
