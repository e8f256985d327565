package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// choices are what a dry run says of its rows.
type choices struct {
	ready, saved, savable []int64
	more                  int64
}

func (w *world) choices(policy pipeline.Policy) (p choices) {
	w.t.Helper()
	dry := &pipeline.DryRun{
		Ready:   func(row source.Row, _ vendors.Request) { p.ready = append(p.ready, row.Number) },
		Saved:   func(row source.Row, _ []journal.LeftOut) { p.saved = append(p.saved, row.Number) },
		Savable: func(row source.Row, _ []journal.LeftOut) { p.savable = append(p.savable, row.Number) },
	}
	w.finish(w.under(policy), w.dry(dry))
	p.more = dry.More
	for _, rows := range [][]int64{p.ready, p.saved, p.savable} { // with sponsors first they come in passes
		slices.Sort(rows)
	}
	return p
}

// TestACheckPredictsTheOtherChoice: whatever the rows share with one another, it finds the rows and the number that a check under the other choice finds.
func TestACheckPredictsTheOtherChoice(t *testing.T) {
	t.Parallel()
	for name, policy := range map[string]pipeline.Policy{
		"first":          {},
		"last":           {Duplicates: ahead.KeepLast},
		"reject":         {Duplicates: ahead.RejectEvery},
		"shared none":    {Shared: ahead.ShareNone},
		"shared drop":    {Shared: ahead.ShareDrop},
		"last, dropping": {Duplicates: ahead.KeepLast, Shared: ahead.ShareDrop},
		"sponsors first": {SponsorsFirst: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			won, other := 0, 0
			for seed := range uint64(30) {
				synctest.Test(t, func(t *testing.T) {
					w := tangled(t, seed, policy.SponsorsFirst)
					here := w.choices(policy)
					policy := policy
					policy.OnInvalid = mapping.DropInvalid
					there := w.choices(policy)
					if diff := cmp.Diff(there.saved, here.savable); diff != "" {
						t.Errorf("seed %d: savable (-the other choice's +this one's)\n%s", seed, diff)
					}
					if want := int64(len(there.ready) - len(here.ready)); here.more != want {
						t.Errorf("seed %d: %d more, want %d", seed, here.more, want)
					}
					won += len(there.saved)
					if int(here.more) != len(there.saved) {
						other++
					}
				})
			}
			if won == 0 || other == 0 && policy.Duplicates != ahead.RejectEvery {
				t.Errorf("the lists show too little: %d rows won, %d lists with consequences for other rows", won, other)
			}
		})
	}
}

// tangled makes a list of rows of which many are the same person, share a telephone number, or have one that nobody can read.
func tangled(t *testing.T, seed uint64, sponsored bool) *world {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 7))
	if sponsored {
		return tangledTree(t, rnd)
	}
	rows := people(24)
	for _, row := range rows {
		row[0] = fmt.Sprintf("p%d@example.com", rnd.IntN(16))
		switch rnd.IntN(4) {
		case 0:
			row[8] = "12"
		case 1, 2:
			row[8] = person(1 + rnd.IntN(9))[8]
		}
	}
	return newWorld(t, "distinct", rows, sandbox.Options{})
}

// tangledTree makes members in any order, of whom some have a position that is none, and some occur twice.
func tangledTree(t *testing.T, rnd *rand.Rand) *world {
	t.Helper()
	rows := tree(24, rnd)
	for i, row := range rows {
		position := ""
		if rnd.IntN(3) == 0 {
			position = "MIDDLE"
		}
		if rnd.IntN(4) == 0 {
			row[0] = rows[rnd.IntN(24)][0]
		}
		rows[i] = append(row, position)
	}
	rnd.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	w := newMembers(t, rows, sandbox.Options{})
	var err error
	if w.mapper, err = mapping.Compile(mapping.Spec{}, append(slices.Clone(memberHeader), "position"), mapping.Options{}); err != nil {
		t.Fatal(err)
	}
	return w
}
