package ahead

import (
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"testing"

	"importer/pipeline/journal"
)

// Whatever sponsors whom: a row comes after its sponsor's, in its pass or an earlier one, and exactly the cycles are told.
func TestOrderIsTopological(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		rows := int64(1 + rnd.IntN(60))
		o := &Order{}
		o.makeRoom(rows)
		for row := int64(1); row <= rows; row++ {
			if rnd.IntN(4) > 0 {
				o.needs(row, 1+rnd.Int64N(rows))
			}
		}
		o.plan()
		cycles := int64(0)
		for row := int64(1); row <= rows; row++ {
			sponsor := int64(o.sponsor[row])
			if inCycle(o, row) != isCyclic(o, row) {
				t.Fatalf("seed %d: row %d: cyclic is %v", seed, row, isCyclic(o, row))
			}
			if isCyclic(o, row) {
				cycles++
				continue
			}
			before := o.Pass(sponsor) < o.Pass(row) || o.Pass(sponsor) == o.Pass(row) && sponsor < row
			if sponsor != 0 && !before {
				t.Fatalf("seed %d: row %d (pass %d) comes before its sponsor %d (pass %d)", seed, row, o.Pass(row), sponsor, o.Pass(sponsor))
			}
			if uint32(o.Pass(row)) > o.last {
				t.Fatalf("seed %d: row %d is in no pass", seed, row)
			}
		}
		if cycles != o.summary.Cyclic {
			t.Fatalf("seed %d: %d rows in cycles, told %d", seed, cycles, o.summary.Cyclic)
		}
	}
}

func isCyclic(o *Order, row int64) bool {
	_, state := o.Sponsor(row)
	return state == InCycle
}

func inCycle(o *Order, row int64) bool {
	at := o.sponsor[row]
	for range o.sponsor {
		if at == 0 || int64(at) == row {
			break
		}
		at = o.sponsor[at]
	}
	return int64(at) == row
}

func TestSorter(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 15, 16, 17, 1000} {
		s := newSorter()
		s.chunk = 16
		var want, got []entry
		for i := range n {
			e := newEntry(journal.Digest(sha256.New().Sum([]byte{byte(i * 7), byte(i)})[:16]), uint64(n-i))
			want = append(want, e)
			if err := s.add(e); err != nil {
				t.Fatal(err)
			}
		}
		slices.SortFunc(want, compareEntries)
		if err := s.each(func(e entry) { got = append(got, e) }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d entries come out otherwise", n)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
}
