package reports

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"

	"github.com/google/go-cmp/cmp"
)

func TestColumnsAreTheTags(t *testing.T) {
	var tags []string
	for field := range reflect.TypeFor[Line]().Fields() {
		tags = append(tags, field.Tag.Get("csv"))
	}
	if !slices.Equal(tags, Columns()) {
		t.Errorf("tags %v, columns %v", tags, Columns())
	}
}

func encode(t testing.TB, lines ...Line) []byte {
	t.Helper()
	var b bytes.Buffer
	w := newResultsWriter(&b)
	for _, line := range lines {
		if err := w.add(outcome{line: line}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decode(text []byte) (lines []Line, err error) {
	for line, err := range readLines("x.csv", bytes.NewReader(text)) {
		if err != nil {
			return lines, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func TestResultsRoundTrip(t *testing.T) {
	record := journal.Record{
		Kind: journal.Settle, Row: 1<<62 + 1, Line: 12, Attempt: 3, At: time.Date(2026, 1, 2, 3, 4, 5, 6_000_000, time.UTC), Status: journal.Rejected,
		Code: "invalid_phone", HTTPStatus: 422, VendorCode: "007", Field: "'phone", Message: `=1+1, "quoted"; '=x`, VendorID: "-1", Elapsed: 1500 * time.Millisecond,
	}
	want := []Line{NewLine(record, "@x"), NewLine(journal.Record{Row: 1, Status: journal.Unsent, At: at(1)}, "")}
	if !time.Time(want[1].At).IsZero() {
		t.Error("an unsent row has a time")
	}
	got, err := decode(encode(t, want...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b Moment) bool { return time.Time(a).Equal(time.Time(b)) })); diff != "" {
		t.Error(diff)
	}
}

func TestResultsAreStrict(t *testing.T) {
	header := strings.Join(Columns(), ",") + "\n"
	const good = "7,8,k,created,,201,,,,id,1,5,2026-01-02T03:04:05.000Z\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":            {"", "x.csv:1: the file is empty"},
		"another table":    {"a,b\n1,2\n", "x.csv:1: the header is not that"},
		"other order":      {strings.Replace(header, "row,line", "line,row", 1) + good, "x.csv:1: the header"},
		"a column more":    {strings.TrimSuffix(header, "\n") + ",more\n", "x.csv:1: the header"},
		"a column twice":   {strings.Replace(header, "line", "row", 1) + good, "x.csv:1: the header"},
		"short line":       {header + good + "1,2,3\n", "x.csv:3: wrong number of fields"},
		"half a last line": {header + good + good[:20], "x.csv:3: wrong number of fields"},
		"stray quote":      {header + good + "\"x\n", "x.csv:3: "},
		"no status":        {header + strings.Replace(good, "created", "", 1), `x.csv:2: `},
		"unknown status":   {header + strings.Replace(good, "created", "done", 1), `x.csv:2: column status: unknown status "done"`},
		"status in-doubt":  {header + strings.Replace(good, "created", "in-doubt", 1), "x.csv:2: "},
		"row 010":          {header + "0" + good, `x.csv:2: column row: "07" is not a whole number`},
		"row 0":            {header + "0" + good[1:], "x.csv:2: row must be 1 or more"},
		"row -7":           {header + "-" + good, "is not a whole number"},
		"row 1e3":          {header + "1e3" + good[1:], "is not a whole number"},
		"a local time":     {header + strings.Replace(good, "2026-01-02T03:04:05.000Z", "02/01/2026 03:04", 1), "is not a time like"},
	} {
		t.Run(name, func(t *testing.T) {
			lines, err := decode([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v; want %q", lines, err, c.want)
			}
			if problem.KindOf(err) != problem.Input || problem.Hint(err) == "" {
				t.Errorf("%v: kind %d, hint %q", err, problem.KindOf(err), problem.Hint(err))
			}
			if before := strings.Count(c.text, good); strings.HasPrefix(c.text, header+good) && len(lines) != before {
				t.Errorf("%d lines before the error, want %d", len(lines), before)
			}
		})
	}
	if lines, err := decode([]byte("\ufeff" + header + good)); err != nil || len(lines) != 1 {
		t.Errorf("with the mark a spreadsheet puts first: %v, %v", lines, err)
	}
}

func TestReadResultsNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	for _, err := range ReadResults(path) {
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v", err)
		}
	}
	if err := os.WriteFile(path, []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, err := range ReadResults(path) {
		if err == nil || !strings.Contains(err.Error(), path+":1: ") {
			t.Errorf("got %v", err)
		}
	}
}

// What is read can be written and read again, and is then the same.
func FuzzReadResults(f *testing.F) {
	f.Add(encode(f, NewLine(settle(1, journal.Created, "x"), "=a"), NewLine(settle(2, journal.Skipped, ""), "'")))
	f.Add([]byte(strings.Join(Columns(), ",") + "\n1,2,'=x,created,\"a\nb\",,,,\x1b,\xff,0,0,\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		lines, err := decode(text)
		if err != nil {
			if len(err.Error()) > 4096+len(text)*4 {
				t.Errorf("a long error: %d", len(err.Error()))
			}
			return
		}
		once := encode(t, lines...)
		again, err := decode(once)
		if err != nil {
			t.Fatalf("written, it cannot be read: %v\n%q", err, once)
		}
		if twice := encode(t, again...); !bytes.Equal(once, twice) {
			t.Errorf("it changes:\n%q\n%q", once, twice)
		}
		records, err := csv.NewReader(bytes.NewReader(once)).ReadAll()
		if err != nil || len(records) != len(lines)+1 || bytes.Count(once, []byte("\n")) != len(records) {
			t.Errorf("%d lines, %d records, %v:\n%q", len(lines), len(records), err, once)
		}
	})
}
