package reports

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRowsetAgainstAMap(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var set Rowset
	want := map[int64]bool{}
	for range 20_000 {
		row := random.Int64N(200_000) - 10
		if random.IntN(50) == 0 {
			row = random.Int64()
		}
		if random.IntN(3) == 0 {
			set.Remove(row)
			delete(want, row)
			continue
		}
		set.Add(row)
		if row >= 1 {
			want[row] = true
		}
		if set.Has(row) != (row >= 1) {
			t.Fatalf("row %d", row)
		}
	}
	if got := slices.Collect(set.All()); !slices.Equal(got, slices.Sorted(maps.Keys(want))) || set.Len() != int64(len(want)) {
		t.Errorf("%d rows, want %d", set.Len(), len(want))
	}
	for range set.All() {
		break // an early end is heard
	}
}

func TestRowsetComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfDistinct(rapid.Int64Range(1, 200), rapid.ID[int64]).Draw(t, "rows")
		rows := new(Rowset)
		for _, row := range want {
			rows.Add(row)
		}
		back, err := ParseRowset(rows.String())
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(want)
		if got := slices.Collect(back.All()); !slices.Equal(got, want) && len(want) > 0 {
			t.Fatalf("%v came back as %v from %q", want, got, rows.String())
		}
	})
}

func TestRowsetString(t *testing.T) {
	t.Parallel()
	rows := new(Rowset)
	for _, row := range []int64{3, 7, 8, 9, 20, 21} {
		rows.Add(row)
	}
	if got := rows.String(); got != "3,7-9,20-21" {
		t.Errorf("got %q", got)
	}
}

var sevenDigits = regexp.MustCompile("[0-9]{7}")

func FuzzParseRowset(f *testing.F) {
	f.Add("3,7-9")
	f.Add("9-7")
	f.Add("1-")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 12 || sevenDigits.MatchString(text) { // a span costs as much to read as it has rows
			return
		}
		rows, err := ParseRowset(text)
		if err != nil {
			return
		}
		if _, err := ParseRowset(rows.String()); err != nil {
			t.Errorf("%q came back as %q: %v", text, rows.String(), err)
		}
	})
}
