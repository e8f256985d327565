package profile

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// TestTallyIsExactUpToItsBound, and says so beyond.
func TestTallyIsExactUpToItsBound(t *testing.T) {
	ta := newTally(100, false, false)
	for i := range 300 {
		ta.add(fmt.Sprint(i % 100))
	}
	if n, over := ta.different(); n != 100 || over {
		t.Errorf("%d different, more: %v", n, over)
	}
	for _, c := range ta.top(1) {
		if c.Cells != 3 || c.Least {
			t.Errorf("%+v", c)
		}
	}
	ta.add("one more")
	if n, over := ta.different(); n != 100 || !over {
		t.Errorf("%d different, more: %v", n, over)
	}
}

// TestTallyKeepsTheFrequent: among a million different texts the one that is a hundredth of all is found, also where it comes late, and no count is too high.
func TestTallyKeepsTheFrequent(t *testing.T) {
	ta := newTally(maxValues, false, false)
	for i := range 1_000_000 {
		ta.add(fmt.Sprint(i))
		if i%100 == 0 {
			ta.add("Test")
		}
		if i > 500_000 && i%50 == 0 {
			ta.add("late")
		}
	}
	top := ta.top(1000)
	if len(top) != 2 {
		t.Fatalf("%+v", top)
	}
	if got := top[0]; got.Text != "Test" || got.Cells != 10_000 || got.Least {
		t.Errorf("%+v", got)
	}
	if got := top[1]; got.Text != "late" || got.Cells != 9_999 || !got.Least {
		t.Errorf("%+v", got)
	}
	if len(ta.list) > maxValues || len(ta.at) != len(ta.list) || cap(ta.list) > 2*maxValues {
		t.Errorf("%d texts are kept", len(ta.list))
	}
}

func TestTallyOfEqualsForgetsHalf(t *testing.T) {
	ta := newTally(10, false, true)
	for i := range 10 {
		for range 1000 {
			ta.add(fmt.Sprint(i))
		}
	}
	ta.add("next")
	if got := ta.top(1); len(got) != 1 || got[0].Text != "next" || !got[0].Least {
		t.Errorf("%+v", got) // all had the same: none is rarer
	}
}

// TestTallyNeverCountsTooMuch: a count is at most the true one, and what it may have missed makes up the rest.
func TestTallyNeverCountsTooMuch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g"})).Draw(t, "texts")
		ta, truth := newTally(rapid.IntRange(1, 8).Draw(t, "bound"), false, true), map[string]int64{}
		for _, text := range texts {
			ta.add(text)
			truth[text]++
		}
		for _, e := range ta.list {
			if n := truth[e.text]; e.cells > n || e.cells+e.missed < n {
				t.Fatalf("%q: %d cells and at most %d missed, and there are %d", e.text, e.cells, e.missed, n)
			}
		}
	})
}

func TestSecretsAreCountedAndNotKept(t *testing.T) {
	ta := newTally(2, true, false)
	for _, text := range []string{"a", "a", "b", "c", "c"} {
		ta.add(text)
	}
	if n, over := ta.different(); n != 2 || !over || len(ta.top(1)) > 0 {
		t.Errorf("%d, %v, %v", n, over, ta.top(1))
	}
}
