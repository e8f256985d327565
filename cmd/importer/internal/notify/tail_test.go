package notify

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTail: whole lines, cut ones, and one that does not end, however they come.
func TestTail(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 2*lineMost)
	for text, want := range map[string][]string{
		"": nil, "\n": {""}, "a": {"a"}, "a\n\nb\r\n": {"a", "", "b"}, long: {long[:lineMost] + "…"}, long[:lineMost] + "\n": {long[:lineMost]},
		long + "\nb": {long[:lineMost] + "…", "b"},
	} {
		for _, step := range []int{1, 7, len(text) + 1} {
			var kept tail
			for part := range slices.Chunk([]byte(text), step) {
				if n, err := kept.Write(part); n != len(part) || err != nil {
					t.Fatal(n, err)
				}
			}
			if got := kept.said(); !slices.Equal(got.Lines, want) || got.LeftOut != 0 {
				t.Errorf("%.20q by %d: %.60q, %d left out", text, step, got.Lines, got.LeftOut)
			}
		}
	}
	var half tail
	fmt.Fprintf(&half, "%sé", strings.Repeat("x", lineMost-1))
	if got := half.said(); got.Lines[0] != strings.Repeat("x", lineMost-1)+"…" {
		t.Errorf("half a letter: %q", got.Lines)
	}
	var kept tail
	for i := range linesKept + 5 {
		fmt.Fprintf(&kept, "%d\n", i)
	}
	if got := kept.said(); got.LeftOut != 5 || got.Lines[0] != "5" || len(got.Lines) != linesKept {
		t.Errorf("%q, %d left out", got.Lines, got.LeftOut)
	}
}

// A command that writes without end costs no memory to speak of.
func TestTailIsBounded(t *testing.T) {
	t.Parallel()
	var kept tail
	block := []byte(strings.Repeat("y", 1<<16))
	for range 1000 {
		_, _ = kept.Write(block)
	}
	if c := cap(kept.open); c > 4*lineMost {
		t.Errorf("%d bytes are kept", c)
	}
}
