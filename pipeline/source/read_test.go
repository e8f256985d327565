package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"importer/mapping/problem"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// write makes a file of content in a folder of its own and returns its path.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// survey reads inputs that must be usable.
func survey(t testing.TB, o Options, paths ...string) *Set {
	t.Helper()
	set, err := Survey(context.Background(), inputs(paths), o)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// inputs are the inputs at the paths.
func inputs(paths []string) []Input {
	list := make([]Input, len(paths))
	for i, path := range paths {
		list[i].Path = path
	}
	return list
}

// readAll reads all rows of a set.
func readAll(t testing.TB, set *Set) []Row {
	t.Helper()
	r, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var rows []Row
	for {
		row, err := r.Next()
		if err == io.EOF {
			if r.BytesRead() != set.Size() {
				t.Errorf("read %d bytes of %d", r.BytesRead(), set.Size())
			}
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

// short writes a row as the tables below do: `1 @2 9:13 a|b`, `2 @3 13:20 !bad_quote`.
func short(r Row) string {
	what := strings.Join(r.Cells, "|")
	if r.Broken != nil {
		what = "!" + r.Broken.Code
	}
	return fmt.Sprintf("%d @%d %d:%d %s", r.Number, r.Line, r.Offset, r.End, what)
}

func shorts(rows []Row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, short(r))
	}
	return out
}

// account checks that rows tell the truth about where they lie in content, and that nothing but the header and blank lines lies between them.
func account(t testing.TB, content []byte, begin int64, rows []Row, blank func([]byte) bool) {
	t.Helper()
	accountLines(t, content, begin, rows, blank, false)
}

func accountLines(t testing.TB, content []byte, begin int64, rows []Row, blank func([]byte) bool, anyEnd bool) {
	t.Helper()
	at := begin
	for i, r := range rows {
		switch {
		case r.Number != int64(i+1):
			t.Errorf("row %d has number %d", i+1, r.Number)
		case r.Offset < at || r.End <= r.Offset || r.End > int64(len(content)):
			t.Fatalf("row %d lies at %d:%d, the one before it ends at %d of %d", r.Number, r.Offset, r.End, at, len(content))
		case r.Line != lineAt(content[:r.Offset], anyEnd):
			t.Errorf("row %d is reported as on line %d", r.Number, r.Line)
		case (r.Cells == nil) == (r.Broken == nil):
			t.Errorf("row %d has cells %q and is broken: %v", r.Number, r.Cells, r.Broken)
		case !blank(content[at:r.Offset]):
			t.Errorf("before row %d %q was left out", r.Number, content[at:r.Offset])
		}
		at = r.End
	}
	if !blank(content[at:]) {
		t.Errorf("at the end %q was left out", content[at:])
	}
}

// lineAt is the number of the physical line that begins after before.
func lineAt(before []byte, anyEnd bool) int64 {
	n := 1 + bytes.Count(before, []byte{'\n'})
	if anyEnd {
		n += bytes.Count(before, []byte{'\r'}) - bytes.Count(before, []byte("\r\n"))
	}
	return int64(n)
}

func blankCSV(b []byte) bool { return len(bytes.Trim(b, "\r\n")) == 0 }

func blankJSON(b []byte) bool { return len(bytes.Trim(b, " \t\r\n")) == 0 }

func equal(t testing.TB, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// problems returns the texts of all that Survey has against the inputs, with the folder cut off.
func problems(t testing.TB, o Options, paths ...string) []string {
	t.Helper()
	_, err := Survey(context.Background(), inputs(paths), o)
	var out []string
	for _, err := range problem.All(err) {
		var e *problem.Error
		if !errors.As(err, &e) || e.Kind != problem.Input {
			t.Fatalf("%v is no error of an input", err)
		}
		at := *e
		if at.File != "" {
			at.File = filepath.Base(at.File)
		}
		out = append(out, withHint(&at))
	}
	return out
}

// withHint is the text of an error and its hint.
func withHint(err error) string {
	if hint := problem.Hint(err); hint != "" {
		return err.Error() + "; hint: " + hint
	}
	return err.Error()
}

// rowsThen gives so many rows, then an error for ever.
type rowsThen struct {
	rows int64
	err  error
	next int64
}

func (r *rowsThen) Next() (Row, error) {
	if r.next == r.rows {
		return Row{}, r.err
	}
	r.next++
	return Row{Number: r.next}, nil
}

// All ends at the end of the input; another error is yielded once, and last.
func TestAll(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]string{
		io.EOF:                            "1 2 ",
		fmt.Errorf("wrapped: %w", io.EOF): "1 2 ",
		os.ErrClosed:                      "1 2 file already closed",
	} {
		got := ""
		for row, err := range All(&rowsThen{rows: 2, err: err}) {
			if err != nil {
				got += err.Error()
				continue
			}
			got += fmt.Sprint(row.Number, " ")
		}
		if got != want {
			t.Errorf("%v: got %q, want %q", err, got, want)
		}
	}
	rest := &rowsThen{rows: 3, err: io.EOF}
	for range All(rest) {
		break
	}
	if rest.next != 1 {
		t.Errorf("%d rows were taken for one", rest.next)
	}
}
